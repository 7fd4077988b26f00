import type { Name } from '../wire/name.ts';
import { TYPE } from '../wire/codes.ts';
import type { Rrset } from './rrset.ts';

/**
 * A name of a zone. Names that only have names below them are nodes too (empty non-terminals, RFC 4592 §2.2.2): they have no
 * RRset and so answer NODATA of themselves.
 */
export class Node {
  readonly name: Name;
  readonly parent: Node | null;
  readonly rrsets: Rrset[];
  /** The node of `*` directly below, the source of synthesis, RFC 4592 §3.3.1. */
  wildcard: Node | null;
  /** Whether this is a zone cut: an NS RRset below the apex, RFC 1034 §4.2. */
  isCut: boolean;
  /** Sends everything below this name elsewhere, RFC 6672. */
  dname: Rrset | null;
  /** Next node whose name has the same hash. */
  nextInBucket: Node | null;

  constructor(name: Name, parent: Node | null) {
    this.name = name;
    this.parent = parent;
    this.rrsets = [];
    this.wildcard = null;
    this.isCut = false;
    this.dname = null;
    this.nextInBucket = null;
  }

  find(type: number): Rrset | null {
    for (let i = 0; i < this.rrsets.length; i++) if (this.rrsets[i]!.type === type) return this.rrsets[i]!;
    return null;
  }

  add(rrset: Rrset): void {
    this.rrsets.push(rrset);
    if (rrset.type === TYPE.NS && this.parent !== null) this.isCut = true;
    if (rrset.type === TYPE.DNAME) this.dname = rrset;
  }
}
