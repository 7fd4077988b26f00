import { TYPE } from '../wire/codes.ts';
import { FLAG } from '../wire/header.ts';
import type { Name } from '../wire/name.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';
import { Lookup, lookup, OUTCOME } from '../zone/lookup.ts';
import type { Node } from '../zone/node.ts';
import type { Rrset } from '../zone/rrset.ts';
import type { Zone } from '../zone/zone.ts';

/** Types whose targets a client will ask for next: RFC 1035 §3.3.9 and §3.3.11, RFC 2782, RFC 9460 §4.2. */
function hasTargets(type: number): boolean {
  return type === TYPE.NS || type === TYPE.MX || type === TYPE.SRV || type === TYPE.SVCB || type === TYPE.HTTPS;
}

/** Adds addresses that spare the client another query. */
export class Additional {
  private readonly found = new Lookup();
  private readonly added: Name[] = [];

  /** Addresses of the targets of an answer, as far as its own zone has them and they fit. */
  addTargets(zone: Zone, rrset: Rrset, response: ResponseWriter): void {
    if (!hasTargets(rrset.type)) return;
    this.added.length = 0;
    for (let i = 0; i < rrset.rdatas.length; i++) {
      const target = rrset.rdatas[i]!.embedded!.names[0]!;
      if (!target.isWithin(zone.origin) || this.wasAdded(target)) continue;
      this.addAddress(zone, target, TYPE.A, response);
      this.addAddress(zone, target, TYPE.AAAA, response);
    }
  }

  /**
   * Glue for a referral, RFC 9471: addresses of name servers that lie below the cut itself must be there, or nobody could reach
   * them, and so TC is set when they do not fit; those of siblings are a kindness.
   */
  addGlue(zone: Zone, cut: Node, response: ResponseWriter): void {
    const ns = cut.find(TYPE.NS)!;
    this.added.length = 0;
    for (let i = 0; i < ns.rdatas.length; i++) {
      const target = ns.rdatas[i]!.embedded!.names[0]!;
      if (target.isWithin(cut.name) && !this.wasAdded(target) && !this.addNode(zone, target, response))
        response.setFlag(FLAG.TC);
    }
    for (let i = 0; i < ns.rdatas.length; i++) {
      const target = ns.rdatas[i]!.embedded!.names[0]!;
      if (target.isWithin(zone.origin) && !this.wasAdded(target)) this.addNode(zone, target, response);
    }
  }

  /** Both address RRsets of a name that has a node, occluded by a cut or not. Returns whether all of them fitted. */
  private addNode(zone: Zone, target: Name, response: ResponseWriter): boolean {
    const node = zone.find(target, 0);
    if (node === null) return true;
    const a = node.find(TYPE.A);
    const aaaa = node.find(TYPE.AAAA);
    const fitted = a === null || response.add(SECTION.ADDITIONAL, target, a, a.ttl);
    return (aaaa === null || response.add(SECTION.ADDITIONAL, target, aaaa, aaaa.ttl)) && fitted;
  }

  private addAddress(zone: Zone, target: Name, type: number, response: ResponseWriter): void {
    lookup(zone, target, type, this.found);
    let { rrset } = this.found;
    // A name server of a child of ours: its address is glue, below the cut that the look-up stopped at.
    if (this.found.outcome === OUTCOME.REFERRAL) rrset = zone.find(target, 0)?.find(type) ?? null;
    else if (this.found.outcome !== OUTCOME.HIT) return;
    if (rrset !== null) response.add(SECTION.ADDITIONAL, target, rrset, rrset.ttl);
  }

  /** Remembers a target; true when it had come before. */
  private wasAdded(target: Name): boolean {
    for (let i = 0; i < this.added.length; i++) if (this.added[i]!.equals(target)) return true;
    this.added.push(target);
    return false;
  }
}
