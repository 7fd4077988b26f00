import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeQuery } from '../../support/dns.ts';

/** Sends one packet, and waits for the answer if there is to be one. */
export async function sendQuery(port: number, octets: Uint8Array, answered = true): Promise<void> {
  const socket = createSocket('udp4');
  const answer = answered ? once(socket, 'message', { signal: AbortSignal.timeout(5000) }) : null;
  await new Promise((resolve) => socket.send(octets, port, '127.0.0.1', resolve));
  await answer;
  socket.close();
}

/** Asks for one name after the other, as fast as the server answers. */
export async function flood(port: number, names: readonly string[]): Promise<void> {
  for (const name of names) await sendQuery(port, makeQuery(name, 'A'));
}

/**
 * Asks `names` in turn, so many a second for so long, whatever is answered. Gives how many were sent and how many answers came.
 * Rates of a thousand and more are kept by making up leeway at the next turn.
 */
export async function pour(port: number, names: readonly string[], perSecond: number, seconds: number) {
  const socket = createSocket('udp4');
  const queries = names.map((name, i) => makeQuery(name, ['A', 'AAAA', 'MX', 'TXT'][i % 4]!));
  const count = { sent: 0, answered: 0 };
  socket.on('message', () => (count.answered += 1));
  const start = performance.now();
  while (count.sent < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - start) / 1000) * perSecond));
    while (count.sent < due) socket.send(queries[count.sent++ % queries.length]!, port, '127.0.0.1');
    await sleep(5);
  }
  await sleep(500);
  socket.close();
  return count;
}
