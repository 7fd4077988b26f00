import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runScript } from '../support/script.ts';
import { makeDataDir, removeDir, startServer, type RunningServer } from '../support/server.ts';

let server: RunningServer | null = null;
const dirs: string[] = [];
const closing: (() => void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await server?.stop();
  server = null;
  for (const dir of dirs.splice(0)) removeDir(dir);
});

/** A resolver of the world, as far as we are concerned: it asks our server and hands on what that says, or another name. */
async function startResolver(page: () => string, time = Date.now()): Promise<string> {
  const http = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', async () => {
      const headers = { 'content-type': 'application/dns-message' };
      const reply = await fetch(`${page()}/dns-query`, { method: 'POST', headers, body: Buffer.concat(pieces) });
      response.writeHead(200, { ...headers, date: new Date(time).toUTCString() });
      response.end(Buffer.from(await reply.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => http.close());
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/dns-query`;
}

async function start(settings: Record<string, string>): Promise<Record<string, string>> {
  const dataDir = makeDataDir();
  dirs.push(dataDir);
  server = await startServer(settings, dataDir);
  return {
    ...settings,
    DIGPIT_DATA_DIR: dataDir,
    DIGPIT_DNS_PORT: String(server.dnsPort),
    DIGPIT_HTTP_PORT: new URL(server.page).port,
  };
}

it('finds an installation well, but for what it says to do', async () => {
  const resolver = await startResolver(() => server!.page);
  const settings = await start({ DIGPIT_RESOLVERS: resolver });
  const backups = join(settings['DIGPIT_DATA_DIR']!, 'backups');
  expect((await runScript('backup', [backups], settings)).code).toBe(0);
  const { said, code } = await runScript('doctor/main', [`--backup=${backups}`], settings);
  expect(said).toContain('DNS over UDP on 127.0.0.1');
  expect(said).toMatch(/ok {2}DNS over TCP/);
  expect(said).toMatch(/ok {2}page on 127\.0\.0\.1 .* ready/);
  expect(said).toMatch(/ok {2}delegation, as 127\.0\.0\.1/);
  expect(said).toMatch(/ok {2}ns1\.digpit\.test\. at 127\.0\.0\.1/);
  expect(said).toMatch(/ok {2}backup of 0 subdomains/);
  // A test has no table of all networks.
  expect([...said.matchAll(/^TODO {2}(.*)$/gm)].map(([, what]) => what)).toEqual([
    expect.stringContaining('npm run asn:update'),
  ]);
  expect([code, said]).toEqual([1, expect.stringContaining('1 thing is to be done')]);
});

it('says what is wrong with an installation that nobody can reach', async () => {
  const resolver = await startResolver(() => server!.page, Date.now() - 3_600_000);
  const settings = await start({ DIGPIT_RESOLVERS: resolver });
  const { said, code } = await runScript('doctor/main', ['--backup=/nowhere'], {
    ...settings,
    DIGPIT_BASE_DOMAIN: 'play.example.org',
    DIGPIT_DNS_PORT: '1',
    DIGPIT_HTTP_PORT: '1',
  });
  expect(code).toBe(1);
  for (const sentence of [
    'nobody answers at http://127.0.0.1:1/readyz',
    'no answer: DNS over UDP on 127.0.0.1 port 1',
    'no answer: DNS over TCP on 127.0.0.1 port 1',
    'the clock is 36',
    'put play.example.org. NS ns1.play.example.org. into the zone above',
    'DNS is answered on loopback only',
    'set DIGPIT_OPERATOR_TOKEN',
    'set DIGPIT_REPORT_TO',
    'there is no backup in /nowhere',
  ])
    expect(said).toContain(sentence);
});
