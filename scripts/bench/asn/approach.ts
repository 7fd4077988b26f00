/** What every approach of the laboratory is measured through. */
import type { Columns } from './columns.ts';

export interface Source {
  /** The ranges; read anew at each call, so that who does not ask does not pay. */
  columns(): Columns;
  /** The packed table, for the approach that is shipped. */
  readonly packedFile: string;
  /** A folder for files of an approach's own. */
  readonly folder: string;
}

/** Finds AS numbers; 0 for not routed. The address is in octets, as a socket gives it. */
export interface Index {
  find4(octets: Uint8Array, at: number): number;
  find6(octets: Uint8Array, at: number): number;
  /** Octets on disk, for those that live there. */
  readonly fileOctets?: number;
  /** Everything that must not be collected before memory is measured. */
  readonly keep?: unknown;
}

export interface Approach {
  readonly key: string;
  readonly title: string;
  load(source: Source): Index | Promise<Index>;
}
