import { CLASS, TYPE } from '../wire/codes.ts';
import { MAX_NAME } from '../wire/limits.ts';
import { Name, type LabelSequence } from '../wire/name.ts';
import type { Rrset } from '../zone/rrset.ts';

/**
 * The CNAME that a DNAME means for a name below it: the labels in front of the DNAME's owner put in front of its target, with
 * the TTL of the DNAME, RFC 6672 §3.1. Null when that name would be longer than names can be.
 */
export function synthesizeCname(owner: LabelSequence, dname: Rrset): Rrset | null {
  const prefixStart = owner.labelAt[0]!;
  const prefixEnd = owner.labelAt[owner.labelCount - dname.owner.labelCount]!;
  const target = dname.rdatas[0]!.embedded!.names[0]!;
  const length = prefixEnd - prefixStart + target.octets.length;
  if (length > MAX_NAME) return null;
  const octets = new Uint8Array(length);
  octets.set(owner.octets.subarray(prefixStart, prefixEnd));
  octets.set(target.octets, prefixEnd - prefixStart);
  const rdatas = [{ octets, embedded: { names: [Name.fromOctets(octets)], start: 0, end: length } }];
  return { owner: dname.owner, type: TYPE.CNAME, class: CLASS.IN, ttl: dname.ttl, rdatas, compress: true };
}
