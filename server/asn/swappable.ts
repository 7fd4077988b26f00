/** A table that can be replaced while it is used: one reference, swapped between two turns of the event loop. */
import { statSync } from 'node:fs';
import type { AsnEntry, AsnTable, KnownNetworks } from './asn.ts';
import { openPackedFile } from './packed-file.ts';
import type { PackedTable } from './table.ts';

/** What `reload` did. Unless it was `swapped`, the table from before is in force. */
export type ReloadResult =
  | { readonly outcome: 'swapped'; readonly ranges: number; readonly octets: number }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'refused'; readonly problem: string };

/**
 * A handle is good until the next turn of the event loop: `reload` gives the same network another one. Keep the number or
 * the entry, not the handle.
 */
export class SwappableTable implements AsnTable {
  /** The same whichever table is in force. */
  readonly known?: KnownNetworks;
  readonly #path: string;
  #table: PackedTable;
  readonly #watchers: ((table: PackedTable) => void)[] = [];
  /** Which file was looked at last, sound or not. */
  #stamp = '';
  #isPacked = false;

  /** Serves `table` until a file at `path` is loaded. */
  constructor(path: string, table: PackedTable, known?: KnownNetworks) {
    this.#path = path;
    this.#table = table;
    if (known !== undefined) this.known = known;
  }

  /** The table in force. */
  get current(): PackedTable {
    return this.#table;
  }

  /** Calls `tell` whenever another table comes into force, beside all that asked before. */
  watch(tell: (table: PackedTable) => void): void {
    this.#watchers.push(tell);
  }

  get byteLength(): number {
    return this.#table.byteLength;
  }

  get size(): number {
    return this.#table.size;
  }

  /** True once a packed file is in force, false while the hand-written list is. */
  get isPacked(): boolean {
    return this.#isPacked;
  }

  lookup(address: Uint8Array, offset: number, length: number): number {
    return this.#table.lookup(address, offset, length);
  }

  asnOf(handle: number): number {
    return this.#table.asnOf(handle);
  }

  countryOf(handle: number): number {
    return this.#table.countryOf(handle);
  }

  entry(handle: number): AsnEntry {
    return this.#table.entry(handle);
  }

  /**
   * Loads the file if it is another one than last time, a matter of a few milliseconds. The new table is read and checked
   * whole before the old one is let go. A file that is refused is told once. Never throws.
   */
  reload(): ReloadResult {
    try {
      const stat = statSync(this.#path, { throwIfNoEntry: false });
      if (!stat) return { outcome: 'missing' };
      const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
      if (stamp === this.#stamp) return { outcome: 'unchanged' };
      this.#stamp = stamp;
      const table = openPackedFile(this.#path);
      this.#table = table;
      this.#isPacked = true;
      for (const tell of this.#watchers) tell(table);
      return { outcome: 'swapped', ranges: table.size, octets: table.byteLength };
    } catch (error) {
      return { outcome: 'refused', problem: (error as Error).message };
    }
  }
}
