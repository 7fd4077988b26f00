import { ArenaBuilder, RRSET } from '../wire/arena.ts';
import { TYPE } from '../wire/codes.ts';
import { hashOf, type Name } from '../wire/name.ts';
import { makeRrset, recordKey, type ZoneRecord } from './rrset.ts';

/** What the memory of a zone begins with, as places of words; the first nodes of the buckets come behind it. */
export const HEADER = {
  WORD_COUNT: 0,
  ID: 1,
  APEX: 2,
  SOA: 3,
  NEGATIVE_TTL: 4,
  SERIAL: 5,
  /** All nodes, one behind the other. */
  NODES: 6,
  NODE_COUNT: 7,
  /** A power of two. */
  BUCKET_COUNT: 8,
  SIZE: 9,
} as const;

/**
 * A name of a zone. Names that only have names below them are nodes too (empty non-terminals, RFC 4592 §2.2.2): they have no
 * RRset and so answer NODATA of themselves.
 */
export const NODE = {
  /** Hash of the whole name. */
  HASH: 0,
  /** Next node in the bucket. */
  NEXT: 1,
  PARENT: 2,
  NAME: 3,
  /** The node of `*` directly below, the source of synthesis, RFC 4592 §3.3.1. */
  WILDCARD: 4,
  /** 1 for a zone cut: an NS RRset below the apex, RFC 1034 §4.2. */
  IS_CUT: 5,
  /** The RRset that sends everything below this name elsewhere, RFC 6672. */
  DNAME: 6,
  /** The first RRset; the others hang on it. */
  RRSETS: 7,
  SIZE: 8,
} as const;

interface NodePlan {
  readonly name: Name;
  readonly parent: NodePlan | null;
  readonly index: number;
  readonly rrsets: number[];
}

/** Lays a zone into memory that threads can share. Throws when there is no SOA at the origin, or a record outside it. */
export function layZone(id: number, origin: Name, records: Iterable<ZoneRecord>): SharedArrayBuffer {
  const groups = groupRecords(records);
  const plans = planNodes(origin, groups);
  const bucketCount = 2 ** Math.ceil(Math.log2(plans.size));
  const builder = new ArenaBuilder(HEADER.SIZE + bucketCount);
  for (const group of groups) plans.get(group[0]!.owner.key)!.rrsets.push(builder.addRrset(makeRrset(group)));
  const names = Array.from(plans.values(), ({ name }) => builder.addName(name));
  const { words } = builder;
  const nodes = builder.reserve(plans.size * NODE.SIZE);
  const place = ({ index }: NodePlan) => nodes + index * NODE.SIZE;
  for (const plan of plans.values()) {
    const node = place(plan);
    const bucket = HEADER.SIZE + (hashOf(plan.name, 0) & (bucketCount - 1));
    words[node + NODE.HASH] = hashOf(plan.name, 0);
    words[node + NODE.NEXT] = words[bucket]!;
    words[bucket] = node;
    words[node + NODE.NAME] = names[plan.index]!;
    addRrsets(words, node, plan.rrsets);
    if (plan.parent === null) continue;
    const parent = place(plan.parent);
    words[node + NODE.PARENT] = parent;
    if (plan.name.isWildcard) words[parent + NODE.WILDCARD] = node;
    if (plan.rrsets.some((rrset) => words[rrset + RRSET.TYPE] === TYPE.NS)) words[node + NODE.IS_CUT] = 1;
  }
  const soa = plans.get(origin.key)!.rrsets.find((rrset) => words[rrset + RRSET.TYPE] === TYPE.SOA);
  if (soa === undefined) throw new Error(`zone ${origin.toText()} has no SOA`);
  const { rdata } = groups.find(([first]) => first!.type === TYPE.SOA)![0]!;
  const view = new DataView(rdata.buffer, rdata.byteOffset, rdata.length);
  words[HEADER.ID] = id;
  words[HEADER.APEX] = nodes;
  words[HEADER.SOA] = soa;
  words[HEADER.NEGATIVE_TTL] = Math.min(words[soa + RRSET.TTL]!, view.getUint32(rdata.length - 4));
  words[HEADER.SERIAL] = view.getUint32(rdata.length - 20);
  words[HEADER.NODES] = nodes;
  words[HEADER.NODE_COUNT] = plans.size;
  words[HEADER.BUCKET_COUNT] = bucketCount;
  return builder.finish();
}

function addRrsets(words: number[], node: number, rrsets: readonly number[]): void {
  rrsets.forEach((rrset, i) => {
    words[i === 0 ? node + NODE.RRSETS : rrsets[i - 1]! + RRSET.NEXT] = rrset;
    if (words[rrset + RRSET.TYPE] === TYPE.DNAME) words[node + NODE.DNAME] = rrset;
  });
}

/** Records by owner and type, in the order in which they first come. */
function groupRecords(records: Iterable<ZoneRecord>): ZoneRecord[][] {
  const groups = new Map<string, ZoneRecord[]>();
  for (const record of records) {
    const key = recordKey(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

/** A node for every owner and for every name between it and the apex, which comes first. */
function planNodes(origin: Name, groups: readonly ZoneRecord[][]): Map<string, NodePlan> {
  const plans = new Map<string, NodePlan>();
  const add = (name: Name, parent: NodePlan | null): NodePlan => {
    const plan = { name, parent, index: plans.size, rrsets: [] };
    plans.set(name.key, plan);
    return plan;
  };
  const find = (name: Name): NodePlan => {
    const known = plans.get(name.key);
    if (known !== undefined) return known;
    if (name.labelCount <= origin.labelCount) throw new Error(`${name.toText()} is outside ${origin.toText()}`);
    return add(name, find(name.suffix(1)));
  };
  add(origin, null);
  for (const [first] of groups) find(first!.owner);
  return plans;
}
