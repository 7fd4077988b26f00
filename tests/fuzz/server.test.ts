import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lines } from '../support/dns.ts';
import { askServer } from '../support/dns-client.ts';
import { Random } from '../support/random.ts';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';
import { mutate, QUERY } from './targets.ts';

/** `PACKETS=1000000 npm run fuzz` sends a million. */
const PACKETS = Number(process.env['PACKETS'] ?? 20_000);
const SEED = Number(process.env['SEED'] ?? 1);
/** What the process may have grown by in the end, in MB: the ring, and what the first queries bring with them. */
const GROWTH = 40;

let server: RunningServer;
let zone: string;

beforeAll(async () => {
  server = await startServer();
  const visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  await visitor.call('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' });
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

const residentMb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function floodUdp(random: Random): Promise<void> {
  const socket = createSocket('udp4');
  for (let i = 0; i < PACKETS; i++) {
    socket.send(mutate(QUERY, random), server.dnsPort, '127.0.0.1');
    if (i % 500 === 499) await pause(5);
  }
  await pause(50);
  socket.close();
}

async function floodTcp(random: Random): Promise<void> {
  for (let i = 0; i < PACKETS / 200; i++) {
    const socket = connect(server.dnsPort, '127.0.0.1').on('error', () => {});
    for (let n = 0; n < 20; n++) socket.write(mutate(Uint8Array.of(0, QUERY.length, ...QUERY), random));
    await pause(1);
    socket.destroy();
  }
}

it(
  `${PACKETS} broken packets over UDP and TCP leave a server that answers, with its memory where it was`,
  { timeout: 3_600_000 },
  async () => {
    const random = new Random(SEED);
    const before = residentMb();
    await floodUdp(random);
    await floodTcp(random);
    for (const transport of ['udp', 'tcp'] as const) {
      expect(lines((await askServer(server.dnsPort, `www.${zone}`, 'A', { transport })).answer)).toEqual([
        `www.${zone} 60 A 192.0.2.1`,
      ]);
    }
    expect(server.said()).not.toContain('answering failed');
    if (process.env['SHOW'] === '1')
      process.stdout.write(`${PACKETS} packets: ${before.toFixed(0)} MB before, ${residentMb().toFixed(0)} MB after\n`);
    // Where there is no /proc both are 0, and what is left of the test is that the server lives.
    expect(residentMb() - before).toBeLessThan(GROWTH);
  },
);
