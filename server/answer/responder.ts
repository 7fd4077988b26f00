import { RCODE } from '../wire/codes.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import { ResponseWriter } from '../wire/response.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { Answerer } from './answer.ts';
import type { Counters } from './counters.ts';
import type { Exchange } from './exchange.ts';
import { VERDICT, type RateLimit } from './rate-limit.ts';
import { DROP, screen } from './screen.ts';
import { TRANSPORT } from './transport.ts';

/**
 * Octets in, octets out: the whole of answering, the same for every transport. It keeps nothing from one query to the next but
 * the memory it works in.
 */
export class Responder {
  private readonly answerer: Answerer;
  private readonly counters: Counters;
  /** Octets that we are willing to send in one UDP packet, and to take. */
  private readonly udpSize: number;
  private readonly limit: RateLimit | null;
  private readonly monotonic: () => number;
  private readonly query = new Query();
  private readonly response = new ResponseWriter();

  /** `limit` null means that every answer is sent; `monotonic` gives milliseconds that never go back. */
  constructor(zones: ZoneSet, counters: Counters, udpSize: number, limit: RateLimit | null = null, monotonic = monotonicNow) {
    this.answerer = new Answerer(zones);
    this.counters = counters;
    this.udpSize = udpSize;
    this.limit = limit;
    this.monotonic = monotonic;
  }

  /**
   * Answers the message in the first `length` octets of `from` into `out`, which must have room for 65,535 octets. The
   * exchange says how it came, and is told the zone and the RCODE. Returns the length of the answer, 0 for none.
   */
  respond(from: Uint8Array, length: number, out: Uint8Array, exchange: Exchange): number {
    this.counters.queries[exchange.transport]!++;
    exchange.zone = 0;
    const verdict = screen(from, length);
    if (verdict === DROP) {
      this.counters.ignored++;
      return 0;
    }
    const { query, response } = this;
    const sound = decodeQuery(from, length, query);
    const size = exchange.transport === TRANSPORT.TCP ? MAX_MESSAGE : Math.min(query.udpSize, this.udpSize);
    response.begin(query, from, out, size);
    let identity = verdict;
    if (verdict !== RCODE.NOERROR) response.rcode = verdict;
    else if (!sound) response.rcode = RCODE.FORMERR;
    else if (query.ednsVersion !== 0) response.rcode = RCODE.BADVERS;
    else {
      exchange.zone = this.answerer.answer(query, response)?.id ?? 0;
      identity = this.answerer.identity;
    }
    if (this.limit !== null && exchange.transport === TRANSPORT.UDP) {
      const judgement = this.limit.judge(exchange, identity, this.monotonic());
      if (judgement !== VERDICT.SEND) this.counters.limited++;
      if (judgement === VERDICT.DROP) return 0;
      if (judgement === VERDICT.SLIP) response.truncate();
    }
    exchange.rcode = response.rcode;
    this.counters.answered(response.rcode);
    return response.finish(this.udpSize);
  }
}

function monotonicNow(): number {
  return performance.now();
}
