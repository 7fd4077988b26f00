import { ArenaName, RRSET, targetOf } from '../wire/arena.ts';
import { CLASS, EDE, RCODE, TYPE } from '../wire/codes.ts';
import { FLAG } from '../wire/header.ts';
import { hashOf, type LabelSequence } from '../wire/name.ts';
import type { Query } from '../wire/query.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';
import { NODE } from '../zone/layout.ts';
import { Lookup, lookup, OUTCOME } from '../zone/lookup.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import { Additional } from './additional.ts';
import { Chain } from './chain.ts';
import type { Identity } from './identity.ts';
import type { AnswerFacts } from './prepared.ts';
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
export class Answerer implements AnswerFacts {
  private readonly zones: ZoneSet;
  private readonly self: Identity;
  private readonly found = new Lookup();
  private readonly additional = new Additional();
  private readonly chain = new Chain();
  /** Where the DNAMEs in the answer so far stand, each by its zone and reference. */
  private readonly redirections: (Zone | number)[] = [];
  private readonly name = new ArenaName();
  /**
   * Equal for answers that a flood would repeat: the node and the outcome, so that all names made from one wildcard count as
   * one, all missing names of a zone do, and all refusals do.
   */
  identity = 0;
  /** The zone that the name of the question belongs to. */
  zone: Zone | null = null;
  /** Whether a zone beside `zone` had a say in the answer. */
  isOfMany = false;
  /** Why the answer is what it is, and how many labels the name has that decided it. */
  reason: Reason = REASON.NONE;
  encloser = 0;

  constructor(zones: ZoneSet, self: Identity) {
    this.zones = zones;
    this.self = self;
  }

  /** Fills in the response to a sound query, and says the facts of it. */
  answer(query: Query, response: ResponseWriter): void {
    this.reason = REASON.NONE;
    this.encloser = 0;
    this.isOfMany = false;
    const zone = this.zones.closest(query.qname);
    this.zone = zone;
    if (query.qclass !== CLASS.IN) {
      if (this.self.answerChaos(query, response)) this.identity = CLASS.CH;
      else this.refuse(RCODE.REFUSED, EDE.NOT_SUPPORTED, response);
      return;
    }
    if (zone === null) this.refuse(RCODE.REFUSED, EDE.NOT_AUTHORITATIVE, response);
    else if (isTransfer(query.qtype)) this.refuse(RCODE.REFUSED, EDE.PROHIBITED, response);
    else if (query.qtype === TYPE.OPT) this.refuse(RCODE.FORMERR, EDE.OTHER, response);
    else if (isObsoleteMeta(query.qtype)) this.refuse(RCODE.NOTIMP, EDE.NOT_SUPPORTED, response);
    else this.answerFrom(zone, query, response);
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
    return qname.labelCount > 0 && qname.labelCount === zone.apexName.labelCount ? this.zones.closest(qname, 1) : null;
  }

  /**
   * DS is data of the parent, RFC 4035 §3.1.4.1. A visitor's zone is cut out of the base zone without a node there, because it
   * exists as a zone; so the parent's "no such name" means "no such data". Where the zone above sends the name elsewhere, the question
   * goes there: below a cut of it neither of our zones is the parent.
   */
  private answerDs(parent: Zone, query: Query, response: ResponseWriter): void {
    this.isOfMany = true;
    lookup(parent, query.qname, TYPE.DS, this.found);
    if (isElsewhere(this.found)) {
      this.follow(parent, query, response);
      return;
    }
    this.identity = this.identify(parent);
    this.reason = REASON.PARENT;
    this.encloser = parent.apexName.labelCount;
    response.setFlag(FLAG.AA);
    if (this.found.outcome === OUTCOME.HIT && !this.found.synthesized)
      this.addAnswer(query.qname, parent, this.found.rrset, response);
    else this.addSoa(parent, response);
  }

  /** RFC 1034 §4.3.2: looks up, and begins again at the target of a CNAME while that lies in a zone of ours. */
  private follow(first: Zone, query: Query, response: ResponseWriter): void {
    const { chain, found } = this;
    chain.begin(query.qname);
    this.redirections.length = 0;
    let zone: Zone | null = first;
    while (zone !== null) {
      lookup(zone, chain.last, query.qtype, found);
      if (chain.isAtQuestion) {
        this.note(zone);
        // AA speaks of the first owner name in the answer, RFC 1035 §4.1.1.
        if (found.outcome !== OUTCOME.REFERRAL) response.setFlag(FLAG.AA);
      }
      if (found.outcome === OUTCOME.DNAME) {
        if (!this.redirect(zone, response)) return;
        // The CNAME made from a DNAME is itself what was asked for, by ANY too; Knot, NSD and BIND all stop there.
        if (query.qtype === TYPE.CNAME || query.qtype === TYPE.ANY || !chain.followRedirection()) return;
      } else if (found.outcome === OUTCOME.CNAME) {
        if (!this.addAnswer(chain.last, zone, found.rrset, response)) return;
        if (!chain.follow(zone, targetOf(zone, found.rrset, 0))) return;
      } else {
        this.conclude(zone, chain.last, response);
        return;
      }
      zone = this.zones.closest(chain.last);
      this.isOfMany ||= zone !== first;
    }
  }

  /**
   * Adds the DNAME that was found and the CNAME that it means for the name at hand, RFC 6672 §3.1. Returns false when the answer
   * ends here: something did not fit, or the new name would be too long, which YXDOMAIN says, RFC 6672 §2.2.
   */
  private redirect(zone: Zone, response: ResponseWriter): boolean {
    const dname = this.found.rrset;
    const owner = this.name.point(zone, zone.words[dname + RRSET.OWNER]!);
    // A DNAME that is passed twice stands in the answer once: an RRset is a set.
    if (!this.wasPassed(zone, dname)) {
      this.redirections.push(zone, dname);
      if (!this.addAnswer(owner, zone, dname, response)) return false;
    }
    const ownerLabels = owner.labelCount;
    const target = this.chain.redirect(ownerLabels, this.name.point(zone, targetOf(zone, dname, 0)));
    if (target === null) response.rcode = RCODE.YXDOMAIN;
    else if (response.addCname(this.chain.last, target, zone.words[dname + RRSET.TTL]!)) return true;
    else response.setFlag(FLAG.TC);
    return false;
  }

  private wasPassed(zone: Zone, dname: number): boolean {
    for (let i = 0; i < this.redirections.length; i += 2)
      if (this.redirections[i] === zone && this.redirections[i + 1] === dname) return true;
    return false;
  }

  /** Keeps why the answer is what it will be. */
  private note(zone: Zone): void {
    const { outcome, node, synthesized } = this.found;
    this.identity = this.identify(zone);
    const isEmpty = outcome === OUTCOME.NODATA && zone.words[node + NODE.RRSETS] === 0;
    this.reason = (isEmpty ? REASON.EMPTY_NON_TERMINAL : REASON_OF[outcome]) | (synthesized ? SYNTHESIZED : 0);
    this.encloser = zone.nameOf(node).labelCount;
  }

  private identify(zone: Zone): number {
    const { outcome, node } = this.found;
    const hash = outcome === OUTCOME.NXDOMAIN ? hashOf(zone.apexName, 0) : zone.words[node + NODE.HASH]!;
    return Math.imul(hash ^ (outcome + 1), 0x01000193);
  }

  private conclude(zone: Zone, owner: LabelSequence, response: ResponseWriter): void {
    const { outcome, rrset, node } = this.found;
    switch (outcome) {
      case OUTCOME.HIT:
        if (this.addAnswer(owner, zone, rrset, response)) this.additional.addTargets(zone, rrset, response);
        return;
      case OUTCOME.REFERRAL:
        if (response.add(SECTION.AUTHORITY, zone.nameOf(node), zone, rrset)) this.additional.addGlue(zone, node, response);
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

  private addAnswer(owner: LabelSequence, zone: Zone, rrset: number, response: ResponseWriter): boolean {
    if (response.add(SECTION.ANSWER, owner, zone, rrset)) return true;
    response.setFlag(FLAG.TC);
    return false;
  }

  /** The SOA that says how long a negative answer holds, RFC 2308 §3. Without it the answer could not be cached, so TC. */
  private addSoa(zone: Zone, response: ResponseWriter): void {
    if (!response.add(SECTION.AUTHORITY, zone.apexName, zone, zone.soa, zone.negativeTtl)) response.setFlag(FLAG.TC);
  }
}

function isElsewhere({ outcome, synthesized }: Lookup): boolean {
  return outcome === OUTCOME.REFERRAL || outcome === OUTCOME.DNAME || (outcome === OUTCOME.CNAME && !synthesized);
}

function isTransfer(qtype: number): boolean {
  return qtype === TYPE.AXFR || qtype === TYPE.IXFR;
}

/** TKEY, TSIG, MAILB and MAILA ask for something to be done, not for data, RFC 6895 §3.1. */
function isObsoleteMeta(qtype: number): boolean {
  return qtype >= 249 && qtype <= 254;
}
