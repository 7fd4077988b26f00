import { RCODE } from '../wire/codes.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import { ResponseWriter } from '../wire/response.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { Answerer } from './answer.ts';
import type { Counters } from './counters.ts';
import type { Exchange } from './exchange.ts';
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
  private readonly query = new Query();
  private readonly response = new ResponseWriter();

  constructor(zones: ZoneSet, counters: Counters, udpSize: number) {
    this.answerer = new Answerer(zones);
    this.counters = counters;
    this.udpSize = udpSize;
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
    if (verdict !== RCODE.NOERROR) response.rcode = verdict;
    else if (!sound) response.rcode = RCODE.FORMERR;
    else if (query.ednsVersion !== 0) response.rcode = RCODE.BADVERS;
    else exchange.zone = this.answerer.answer(query, response)?.id ?? 0;
    exchange.rcode = response.rcode;
    this.counters.answered(response.rcode);
    return response.finish(this.udpSize);
  }
}
