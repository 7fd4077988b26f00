import { CLASS, EDE, RCODE, TYPE } from '../wire/codes.ts';
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
import { synthesizeCname } from './dname.ts';
import type { Identity } from './identity.ts';
import { REASON, SYNTHESIZED, type Reason } from './reason.ts';

const ANY_TEXT: Uint8Array = Buffer.from('ANY gets one RRset here, RFC 8482');

const REASON_OF = {
  [OUTCOME.HIT]: REASON.EXACT,
  [OUTCOME.CNAME]: REASON.CNAME,
  [OUTCOME.REFERRAL]: REASON.REFERRAL,
  [OUTCOME.NODATA]: REASON.NODATA,
  [OUTCOME.NXDOMAIN]: REASON.NXDOMAIN,
  [OUTCOME.DNAME]: REASON.DNAME,
} as const;

/** Answers questions from zones: decides RCODE, AA, TC and the three sections. Reused for every query. */
export class Answerer {
  private readonly zones: ZoneSet;
  private readonly self: Identity;
  private readonly found = new Lookup();
  private readonly additional = new Additional();
  /** Owners of the CNAMEs followed so far, the question first. */
  private readonly chain: LabelSequence[] = [];
  /** DNAMEs in the answer so far. */
  private readonly redirections: Rrset[] = [];
  /**
   * Equal for answers that a flood would repeat: the node and the outcome, so that all names made from one wildcard count as
   * one, all missing names of a zone do, and all refusals do.
   */
  identity = 0;
  /** Why the answer is what it is, and how many labels the name has that decided it. */
  reason: Reason = REASON.NONE;
  encloser = 0;

  constructor(zones: ZoneSet, self: Identity) {
    this.zones = zones;
    this.self = self;
  }

  /** Fills in the response to a sound query. Returns the zone that the name belongs to, or null. */
  answer(query: Query, response: ResponseWriter): Zone | null {
    this.reason = REASON.NONE;
    this.encloser = 0;
    if (query.qclass !== CLASS.IN) {
      if (this.self.answerChaos(query, response)) this.identity = CLASS.CH;
      else this.refuse(RCODE.REFUSED, EDE.NOT_SUPPORTED, response);
      return this.zones.closest(query.qname);
    }
    const zone = this.zones.closest(query.qname);
    if (zone === null) this.refuse(RCODE.REFUSED, EDE.NOT_AUTHORITATIVE, response);
    else if (isTransfer(query.qtype)) this.refuse(RCODE.REFUSED, EDE.PROHIBITED, response);
    else if (query.qtype === TYPE.OPT) this.refuse(RCODE.FORMERR, EDE.OTHER, response);
    else if (isObsoleteMeta(query.qtype)) this.refuse(RCODE.NOTIMP, EDE.NOT_SUPPORTED, response);
    else this.answerFrom(zone, query, response);
    return zone;
  }

  private refuse(rcode: number, ede: number, response: ResponseWriter): void {
    response.rcode = rcode;
    response.explain(ede);
    this.identity = rcode;
  }

  private answerFrom(zone: Zone, query: Query, response: ResponseWriter): void {
    const parent = query.qtype === TYPE.DS ? this.parentAt(zone, query.qname) : null;
    if (parent === null) this.follow(zone, query, response);
    else this.answerDs(parent, query, response);
    if (query.qtype === TYPE.ANY && response.hasAnswer) response.explain(EDE.OTHER, ANY_TEXT);
  }

  /** The zone above, when the name is the very apex of `zone` and we serve the parent too. */
  private parentAt(zone: Zone, qname: LabelSequence): Zone | null {
    return qname.labelCount > 0 && qname.labelCount === zone.origin.labelCount ? this.zones.closest(qname, 1) : null;
  }

  /**
   * DS is data of the parent, RFC 4035 §3.1.4.1. A visitor's zone is cut out of the base zone without a node there, because it
   * exists as a zone; so the parent's "no such name" means "no such data". Where the name lies below a cut of the zone above,
   * neither of our zones is the parent, and the question is referred to who is.
   */
  private answerDs(parent: Zone, query: Query, response: ResponseWriter): void {
    lookup(parent, query.qname, TYPE.DS, this.found);
    if (this.found.outcome === OUTCOME.REFERRAL) {
      this.note(parent);
      this.conclude(parent, query.qname, response);
      return;
    }
    this.identity = this.identify(parent);
    this.reason = REASON.PARENT;
    this.encloser = parent.origin.labelCount;
    response.setFlag(FLAG.AA);
    if (this.found.outcome === OUTCOME.HIT && !this.found.synthesized) this.addAnswer(query.qname, this.found.rrset!, response);
    else this.addSoa(parent, response);
  }

  /** RFC 1034 §4.3.2: looks up, and begins again at the target of a CNAME while that lies in a zone of ours. */
  private follow(first: Zone, query: Query, response: ResponseWriter): void {
    this.chain.length = this.redirections.length = 0;
    let zone: Zone | null = first;
    let owner: LabelSequence = query.qname;
    while (zone !== null) {
      lookup(zone, owner, query.qtype, this.found);
      if (this.chain.length === 0) this.note(zone);
      // AA speaks of the first owner name in the answer, RFC 1035 §4.1.1.
      if (this.chain.length === 0 && this.found.outcome !== OUTCOME.REFERRAL) response.setFlag(FLAG.AA);
      const alias = this.findAlias(owner, response);
      if (alias === null) {
        if (this.found.outcome !== OUTCOME.DNAME) this.conclude(zone, owner, response);
        return;
      }
      if (!this.addAnswer(owner, alias, response)) return;
      // The CNAME made from a DNAME is itself what was asked for, by ANY too; Knot, NSD and BIND all stop there.
      if (query.qtype === TYPE.CNAME || query.qtype === TYPE.ANY) return;
      this.chain.push(owner);
      owner = alias.rdatas[0]!.embedded!.names[0]!;
      if (this.chain.length > MAX_CNAME_CHAIN || this.wasFollowed(owner)) return;
      zone = this.zones.closest(owner);
    }
  }

  /**
   * The CNAME to follow: the one found, or one made from a DNAME, which goes into the answer before it, RFC 6672 §3.1. Null when
   * there is nothing to follow, or when the new name would be too long: then YXDOMAIN says so, RFC 6672 §2.2.
   */
  private findAlias(owner: LabelSequence, response: ResponseWriter): Rrset | null {
    const { outcome, rrset } = this.found;
    if (outcome === OUTCOME.CNAME) return rrset;
    if (outcome !== OUTCOME.DNAME) return null;
    // A DNAME that is passed twice stands in the answer once: an RRset is a set.
    if (!this.redirections.includes(rrset!)) {
      this.redirections.push(rrset!);
      if (!this.addAnswer(rrset!.owner, rrset!, response)) return null;
    }
    const alias = synthesizeCname(owner, rrset!);
    if (alias === null) response.rcode = RCODE.YXDOMAIN;
    return alias;
  }

  /** Keeps why the answer is what it will be. */
  private note(zone: Zone): void {
    const { outcome, node, synthesized } = this.found;
    this.identity = this.identify(zone);
    const isEmpty = outcome === OUTCOME.NODATA && node!.rrsets.length === 0;
    this.reason = (isEmpty ? REASON.EMPTY_NON_TERMINAL : REASON_OF[outcome]) | (synthesized ? SYNTHESIZED : 0);
    this.encloser = node!.name.labelCount;
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

function isTransfer(qtype: number): boolean {
  return qtype === TYPE.AXFR || qtype === TYPE.IXFR;
}

/** TKEY, TSIG, MAILB and MAILA ask for something to be done, not for data, RFC 6895 §3.1. */
function isObsoleteMeta(qtype: number): boolean {
  return qtype >= 249 && qtype <= 254;
}
