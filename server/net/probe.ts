import { createSocket } from 'node:dgram';
import type { Endpoint } from './endpoint.ts';

/**
 * Sends a query to our own UDP socket, as anybody would, and waits for its answer: NOERROR to the same id. Gives null, or what
 * was wrong in a few words.
 */
export function probe({ address, port }: Endpoint, query: Uint8Array, timeout: number): Promise<string | null> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const finish = (problem: string | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(problem);
    };
    const timer = setTimeout(() => finish(`no answer within ${timeout} ms`), timeout);
    socket.once('error', (error) => finish(error.message));
    socket.once('message', (answer) => {
      const rcode = answer[3]! & 0x0f;
      if (answer[0] !== query[0] || answer[1] !== query[1]) finish('an answer to another question');
      else finish(rcode === 0 ? null : `RCODE ${rcode}`);
    });
    socket.send(query, port, address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address);
  });
}
