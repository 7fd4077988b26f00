import type { Name } from '../wire/name.ts';
import type { Exchange, Server } from './upstream.ts';

/** What a practice resolver knows of the world. */
export interface World {
  /** The zone of ours that a name lies in, as resolvers elsewhere have the root from a file; null outside all of them. */
  zoneOf(name: Name): Name | null;
  /** Where our zones are asked. */
  readonly home: Server;
  /** The name server at an address that a delegation names; null for all that are not ours, which are never asked. */
  serverAt(address: string): Server | null;
  readonly exchange: Exchange;
  /** Milliseconds of a clock that only goes forward. */
  monotonic(): number;
  /** A number from 0 up to 1. */
  random(): number;
}
