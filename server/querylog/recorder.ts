import type { Counters } from '../answer/counters.ts';
import type { Exchange } from '../answer/exchange.ts';
import type { Clock } from '../clock.ts';
import { FRAME } from './event.ts';
import type { Ring } from './ring.ts';

/** Copies what was asked and answered into the ring. Never waits: what finds no room is counted there and forgotten. */
export class Recorder {
  private readonly ring: Ring;
  private readonly wake: () => void;
  private readonly clock: Clock;

  /** `wake` is called when a frame came while the reader of the ring slept. */
  constructor(ring: Ring, wake: () => void, clock: Clock) {
    this.ring = ring;
    this.wake = wake;
    this.clock = clock;
  }

  /** Queries for no visitor's zone are nobody's to see, and are not taken. */
  record(exchange: Exchange, query: Uint8Array, queryLength: number, response: Uint8Array, responseLength: number): void {
    if (exchange.zone === 0) return;
    const { octets, view } = this.ring;
    const length = FRAME.HEADER + queryLength + responseLength;
    const at = this.ring.reserve(length);
    if (at < 0) return;
    view.setUint32(at + FRAME.LENGTH, length);
    view.setUint32(at + FRAME.ZONE, exchange.zone);
    view.setFloat64(at + FRAME.TIME, this.clock.now());
    view.setUint8(at + FRAME.TRANSPORT, exchange.transport);
    view.setUint8(at + FRAME.ADDRESS_LENGTH, exchange.addressLength);
    view.setUint16(at + FRAME.PORT, exchange.port);
    view.setUint16(at + FRAME.QUERY_LENGTH, queryLength);
    view.setUint16(at + FRAME.RESPONSE_LENGTH, responseLength);
    view.setUint8(at + FRAME.REASON, exchange.reason);
    view.setUint8(at + FRAME.ENCLOSER, exchange.encloser);
    view.setUint32(at + FRAME.TOOK, exchange.took);
    copy(exchange.address, exchange.addressLength, octets, at + FRAME.ADDRESS);
    copy(query, queryLength, octets, at + FRAME.HEADER);
    copy(response, responseLength, octets, at + FRAME.HEADER + queryLength);
    if (this.ring.commit(length)) this.wake();
  }
}

/** What is told of each answer: the time that it took is counted, and where there is a recorder, it is recorded. */
export function timed(counters: Counters, recorder: Recorder | null): Recorder['record'] {
  return (exchange, query, queryLength, response, responseLength) => {
    counters.took(exchange.took);
    recorder?.record(exchange, query, queryLength, response, responseLength);
  };
}

function copy(from: Uint8Array, length: number, to: Uint8Array, at: number): void {
  for (let i = 0; i < length; i++) to[at + i] = from[i]!;
}
