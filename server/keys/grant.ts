import { typeFromText } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { matchesPattern } from './pattern.ts';
import { contains, parseNetwork } from './network.ts';

/** What a key can be allowed to do. */
export const RIGHTS = ['read', 'write', 'log', 'update', 'transfer'] as const;
export type Right = (typeof RIGHTS)[number];

/** What a key may do, and from where and for how long: as its owner wrote it. */
export interface Grant {
  readonly rights: readonly Right[];
  /** Patterns of names relative to the zone; none: any name. */
  readonly names: readonly string[];
  /** Types of records by their mnemonics; none: any type. */
  readonly types: readonly string[];
  /** Addresses that it may be used from, as `192.0.2.0/24`; none: any address. */
  readonly networks: readonly string[];
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
  /** Milliseconds after its last use at which it ends; null: never. */
  readonly idleMs: number | null;
}

/** Why a key is refused. */
export type Refused = 'expired' | 'idle' | 'network' | 'right' | 'name' | 'type' | 'zone';

/** Whether a key that was used last, or made, at `usedAt` may be used now from an address for what it is asked to do. */
export function judge(
  grant: Grant,
  { right, address, now, usedAt }: { right: Right; address: Uint8Array; now: number; usedAt: number },
): Refused | null {
  if (grant.expiresAt !== null && now >= grant.expiresAt) return 'expired';
  if (grant.idleMs !== null && now >= usedAt + grant.idleMs) return 'idle';
  if (grant.networks.length > 0 && !grant.networks.some((text) => contains(parseNetwork(text)!, address))) return 'network';
  return grant.rights.includes(right) ? null : 'right';
}

/** Whether a key may touch records of a name and type. */
export function judgeRecord(grant: Grant, owner: Name, type: number, origin: Name): 'name' | 'type' | null {
  if (!mayName(grant, owner, origin)) return 'name';
  return grant.types.length === 0 || grant.types.some((text) => typeFromText(text) === type) ? null : 'type';
}

/** Whether a name is one of those that a key is for. */
export function mayName({ names }: Grant, owner: Name, origin: Name): boolean {
  return names.length === 0 || names.some((pattern) => matchesPattern(pattern, owner, origin));
}
