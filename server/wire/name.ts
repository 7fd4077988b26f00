import { MAX_LABEL, MAX_LABELS, MAX_NAME } from './limits.ts';

/** Why text is not a domain name. */
export type NameFault = 'empty' | 'empty_label' | 'label_too_long' | 'name_too_long' | 'bad_escape' | 'not_ascii';

/**
 * What look-ups need of a name: its labels and a hash of each suffix. A stored `Name` is one, a name in the memory of a zone is
 * another, and so is the question of a query that still lies in its datagram, so that looking up a question copies nothing.
 */
export interface LabelSequence {
  readonly octets: Uint8Array;
  /** From place `at` on: where in `octets` each label begins, and the root; then the hash of the suffix that begins with each. */
  readonly words: Int32Array;
  readonly at: number;
  /** Labels without the root. */
  readonly labelCount: number;
}

/** Places of `words` that a name takes. */
export function wordsOf(labelCount: number): number {
  return 2 * (labelCount + 1);
}

/** Offset of the length octet of label `i`, or of the root when there are as many labels. */
export function startOf(name: LabelSequence, i: number): number {
  return name.words[name.at + i]!;
}

/** Hash of the suffix that begins with label `i`. */
export function hashOf(name: LabelSequence, i: number): number {
  return name.words[name.at + name.labelCount + 1 + i]!;
}

/** Octet → octet with A–Z folded to a–z and nothing else touched, RFC 4343 §3. */
export const FOLD = Uint8Array.from({ length: 256 }, (_, octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));

const CAPITALS = /[A-Z]+/g;

const ROOT_HASH = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

/** FNV-1a over one folded label and its length, on top of the hash of the labels to its right. */
export function hashLabel(octets: Uint8Array, at: number, suffixHash: number): number {
  let hash = suffixHash;
  const end = at + octets[at]!;
  for (let i = at; i <= end; i++) hash = Math.imul(hash ^ FOLD[octets[i]!]!, HASH_PRIME);
  return hash;
}

/** Fills in the hashes of a name whose labels are known, from the right, so that every suffix costs one label. */
export function hashSuffixes({ octets, words, at, labelCount }: LabelSequence): void {
  const hashes = at + labelCount + 1;
  let hash = ROOT_HASH;
  words[hashes + labelCount] = hash;
  for (let i = labelCount - 1; i >= 0; i--) words[hashes + i] = hash = hashLabel(octets, words[at + i]!, hash);
}

/** Whether suffix `i` of `a` and suffix `j` of `b` are the same name, case aside. */
export function suffixEquals(a: LabelSequence, i: number, b: LabelSequence, j: number): boolean {
  if (a.labelCount - i !== b.labelCount - j || hashOf(a, i) !== hashOf(b, j)) return false;
  let from = startOf(a, i);
  let to = startOf(b, j);
  const end = startOf(a, a.labelCount);
  while (from < end) if (FOLD[a.octets[from++]!] !== FOLD[b.octets[to++]!]) return false;
  return true;
}

/** Whether label `i` of `a` and label `j` of `b` are the same, case aside. */
export function labelEquals(a: LabelSequence, i: number, b: LabelSequence, j: number): boolean {
  let from = startOf(a, i);
  let to = startOf(b, j);
  const end = from + a.octets[from]!;
  // The length octets are compared like the others: none of them is a letter.
  while (from <= end) if (FOLD[a.octets[from++]!] !== FOLD[b.octets[to++]!]) return false;
  return true;
}

/** Whether a name is `ancestor` or below it. */
export function isWithin(name: LabelSequence, ancestor: LabelSequence): boolean {
  const extra = name.labelCount - ancestor.labelCount;
  return extra >= 0 && suffixEquals(name, extra, ancestor, 0);
}

/** A domain name: wire octets with the case they came in, RFC 1035 §3.1. Always within the limits, never changes. */
export class Name implements LabelSequence {
  readonly octets: Uint8Array;
  readonly words: Int32Array;
  readonly at = 0;
  readonly labelCount: number;
  #key: string | null = null;

  private constructor(octets: Uint8Array, words: Int32Array, labelCount: number) {
    this.octets = octets;
    this.words = words;
    this.labelCount = labelCount;
    hashSuffixes(this);
  }

  /** From uncompressed wire octets, which are kept; anything else than one whole name is our own mistake and throws. */
  static fromOctets(octets: Uint8Array): Name {
    const starts: number[] = [];
    let at = 0;
    while (at < octets.length && octets[at] !== 0) {
      if (octets[at]! > MAX_LABEL || starts.length >= MAX_LABELS) throw new RangeError('not a name in wire form');
      starts.push(at);
      at += 1 + octets[at]!;
    }
    if (at !== octets.length - 1 || octets.length > MAX_NAME) throw new RangeError('not a name in wire form');
    const words = new Int32Array(wordsOf(starts.length));
    words.set(starts);
    words[starts.length] = at;
    return new Name(octets, words, starts.length);
  }

  /**
   * From presentation form with `\.` and `\DDD` escapes, RFC 1035 §5.1. Without a final dot the name is completed with
   * `origin`; without an origin it is taken as absolute. `@` is the origin.
   */
  static fromText(text: string, origin?: Name): Name | NameFault {
    if (text === '') return 'empty';
    if (text === '.') return Name.root;
    if (text === '@' && origin !== undefined) return origin;
    const labels = splitLabels(text);
    if (typeof labels === 'string') return labels;
    const absolute = labels.at(-1)!.length === 0;
    if (absolute) labels.pop();
    if (labels.some((label) => label.length === 0)) return 'empty_label';
    if (labels.some((label) => label.length > MAX_LABEL)) return 'label_too_long';
    const octets = labels.flatMap((label) => [label.length, ...label]);
    const suffix = absolute || origin === undefined ? [0] : origin.octets;
    if (octets.length + suffix.length > MAX_NAME) return 'name_too_long';
    return Name.fromOctets(Uint8Array.from([...octets, ...suffix]));
  }

  static readonly root = Name.fromOctets(Uint8Array.of(0));

  /** The name without its first `count` labels. */
  suffix(count: number): Name {
    return count === 0 ? this : Name.fromOctets(this.octets.subarray(startOf(this, count)));
  }

  /** Equal for equal names, and only for these: of ASCII alone the case is folded. */
  get key(): string {
    // Lengths of labels are less than any letter.
    this.#key ??= octetsToText(this.octets).replace(CAPITALS, (letters) => letters.toLowerCase());
    return this.#key;
  }

  /** The octets of label `i`, without its length. */
  label(i: number): Uint8Array {
    return this.octets.subarray(startOf(this, i) + 1, startOf(this, i + 1));
  }

  equals(other: LabelSequence): boolean {
    return suffixEquals(this, 0, other, 0);
  }

  /** Whether this name is `ancestor` or below it. */
  isWithin(ancestor: LabelSequence): boolean {
    return isWithin(this, ancestor);
  }

  /** Whether the first label is `*`, RFC 4592 §2.1.1. */
  get isWildcard(): boolean {
    return this.octets[0] === 1 && this.octets[1] === 0x2a;
  }

  /** Presentation form with a final dot. */
  toText(): string {
    return nameToText(this.octets);
  }

  /** Presentation form relative to an ancestor: `@`, `www`; absolute when this name is not within it. */
  toRelativeText(origin: Name): string {
    if (!this.isWithin(origin)) return this.toText();
    const extra = this.labelCount - origin.labelCount;
    return extra === 0 ? '@' : labelsToText(this.octets, startOf(this, extra)).slice(0, -1);
  }
}

/** A character for each octet, to be compared and looked up. */
export function octetsToText({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

/** Presentation form of an uncompressed name, final dot included. */
export function nameToText(octets: Uint8Array): string {
  return octets[0] === 0 ? '.' : labelsToText(octets, octets.length - 1);
}

/** Characters that mean something in a zone file and so need a backslash inside a label. */
const SPECIAL = new Set([...'.\\"();@$'].map((c) => c.charCodeAt(0)));

function labelsToText(octets: Uint8Array, end: number): string {
  let text = '';
  for (let at = 0; at < end; at += 1 + octets[at]!) {
    for (let i = at + 1; i <= at + octets[at]!; i++) text += labelOctetToText(octets[i]!);
    text += '.';
  }
  return text;
}

function labelOctetToText(octet: number): string {
  if (octet <= 0x20 || octet >= 0x7f) return `\\${String(octet).padStart(3, '0')}`;
  return SPECIAL.has(octet) ? `\\${String.fromCharCode(octet)}` : String.fromCharCode(octet);
}

/** The octets of each label; a final dot gives a last, empty label. */
function splitLabels(text: string): number[][] | NameFault {
  const labels: number[][] = [[]];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) {
      labels.push([]);
    } else if (code === 0x5c) {
      const escape = readEscape(text, i);
      if (escape === null) return 'bad_escape';
      labels.at(-1)!.push(escape.octet);
      i += escape.length - 1;
    } else {
      if (code > 0x7f) return 'not_ascii';
      labels.at(-1)!.push(code);
    }
  }
  return labels;
}

/** Reads `\X` or `\DDD` at `at`, RFC 1035 §5.1; null when it is neither. */
export function readEscape(text: string, at: number): { octet: number; length: number } | null {
  const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4));
  if (digits !== null) return Number(digits[0]) > 255 ? null : { octet: Number(digits[0]), length: 4 };
  const code = text.charCodeAt(at + 1);
  return Number.isNaN(code) || code > 0x7f || (code >= 0x30 && code <= 0x39) ? null : { octet: code, length: 2 };
}
