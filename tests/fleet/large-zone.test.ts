import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Signer } from '../../server/tsig/signature.ts';
import { freePort, type Peer } from '../peers/servers.ts';
import { FLEET_KEY } from '../support/desk.ts';
import { askServer } from '../support/dns-client.ts';
import { makeQuery } from '../support/dns.ts';
import { startServer, until, type RunningServer } from '../support/server.ts';
import { makeKnot, type Primary } from './secondaries.ts';

/** A zone of many records, some 12 MB of messages, and who takes it. */
const RECORDS = Number(process.env['RECORDS'] ?? 100_000);
const TAKERS = 10;
/** Megabytes that taking it may cost, however many do so: the zone itself is more, and ten of it much more. */
const MOST = 48;
const root = mkdtempSync(join(tmpdir(), 'digpit-large-'));
const secret = Buffer.from(FLEET_KEY.secret).toString('base64');
let server: RunningServer;
let knot: Peer;
let primary: Primary;
let knotPort: number;

beforeAll(async () => {
  primary = { port: await freePort(), catalog: 'catalog.digpit.test', key: { name: 'fleet.test', secret } };
  const secondary = await makeKnot(root, primary);
  knotPort = secondary.port;
  mkdirSync(join(root, 'zones'));
  writeZone(1);
  server = await startServer(
    {
      DIGPIT_DNS_PORT: `${primary.port}`,
      DIGPIT_ZONES_DIR: join(root, 'zones'),
      DIGPIT_TRANSFER_KEY: `hmac-sha256:fleet.test:${secret}`,
      DIGPIT_SECONDARIES: `127.0.0.1@${secondary.port}`,
      // For reading the file, not for the transfer.
      DIGPIT_MEMORY_MB: '768',
    },
    join(root, 'data'),
  );
  knot = secondary.start();
});
afterAll(async () => {
  await server?.stop();
  await knot?.stop();
  rmSync(root, { recursive: true, force: true });
});

function writeZone(serial: number): void {
  const filler = 'x'.repeat(80);
  const lines = Array.from({ length: RECORDS }, (_, n) => `n${n} 60 TXT "${n} ${filler}"`);
  lines[0] = `n0 60 TXT "version ${serial}"`;
  writeFileSync(
    join(root, 'zones', 'large.test.zone'),
    `@ 60 SOA ns1 h ${serial} 60 60 6000 60\n@ 60 NS ns1\n${lines.join('\n')}\n`,
  );
}

const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1]) / 1024;
const tell = (text: string) => process.stdout.write(`${text}\n`);

/** Memory that the server takes at most while something happens, above what it took before. */
async function watch(what: string, happening: () => Promise<void>): Promise<number> {
  const before = megabytes();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, megabytes())), 20);
  const start = performance.now();
  await happening();
  clearInterval(timer);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  tell(`${what}: ${before.toFixed(0)} MB before, ${most.toFixed(0)} at most, ${megabytes().toFixed(0)} after; ${seconds} s`);
  return most - before;
}

/** The records of the zone that a program prints. */
async function take(command: string, type: string): Promise<number> {
  const options = ['@127.0.0.1', '-p', `${primary.port}`, '-y', `hmac-sha256:fleet.test:${secret}`];
  const child = spawn(command, [...options, 'large.test', type], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = 0;
  let rest = '';
  for await (const piece of child.stdout) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (/\sTXT\s/.test(line)) count++;
  }
  return count;
}

/** Asks for the zone, and reads nothing until somebody resumes. */
async function beginSlowly(): Promise<Socket> {
  const socket = connect(primary.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  const query = new Signer(FLEET_KEY).sign(makeQuery('large.test.', 'AXFR'), Math.floor(Date.now() / 1000));
  const framed = Buffer.alloc(2 + query.length);
  framed.writeUInt16BE(query.length);
  framed.set(query, 2);
  socket.write(framed);
  return socket;
}

/** Reads to the end of the zone; gives the octets that came. */
async function finish(socket: Socket): Promise<number> {
  let octets = 0;
  socket.on('data', (piece: Buffer) => (octets += piece.length));
  socket.resume();
  socket.end();
  await once(socket, 'close');
  return octets;
}

const version = async (port: number) => (await askServer(port, 'n0.large.test.', 'TXT')).answer[0]?.content;

it.each(['dig', 'kdig'])('%s takes all of it', async (command) => {
  const cost = await watch(command, async () => expect(await take(command, 'AXFR')).toBe(RECORDS));
  expect(cost).toBeLessThan(MOST);
});

it('ten at once cost no more', async () => {
  const cost = await watch(`${TAKERS} at once`, async () => {
    const counts = await Promise.all(Array.from({ length: TAKERS }, () => take('dig', 'AXFR')));
    expect(counts).toEqual(Array.from({ length: TAKERS }, () => RECORDS));
  });
  expect(cost).toBeLessThan(MOST);
});

it('those that do not read are not kept for, and get all of it when they do', async () => {
  const cost = await watch(`${TAKERS} that do not read`, async () => {
    const sockets = await Promise.all(Array.from({ length: TAKERS }, beginSlowly));
    for (let n = 0; n < 50; n++) {
      expect(await version(primary.port)).toBe('"version 1"');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const counts = await Promise.all(sockets.map(finish));
    for (const octets of counts) expect(octets).toBeGreaterThan(RECORDS * 90);
    expect(new Set(counts).size).toBe(1);
  });
  expect(cost).toBeLessThan(MOST);
});

it('who never reads is hung up on', async () => {
  const socket = await beginSlowly();
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  socket.on('error', () => {});
  expect(await finish(socket)).toBeLessThan(RECORDS * 90);
  const metrics = await (await fetch(`${server.page}/metrics`)).text();
  expect(metrics).toContain('digpit_transfers_total{kind="axfr",result="left"} 1\n');
});

it('Knot has it, and a change of it within moments', async () => {
  await until(async () => ((await version(knotPort)) === '"version 1"' ? true : undefined), 60_000);
  writeZone(2);
  const cost = await watch('read again, and taken by Knot', async () => {
    server.process.kill('SIGHUP');
    await until(async () => ((await version(knotPort)) === '"version 2"' ? true : undefined), 60_000);
  });
  expect((await askServer(knotPort, `n${RECORDS - 1}.large.test.`, 'TXT')).answer.length).toBe(1);
  tell(`${cost.toFixed(0)} MB for reading the file`);
  // The record that changed, as it was and as it is.
  expect(await take('dig', 'IXFR=1')).toBe(2);
});
