import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, Visitor, type RunningServer } from '../support/server.ts';

/** A root and a `test.` on loopback, and below them the zones that are looked at, all of them served by Digpit on port 53. */
export interface SmallInternet {
  /** Root hints, a file. */
  readonly hints: string;
  /** Origins of zones of each kind: from a file, of the base domain, of a visitor. */
  readonly zones: readonly string[];
  stop(): Promise<void>;
}

const ABOVE = ['127.53.1.1', '127.53.1.2'] as const;
const BELOW = ['127.53.2.1', '127.53.2.2'] as const;

const soa = (host: string) => `$TTL 3600\n@ SOA ns1.${host} hostmaster.${host} 1 86400 14400 2419200 3600\n`;
const servers = (owner: string, host: string) => `${owner} NS ns1.${host}\n${owner} NS ns2.${host}\n`;
const addresses = (host: string, [first, second]: readonly [string, string]) =>
  `ns1.${host} A ${first}\nns2.${host} A ${second}\n`;
const pointer = (address: string, host: string) => `${address.split('.').toReversed().join('.')}.in-addr.arpa. PTR ${host}\n`;

/** Zone files by name, as DIGPIT_ZONES_DIR wants them: `..zone` is the root. */
const FILES_ABOVE: Readonly<Record<string, string>> = {
  '..zone':
    soa('root.test.') +
    servers('@', 'root.test.') +
    servers('test.', 'root.test.') +
    addresses('root.test.', ABOVE) +
    servers('127.in-addr.arpa.', 'root.test.'),
  'test.zone':
    soa('root.test.') +
    servers('@', 'root.test.') +
    addresses('root.test.', ABOVE) +
    servers('zone', 'zone') +
    addresses('zone', BELOW) +
    servers('play', 'play') +
    addresses('play', BELOW),
  '127.in-addr.arpa.zone':
    soa('root.test.') +
    servers('@', 'root.test.') +
    ABOVE.map((address, i) => pointer(address, `ns${i + 1}.root.test.`)).join('') +
    BELOW.map((address, i) => pointer(address, `ns${i + 1}.zone.test.`) + pointer(address, `ns${i + 1}.play.test.`)).join(''),
};

const FILES_BELOW: Readonly<Record<string, string>> = {
  'zone.test.zone':
    soa('zone.test.') +
    servers('@', 'zone.test.') +
    addresses('zone.test.', BELOW) +
    '@ MX 10 mail\nmail A 127.53.2.9\n* TXT "x"\n',
};

function writeFiles(dir: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

function start(root: string, name: string, hosts: readonly string[], settings: Record<string, string>): Promise<RunningServer> {
  const ports = { DIGPIT_DNS_HOST: hosts.join(','), DIGPIT_DNS_PORT: '53' };
  mkdirSync(join(root, name), { recursive: true });
  return startServer({ ...ports, ...settings }, join(root, name));
}

/** Starts it in folders below `root`. Port 53 needs the right to have it. */
export async function startSmallInternet(root: string): Promise<SmallInternet> {
  const above = await start(root, 'above', ABOVE, { DIGPIT_ZONES_DIR: writeFiles(join(root, 'files-above'), FILES_ABOVE) });
  const below = await start(root, 'below', BELOW, {
    DIGPIT_ZONES_DIR: writeFiles(join(root, 'files-below'), FILES_BELOW),
    DIGPIT_BASE_DOMAIN: 'play.test',
    DIGPIT_NAMESERVERS: 'ns1.play.test,ns2.play.test',
    DIGPIT_NS_ADDRESSES: BELOW.join(','),
    DIGPIT_SERVER_ID: 'below',
  });
  const { zone } = await new Visitor(below.page).begin();
  const hints = join(root, 'hints');
  writeFileSync(
    hints,
    ABOVE.map((address, i) => `. 3600 NS ns${i + 1}.root.test.\nns${i + 1}.root.test. 3600 A ${address}\n`).join(''),
  );
  const stop = async () => {
    await Promise.all([above.stop(), below.stop()]);
  };
  return { hints, zones: ['zone.test.', 'play.test.', zone], stop };
}

/** The address of a server of the zones below. */
export const BELOW_ADDRESS = BELOW[0];
