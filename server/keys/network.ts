import { isMappedIpv4, parseAddress } from '../wire/address.ts';

/** A range of addresses: those that share the first `prefix` bits with `octets`. */
export interface Network {
  readonly octets: Uint8Array;
  readonly prefix: number;
}

/** `192.0.2.0/24`, `2001:db8::/32`, or one address; null when it is none. */
export function parseNetwork(text: string): Network | null {
  const [address, length, surplus] = text.split('/');
  const octets = parseAddress(address!);
  if (octets === null || surplus !== undefined) return null;
  const bits = octets.length * 8;
  if (length === undefined) return { octets, prefix: bits };
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? { octets, prefix: Number(length) } : null;
}

/** Whether an address of four or sixteen octets is in a network. An IPv4 address that came over an IPv6 socket is an IPv4 address. */
export function contains({ octets, prefix }: Network, address: Uint8Array): boolean {
  const plain = address.length === 16 && isMappedIpv4(address) ? address.subarray(12) : address;
  if (plain.length !== octets.length) return false;
  const whole = prefix >> 3;
  for (let i = 0; i < whole; i++) if (plain[i] !== octets[i]) return false;
  const rest = prefix & 7;
  return rest === 0 || ((plain[whole]! ^ octets[whole]!) & (0xff00 >> rest)) === 0;
}
