import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT } from '../answer/transport.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Calls } from './endpoint.ts';
import { SourceOctets } from './source.ts';

/** Answers one message that came in an HTTP request from `address` and `port`; null for one that gets no answer. */
export type AnswerHttps = (query: Uint8Array, address: string, port: number) => Uint8Array | null;

/** DNS over HTTPS, RFC 8484: what the other listeners do, for messages that an HTTP server has taken in. */
export function answerHttps({ respond, report, desk }: Omit<Calls, 'onError'>): AnswerHttps {
  const exchange = new Exchange();
  exchange.transport = TRANSPORT.DOH;
  const sources = new SourceOctets();
  const out = new Uint8Array(MAX_MESSAGE);
  return (query, address, port) => {
    sources.describe(exchange, address, port);
    const start = performance.now();
    const length = respond(query, query.length, out, exchange);
    exchange.took = Math.round((performance.now() - start) * 1000);
    if (length === 0) return exchange.isForDesk && desk !== undefined ? firstOf(desk(query, exchange)) : null;
    report(exchange, query, query.length, out, length);
    return out.slice(0, length);
  };
}

/** A request has one reply; the desk goes on to the end, to keep what it has to. */
function firstOf(answers: Iterable<Uint8Array>): Uint8Array | null {
  return [...answers][0] ?? null;
}
