import { embeddedNames } from '../wire/rdata.ts';
import { labelEquals, Name, startOf } from '../wire/name.ts';
import type { Reply } from './reply.ts';
import type { Rr } from './rr.ts';

/** The same name with every letter in upper or lower case by chance: `random` gives numbers from 0 up to 1. */
export function mixCase(name: Name, random: () => number): Name {
  const octets = name.octets.map((octet) => {
    const isLetter = (octet >= 0x41 && octet <= 0x5a) || (octet >= 0x61 && octet <= 0x7a);
    // Length octets are below 64 and so are no letters.
    return isLetter && random() < 0.5 ? octet ^ 0x20 : octet;
  });
  return Name.fromOctets(octets);
}

/** A reply as it would be without the mixing: names that point into the question (RFC 1035 §4.1.4) have its case. */
export function unmixCase(reply: Reply, qname: Name): Reply {
  const unmix = (records: readonly Rr[]) => records.map((record) => unmixRecord(record, qname));
  return { ...reply, answer: unmix(reply.answer), authority: unmix(reply.authority), additional: unmix(reply.additional) };
}

function unmixRecord(record: Rr, qname: Name): Rr {
  const embedded = embeddedNames(record.type, record.rdata);
  const owner = unmixName(record.owner, qname);
  if (embedded === null) return { ...record, owner };
  const rdata = record.rdata.slice();
  rdata.set(Buffer.concat(embedded.names.map((name) => unmixName(name, qname).octets)), embedded.start);
  return { ...record, owner, rdata };
}

/** The labels that both names end in, as the question has them. */
function unmixName(name: Name, qname: Name): Name {
  let common = 0;
  const most = Math.min(name.labelCount, qname.labelCount);
  while (common < most && labelEquals(name, name.labelCount - 1 - common, qname, qname.labelCount - 1 - common)) common++;
  if (common === 0) return name;
  const octets = name.octets.slice();
  octets.set(qname.octets.subarray(startOf(qname, qname.labelCount - common)), startOf(name, name.labelCount - common));
  return Name.fromOctets(octets);
}
