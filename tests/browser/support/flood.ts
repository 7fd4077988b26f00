import { createSocket } from 'node:dgram';
import { once } from 'node:events';
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
