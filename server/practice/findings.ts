import { RCODE, TYPE } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import type { CacheEntry, CacheKind } from './cache.ts';
import type { Asked, Reply } from './reply.ts';
import type { Rr } from './rr.ts';

/** Something that a reply says, before it is known for how long it is kept. */
export type Finding = Pick<CacheEntry, 'kind' | 'name' | 'type' | 'records' | 'ttl'>;

/**
 * What a reply says about the question and, along aliases, about other names within `cut`, the zone of the server that said it:
 * of other names it knows nothing (RFC 5452 §6). Empty when it says nothing that helps.
 */
export function findingsOf(reply: Reply, { qname, qtype }: Asked, cut: Name): Finding[] {
  if (!qname.isWithin(cut)) return [];
  const within = { ...reply, answer: reply.answer.filter(({ owner }) => owner.isWithin(cut)) };
  const findings: Finding[] = [];
  const seen: Name[] = [];
  let name = qname;
  for (;;) {
    const records = recordsAt(within.answer, name, qtype);
    if (records.length > 0) return [...findings, positive(name, qtype, records)];
    const alias = recordsAt(within.answer, name, TYPE.CNAME);
    if (alias.length === 0) break;
    findings.push(positive(name, TYPE.CNAME, alias));
    seen.push(name);
    const target = targetOf(alias[0]!);
    if (target === null || !target.isWithin(cut) || seen.some((one) => one.equals(target))) return findings;
    name = target;
  }
  return [...findings, ...ending(within, name, qtype, cut)];
}

/** What is said of the last name of the chain: it is not there, it has no such records, or others know (RFC 2308 §2). */
function ending(reply: Reply, name: Name, qtype: number, cut: Name): Finding[] {
  const soa = reply.authority.filter(({ owner, type }) => type === TYPE.SOA && name.isWithin(owner) && owner.isWithin(cut));
  const ttl = soa.length === 0 ? 0 : Math.min(soa[0]!.ttl, minimumOf(soa[0]!));
  const records = soa.slice(0, 1).map((record) => ({ ...record, ttl }));
  // The RCODE is about the last name of the chain, RFC 6604 §3.
  if (reply.rcode === RCODE.NXDOMAIN) return [{ kind: 'nxdomain', name, type: null, records, ttl }];
  if (reply.rcode !== RCODE.NOERROR) return [];
  const delegation = soa.length === 0 && !reply.authoritative ? delegationOf(reply, name, cut) : null;
  if (delegation !== null) return [delegation];
  return soa.length > 0 || reply.authoritative ? [{ kind: 'nodata', name, type: qtype, records, ttl }] : [];
}

/** NS records between `cut` and the name, with the addresses that come with them and that the server can know. */
function delegationOf(reply: Reply, name: Name, cut: Name): Finding | null {
  const first = reply.authority.find(
    ({ owner, type }) => type === TYPE.NS && name.isWithin(owner) && owner.isWithin(cut) && !owner.equals(cut),
  );
  if (first === undefined) return null;
  const records = recordsAt(reply.authority, first.owner, TYPE.NS);
  const servers = records.map(targetOf);
  const glue = reply.additional.filter(
    ({ owner, type }) => isAddress(type) && owner.isWithin(cut) && servers.some((server) => server?.equals(owner)),
  );
  return { kind: 'delegation', name: first.owner, type: TYPE.NS, records: [...records, ...glue], ttl: lowest(records) };
}

/** What answers a question, in the order in which it is looked for. */
export function kindsFor(qtype: number): readonly (readonly [CacheKind, number | null])[] {
  return [
    ['nxdomain', null],
    ['records', qtype],
    ['nodata', qtype],
    ['records', TYPE.CNAME],
  ];
}

export function isAddress(type: number): boolean {
  return type === TYPE.A || type === TYPE.AAAA;
}

/** The name that a CNAME or NS record leads to; null when its RDATA is none. */
export function targetOf({ rdata }: Rr): Name | null {
  const reader = new Reader(rdata);
  const octets = reader.name();
  return reader.fault === null && reader.remaining === 0 ? Name.fromOctets(octets) : null;
}

/** The owner as it was asked for: whoever mixes case gets it back mixed. */
function recordsAt(records: readonly Rr[], name: Name, type: number): Rr[] {
  return records
    .filter((record) => record.type === type && record.owner.equals(name))
    .map((record) => ({ ...record, owner: name }));
}

/** All records of an RRset live as long as the one that goes first, RFC 2181 §5.2. */
function positive(name: Name, type: number, records: readonly Rr[]): Finding {
  const ttl = lowest(records);
  return { kind: 'records', name, type, records: records.map((record) => ({ ...record, ttl })), ttl };
}

function lowest(records: readonly Rr[]): number {
  return Math.min(...records.map(({ ttl }) => ttl));
}

/** The last field of an SOA, RFC 2308 §4; 0 when it is none. */
function minimumOf({ rdata }: Rr): number {
  const reader = new Reader(rdata);
  reader.name();
  reader.name();
  reader.bytes(16);
  const minimum = reader.u32();
  return reader.fault === null ? minimum : 0;
}
