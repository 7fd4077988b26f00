import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Deframer } from '../../server/net/framing.ts';
import { LOG_FILE } from '../../server/store/files.ts';
import { askServer } from '../support/dns-client.ts';
import { makeQuery } from '../support/dns.ts';
import { makeDataDir, removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

const LOG_OCTETS = 1 << 20;
const SETTINGS = { DIGPIT_LOG_MAX_BYTES: '1M' };
/** Queries of a flood, and how many wait for their answers at a time. A label as long as can be makes 600 octets of each in the log. */
const FLOOD = 6000;
const AT_ONCE = 100;
const LABEL = 'x'.repeat(60);
const QUIET = 20;

const dataDir = makeDataDir();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(SETTINGS, dataDir);
});
afterAll(async () => {
  await server.stop();
  removeDir(dataDir);
});

/** Asks for names of a zone, as fast as answers come. */
function flood(zone: string): Promise<void> {
  const socket = connect(server.dnsPort, '127.0.0.1');
  const deframer = new Deframer();
  let sent = 0;
  let answered = 0;
  const ask = () => {
    const query = makeQuery(`${LABEL}.${LABEL}.${++sent}.${zone}`, 'A');
    socket.write(Buffer.from([query.length >> 8, query.length & 0xff, ...query]));
  };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (piece: Buffer) => {
      deframer.push(piece, () => {
        if (sent < FLOOD) ask();
        if (++answered === FLOOD) resolve(void socket.destroy());
      });
    });
    for (let i = 0; i < AT_ONCE; i++) ask();
  });
}

const names = async (visitor: Visitor) => {
  const { body } = await visitor.call<{ queries: { qname: string }[] }>('GET', '/api/queries?limit=100');
  return body.queries.map(({ qname }) => qname);
};

it('a flood of one subdomain leaves the queries of its neighbours in the log, after kill -9 too', async () => {
  const [quiet, loud] = [new Visitor(server.page), new Visitor(server.page)];
  const [{ zone, key }, { zone: flooded, key: loudKey }] = [await quiet.begin(), await loud.begin()];
  for (let i = 0; i < QUIET; i++) await askServer(server.dnsPort, `q${i}.${zone}`, 'A');
  const before = await until(async () => {
    const found = await names(quiet);
    return found.length === QUIET ? found : undefined;
  }, 60_000);
  const sizes: number[] = [];
  for (let round = 0; round < 2; round++) {
    const visitors = [new Visitor(server.page), new Visitor(server.page)] as const;
    await visitors[0].call('POST', '/api/session', { key });
    await visitors[1].call('POST', '/api/session', { key: loudKey });
    await flood(flooded);
    // Asked again and again, for a log that is behind may leave some out.
    await until(async () => {
      await askServer(server.dnsPort, `last.${flooded}`, 'A');
      return (await names(visitors[1])).includes(`last.${flooded}`) ? true : undefined;
    }, 60_000);
    expect(await names(visitors[0])).toEqual(before);
    // More came than the log holds, so the flood has pushed something out, and only of its own.
    sizes.push(statSync(join(dataDir, LOG_FILE)).size);
    await until(async () => {
      const { body } = await visitors[1].call<{ queries: unknown[] }>('GET', `/api/queries?before=${QUIET + FLOOD / 4}`);
      return body.queries.length === 0 ? true : undefined;
    }, 60_000);
    await server.stop('SIGKILL');
    server = await startServer(SETTINGS, dataDir);
  }
  expect(Math.max(...sizes)).toBeLessThan(3 * LOG_OCTETS);
});
