import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../peers/servers.ts';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

/** Real programs that take what is logged, with the lines of docs/feeds.md. */
const paper = readFileSync(new URL('../../docs/feeds.md', import.meta.url), 'utf8');
let dir: string;
let server: RunningServer;
let zone: string;
const programs: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-out-'));
});
afterEach(async () => {
  await server?.stop();
  for (const program of programs.splice(0)) {
    program.kill('SIGKILL');
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
  }
  removeDir(server.dataDir);
  rmSync(dir, { recursive: true });
});

async function start(settings: Record<string, string>): Promise<void> {
  server = await startServer({ DIGPIT_SERVER_ID: 'ns1.example', ...settings });
  ({ zone } = await new Visitor(server.page).begin());
}

/** Asks until the counter in /metrics says that queries go out, and returns what it says. */
async function askUntilSent(feed: string, count: number): Promise<void> {
  await until(async () => {
    await askServer(server.dnsPort, `www.${zone}`, 'A');
    await askServer(server.dnsPort, `www.${zone}`, 'TXT', { transport: 'tcp' });
    const text = await (await fetch(`${server.page}/metrics`)).text();
    const sent = new RegExp(`digpit_feed_queries_total\\{feed="${feed}"\\} (\\d+)`).exec(text)?.[1];
    return Number(sent) >= count ? true : undefined;
  }, 30_000);
}

const dnstapRead = (file: string) => execFileSync('dnstap-read', [file], { encoding: 'utf8' }).trim().split('\n');

it('a file is read by dnstap-read and dnstap-ldns, also the one before', async () => {
  const file = join(dir, 'tap');
  await start({ DIGPIT_DNSTAP_OUT: file });
  await askUntilSent('dnstap', 4);
  server.process.kill('SIGHUP');
  await until(() => (readdirSync(dir).length === 2 ? true : undefined));
  await askUntilSent('dnstap', 8);
  await server.stop();
  for (const name of readdirSync(dir)) {
    const lines = dnstapRead(join(dir, name));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines)
      expect(line).toMatch(new RegExp(`AR 127\\.0\\.0\\.1:\\d+ <- .* (UDP|TCP) \\d+b www\\.${zone.slice(0, -1)}/IN/(A|TXT)`));
  }
  const text = execFileSync('dnstap-ldns', ['-y', '-r', file], { encoding: 'utf8' });
  expect(text).toMatch(/identity: "?ns1\.example/);
  expect(text).toMatch(/version: "?Digpit \d/);
  expect(text).toMatch(/query_message: \|[^]*response_message: \|[^]*NXDOMAIN/);
});

it.each(['unix', 'tcp'])('fstrm_capture takes it by %s, though it comes later and goes', async (kind) => {
  const socket = join(dir, 'sock');
  const port = await freePort();
  const file = join(dir, 'captured');
  await start({ DIGPIT_DNSTAP_OUT: kind === 'unix' ? `unix:${socket}` : `tcp:127.0.0.1@${port}` });
  await askServer(server.dnsPort, `lost.${zone}`, 'A');
  await until(() => (/DIGPIT_DNSTAP_OUT: .*(ENOENT|ECONNREFUSED)/.test(server.said()) ? true : undefined));
  const where = kind === 'unix' ? ['-u', socket] : ['-a', '127.0.0.1', '-p', `${port}`];
  const capture = spawn('fstrm_capture', ['-t', 'protobuf:dnstap.Dnstap', ...where, '-w', file], { stdio: 'ignore' });
  programs.push(capture);
  await askUntilSent('dnstap', 6);
  await server.stop();
  capture.kill('SIGTERM');
  await once(capture, 'exit');
  const lines = dnstapRead(file);
  expect(lines.length).toBeGreaterThanOrEqual(6);
  expect(lines.join('\n')).not.toContain('lost.');
});

/** The part of the paper between backquotes that begins with this. */
function partOf(start: string): string {
  return new RegExp(`\`\`\`\\n(${start}[^]*?)\\n\`\`\``).exec(paper)![1]!;
}

it('lines of JSON are rows of a table of ClickHouse', async () => {
  const file = join(dir, 'queries.json');
  await start({ DIGPIT_JSON_OUT: file });
  await askUntilSent('json', 4);
  await server.stop();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ zone, source: { address: '127.0.0.1' }, queryMessage: { QR: 0 } });
  const filter = /^jq -c '(.*)'$/.exec(partOf('jq'))![1]!;
  const rows = execFileSync('jq', ['-c', filter], { input: lines.join('\n'), encoding: 'utf8' });
  expect(rows.trimEnd().split('\n').length).toBe(lines.length);
  const port = await startClickHouse();
  const ask = (query: string, input = '') =>
    execFileSync('clickhouse-client', ['--port', `${port}`, '--query', query], { input, encoding: 'utf8' });
  await until(() => {
    try {
      return ask('SELECT 1');
    } catch {
      return undefined;
    }
  }, 30_000);
  ask(partOf('CREATE'));
  ask(/clickhouse-client --query '(.*)'/.exec(paper)![1]!, rows);
  const sql =
    'SELECT qname, qtype, rcode, transport, count() > 1, max(time) > now() - 600 FROM queries GROUP BY qname, qtype, rcode, transport ORDER BY qtype';
  expect(ask(sql).trimEnd().split('\n')).toEqual([`www.${zone}\tA\t3\tudp\t1\t1`, `www.${zone}\tTXT\t3\ttcp\t1\t1`]);
});

async function startClickHouse(): Promise<number> {
  const port = await freePort();
  writeFileSync(
    join(dir, 'config.xml'),
    `<yandex><logger><level>warning</level><console>1</console></logger><tcp_port>${port}</tcp_port><listen_host>127.0.0.1</listen_host>
     <path>${dir}/data/</path><tmp_path>${dir}/tmp/</tmp_path><users_config>users.xml</users_config>
     <mark_cache_size>1048576</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database></yandex>`,
  );
  writeFileSync(
    join(dir, 'users.xml'),
    `<yandex><profiles><default></default></profiles><quotas><default></default></quotas><users><default><password></password>
     <networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users></yandex>`,
  );
  programs.push(spawn('clickhouse-server', ['--config-file=config.xml'], { cwd: dir, stdio: 'ignore' }));
  return port;
}

it('standard output has lines of JSON and nothing else, and a reader that stops costs answers nothing', async () => {
  expect(existsSync('/dev/stdout')).toBe(true);
  const child = spawn('sh', ['-c', 'node dist/server/main.js | { head -n 2; sleep 60; }'], {
    cwd: new URL('../..', import.meta.url).pathname,
    env: {
      ...process.env,
      DIGPIT_DATA_DIR: join(dir, 'data'),
      DIGPIT_DNS_PORT: '0',
      DIGPIT_HTTP_PORT: '0',
      DIGPIT_TARGET_PORT: '0',
      DIGPIT_JSON_OUT: '-',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [out, told] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (told += piece.toString()));
  const page = await until(() => /The page: +(\S+)/.exec(told)?.[1], 30_000);
  const port = Number(/DNS: +\S+ port (\d+)/.exec(told)![1]);
  const { zone: origin } = await new Visitor(page).begin();
  for (let i = 0; i < 2000; i++) await askServer(port, `n${i}.${origin}`, 'A');
  const lines = await until(() => (out.split('\n').length > 2 ? out.trimEnd().split('\n') : undefined), 30_000);
  expect(lines.map((line) => (JSON.parse(line) as { zone: string }).zone)).toEqual([origin, origin]);
  const metrics = await (await fetch(`${page}/metrics`)).text();
  expect(metrics).toMatch(/digpit_log_dropped_total 0/);
  process.kill(-child.pid!, 'SIGKILL');
  await once(child, 'close');
  server = await startServer();
});
