import { EDE, OPTION, RCODE } from '../wire/codes.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import { ResponseWriter } from '../wire/response.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { Answerer } from './answer.ts';
import type { Counters } from './counters.ts';
import { Cookies } from './cookies.ts';
import type { Exchange } from './exchange.ts';
import { Identity, type IdentitySettings } from './identity.ts';
import { Prepared, type AnswerFacts } from './prepared.ts';
import { RateLimit, VERDICT } from './rate-limit.ts';
import { LIMITED, REASON } from './reason.ts';
import { DROP, FOR_DESK, screen } from './screen.ts';
import { isEncrypted, TRANSPORT } from './transport.ts';

/** How the operator wants answers. */
export interface ResponderSettings extends IdentitySettings {
  /** Octets that we are willing to send in one UDP packet, and to take. */
  readonly udpSize: number;
  /** Answers of one kind to one network in a second, 0 for any number. */
  readonly rrlPerSecond: number;
  /** Sixteen octets, the same for all servers of a fleet; null for no cookies. */
  readonly cookieSecret: Uint8Array | null;
  /** Whether the records of an RRset take turns in coming first. */
  readonly rotate: boolean;
  /** Octets for answers that are kept as they were written, 0 for none. */
  readonly preparedSize: number;
}

/** Milliseconds: since 1970, and of a clock that never goes back. */
export interface Clocks {
  now(): number;
  monotonic(): number;
}

/**
 * Octets in, octets out: the whole of answering, the same for every transport. It keeps nothing from one query to the next but
 * the memory it works in, and what rate limiting counts.
 */
export class Responder {
  private readonly answerer: Answerer;
  private readonly counters: Counters;
  private readonly settings: ResponderSettings;
  private readonly clocks: Clocks;
  private readonly limit: RateLimit | null;
  private readonly cookies: Cookies | null;
  private readonly identity: Identity;
  private readonly prepared: Prepared | null;
  private readonly query = new Query();
  private readonly response = new ResponseWriter();
  private readonly timeout = new Uint8Array(2);

  constructor(
    zones: ZoneSet,
    counters: Counters,
    settings: ResponderSettings,
    clocks: Clocks,
    prepared = settings.preparedSize === 0 ? null : new Prepared(zones, settings.preparedSize),
  ) {
    this.identity = new Identity(settings);
    this.answerer = new Answerer(zones, this.identity);
    // Records that take turns are written anew each time.
    this.prepared = settings.rotate ? null : prepared;
    this.counters = counters;
    this.settings = settings;
    this.clocks = clocks;
    this.limit = settings.rrlPerSecond === 0 ? null : new RateLimit(settings.rrlPerSecond, settings.udpSize);
    this.cookies = settings.cookieSecret === null ? null : new Cookies(settings.cookieSecret);
  }

  /**
   * Answers the message in the first `length` octets of `from` into `out`, which must have room for 65,535 octets. The
   * exchange says how it came, and is told the zone, the RCODE and why. Returns the length of the answer, 0 for none; a message
   * that is for the desk is said to be so in the exchange, and is not counted here.
   */
  respond(from: Uint8Array, length: number, out: Uint8Array, exchange: Exchange): number {
    exchange.isForDesk = false;
    exchange.zone = 0;
    exchange.reason = REASON.NONE;
    exchange.encloser = 0;
    const verdict = screen(from, length);
    if (verdict === DROP) {
      this.counters.queries[exchange.transport]!++;
      this.counters.ignored++;
      return 0;
    }
    const { query, response, settings } = this;
    const sound = decodeQuery(from, length, query);
    if (verdict === FOR_DESK || query.isSigned) {
      exchange.isForDesk = true;
      return 0;
    }
    this.counters.queries[exchange.transport]!++;
    const size = exchange.transport === TRANSPORT.UDP ? Math.min(query.udpSize, settings.udpSize) : MAX_MESSAGE;
    response.begin(query, from, out, size);
    if (settings.rotate) response.rotate();
    const proven = query.hasEdns && this.addOptions(from, exchange);
    const rcode = judge(verdict, sound, query);
    let kind = rcode;
    if (rcode !== RCODE.NOERROR) response.rcode = rcode;
    else if (query.hasQuestion) {
      const facts = this.answer();
      exchange.zone = facts.zone?.id ?? 0;
      exchange.reason = facts.reason;
      exchange.encloser = facts.encloser;
      kind = facts.identity;
    } else if (!proven && query.hasServerCookie) {
      response.rcode = RCODE.BADCOOKIE;
    }
    if (rcode === RCODE.NOTIMP) response.explain(EDE.NOT_SUPPORTED);
    if (!proven && this.limit !== null && exchange.transport === TRANSPORT.UDP) {
      const judgement = this.limit.judge(exchange, kind, response.bodyLength, this.clocks.monotonic());
      if (judgement !== VERDICT.SEND) this.counters.limited++;
      if (judgement === VERDICT.DROP) return 0;
      if (judgement === VERDICT.SLIP) {
        response.truncate();
        exchange.reason |= LIMITED;
      }
    }
    exchange.rcode = response.rcode;
    this.counters.answered(response.rcode);
    return response.finish(settings.udpSize);
  }

  /** Writes the answer to the query, from the prepared ones if it is among them. */
  private answer(): AnswerFacts {
    const { query, response, prepared, answerer } = this;
    if (prepared === null) {
      answerer.answer(query, response);
      return answerer;
    }
    if (prepared.recall(query, response)) return prepared;
    answerer.answer(query, response);
    prepared.keep(query, response, answerer);
    return answerer;
  }

  /** Adds what the OPT of the response has to say. Returns whether the client proved with a cookie that it is where it says. */
  private addOptions(from: Uint8Array, exchange: Exchange): boolean {
    const { query, response, cookies } = this;
    let proven = false;
    if (cookies !== null && query.cookieLength > 0) {
      const now = this.clocks.now();
      proven = cookies.verify(from, query.cookieAt, query.cookieLength, exchange, now);
      response.addOption(OPTION.COOKIE, cookies.give(from, query.cookieAt, exchange, now));
    }
    this.identity.addOptions(query, response);
    // Over UDP the question is to be ignored, RFC 7828 §3.3.1.
    if (query.wantsKeepalive && exchange.idle > 0) response.addOption(OPTION.KEEPALIVE, timeoutOf(exchange.idle, this.timeout));
    // Who can see the octets gains nothing from their number, so padding is for encrypted transports only, RFC 7830 §6.
    if (query.isPadded && isEncrypted(exchange.transport)) response.pad();
    return proven;
  }
}

/** The value of edns-tcp-keepalive: units of 100 milliseconds, RFC 7828 §3.1. */
function timeoutOf(idle: number, out: Uint8Array): Uint8Array {
  const units = Math.min(Math.floor(idle / 100), 0xffff);
  out[0] = units >>> 8;
  out[1] = units;
  return out;
}

/** The RCODE for a query that gets no data, NOERROR for one that is to be answered. */
function judge(verdict: number, sound: boolean, query: Query): number {
  if (verdict !== RCODE.NOERROR) return verdict;
  if (!sound) return RCODE.FORMERR;
  if (query.ednsVersion !== 0) return RCODE.BADVERS;
  // Without a question there must be a cookie: that is what such a query is for, RFC 7873 §5.4.
  return query.hasQuestion || query.cookieLength > 0 ? RCODE.NOERROR : RCODE.FORMERR;
}
