import { createHmac, timingSafeEqual, type Hmac } from 'node:crypto';
import { CLASS, TSIG_ERROR, TYPE } from '../wire/codes.ts';
import { AT, u16At } from '../wire/header.ts';
import { FOLD, type Name } from '../wire/name.ts';
import { Writer } from '../wire/writer.ts';
import type { Algorithm } from './algorithms.ts';
import type { TsigRecord } from './record.ts';

/** A secret that two sides share, and what they call it. */
export interface TsigKey {
  readonly name: Name;
  readonly algorithm: Algorithm;
  readonly secret: Uint8Array;
}

/** Seconds that the clocks of both sides may differ: what RFC 8945 §10 recommends, and the most that we grant. */
export const FUDGE = 300;
/** Octets below which we do not trust a MAC that was cut, RFC 8945 §5.2.4. */
const SHORTEST_MAC = 16;

/** What is said of a message beside its octets, RFC 8945 §4.3.3. */
interface Variables {
  readonly time: number;
  readonly fudge: number;
  readonly error: number;
  readonly other: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * Whether a message was signed with `key` and now, `now` being seconds since 1970. Gives an error of TSIG_ERROR, or 'malformed' for
 * a MAC of a length that none can have. The MAC is looked at before the time, so that only who has the key learns what our clock
 * says (RFC 8945 §5.2.3).
 */
export function verify(
  message: Uint8Array,
  tsig: TsigRecord,
  { key, prior, now }: { key: TsigKey; prior?: Uint8Array; now: number },
): number | 'malformed' {
  const { size } = key.algorithm;
  const { length } = tsig.mac;
  if (length > size || length < Math.max(10, size / 2)) return 'malformed';
  const hmac = createHmac(key.algorithm.hash, key.secret);
  if (prior !== undefined) addMac(hmac, prior);
  addMessage(hmac, message.subarray(0, tsig.at), tsig.originalId, u16At(message, AT.ARCOUNT) - 1);
  addVariables(hmac, key, tsig);
  if (!timingSafeEqual(hmac.digest().subarray(0, length), tsig.mac)) return TSIG_ERROR.BADSIG;
  if (Math.abs(now - tsig.time) > Math.min(tsig.fudge, FUDGE)) return TSIG_ERROR.BADTIME;
  return length < Math.min(size, SHORTEST_MAC) ? TSIG_ERROR.BADTRUNC : TSIG_ERROR.NONE;
}

/** The message without its signature, under the id it was signed with. A copy. */
export function unsigned(message: Uint8Array, tsig: TsigRecord): Uint8Array {
  const copy = message.slice(0, tsig.at);
  put16(copy, AT.ARCOUNT, u16At(message, AT.ARCOUNT) - 1);
  return copy;
}

/** Octets that a whole signature of this key takes, with `other` octets of other data. */
export function signatureSize({ name, algorithm }: TsigKey, other = 0): number {
  return name.octets.length + 10 + algorithm.name.octets.length + 16 + algorithm.size + other;
}

/** Signs the messages of one answer, one after the other, each on top of the one before (RFC 8945 §5.3.1). */
export class Signer {
  private readonly key: TsigKey;
  private prior: Uint8Array;
  private isFirst = true;

  /** `requestMac` is that of the question; a question itself has none. */
  constructor(key: TsigKey, requestMac: Uint8Array = NOTHING) {
    this.key = key;
    this.prior = requestMac;
  }

  /** The MAC of the message that was signed last. */
  get mac(): Uint8Array {
    return this.prior;
  }

  /** The message with its signature. `error` and `other` only in what answers a faulty signature. */
  sign(message: Uint8Array, time: number, error: number = TSIG_ERROR.NONE, other: Uint8Array = NOTHING): Uint8Array {
    const { key } = this;
    const variables: Variables = { time, fudge: FUDGE, error, other };
    const hmac = createHmac(key.algorithm.hash, key.secret);
    if (this.prior.length > 0) addMac(hmac, this.prior);
    hmac.update(message);
    if (this.isFirst) addVariables(hmac, key, variables);
    else addTimers(hmac, variables);
    this.isFirst = false;
    this.prior = hmac.digest();
    return append(message, key, variables, this.prior);
  }
}

/** A message that says what was wrong with a signature that we cannot answer with one of our own, RFC 8945 §5.3.2. */
export function appendUnsigned(message: Uint8Array, { keyName, algorithm, time }: TsigRecord, error: number): Uint8Array {
  const variables = { time, fudge: FUDGE, error, other: NOTHING };
  return append(message, { name: keyName, algorithm: { name: algorithm } }, variables, NOTHING);
}

function append(
  message: Uint8Array,
  { name, algorithm }: { name: Name; algorithm: Pick<Algorithm, 'name'> },
  { time, fudge, error, other }: Variables,
  mac: Uint8Array,
): Uint8Array {
  const rdlength = algorithm.name.octets.length + 16 + mac.length + other.length;
  const writer = new Writer(new Uint8Array(message.length + name.octets.length + 10 + rdlength));
  writer.bytes(message);
  writer.bytes(name.octets);
  writer.u16(TYPE.TSIG);
  writer.u16(CLASS.ANY);
  writer.u32(0);
  writer.u16(rdlength);
  writer.bytes(algorithm.name.octets);
  putTime(writer, time);
  writer.u16(fudge);
  writer.u16(mac.length);
  writer.bytes(mac);
  writer.u16(u16At(message, AT.ID));
  writer.u16(error);
  writer.u16(other.length);
  writer.bytes(other);
  writer.patchU16(AT.ARCOUNT, u16At(message, AT.ARCOUNT) + 1);
  return writer.octets;
}

/** 48 bits. */
export function putTime(writer: Writer, seconds: number): void {
  writer.u16(Math.floor(seconds / 2 ** 32));
  writer.u32(seconds % 2 ** 32);
}

function addMac(hmac: Hmac, mac: Uint8Array): void {
  hmac.update(Uint8Array.of(mac.length >>> 8, mac.length)).update(mac);
}

function addMessage(hmac: Hmac, message: Uint8Array, id: number, additional: number): void {
  const header = message.slice(0, 12);
  put16(header, AT.ID, id);
  put16(header, AT.ARCOUNT, additional);
  hmac.update(header).update(message.subarray(12));
}

function addVariables(hmac: Hmac, { name, algorithm }: TsigKey, variables: Variables): void {
  const writer = new Writer(new Uint8Array(64));
  writer.u16(CLASS.ANY);
  writer.u32(0);
  hmac.update(fold(name)).update(writer.octets.subarray(0, writer.position)).update(fold(algorithm.name));
  addTimers(hmac, variables);
  const { error, other } = variables;
  hmac.update(Uint8Array.of(error >>> 8, error, other.length >>> 8, other.length)).update(other);
}

function addTimers(hmac: Hmac, { time, fudge }: Variables): void {
  const writer = new Writer(new Uint8Array(8));
  putTime(writer, time);
  writer.u16(fudge);
  hmac.update(writer.octets);
}

/** Names are signed in lower case, RFC 8945 §4.3.3. */
function fold({ octets }: Name): Uint8Array {
  return octets.map((octet) => FOLD[octet]!);
}

function put16(octets: Uint8Array, at: number, value: number): void {
  octets[at] = value >>> 8;
  octets[at + 1] = value;
}
