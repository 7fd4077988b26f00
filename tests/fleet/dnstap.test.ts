import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueriesJson, QueryDetailJson, QueryJson } from '../../server/http/protocol.ts';
import { freePort, launch, makeDir, type Peer } from '../peers/servers.ts';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

/** Real name servers that report to us, with the lines of docs/feeds.md. */
const paper = readFileSync(new URL('../../docs/feeds.md', import.meta.url), 'utf8');
const root = mkdtempSync(join(tmpdir(), 'digpit-dnstap-'));
const socket = join(root, 'dnstap.sock');
const peers: Peer[] = [];
let server: RunningServer;
let visitor: Visitor;
let zone: string;
let tcpPort: string;

beforeAll(async () => {
  server = await startServer({ DIGPIT_DNSTAP_LISTEN: `unix:${socket},tcp:127.0.0.1@0` });
  tcpPort = await until(() => /tcp:127\.0\.0\.1@(\d+)/.exec(server.told)?.[1]);
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  writeFileSync(
    join(root, 'zone'),
    `$ORIGIN ${zone}\n@ 60 SOA ns h 1 60 60 6000 60\n@ 60 NS ns\nns 60 A 192.0.2.1\n*.w 60 A 192.0.2.9\n`,
  );
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
  await server?.stop();
  removeDir(server.dataDir);
  rmSync(root, { recursive: true, force: true });
});

/** The lines of a server in the paper, for where this test listens. */
function linesFor(heading: string): string {
  const lines = new RegExp(`^### ${heading}\\n[^]*?\`\`\`\\n([^]*?)\`\`\``, 'm').exec(paper)![1]!;
  return lines.replaceAll('/run/digpit/dnstap.sock', socket).replaceAll(/192\.0\.2\.7([:@])6000/g, `127.0.0.1$1${tcpPort}`);
}

async function run(
  name: string,
  command: string,
  args: (file: string) => string[],
  text: (port: number, dir: string) => string,
): Promise<number> {
  const dir = makeDir(root, name);
  const port = await freePort();
  writeFileSync(join(dir, 'conf'), text(port, dir));
  const peer = launch(name, port, command, args(join(dir, 'conf')), dir);
  peers.push(peer);
  await until(async () => {
    if (peer.ended() !== null) throw new Error(`${name} ended: ${peer.ended()}`);
    return askServer(port, `up.${zone}`, 'A').catch(() => undefined);
  }, 20_000);
  return port;
}

/** Rows that a server reported, once there is one for `qname`. */
async function rowOf(server: string, qname: string): Promise<QueryJson> {
  return until(async () => {
    const { body } = await visitor.call<QueriesJson>('GET', `/api/queries?server=${server}&name=${qname.slice(0, -1)}`);
    return body.queries.find((query) => query.qname.toLowerCase() === qname);
  }, 20_000);
}

async function expectRow(server: string, port: number, transport: 'udp' | 'tcp'): Promise<QueryDetailJson> {
  const qname = `${transport}-${server.split('.')[0]}.w.${zone}`;
  await askServer(port, qname, 'A', { transport });
  const row = await rowOf(server, qname);
  expect(row).toMatchObject({ server, transport, qtype: 'A', rcode: 'NOERROR', source: { address: '127.0.0.1' } });
  expect(row.answers).toMatchObject([{ type: 'A', content: '192.0.2.9' }]);
  expect(Math.abs(Date.now() - row.time)).toBeLessThan(60_000);
  const { body } = await visitor.call<QueryDetailJson>('GET', `/api/queries/${row.id}`);
  expect(body.query.unseen).toBe(undefined);
  expect(body.query.question).toEqual([{ name: qname, type: 'A', class: 'IN' }]);
  expect(body.query.flags).not.toContain('QR');
  expect(body.why.reason).toBe('elsewhere');
  return body;
}

let knotPort = 0;

it('Knot reports what it answered', async () => {
  const text = (port: number, dir: string) => `server:
  listen: 127.0.0.1@${port}
  rundir: ${dir}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: ${dir}
${linesFor('Knot')}
zone:
  - domain: ${zone}
    file: ${join(root, 'zone')}
    zonefile-sync: -1
    journal-content: none
`;
  knotPort = await run('knot', 'knotd', (file) => ['-c', file], text);
  await expectRow('knot.example', knotPort, 'udp');
  await expectRow('knot.example', knotPort, 'tcp');
});

it('BIND reports what it answered, query and response apart', async () => {
  const text = (port: number, dir: string) => `options {
  directory "${dir}";
  pid-file "${dir}/pid";
  session-keyfile "${dir}/session.key";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  ${linesFor('BIND')}
};
controls { };
zone "${zone}" { type primary; file "${join(root, 'zone')}"; };
`;
  const port = await run('bind', 'named', (file) => ['-f', '-n', '1', '-c', file], text);
  await expectRow('bind.example', port, 'udp');
  await expectRow('bind.example', port, 'tcp');
});

it('dnsdist reports what it answered, and what it had in its cache', async () => {
  const text = (port: number) => `setLocal("127.0.0.1:${port}")
newServer({address="127.0.0.1:${knotPort}", healthCheckMode="up"})
getPool(""):setCache(newPacketCache(100))
${linesFor('dnsdist')}
`;
  const port = await run('dnsdist', 'dnsdist', (file) => ['--supervised', '--disable-syslog', '-C', file], text);
  const row = await expectRow('dnsdist.example', port, 'udp');
  await askServer(port, row.qname, 'A');
  const { body } = await until(async () => {
    const page = await visitor.call<QueriesJson>('GET', `/api/queries?server=dnsdist.example&name=${row.qname.slice(0, -1)}`);
    return page.body.queries.length >= 2 ? page : undefined;
  }, 20_000);
  expect(body.queries.every(({ rcode }) => rcode === 'NOERROR')).toBe(true);
});

it('Unbound reports what its clients asked', async () => {
  const text = (port: number, dir: string) => `server:
  interface: 127.0.0.1
  port: ${port}
  directory: "${dir}"
  pidfile: "${dir}/pid"
  chroot: ""
  username: ""
  num-threads: 1
  do-not-query-localhost: no
  module-config: "iterator"
  local-zone: test. transparent
stub-zone:
  name: "${zone}"
  stub-addr: 127.0.0.1@${knotPort}
remote-control:
  control-enable: no
${linesFor('Unbound')}
`;
  const port = await run('unbound', 'unbound', (file) => ['-d', '-c', file], text);
  await expectRow('unbound.example', port, 'udp');
  await expectRow('unbound.example', port, 'tcp');
});

it('what is about no zone here is counted and dropped', async () => {
  await askServer(knotPort, 'www.elsewhere.test.', 'A');
  const foreign = await until(async () => {
    const text = await (await fetch(`${server.page}/metrics`)).text();
    const count = Number(/digpit_dnstap_messages_total\{outcome="foreign"\} (\d+)/.exec(text)![1]);
    return count > 0 ? text : undefined;
  }, 20_000);
  expect(foreign).toMatch(/digpit_dnstap_connections [4-9]/);
  expect(foreign.match(/digpit_dnstap_faults_total\{.*\} [1-9]/g)).toBe(null);
});
