import type { Calls, Listener, OnError, Report, Respond } from '../net/endpoint.ts';
import { listenAll } from '../net/listeners.ts';
import { listenUdp } from '../net/udp.ts';
import { parseAddress } from '../wire/address.ts';

/** Octets of the longest answer that a practice resolver takes: dns2 reads bit by bit, a megabyte in seconds. */
export const MAX_ANSWER = 8192;

/** Where one practice resolver asks this server: a listener of its own on loopback, so that nobody else comes in as it does. */
export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** The side of the server that answers and logs. */
export interface Answers {
  readonly respond: Respond;
  readonly report: Report;
  readonly onError: OnError;
}

/**
 * Opens a door for UDP and TCP on a free port. Whoever comes through it is said to come from `address`: dns2's clients cannot
 * choose where they come from over TCP, and 127.0.0.101 is an address of this machine on some systems only.
 */
export async function openDoor(address: string, { respond, report, onError }: Answers): Promise<Door> {
  const octets = parseAddress(address)!;
  const respondToResolver: Respond = (from, length, out, exchange) => {
    exchange.address.set(octets);
    exchange.addressLength = octets.length;
    return respond(from, length, out.subarray(0, MAX_ANSWER), exchange);
  };
  const calls: Calls = { respond: respondToResolver, report, onError };
  const listeners: Listener[] = await listenAll([{ address: '127.0.0.1', port: 0 }], calls, (at) => listenUdp(at, calls));
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  return { port: listeners[0]!.port, close };
}
