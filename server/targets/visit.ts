import { get } from 'node:http';
import { formatAddress, parseAddress } from '../wire/address.ts';
import { RCODE, TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import type { Site, TargetId } from './sites.ts';

/** What a resolver says of one type of address, as far as a browser listens. */
export interface AddressAnswer {
  readonly rcode: number;
  readonly answer: readonly { readonly type: number; readonly rdata: Uint8Array }[];
}

/** What a site answered. */
export interface SiteReply {
  readonly id: TargetId;
  readonly status: number;
  /** What it was asked for. */
  readonly host: string;
  readonly title: string;
}

export interface Visit {
  readonly outcome: 'site' | 'nxdomain' | 'nodata' | 'failed' | 'refused' | 'nobody' | 'unreachable';
  readonly tried: readonly { readonly address: string; readonly target: TargetId | null }[];
  readonly site?: SiteReply;
}

const TIMEOUT_MS = 3000;
const MAX_PAGE = 8192;

/**
 * Goes where the addresses of a name lead, IPv6 first (RFC 6724 §2.1), one after the other until a site answers. Connects to the
 * sites given and to nothing else, whatever the addresses are.
 */
export async function visit(name: Name, answers: readonly AddressAnswer[], sites: readonly Site[]): Promise<Visit> {
  const addresses = [TYPE.AAAA, TYPE.A].flatMap((wanted) =>
    answers.flatMap(({ answer }) => answer.filter(({ type }) => type === wanted).map(({ rdata }) => formatAddress(rdata))),
  );
  if (addresses.length === 0) return { outcome: reasonOf(answers), tried: [] };
  const host = name.toText().replace(/(?<=.)\.$/, '');
  const tried: { address: string; target: TargetId | null }[] = [];
  for (const address of addresses) {
    const site = sites.find((one) => sameAddress(one.address, address));
    tried.push({ address, target: site?.id ?? null });
    const reply = site && (await fetchSite(site, host));
    if (reply) return { outcome: 'site', tried, site: reply };
  }
  return { outcome: tried.some(({ target }) => target !== null) ? 'unreachable' : 'nobody', tried };
}

/** Why there is no address: what the resolver says of the type that says most. */
function reasonOf(answers: readonly AddressAnswer[]): Visit['outcome'] {
  const rcodes = new Set(answers.map(({ rcode }) => rcode));
  if (rcodes.has(RCODE.REFUSED)) return 'refused';
  if (rcodes.has(RCODE.SERVFAIL)) return 'failed';
  return rcodes.has(RCODE.NXDOMAIN) ? 'nxdomain' : 'nodata';
}

function sameAddress(a: string, b: string): boolean {
  const octets = parseAddress(a);
  return octets !== null && formatAddress(octets) === b;
}

/** Asks a site for its page as a browser does. Null when it does not answer. */
function fetchSite({ id, host: at, port }: Site, host: string): Promise<SiteReply | null> {
  return new Promise((done) => {
    const request = get(
      { host: at, port, headers: { host, accept: 'text/html' }, timeout: TIMEOUT_MS, agent: false },
      (response) => {
        let page = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          page += piece;
          if (page.length > MAX_PAGE) response.destroy();
        });
        response.on('error', () => done(null));
        response.on('close', () => {
          done({ id, status: response.statusCode ?? 0, host, title: /<title>([^<]*)/.exec(page)?.[1] ?? '' });
        });
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => done(null));
  });
}
