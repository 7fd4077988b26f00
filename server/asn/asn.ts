/** What the rest of the house knows of the range table. */

/** A network as people know it. `country` is ISO 3166-1 alpha-2, or empty when the source names none. */
export interface AsnEntry {
  readonly asn: number;
  readonly name: string;
  readonly country: string;
}

/** Handle of "the table does not know this address". */
export const NO_ENTRY = -1;

export const NETWORK_KINDS = ['public resolver', 'cloud', 'access'] as const;
/** What the list of networks may say, and what we know of ourselves. */
export type NetworkKind = (typeof NETWORK_KINDS)[number] | 'practice resolver';

/** A network as people call it: "Google Public DNS" beside GOOGLE. */
export interface KnownNetwork {
  readonly brand: string;
  readonly kind: NetworkKind;
}

/** The networks that people know by name. */
export interface KnownNetworks {
  /** The network of an address given as in `AsnTable.lookup`, which that table says is of AS `asn` (0 for none). */
  find(address: Uint8Array, offset: number, length: number, asn: number): KnownNetwork | undefined;
}

export interface AsnTable {
  /**
   * Finds the network of an address given as the octets of the socket: `length` 4 or 16, an IPv4-mapped IPv6 address being
   * looked up as IPv4. Returns a handle for `asnOf`, `countryOf` and `entry`, or NO_ENTRY. Allocates nothing.
   * A handle is good until the next turn of the event loop: a refreshed table gives the same network another one.
   */
  lookup(address: Uint8Array, offset: number, length: number): number;
  /** AS number of a handle. Allocates nothing. */
  asnOf(handle: number): number;
  /** Country of a handle as two ASCII octets in one number, `first << 8 | second`; 0 for none. Allocates nothing. */
  countryOf(handle: number): number;
  /** Everything about a handle, for people. */
  entry(handle: number): AsnEntry;
  /** Bytes of all buffers together. */
  readonly byteLength: number;
  /** Number of ranges, for the start message. */
  readonly size: number;
  /** What people call networks, where somebody has written that down. */
  readonly known?: KnownNetworks;
}
