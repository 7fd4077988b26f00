import { TYPE } from '../wire/codes.ts';
import type { LabelSequence } from '../wire/name.ts';
import type { Node } from './node.ts';
import type { Rrset } from './rrset.ts';
import type { Zone } from './zone.ts';

/** What a zone says about a name and type, RFC 1034 §4.3.2 step 3. */
export const OUTCOME = {
  /** The RRset asked for. */
  HIT: 0,
  /** The name is an alias; `rrset` is its CNAME. */
  CNAME: 1,
  /** The name lies at or below a zone cut; `rrset` is the NS RRset of the cut. */
  REFERRAL: 2,
  /** The name is there, the type is not. */
  NODATA: 3,
  /** The name is not there, nor anything below it, RFC 8020. */
  NXDOMAIN: 4,
  /** A name above sends this one elsewhere; `rrset` is its DNAME. */
  DNAME: 5,
} as const;
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

/** The result of a look-up. One object serves all look-ups of a responder, so that answering allocates nothing. */
export class Lookup {
  outcome: Outcome = OUTCOME.NXDOMAIN;
  rrset: Rrset | null = null;
  /** Where the answer came from: the name itself, the wildcard it was made from, the cut, or the closest encloser. */
  node: Node | null = null;
  /** Whether the answer was made from a wildcard, RFC 4592 §3.3. */
  synthesized = false;
}

/** Looks up a name that lies within the zone. */
export function lookup(zone: Zone, name: LabelSequence, type: number, out: Lookup): void {
  out.synthesized = false;
  let node = zone.apex;
  for (let label = name.labelCount - zone.origin.labelCount - 1; label >= 0; label--) {
    // Nothing below a DNAME is there, whatever the zone file says, RFC 6672 §2.4.
    if (node.dname !== null) {
      conclude(out, OUTCOME.DNAME, node, node.dname);
      return;
    }
    const child = zone.findChild(node, name, label);
    if (child === null) {
      missing(node, type, out);
      return;
    }
    node = child;
    // DS belongs to the parent's side of a cut, RFC 4035 §3.1.4.1.
    if (node.isCut && !(label === 0 && type === TYPE.DS)) {
      conclude(out, OUTCOME.REFERRAL, node, node.find(TYPE.NS));
      return;
    }
  }
  match(node, type, out);
}

/** No node has the name: a wildcard below the closest encloser speaks for it, or nothing does, RFC 4592 §3.3.1. */
function missing(closestEncloser: Node, type: number, out: Lookup): void {
  if (closestEncloser.wildcard === null) {
    conclude(out, OUTCOME.NXDOMAIN, closestEncloser, null);
    return;
  }
  out.synthesized = true;
  match(closestEncloser.wildcard, type, out);
}

function match(node: Node, type: number, out: Lookup): void {
  const rrset = type === TYPE.ANY ? (node.rrsets[0] ?? null) : node.find(type);
  if (rrset !== null) {
    conclude(out, OUTCOME.HIT, node, rrset);
    return;
  }
  const cname = node.find(TYPE.CNAME);
  if (cname === null) conclude(out, OUTCOME.NODATA, node, null);
  else conclude(out, OUTCOME.CNAME, node, cname);
}

function conclude(out: Lookup, outcome: Outcome, node: Node, rrset: Rrset | null): void {
  out.outcome = outcome;
  out.node = node;
  out.rrset = rrset;
}
