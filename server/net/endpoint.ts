import type { Exchange } from '../answer/exchange.ts';

/** What a listener does with a message: octets in, octets out, 0 for no answer. Called synchronously. */
export type Respond = (from: Uint8Array, length: number, out: Uint8Array, exchange: Exchange) => number;

/** Told of every answer after it was sent. */
export type Report = (
  exchange: Exchange,
  query: Uint8Array,
  queryLength: number,
  response: Uint8Array,
  responseLength: number,
) => void;

/** Answers what the responder does not: the messages of the answer, none for silence. */
export type Desk = (message: Uint8Array, exchange: Exchange) => Iterable<Uint8Array>;

/** What a listener does with what comes. Without a desk, what is for one gets no answer. */
export interface Calls {
  readonly respond: Respond;
  readonly report: Report;
  readonly onError: OnError;
  readonly desk?: Desk;
}

/** A socket that answers. */
export interface Listener {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
  /** Stops taking queries, lets answers go out, then resolves. */
  close(): Promise<void>;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Our own mistakes, which must not take the server down with one query: counted and logged by whoever gave this. */
export type OnError = (error: unknown) => void;
