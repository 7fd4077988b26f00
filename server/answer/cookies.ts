import { SipHash } from '../wire/siphash.ts';
import type { Exchange } from './exchange.ts';

/** Octets of the cookies that we give: the client's eight, and sixteen of ours. */
export const COOKIE_SIZE = 24;
const CLIENT_SIZE = 8;
const VERSION = 1;
/** Seconds for which a server cookie is good, and how far the clocks of a fleet may differ, RFC 9018 §4.3. */
const MAX_AGE = 3600;
const MAX_AHEAD = 300;

/**
 * Server cookies as all implementations make them (RFC 9018 §4): client cookie, version, reserved, time, and a SipHash of
 * those with the client's address under a secret that a fleet can share. They prove that a UDP source is not forged.
 */
export class Cookies {
  private readonly hash: SipHash;
  private readonly input = new Uint8Array(CLIENT_SIZE + 8 + 16);
  private readonly made = new Uint8Array(COOKIE_SIZE);

  constructor(secret: Uint8Array) {
    this.hash = new SipHash(secret);
  }

  /** Whether the cookie at `at` was given by us to this source and is still good; `now` in milliseconds since 1970. */
  verify(octets: Uint8Array, at: number, length: number, exchange: Exchange, now: number): boolean {
    if (length !== COOKIE_SIZE || octets[at + CLIENT_SIZE] !== VERSION) return false;
    const time = (octets[at + 12]! << 24) | (octets[at + 13]! << 16) | (octets[at + 14]! << 8) | octets[at + 15]!;
    // Serial arithmetic: the time has 32 bits and wraps in 2106.
    const age = (Math.floor(now / 1000) - time) | 0;
    if (age > MAX_AGE || age < -MAX_AHEAD) return false;
    // The reserved octets are hashed as they came: another server of a fleet may use them, RFC 9018 §4.2.
    this.make(octets, at, exchange, time, at + 9);
    for (let i = 9; i < COOKIE_SIZE; i++) if (this.made[i] !== octets[at + i]) return false;
    return true;
  }

  /** A fresh cookie for the client cookie at `at`: 24 octets, good until the next call. */
  give(octets: Uint8Array, at: number, exchange: Exchange, now: number): Uint8Array {
    this.make(octets, at, exchange, Math.floor(now / 1000) | 0, -1);
    return this.made;
  }

  /** `reservedAt` is where the reserved octets lie, -1 for zeros. */
  private make(octets: Uint8Array, at: number, { address, addressLength }: Exchange, time: number, reservedAt: number): void {
    const { input, made } = this;
    for (let i = 0; i < CLIENT_SIZE; i++) input[i] = octets[at + i]!;
    input[8] = VERSION;
    for (let i = 0; i < 3; i++) input[9 + i] = reservedAt < 0 ? 0 : octets[reservedAt + i]!;
    for (let i = 0; i < 4; i++) input[12 + i] = time >>> (24 - 8 * i);
    for (let i = 0; i < addressLength; i++) input[16 + i] = address[i]!;
    for (let i = 0; i < 16; i++) made[i] = input[i]!;
    this.hash.digest(input, 16 + addressLength, made, 16);
  }
}
