import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT } from '../answer/transport.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Respond } from './endpoint.ts';
import { SourceOctets } from './source.ts';

/** How a query is taken to have come. */
export interface AsideSource {
  readonly transport: 'udp' | 'tcp';
  readonly address: string;
}

/** What a query gets that nobody sent over the network: the answer or null for silence, why, and the microseconds it took. */
export type AnswerAside = (
  query: Uint8Array,
  source: AsideSource,
) => Pick<Exchange, 'reason' | 'encloser' | 'took'> & { response: Uint8Array | null };

/** The way of every query, without the log at its end: for people who want to see what would be answered. */
export function answerAside(respond: Respond): AnswerAside {
  const exchange = new Exchange();
  const sources = new SourceOctets();
  const out = new Uint8Array(MAX_MESSAGE);
  return (query, { transport, address }) => {
    exchange.transport = transport === 'udp' ? TRANSPORT.UDP : TRANSPORT.TCP;
    sources.describe(exchange, address, 0);
    const start = performance.now();
    const length = respond(query, query.length, out, exchange);
    const took = Math.round((performance.now() - start) * 1000);
    const { reason, encloser } = exchange;
    return { response: length === 0 ? null : out.slice(0, length), reason, encloser, took };
  };
}
