/** The table itself: look-ups in flat buffers. No object is made for an entry, and none in a look-up. */
import { NO_ENTRY } from './asn.ts';
import type { AsnEntry, AsnTable } from './asn.ts';
import { MAX_NAME_OCTETS, Meta, NAMES_PER_BLOCK } from './parts.ts';
import type { TableParts } from './parts.ts';
import { countryText } from './row.ts';
import { decodeName, skipName } from './symbols.ts';
import type { SymbolTable } from './symbols.ts';

const decoder = new TextDecoder();

export class PackedTable implements AsnTable {
  readonly byteLength: number;
  readonly size: number;
  /** Different networks: handles are 0 to `entryCount - 1`, in the order of the AS numbers. */
  readonly entryCount: number;

  /** What it looks into: nobody writes there any more, so another thread may look too. */
  readonly parts: TableParts;
  readonly #symbols: SymbolTable;
  readonly #asns: Uint32Array;
  readonly #base4: Uint32Array;
  readonly #first4: Uint16Array;
  readonly #starts4: Uint8Array;
  readonly #low4: Uint16Array;
  readonly #high4: Uint8Array;
  readonly #bits4: number;
  readonly #mask4: number;
  readonly #rows6: Uint8Array;
  readonly #cells6: Uint16Array;
  readonly #groups6: Uint16Array;
  readonly #first6: Uint32Array;
  readonly #starts6: Uint32Array;
  readonly #middle6: Uint8Array;
  readonly #high6: Uint8Array;
  readonly #bits6: number;
  readonly #mask6: number;

  constructor(parts: TableParts) {
    this.parts = parts;
    this.#symbols = { ends: parts.symbolEnds, octets: parts.symbolOctets };
    this.#asns = parts.asns;
    this.#base4 = parts.ipv4Base;
    this.#first4 = parts.ipv4First;
    this.#starts4 = parts.ipv4Starts;
    this.#low4 = parts.ipv4CodesLow;
    this.#high4 = parts.ipv4CodesHigh;
    this.#bits4 = parts.meta[Meta.ipv4HighBits]!;
    this.#mask4 = (1 << this.#bits4) - 1;
    this.#rows6 = parts.ipv6Rows;
    this.#cells6 = parts.ipv6Cells;
    this.#groups6 = parts.ipv6Groups;
    this.#first6 = parts.ipv6First;
    this.#starts6 = parts.ipv6Starts;
    this.#middle6 = parts.ipv6CodesMiddle;
    this.#high6 = parts.ipv6CodesHigh;
    this.#bits6 = parts.meta[Meta.ipv6HighBits]!;
    this.#mask6 = (1 << this.#bits6) - 1;
    this.entryCount = parts.asns.length;
    this.size = parts.meta[Meta.ipv4Ranges]! + parts.meta[Meta.ipv6Ranges]!;
    this.byteLength = Object.values(parts as unknown as Record<string, Uint8Array>).reduce(
      (sum, part) => sum + part.byteLength,
      0,
    );
  }

  lookup(address: Uint8Array, offset: number, length: number): number {
    if (length === 4) return this.#lookup4(address, offset);
    if (length !== 16) return NO_ENTRY;
    return isMapped(address, offset) ? this.#lookup4(address, offset + 12) : this.#lookup6(address, offset);
  }

  #lookup4(address: Uint8Array, offset: number): number {
    const first = this.#first4;
    const base = this.#base4;
    const high = (address[offset]! << 8) | address[offset + 1]!;
    const next = high + 1;
    const from = base[high >> 8]! + first[high]!;
    const code = this.#code4(from, base[next >> 8]! + first[next]!, address[offset + 2]!);
    if (code > this.entryCount) return this.#detail4(code, address[offset + 3]!);
    return code > 0 ? code - 1 : NO_ENTRY;
  }

  #detail4(code: number, octet: number): number {
    const block = code - this.entryCount - 1;
    const details = this.parts.ipv4Details;
    const inner = this.#code4(details[block]!, details[block + 1]!, octet);
    return inner > 0 && inner <= this.entryCount ? inner - 1 : NO_ENTRY;
  }

  /** Code in force at `key` among the elements `[from, to)`; the element before `from` counts when all begin later. */
  #code4(from: number, to: number, key: number): number {
    const starts = this.#starts4;
    let at = (from - 1) | 0;
    // Without a branch on what is found, see docs/asn-table.md: a wrong guess of the processor costs more than a step.
    for (let left = (to - from) | 0; left > 0;) {
      const half = (left + 1) >> 1;
      const later = (key - starts[at + half]!) >> 31;
      at = (at + (half & ~later)) | 0;
      left = (left - half) | 0;
    }
    const bit = at * this.#bits4;
    return this.#low4[at]! | (((this.#high4[bit >> 3]! >> (bit & 7)) & this.#mask4) << 16);
  }

  #lookup6(address: Uint8Array, offset: number): number {
    const first = address[offset]!;
    const second = address[offset + 1]!;
    const groups = this.#cells6[(this.#rows6[first]! << 8) | second]!;
    let slot = groups << 8;
    let next = slot;
    if (this.#groups6[groups - 1] === ((first << 8) | second)) {
      slot = ((groups - 1) << 8) | address[offset + 2]!;
      next = slot + 1;
    }
    const code = this.#code6(this.#first6[slot]!, this.#first6[next]!, keyAt(address, offset + 3));
    if (code > this.entryCount) return this.#detail6(code, address, offset);
    return code > 0 ? code - 1 : NO_ENTRY;
  }

  #detail6(code: number, address: Uint8Array, offset: number): number {
    const details = this.parts.ipv6Details;
    let inner = code;
    for (let depth = 6; depth < 16; depth += 3) {
      const block = inner - this.entryCount - 1;
      const key = depth < 15 ? keyAt(address, offset + depth) : address[offset + 15]! << 16;
      inner = this.#code6(details[block]!, details[block + 1]!, key);
      if (!(inner > this.entryCount)) break;
    }
    return inner > 0 && inner <= this.entryCount ? inner - 1 : NO_ENTRY;
  }

  #code6(from: number, to: number, key: number): number {
    const starts = this.#starts6;
    let at = (from - 1) | 0;
    for (let left = (to - from) | 0; left > 0;) {
      const half = (left + 1) >> 1;
      const later = (key - (starts[at + half]! >>> 8)) >> 31;
      at = (at + (half & ~later)) | 0;
      left = (left - half) | 0;
    }
    const bit = at * this.#bits6;
    const upper = (this.#middle6[at]! << 8) | (((this.#high6[bit >> 3]! >> (bit & 7)) & this.#mask6) << 16);
    return (starts[at]! & 0xff) | upper;
  }

  asnOf(handle: number): number {
    return handle >= 0 && handle < this.entryCount ? this.#asns[handle]! : 0;
  }

  countryOf(handle: number): number {
    const { countries, countryOf } = this.parts;
    return handle >= 0 && handle < this.entryCount ? (countries[countryOf[handle]!] ?? 0) : 0;
  }

  entry(handle: number): AsnEntry {
    const asn = this.asnOf(handle);
    return { asn, name: this.#nameOf(handle) || `AS${asn}`, country: countryText(this.countryOf(handle)) };
  }

  #nameOf(handle: number): string {
    const { nameBlocks, names } = this.parts;
    if (!(handle >= 0 && handle < this.entryCount)) return '';
    let at = nameBlocks[Math.floor(handle / NAMES_PER_BLOCK)]!;
    for (let i = handle % NAMES_PER_BLOCK; i > 0; i--) at = skipName(names, at);
    return decoder.decode(decodeName(names, at, this.#symbols, MAX_NAME_OCTETS));
  }
}

/** Three octets as one number. */
function keyAt(address: Uint8Array, offset: number): number {
  return (address[offset]! << 16) | (address[offset + 1]! << 8) | address[offset + 2]!;
}

/** ::ffff:0:0/96, RFC 4291 §2.5.5.2: what a socket for both families calls an IPv4 address. */
function isMapped(address: Uint8Array, offset: number): boolean {
  if (address[offset] !== 0 || address[offset + 10] !== 0xff || address[offset + 11] !== 0xff) return false;
  for (let i = 1; i < 10; i++) if (address[offset + i] !== 0) return false;
  return true;
}
