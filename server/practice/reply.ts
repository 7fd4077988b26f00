import { Packet } from 'dns2';
import { CLASS, TYPE } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import type { Rr } from './rr.ts';

type Resource = Packet['answers'][number];

/** What a name server said, as far as a resolver needs it. */
export interface Reply {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly answer: readonly Rr[];
  readonly authority: readonly Rr[];
  readonly additional: readonly Rr[];
}

/** What was asked, the name in the case in which it was sent. */
export interface Asked {
  readonly qname: Name;
  readonly qtype: number;
}

/**
 * What dns2 read, if it is an answer to what was asked (RFC 5452 §9.1: one question, the same; whoever mixes case wants it back
 * octet for octet) and all of it could be read. Null when it is not.
 */
export function readReply(packet: Packet, { qname, qtype }: Asked, exactCase: boolean): Reply | null {
  const { header, questions, answers, authorities, additionals } = packet;
  const [question, ...more] = questions;
  if (header.qr !== 1 || header.opcode !== 0 || question === undefined || more.length > 0) return null;
  const name = nameOf(question.name);
  if (name === null || question.type !== qtype || question.class !== CLASS.IN || !name.equals(qname)) return null;
  if (exactCase && Buffer.compare(name.octets, qname.octets) !== 0) return null;
  // dns2 passes over records that it cannot read.
  if (answers.length !== header.ancount || authorities.length !== header.nscount) return null;
  const answer = recordsOf(answers);
  const authority = recordsOf(authorities);
  if (answer === null || authority === null) return null;
  return {
    rcode: header.rcode,
    authoritative: header.aa === 1,
    truncated: header.tc === 1,
    answer,
    authority,
    additional: recordsOf(additionals) ?? [],
  };
}

/** How dns2 writes a name: octets as characters, dots between labels. Null when a label has a dot in it, which it cannot tell. */
export function toDns2Name(name: Name): string | null {
  const labels = Array.from({ length: name.labelCount }, (_, i) => Buffer.from(name.label(i)).toString('latin1'));
  return labels.some((label) => label.includes('.')) ? null : labels.join('.');
}

function nameOf(text: string): Name | null {
  const octets = text === '' ? [] : text.split('.').flatMap((label) => [label.length, ...Buffer.from(label, 'latin1')]);
  try {
    return Name.fromOctets(Uint8Array.from([...octets, 0]));
  } catch {
    return null;
  }
}

/** The records of class IN, OPT left out; null when one of them cannot be told octet for octet. */
function recordsOf(resources: readonly Resource[]): Rr[] | null {
  const records: Rr[] = [];
  for (const resource of resources) {
    if (resource.type === TYPE.OPT || resource.class !== CLASS.IN) continue;
    const owner = nameOf(resource.name);
    const rdata = rdataOf(resource);
    if (owner === null || rdata === null) return null;
    records.push({ owner, type: resource.type, ttl: resource.ttl, rdata });
  }
  return records;
}

/** RDATA as dns2 writes it again, by itself: names in it have nothing to point at, so they are whole. */
function rdataOf(resource: Resource): Uint8Array | null {
  if (!isFaithful(resource)) return null;
  try {
    const reader = new Reader(Packet.Resource.encode(resource));
    reader.name();
    reader.bytes(8);
    const rdata = reader.bytes(reader.u16());
    // A copy: what is kept must not hold on to the buffer that it was read from.
    return reader.fault === null && reader.remaining === 0 ? new Uint8Array(rdata) : null;
  } catch {
    return null;
  }
}

/** dns2 reads strings as UTF-8: of octets that are none, it keeps no more than that something was there. */
function isFaithful({ data, tag, value }: Resource): boolean {
  const strings = [tag, value, ...(Array.isArray(data) ? data : [])].filter((text) => typeof text === 'string');
  return strings.every((text) => !text.includes('\uFFFD'));
}
