import { execFileSync } from 'node:child_process';
import Database from 'better-sqlite3';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fillDatabase } from '../support/accounts.ts';
import { askServer } from '../support/dns-client.ts';
import { ROOT } from '../support/script.ts';
import { makeDataDir, removeDir, startRefused, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

const running: RunningServer[] = [];
const dirs: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const dir of dirs.splice(0)) removeDir(dir);
});

async function start(settings: Record<string, string> = {}, dataDir = makeDir()): Promise<RunningServer> {
  const server = await startServer(settings, dataDir);
  running.push(server);
  return server;
}

function makeDir(): string {
  const dir = makeDataDir();
  dirs.push(dir);
  return dir;
}

interface ErrorBody {
  error: { code: string; message: string };
}
const addText = (visitor: Visitor, name: string) =>
  visitor.call<ErrorBody>('POST', '/api/records', { name, type: 'TXT', ttl: 60, text: name });
const rcodeOf = async (server: RunningServer, name: string) => (await askServer(server.dnsPort, name, 'TXT')).rcode;

describe('a database that another program holds', () => {
  it('refuses edits with a reason until it is let go, and answers meanwhile', async () => {
    const server = await start();
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    expect((await addText(visitor, 'first')).status).toBe(201);
    const other = new Database(join(server.dataDir, 'digpit.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const refused = await addText(visitor, 'second');
    expect([refused.status, refused.body.error.code]).toEqual([503, 'storage_busy']);
    expect(await rcodeOf(server, `first.${zone}`)).toBe('NOERROR');
    expect(await rcodeOf(server, `second.${zone}`)).toBe('NXDOMAIN');
    other.exec('COMMIT');
    other.close();
    expect((await addText(visitor, 'second')).status).toBe(201);
    expect(await rcodeOf(server, `second.${zone}`)).toBe('NOERROR');
  });
});

describe('a damaged file', () => {
  it('of records, in its middle, is not served', async () => {
    const dataDir = makeDir();
    fillDatabase(dataDir, 200);
    const path = join(dataDir, 'digpit.sqlite');
    const octets = readFileSync(path);
    octets.fill(0xaa, octets.length / 4, (octets.length * 3) / 4);
    writeFileSync(path, octets);
    const { code, said } = await startRefused({ DIGPIT_DATA_DIR: dataDir, DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: '0' });
    expect([code, said]).toEqual([1, expect.stringContaining('the database is damaged')]);
    expect(said).toContain('npm run restore');
    expect(readFileSync(path).equals(octets)).toBe(true);
  });

  it('of networks is told, and the hand-written list serves instead', async () => {
    const dataDir = makeDir();
    writeFileSync(join(dataDir, 'asn.bin'), Buffer.alloc(100_000, 0x5a));
    const server = await start({}, dataDir);
    expect(server.said()).toContain('the hand-written list of networks is used instead');
    const known = await fetch(`${server.page}/api/asn/8.8.8.8`);
    expect(await known.json()).toMatchObject({ asn: 15169 });
  });
});

describe('a zone file that cannot be read', () => {
  it('is told with its name, and the others are served', async () => {
    const zonesDir = makeDir();
    writeFileSync(join(zonesDir, 'good.example.zone'), '@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\nx 60 TXT y\n');
    mkdirSync(join(zonesDir, 'bad.example.zone'));
    const server = await start({ DIGPIT_ZONES_DIR: zonesDir });
    expect(server.said()).toContain('bad.example.zone: EISDIR');
    expect(await rcodeOf(server, 'x.good.example.')).toBe('NOERROR');
  });
});

describe('too few file descriptors', () => {
  it('keep new connections out, not the answers, and nothing that was acknowledged is lost', async () => {
    const server = await start();
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    expect((await addText(visitor, 'before')).status).toBe(201);
    const { pid } = server.process;
    const few = readdirSync(`/proc/${pid}/fd`).length + 4;
    execFileSync('prlimit', ['--pid', `${pid}`, `--nofile=${few}`]);
    const sockets: Socket[] = [];
    const { port } = new URL(server.page);
    for (let i = 0; i < 120; i++) {
      const socket = connect(i % 2 === 0 ? server.dnsPort : Number(port), '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
    }
    for (let i = 0; i < 20; i++) expect(await rcodeOf(server, `before.${zone}`)).toBe('NOERROR');
    for (const socket of sockets) socket.destroy();
    const after = await until(async () => {
      const reply = await addText(visitor, 'after').catch(() => null);
      return reply?.status === 201 ? reply : undefined;
    }, 30_000);
    expect(after.status).toBe(201);
    expect(await rcodeOf(server, `after.${zone}`)).toBe('NOERROR');
    expect(await rcodeOf(server, `before.${zone}`)).toBe('NOERROR');
    const logged = async () => (await visitor.call<{ queries: unknown[] }>('GET', '/api/queries')).body.queries.length;
    await until(async () => ((await logged()) === 22 ? true : undefined));
  });
});

describe('a clock that jumps', () => {
  it('years ahead and back loses no subdomain, no session, no record and no query', async () => {
    const dir = makeDir();
    const ahead = join(dir, 'ahead');
    writeFileSync(ahead, '0');
    const preload = `--import=${ROOT}/tests/support/clock.mjs`;
    // Short enough for the server to look every minute, which the test makes seconds of.
    const server = await start({ NODE_OPTIONS: preload, CLOCK_FILE: ahead, DIGPIT_ZONE_MAX_AGE: '1m' }, join(dir, 'data'));
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    expect((await addText(visitor, 'kept')).status).toBe(201);
    for (const years of [20, -20, 0]) {
      writeFileSync(ahead, String(years * 365 * 86_400_000));
      // The log looks for what is too old every ten seconds.
      await new Promise((resolve) => setTimeout(resolve, years > 0 ? 11_000 : 1500));
      expect(await rcodeOf(server, `kept.${zone}`)).toBe('NOERROR');
    }
    const logged = async () => (await visitor.call<{ queries: unknown[] }>('GET', '/api/queries')).body.queries.length;
    await until(async () => ((await logged()) === 3 ? true : undefined));
    expect(server.said()).toContain('the clock jumped');
    expect((await addText(visitor, 'later')).status).toBe(201);
  });
});

describe('a server that is told to stop', () => {
  it('has answered what came, and keeps all of it in the log', async () => {
    const server = await start();
    const visitor = new Visitor(server.page);
    const { zone, key } = await visitor.begin();
    const asked = Array.from({ length: 60 }, (_, i) => askServer(server.dnsPort, `q${i}.${zone}`, 'A'));
    expect((await Promise.all(asked)).every(({ rcode }) => rcode === 'NXDOMAIN')).toBe(true);
    expect(await server.stop('SIGTERM')).toBe(0);
    const again = await start({}, server.dataDir);
    const back = new Visitor(again.page);
    await back.call('POST', '/api/session', { key });
    const { body } = await back.call<{ queries: unknown[] }>('GET', '/api/queries?limit=100');
    expect(body.queries).toHaveLength(60);
    expect(again.said()).not.toContain('damaged');
  });

  it('says nothing of visitors at info: no name, no address, no content', async () => {
    const server = await start();
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    await addText(visitor, 'private');
    await askServer(server.dnsPort, `private.${zone}`, 'TXT');
    await visitor.call('POST', '/api/records', { name: 'bad name', type: 'A' });
    await fetch(`${server.page}/private-path?${zone}`);
    expect(await server.stop('SIGTERM')).toBe(0);
    const label = zone.split('.')[0]!;
    for (const secret of [label, 'private', visitor.cookie.slice(16, 40)]) expect(server.said()).not.toContain(secret);
    const lines = server.said().trim().split('\n');
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
