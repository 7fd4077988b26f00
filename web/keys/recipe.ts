/** What a program is to be told; each part is a file, or is typed in a shell where it has none. */
export interface Recipe {
  readonly tool: string;
  readonly parts: readonly { readonly file?: string; readonly text: string }[];
}

/** Where and with what secret a key is used. */
export interface Used {
  readonly zone: string;
  readonly host: string;
  readonly port: number;
  /** Host and port as one, an IPv6 address in brackets. */
  readonly server: string;
  readonly page: string;
  readonly secret: string;
}

/** DNSControl, with what it is to know of us. */
export function dnsControlWith(zone: string, credentials: object): Recipe {
  const config = lines(
    'var REG = NewRegistrar("none");',
    'var DIGPIT = NewDnsProvider("digpit");',
    `D("${zone}", REG, DnsProvider(DIGPIT),`,
    '  A("www", "192.0.2.1"));',
  );
  return {
    tool: 'DNSControl',
    parts: [
      { file: 'creds.json', text: JSON.stringify(credentials, null, 2) },
      { file: 'dnsconfig.js', text: config },
      { text: 'dnscontrol preview' },
    ],
  };
}

/** A text of several lines. */
export function lines(...all: string[]): string {
  return all.join('\n');
}
