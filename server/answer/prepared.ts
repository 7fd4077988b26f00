import { CLASS, RCODE, TYPE } from '../wire/codes.ts';
import { FOLD, hashOf, isWithin, startOf, type Name } from '../wire/name.ts';
import type { Query } from '../wire/query.ts';
import type { ResponseWriter } from '../wire/response.ts';
import type { ZoneSet, ZoneWatcher } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import { REASON } from './reason.ts';

/** What is known of an answer beside its octets. */
export interface AnswerFacts {
  readonly zone: Zone | null;
  readonly identity: number;
  readonly reason: number;
  readonly encloser: number;
  /** Whether a zone beside `zone` had a say, or could have. */
  readonly isOfMany: boolean;
}

/** Octets of one place: the name that was asked for, and the records of the answer behind it. */
const PLACE = 128;
/** Numbers kept of each place. */
const FACT = { HASH: 0, QTYPE: 1, NAME_LENGTH: 2, BODY_LENGTH: 3, COUNTS: 4, FLAGS: 5, IDENTITY: 6, WHY: 7, SIZE: 8 } as const;

/**
 * Answers as they were written, to be copied instead of made again: records only, without header, question and OPT, which are of
 * each query. An answer comes in when all of it is from one zone and about a name and type that the zone has, or about an absent
 * address; so there are no more of them than the zones have records, and floods of made-up names and types put nothing out.
 * A change of zones takes out what could be different after it.
 */
export class Prepared implements ZoneWatcher, AnswerFacts {
  zone: Zone | null = null;
  identity = 0;
  reason = 0;
  encloser = 0;
  readonly isOfMany = false;
  private readonly mask: number;
  private readonly facts: Int32Array;
  private readonly octets: Uint8Array;
  private readonly zones: (Zone | null)[];
  /** So that zones come in at the start without a look at every place for each. */
  private isEmpty = true;

  /** `size` octets, for as many answers as a power of two gives. */
  constructor(zones: ZoneSet, size: number) {
    const places = 2 ** Math.floor(Math.log2(size / (PLACE + FACT.SIZE * 4)));
    this.mask = places - 1;
    this.facts = new Int32Array(places * FACT.SIZE);
    this.octets = new Uint8Array(places * PLACE);
    this.zones = Array.from({ length: places }, () => null);
    zones.watch(this);
  }

  zoneSet({ origin }: Zone): void {
    this.zoneDeleted(origin);
  }

  /** What a zone above said of the names that now have another zone, or none, goes with it. */
  zoneDeleted(origin: Name): void {
    if (this.isEmpty) return;
    for (let place = 0; place <= this.mask; place++) {
      const zone = this.zones[place]!;
      if (zone !== null && isWithin(origin, zone.apexName)) this.zones[place] = null;
    }
  }

  /** Writes the answer if it is there and fits, and says the facts of it. Returns whether it did. */
  recall(query: Query, response: ResponseWriter): boolean {
    const place = this.placeOf(query);
    const zone = this.zones[place]!;
    if (zone === null || !this.isFor(place, query)) return false;
    const { facts } = this;
    const at = place * FACT.SIZE;
    const start = place * PLACE + facts[at + FACT.NAME_LENGTH]!;
    const end = start + facts[at + FACT.BODY_LENGTH]!;
    if (!response.addBody(this.octets, start, end, facts[at + FACT.COUNTS]!)) return false;
    response.setFlag(facts[at + FACT.FLAGS]!);
    this.zone = zone;
    this.identity = facts[at + FACT.IDENTITY]!;
    this.reason = facts[at + FACT.WHY]! & 0xff;
    this.encloser = facts[at + FACT.WHY]! >> 8;
    return true;
  }

  /** Keeps the answer that was just written, if it is one to keep. */
  keep(query: Query, response: ResponseWriter, { zone, isOfMany, identity, reason, encloser }: AnswerFacts): void {
    if (zone === null || isOfMany || response.rcode !== RCODE.NOERROR || !response.isWhole || !isBounded(reason, query.qtype))
      return;
    const { facts, octets } = this;
    const nameLength = lengthOf(query);
    const bodyLength = response.bodyLength;
    if (query.qclass !== CLASS.IN || nameLength + bodyLength > PLACE) return;
    const place = this.placeOf(query);
    const at = place * FACT.SIZE;
    const nameAt = place * PLACE;
    const from = startOf(query.qname, 0);
    for (let i = 0; i < nameLength; i++) octets[nameAt + i] = FOLD[query.qname.octets[from + i]!]!;
    response.copyBody(octets, nameAt + nameLength);
    facts[at + FACT.HASH] = hashOf(query.qname, 0);
    facts[at + FACT.QTYPE] = query.qtype;
    facts[at + FACT.NAME_LENGTH] = nameLength;
    facts[at + FACT.BODY_LENGTH] = bodyLength;
    facts[at + FACT.COUNTS] = response.counts;
    facts[at + FACT.FLAGS] = response.ownFlags;
    facts[at + FACT.IDENTITY] = identity;
    facts[at + FACT.WHY] = reason | (encloser << 8);
    this.zones[place] = zone;
    this.isEmpty = false;
  }

  private placeOf({ qname, qtype }: Query): number {
    const mixed = Math.imul(hashOf(qname, 0) ^ (qtype << 8), 0x2c1b3c6d);
    return (mixed ^ (mixed >>> 15)) & this.mask;
  }

  private isFor(place: number, query: Query): boolean {
    const { facts, octets } = this;
    const { qname } = query;
    const at = place * FACT.SIZE;
    const length = facts[at + FACT.NAME_LENGTH]!;
    if (facts[at + FACT.HASH] !== hashOf(qname, 0) || facts[at + FACT.QTYPE] !== query.qtype) return false;
    if (query.qclass !== CLASS.IN || length !== lengthOf(query)) return false;
    const from = startOf(qname, 0);
    for (let i = 0, to = place * PLACE; i < length; i++) if (FOLD[qname.octets[from + i]!] !== octets[to + i]) return false;
    return true;
  }
}

/** Octets of the name that was asked for, the root included. */
function lengthOf({ qname }: Query): number {
  return startOf(qname, qname.labelCount) + 1 - startOf(qname, 0);
}

/** Whether there can only be as many such answers as the zone has records, not as many as somebody can think of. */
function isBounded(reason: number, qtype: number): boolean {
  if (reason === REASON.EXACT || reason === REASON.CNAME) return qtype !== TYPE.ANY;
  return reason === REASON.NODATA && (qtype === TYPE.A || qtype === TYPE.AAAA || qtype === TYPE.HTTPS);
}
