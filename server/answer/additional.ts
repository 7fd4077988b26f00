import { ArenaName, RDATA, rdataAt, RRSET, targetOf } from '../wire/arena.ts';
import { TYPE } from '../wire/codes.ts';
import { FLAG } from '../wire/header.ts';
import { isWithin, type LabelSequence } from '../wire/name.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';
import { Lookup, lookup, OUTCOME } from '../zone/lookup.ts';
import type { Zone } from '../zone/zone.ts';

/** Types whose targets a client will ask for next: RFC 1035 §3.3.9 and §3.3.11, RFC 2782, RFC 9460 §4.2. */
function hasTargets(type: number): boolean {
  return type === TYPE.NS || type === TYPE.MX || type === TYPE.SRV || type === TYPE.SVCB || type === TYPE.HTTPS;
}

/** Whether no record before it in the RRset has the same target. */
function isFirst({ words }: Zone, rrset: number, i: number): boolean {
  return words[rdataAt(rrset, i) + RDATA.IS_FIRST] === 1;
}

/** Adds addresses that spare the client another query. */
export class Additional {
  private readonly found = new Lookup();
  private readonly target = new ArenaName();

  /** Addresses of the targets of an answer, as far as its own zone has them and they fit. */
  addTargets(zone: Zone, rrset: number, response: ResponseWriter): void {
    if (!hasTargets(zone.words[rrset + RRSET.TYPE]!)) return;
    const { target } = this;
    for (let i = 0; i < zone.words[rrset + RRSET.COUNT]!; i++) {
      target.point(zone, targetOf(zone, rrset, i));
      if (!isFirst(zone, rrset, i) || !isWithin(target, zone.apexName)) continue;
      this.addAddress(zone, target, TYPE.A, response);
      this.addAddress(zone, target, TYPE.AAAA, response);
    }
  }

  /**
   * Glue for a referral, RFC 9471: addresses of name servers that lie below the cut itself must be there, or nobody could reach
   * them, and so TC is set when they do not fit; those of siblings are a kindness.
   */
  addGlue(zone: Zone, cut: number, response: ResponseWriter): void {
    const { target } = this;
    const ns = zone.rrsetAt(cut, TYPE.NS);
    const count = zone.words[ns + RRSET.COUNT]!;
    for (let i = 0; i < count; i++) {
      target.point(zone, targetOf(zone, ns, i));
      if (!isFirst(zone, ns, i) || !isWithin(target, zone.nameOf(cut))) continue;
      if (!this.addNode(zone, target, response)) response.setFlag(FLAG.TC);
    }
    for (let i = 0; i < count; i++) {
      target.point(zone, targetOf(zone, ns, i));
      if (!isFirst(zone, ns, i) || isWithin(target, zone.nameOf(cut)) || !isWithin(target, zone.apexName)) continue;
      this.addNode(zone, target, response);
    }
  }

  /** Both address RRsets of a name that has a node, occluded by a cut or not. Returns whether all of them fitted. */
  private addNode(zone: Zone, target: LabelSequence, response: ResponseWriter): boolean {
    const node = zone.find(target, 0);
    if (node === 0) return true;
    const a = zone.rrsetAt(node, TYPE.A);
    const aaaa = zone.rrsetAt(node, TYPE.AAAA);
    const fitted = a === 0 || response.add(SECTION.ADDITIONAL, target, zone, a);
    return (aaaa === 0 || response.add(SECTION.ADDITIONAL, target, zone, aaaa)) && fitted;
  }

  private addAddress(zone: Zone, target: LabelSequence, type: number, response: ResponseWriter): void {
    lookup(zone, target, type, this.found);
    let { rrset } = this.found;
    // A name server of a child of ours: its address is glue, below the cut that the look-up stopped at.
    if (this.found.outcome === OUTCOME.REFERRAL) {
      const node = zone.find(target, 0);
      rrset = node === 0 ? 0 : zone.rrsetAt(node, type);
    } else if (this.found.outcome !== OUTCOME.HIT) return;
    if (rrset !== 0) response.add(SECTION.ADDITIONAL, target, zone, rrset);
  }
}
