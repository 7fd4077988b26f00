import { CLASS, RCODE, TYPE } from '../wire/codes.ts';
import { FLAG } from '../wire/header.ts';
import { MAX_CNAME_CHAIN } from '../wire/limits.ts';
import { suffixEquals, type LabelSequence } from '../wire/name.ts';
import type { Query } from '../wire/query.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';
import { Lookup, lookup, OUTCOME } from '../zone/lookup.ts';
import type { Rrset } from '../zone/rrset.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import { Additional } from './additional.ts';

/** Answers questions from zones: decides RCODE, AA, TC and the three sections. Reused for every query. */
export class Answerer {
  private readonly zones: ZoneSet;
  private readonly found = new Lookup();
  private readonly additional = new Additional();
  /** Owners of the CNAMEs followed so far, the question first. */
  private readonly chain: LabelSequence[] = [];
  /**
   * Equal for answers that a flood would repeat: the node and the outcome, so that all names made from one wildcard count as
   * one, all missing names of a zone do, and all refusals do.
   */
  identity = 0;

  constructor(zones: ZoneSet) {
    this.zones = zones;
  }

  /** Fills in the response to a sound query. Returns the zone that the question belongs to, or null. */
  answer(query: Query, response: ResponseWriter): Zone | null {
    const refusal = refuseQuestion(query);
    const zone = this.zones.closest(query.qname);
    if (refusal !== RCODE.NOERROR || zone === null) {
      response.rcode = refusal === RCODE.NOERROR ? RCODE.REFUSED : refusal;
      this.identity = response.rcode;
      return zone;
    }
    const parent = query.qtype === TYPE.DS ? this.parentAt(zone, query.qname) : null;
    if (parent === null) this.follow(zone, query, response);
    else this.answerDs(parent, query, response);
    return zone;
  }

  /** The zone above, when the name is the very apex of `zone` and we serve the parent too. */
  private parentAt(zone: Zone, qname: LabelSequence): Zone | null {
    return qname.labelCount > 0 && qname.labelCount === zone.origin.labelCount ? this.zones.closest(qname, 1) : null;
  }

  /**
   * DS is data of the parent, RFC 4035 §3.1.4.1. A visitor's zone is cut out of the base zone without a node there, because it
   * exists as a zone; so the parent's "no such name" means "no such data".
   */
  private answerDs(parent: Zone, query: Query, response: ResponseWriter): void {
    lookup(parent, query.qname, TYPE.DS, this.found);
    this.identity = this.identify(parent);
    response.setFlag(FLAG.AA);
    if (this.found.outcome === OUTCOME.HIT && !this.found.synthesized) this.addAnswer(query.qname, this.found.rrset!, response);
    else this.addSoa(parent, response);
  }

  /** RFC 1034 §4.3.2: looks up, and begins again at the target of a CNAME while that lies in a zone of ours. */
  private follow(first: Zone, query: Query, response: ResponseWriter): void {
    this.chain.length = 0;
    let zone: Zone | null = first;
    let owner: LabelSequence = query.qname;
    while (zone !== null) {
      lookup(zone, owner, query.qtype, this.found);
      if (this.chain.length === 0) this.identity = this.identify(zone);
      // AA speaks of the first owner name in the answer, RFC 1035 §4.1.1.
      if (this.chain.length === 0 && this.found.outcome !== OUTCOME.REFERRAL) response.setFlag(FLAG.AA);
      if (this.found.outcome !== OUTCOME.CNAME) {
        this.conclude(zone, owner, response);
        return;
      }
      if (!this.addAnswer(owner, this.found.rrset!, response)) return;
      this.chain.push(owner);
      owner = this.found.rrset!.rdatas[0]!.embedded!.names[0]!;
      if (this.chain.length > MAX_CNAME_CHAIN || this.wasFollowed(owner)) return;
      zone = this.zones.closest(owner);
    }
  }

  private identify(zone: Zone): number {
    const { outcome, node } = this.found;
    const { hashes } = outcome === OUTCOME.NXDOMAIN ? zone.origin : node!.name;
    return Math.imul(hashes[0]! ^ (outcome + 1), 0x01000193);
  }

  private conclude(zone: Zone, owner: LabelSequence, response: ResponseWriter): void {
    const { outcome, rrset, node } = this.found;
    switch (outcome) {
      case OUTCOME.HIT:
        if (this.addAnswer(owner, rrset!, response)) this.additional.addTargets(zone, rrset!, response);
        return;
      case OUTCOME.REFERRAL:
        if (response.add(SECTION.AUTHORITY, rrset!.owner, rrset!, rrset!.ttl)) this.additional.addGlue(zone, node!, response);
        else response.setFlag(FLAG.TC);
        return;
      case OUTCOME.NXDOMAIN:
        response.rcode = RCODE.NXDOMAIN;
        this.addSoa(zone, response);
        return;
      default:
        this.addSoa(zone, response);
    }
  }

  private addAnswer(owner: LabelSequence, rrset: Rrset, response: ResponseWriter): boolean {
    if (response.add(SECTION.ANSWER, owner, rrset, rrset.ttl)) return true;
    response.setFlag(FLAG.TC);
    return false;
  }

  /** The SOA that says how long a negative answer holds, RFC 2308 §3. Without it the answer could not be cached, so TC. */
  private addSoa(zone: Zone, response: ResponseWriter): void {
    if (!response.add(SECTION.AUTHORITY, zone.origin, zone.soa, zone.negativeTtl)) response.setFlag(FLAG.TC);
  }

  private wasFollowed(target: LabelSequence): boolean {
    for (let i = 0; i < this.chain.length; i++) if (suffixEquals(this.chain[i]!, 0, target, 0)) return true;
    return false;
  }
}

/** The RCODE for questions that no zone can answer, NOERROR for the others. */
function refuseQuestion(query: Query): number {
  if (query.qclass !== CLASS.IN) return RCODE.REFUSED;
  switch (query.qtype) {
    case TYPE.OPT:
      return RCODE.FORMERR;
    case TYPE.AXFR:
    case TYPE.IXFR:
      return RCODE.REFUSED;
    default:
      return isObsoleteMeta(query.qtype) ? RCODE.NOTIMP : RCODE.NOERROR;
  }
}

/** TKEY, TSIG, MAILB and MAILA ask for something to be done, not for data, RFC 6895 §3.1. */
function isObsoleteMeta(qtype: number): boolean {
  return qtype >= 249 && qtype <= 254;
}
