import { octetsToText, type LabelSequence, type Name } from './name.ts';
import { embeddedNames, rdataType } from './rdata.ts';

/**
 * Records in one piece of memory, numbers and octets, that threads share: no object for each, nothing for a collector to look
 * at, and what a query needs lies close together. Things in it are known by the place of their first word, a reference; 0 is
 * none.
 */
export interface Arena {
  readonly words: Int32Array;
  readonly octets: Uint8Array;
}

/** What references lead to, as places of words. */
export const NAME = { LABEL_COUNT: 0, LABELS: 1 } as const;
export const RRSET = { NEXT: 0, TYPE: 1, CLASS: 2, TTL: 3, OWNER: 4, COMPRESS: 5, COUNT: 6, RDATAS: 7 } as const;
/**
 * NAMES: a list of the names in it, if it has any, that stand one behind the other from NAMES_START to NAMES_END. IS_FIRST: 1 when
 * no RDATA before it in the RRset has the same first name, case aside.
 */
export const RDATA = { START: 0, END: 1, NAMES_START: 2, NAMES_END: 3, NAMES: 4, IS_FIRST: 5, SIZE: 6 } as const;
export const LIST = { COUNT: 0, ITEMS: 1 } as const;

/** RDATA `i` of an RRset. */
export function rdataAt(rrset: number, i: number): number {
  return rrset + RRSET.RDATAS + i * RDATA.SIZE;
}

/** The name that RDATA begins with, as in NS, CNAME and DNAME, or has behind numbers, as in MX, SRV and SVCB. */
export function targetOf({ words }: Arena, rrset: number, i: number): number {
  return words[words[rdataAt(rrset, i) + RDATA.NAMES]! + LIST.ITEMS]!;
}

const NO_OCTETS = new Uint8Array(0);
const NO_WORDS = new Int32Array(0);

/** A name of an arena, pointed at one after the other. */
export class ArenaName implements LabelSequence {
  octets: Uint8Array = NO_OCTETS;
  words: Int32Array = NO_WORDS;
  at = 0;
  labelCount = 0;

  point({ octets, words }: Arena, name: number): this {
    this.octets = octets;
    this.words = words;
    this.at = name + NAME.LABELS;
    this.labelCount = words[name + NAME.LABEL_COUNT]!;
    return this;
  }
}

/** What an RRset is made from. */
export interface RrsetSource {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly rdatas: readonly Uint8Array[];
}

/** Gathers what goes into an arena; `finish` lays it out. */
export class ArenaBuilder {
  readonly words: number[];
  private readonly pieces: Uint8Array[] = [];
  private size = 0;
  private readonly names = new Map<string, number>();

  /** With room for `header` numbers at the beginning, at least one. */
  constructor(header: number) {
    this.words = Array.from({ length: header }, () => 0);
  }

  /** Adds `count` zeros, to be filled in. Returns where they begin. */
  reserve(count: number): number {
    const at = this.words.length;
    for (let i = 0; i < count; i++) this.words.push(0);
    return at;
  }

  addName(name: Name): number {
    const key = octetsToText(name.octets);
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const { words } = this;
    const start = this.addOctets(name.octets);
    const at = words.push(name.labelCount) - 1;
    for (let i = 0; i < name.words.length; i++) words.push(name.words[i]! + (i <= name.labelCount ? start : 0));
    this.names.set(key, at);
    return at;
  }

  addRrset({ owner, type, class: rrclass, ttl, rdatas }: RrsetSource): number {
    const { words } = this;
    const targets = new Set<string>();
    const details: number[] = [];
    for (const rdata of rdatas) this.describeRdata(type, rdata, targets, details);
    const ownerAt = this.addName(owner);
    const at = words.push(0, type, rrclass, ttl, ownerAt, Number(rdataType(type).compress), rdatas.length) - RRSET.RDATAS;
    // One by one: a large RRset has more numbers than a call takes arguments.
    for (let i = 0; i < details.length; i++) words.push(details[i]!);
    return at;
  }

  /** The arena, in memory that threads can share. Its first word says how many words there are. */
  finish(): SharedArrayBuffer {
    this.words[0] = this.words.length;
    const memory = new SharedArrayBuffer(this.words.length * 4 + this.size);
    const { words, octets } = openArena(memory, this.words.length);
    words.set(this.words);
    let at = 0;
    for (const piece of this.pieces) {
      octets.set(piece, at);
      at += piece.length;
    }
    return memory;
  }

  /** `targets` holds the first names of the RDATA before; the numbers go to the end of `details`. */
  private describeRdata(type: number, rdata: Uint8Array, targets: Set<string>, details: number[]): void {
    const start = this.addOctets(rdata);
    const embedded = embeddedNames(type, rdata);
    if (embedded === null) {
      details.push(start, start + rdata.length, 0, 0, 0, 0);
      return;
    }
    const known = targets.size;
    targets.add(embedded.names[0]!.key);
    const names = embedded.names.map((name) => this.addName(name));
    const list = this.words.push(names.length, ...names) - names.length - LIST.ITEMS;
    const isFirst = Number(targets.size > known);
    details.push(start, start + rdata.length, start + embedded.start, start + embedded.end, list, isFirst);
  }

  private addOctets(octets: Uint8Array): number {
    this.pieces.push(octets);
    this.size += octets.length;
    return this.size - octets.length;
  }
}

/** An arena in memory that `finish` gave, perhaps to another thread. */
export function openArena(memory: SharedArrayBuffer, wordCount = new Int32Array(memory, 0, 1)[0]!): Arena {
  return { words: new Int32Array(memory, 0, wordCount), octets: new Uint8Array(memory, wordCount * 4) };
}
