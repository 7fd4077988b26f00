import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knotServer, nsdServer } from '../../scripts/bench/dns/configs.ts';
import { freePort, launch, makeDir, type Peer } from '../peers/servers.ts';

/** Where the primary answers, and the key that it gives its zones for. */
export interface Primary {
  readonly port: number;
  readonly catalog: string;
  readonly key: { readonly name: string; readonly secret: string };
}

/** A name server that follows the catalog of the primary. */
export interface Secondary {
  readonly name: string;
  readonly port: number;
  /** Starts it, again if need be, with what it had on its disk. */
  start(): Peer;
  /** Tells one that knows no catalogs of the zones that there are. */
  follow?(zones: readonly string[]): void;
}

export async function makeKnot(root: string, { port: primary, catalog, key }: Primary): Promise<Secondary> {
  const dir = makeDir(root, 'knot');
  const port = await freePort();
  const text = `${knotServer({ dir, port })}key:
  - id: ${key.name}
    algorithm: hmac-sha256
    secret: ${key.secret}
remote:
  - id: primary
    address: 127.0.0.1@${primary}
    key: ${key.name}
acl:
  - id: word
    key: ${key.name}
    action: notify
template:
  - id: default
    storage: ${dir}
  - id: member
    storage: ${dir}
    master: primary
    acl: word
zone:
  - domain: ${catalog}
    master: primary
    acl: word
    catalog-role: interpret
    catalog-template: member
`;
  writeFileSync(join(dir, 'knot.conf'), text);
  return { name: 'Knot', port, start: () => launch('Knot', port, 'knotd', ['-c', join(dir, 'knot.conf')], dir) };
}

export async function makeBind(root: string, { port: primary, catalog, key }: Primary): Promise<Secondary> {
  const dir = makeDir(root, 'bind');
  const port = await freePort();
  const text = `options {
  directory "${dir}";
  pid-file "${dir}/pid";
  session-keyfile "${dir}/session.key";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  notify no;
  serial-query-rate 200;
  transfers-in 100;
  transfers-per-ns 50;
  dnssec-validation no;
  empty-zones-enable no;
  catalog-zones { zone "${catalog}" default-primaries { 127.0.0.1 port ${primary} key ${key.name}; } zone-directory "${dir}" min-update-interval 1; };
};
controls { };
key "${key.name}" { algorithm hmac-sha256; secret "${key.secret}"; };
zone "${catalog}" { type secondary; file "catalog.db"; primaries { 127.0.0.1 port ${primary} key ${key.name}; }; };
`;
  writeFileSync(join(dir, 'named.conf'), text);
  return {
    name: 'BIND',
    port,
    start: () => launch('BIND', port, 'named', ['-f', '-n', '1', '-c', join(dir, 'named.conf')], dir),
  };
}

export async function makePowerDns(root: string, { port: primary, catalog, key }: Primary): Promise<Secondary> {
  const dir = makeDir(root, 'pdns');
  const port = await freePort();
  const database = join(dir, 'pdns.sqlite3');
  const text = `launch=gsqlite3
gsqlite3-database=${database}
gsqlite3-pragma-synchronous=0
local-address=127.0.0.1
local-port=${port}
socket-dir=${dir}
secondary=yes
xfr-cycle-interval=2
retrieval-threads=4
cache-ttl=0
negquery-cache-ttl=0
query-cache-ttl=0
zone-cache-refresh-interval=0
`;
  writeFileSync(join(dir, 'pdns.conf'), text);
  const sql = (script: string) => execFileSync('sqlite3', [database], { input: script });
  execFileSync('sqlite3', [database, '.read /usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql']);
  // A member of a catalog gets the primary from there, and no key: that is given to every zone as it comes.
  sql(`CREATE TRIGGER key_of_members AFTER INSERT ON domains WHEN NEW.type = 'SLAVE' BEGIN
    INSERT INTO domainmetadata (domain_id, kind, content) VALUES (NEW.id, 'AXFR-MASTER-TSIG', '${key.name}');
  END;`);
  const util = (...args: string[]) => spawnSync('pdnsutil', ['--config-dir', dir, ...args]);
  util('import-tsig-key', key.name, 'hmac-sha256', key.secret);
  util('create-secondary-zone', catalog, `127.0.0.1:${primary}`);
  util('set-kind', catalog, 'consumer');
  return {
    name: 'PowerDNS',
    port,
    start: () => launch('PowerDNS', port, 'pdns_server', [`--config-dir=${dir}`, '--guardian=no', '--daemon=no'], dir),
  };
}

/** Zones that nsd-control is told of at once: of more than some two hundred it waits for NSD, which waits for it. */
const AT_ONCE = 100;

export async function makeNsd(root: string, { port: primary, key }: Primary): Promise<Secondary> {
  const dir = makeDir(root, 'nsd');
  const port = await freePort();
  const text = `${nsdServer({ dir, port })}  zonesdir: "${dir}"
  xfrd-reload-timeout: 1
remote-control:
  control-enable: yes
  control-interface: ${dir}/control
key:
  name: "${key.name}"
  algorithm: hmac-sha256
  secret: "${key.secret}"
pattern:
  name: member
  zonefile: "%s.zone"
  request-xfr: 127.0.0.1@${primary} ${key.name}
  allow-notify: 127.0.0.1 ${key.name}
`;
  writeFileSync(join(dir, 'nsd.conf'), text);
  const known = new Set<string>();
  // NSD follows catalogs from 4.9 on; before, somebody has to tell it.
  const follow = (zones: readonly string[]) => {
    const control = (command: string, lines: string[]) => {
      for (let at = 0; at < lines.length; at += AT_ONCE) {
        const input = `${lines.slice(at, at + AT_ONCE).join('\n')}\n`;
        execFileSync('nsd-control', ['-c', join(dir, 'nsd.conf'), command], { input, timeout: 60_000 });
      }
    };
    const gone = [...known].filter((zone) => !zones.includes(zone));
    const come = zones.filter((zone) => !known.has(zone));
    control('delzones', gone);
    control(
      'addzones',
      come.map((zone) => `${zone} member`),
    );
    for (const zone of gone) known.delete(zone);
    for (const zone of come) known.add(zone);
  };
  return { name: 'NSD', port, follow, start: () => launch('NSD', port, 'nsd', ['-d', '-c', join(dir, 'nsd.conf')], dir) };
}
