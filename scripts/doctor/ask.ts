import { createSocket } from 'node:dgram';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import type { Name } from '../../server/wire/name.ts';
import { encodeQuery } from '../../server/wire/query.ts';

export const TIMEOUT_MS = 5000;

/** An answer of a public resolver, and the time of the other side. */
export interface PublicAnswer {
  readonly message: DecodedMessage;
  readonly date: number;
}

/** Asks a resolver, RFC 8484 §4.1; rejects when there is no way there. */
export async function askOverHttps(url: string, name: Name, type: number): Promise<PublicAnswer> {
  const query = encodeQuery(0, name, type);
  query[2] = 1;
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/dns-message', accept: 'application/dns-message' },
    body: query.slice(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!reply.ok) throw new Error(String(reply.status));
  const date = Date.parse(reply.headers.get('date') ?? '');
  return { message: decodeMessage(new Uint8Array(await reply.arrayBuffer())), date: Number.isNaN(date) ? Date.now() : date };
}

/** Asks a name server of the world over UDP, without recursion; null when it says nothing. */
export function askNameServer(address: string, name: Name, type: number): Promise<DecodedMessage | null> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const id = Math.floor(Math.random() * 0x10000);
  return new Promise((resolve) => {
    const finish = (message: DecodedMessage | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(message);
    };
    const timer = setTimeout(() => finish(null), TIMEOUT_MS);
    socket.once('error', () => finish(null));
    socket.on('message', (octets) => {
      const message = decodeMessage(new Uint8Array(octets));
      if (message.id === id) finish(message);
    });
    socket.send(encodeQuery(id, name, type), 53, address);
  });
}
