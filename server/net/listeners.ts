import type { Calls, Endpoint, Listener } from './endpoint.ts';
import { listenTcp } from './tcp.ts';

/**
 * Listens on every address over UDP and TCP, both with the same port. Rejects with the first address that cannot be had, after
 * closing the others. Port 0 takes one that is free, for tests.
 */
export async function listenAll(
  endpoints: readonly Endpoint[],
  calls: Calls,
  openUdp: (at: Endpoint) => Listener | Promise<Listener>,
): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    for (const { address, port } of endpoints) {
      const tcp = await listenTcp({ address, port }, calls);
      listeners.push(tcp);
      listeners.push(await openUdp({ address, port: tcp.port }));
    }
    return listeners;
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    throw error;
  }
}
