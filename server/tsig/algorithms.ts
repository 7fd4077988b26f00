import { Name } from '../wire/name.ts';

/** A keyed hash that both sides know, RFC 8945 §6. */
export interface Algorithm {
  /** As people write it, `hmac-sha256`. */
  readonly text: string;
  /** As messages have it. */
  readonly name: Name;
  /** As node:crypto calls it. */
  readonly hash: string;
  /** Octets of a whole MAC. */
  readonly size: number;
}

const row = (text: string, wire: string, hash: string, size: number): Algorithm => ({
  text,
  name: Name.fromText(wire) as Name,
  hash,
  size,
});

export const ALGORITHMS: readonly Algorithm[] = [
  row('hmac-sha256', 'hmac-sha256.', 'sha256', 32),
  row('hmac-sha512', 'hmac-sha512.', 'sha512', 64),
  row('hmac-sha384', 'hmac-sha384.', 'sha384', 48),
  row('hmac-sha224', 'hmac-sha224.', 'sha224', 28),
  row('hmac-sha1', 'hmac-sha1.', 'sha1', 20),
];

/** Must not be used (RFC 8945 §6), and still is what some programs take when nobody tells them otherwise. */
export const MD5 = row('hmac-md5', 'hmac-md5.sig-alg.reg.int.', 'md5', 16);

/** The algorithm of this name, MD5 among them: whether a key may have it is for whoever makes keys to say. */
export function algorithmOf(text: string): Algorithm | undefined {
  return [...ALGORITHMS, MD5].find((one) => one.text === text.toLowerCase());
}
