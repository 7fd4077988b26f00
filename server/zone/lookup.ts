import { TYPE } from '../wire/codes.ts';
import type { LabelSequence } from '../wire/name.ts';
import { NODE } from './layout.ts';
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

/** The result of a look-up, with references into the zone that was looked into. One object serves all look-ups of a responder, so that answering allocates nothing. */
export class Lookup {
  outcome: Outcome = OUTCOME.NXDOMAIN;
  rrset = 0;
  /** Where the answer came from: the name itself, the wildcard it was made from, the cut, or the closest encloser. */
  node = 0;
  /** Whether the answer was made from a wildcard, RFC 4592 §3.3. */
  synthesized = false;
}

/** Looks up a name that lies within the zone. */
export function lookup(zone: Zone, name: LabelSequence, type: number, out: Lookup): void {
  const { words } = zone;
  out.synthesized = false;
  let node = zone.apex;
  for (let label = name.labelCount - zone.apexName.labelCount - 1; label >= 0; label--) {
    // Nothing below a DNAME is there, whatever the zone file says, RFC 6672 §2.4.
    if (words[node + NODE.DNAME] !== 0) {
      conclude(out, OUTCOME.DNAME, node, words[node + NODE.DNAME]!);
      return;
    }
    const child = zone.findChild(node, name, label);
    if (child === 0) {
      missing(zone, node, type, out);
      return;
    }
    node = child;
    // DS belongs to the parent's side of a cut, RFC 4035 §3.1.4.1.
    if (words[node + NODE.IS_CUT] === 1 && !(label === 0 && type === TYPE.DS)) {
      conclude(out, OUTCOME.REFERRAL, node, zone.rrsetAt(node, TYPE.NS));
      return;
    }
  }
  match(zone, node, type, out);
}

/** No node has the name: a wildcard below the closest encloser speaks for it, or nothing does, RFC 4592 §3.3.1. */
function missing(zone: Zone, closestEncloser: number, type: number, out: Lookup): void {
  const wildcard = zone.words[closestEncloser + NODE.WILDCARD]!;
  if (wildcard === 0) {
    conclude(out, OUTCOME.NXDOMAIN, closestEncloser, 0);
    return;
  }
  out.synthesized = true;
  match(zone, wildcard, type, out);
}

function match(zone: Zone, node: number, type: number, out: Lookup): void {
  const rrset = type === TYPE.ANY ? zone.words[node + NODE.RRSETS]! : zone.rrsetAt(node, type);
  if (rrset !== 0) {
    conclude(out, OUTCOME.HIT, node, rrset);
    return;
  }
  // NSEC stands beside a CNAME and speaks of the alias itself, RFC 4035 §2.5.
  const cname = type === TYPE.NSEC ? 0 : zone.rrsetAt(node, TYPE.CNAME);
  conclude(out, cname === 0 ? OUTCOME.NODATA : OUTCOME.CNAME, node, cname);
}

function conclude(out: Lookup, outcome: Outcome, node: number, rrset: number): void {
  out.outcome = outcome;
  out.node = node;
  out.rrset = rrset;
}
