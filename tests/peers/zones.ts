import { Name } from '../../server/wire/name.ts';
import { Random } from '../support/random.ts';

/** A zone as all four servers get it. */
export interface TestZone {
  readonly origin: string;
  readonly text: string;
  /** Owner names in it, relative to the origin. */
  readonly owners: readonly string[];
}

const LABELS = ['a', 'b', 'c', 'www', 'MiXed', '*', '_tcp', 'x\\.y', '\\000\\255', 'n'.repeat(63)];
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '198.51.100.7'];

/**
 * A small zone that mixes what makes answers differ: wildcards at several depths, aliases and their loops, DNAME, delegations
 * with and without glue, data below cuts, empty non-terminals, escaped and binary labels. Rules that all servers insist on
 * when loading (a CNAME stands alone, one DNAME a name) are kept.
 */
export function makeTestZone(index: number, seed: number): TestZone {
  const random = new Random(seed * 7919 + index * 104729 + 1);
  const origin = `z${index}.test.`;
  const entries = new Map<string, Map<string, Set<string>>>();
  const put = (owner: string, type: string, rdata: string) => {
    const types = entries.get(owner.toLowerCase()) ?? new Map<string, Set<string>>();
    if (!mayStand(type, types, owner)) return;
    entries.set(owner.toLowerCase(), types.set(type, (types.get(type) ?? new Set()).add(rdata)));
  };
  put('@', 'NS', 'ns1');
  put('@', 'NS', 'ns.elsewhere.example.');
  put('ns1', 'A', '192.0.2.53');
  const count = 3 + random.below(14);
  for (let i = 0; i < count; i++) addEntry(random, put);
  // NSD does not load a zone with data below a DNAME, so there are none; the unit tests have them.
  const redirected = [...entries].flatMap(([owner, types]) => (types.has('DNAME') ? [`.${owner}`] : []));
  for (const owner of entries.keys()) if (redirected.some((suffix) => owner.endsWith(suffix))) entries.delete(owner);
  const lines = [`$TTL 300`, `@ 3600 IN SOA ns1 host 1 7200 3600 86400 ${60 + index}`];
  for (const [owner, types] of entries) {
    for (const [type, rdatas] of types) for (const rdata of rdatas) lines.push(`${owner} ${type} ${rdata}`);
  }
  return { origin, text: `${lines.join('\n')}\n`, owners: ['@', ...entries.keys()] };
}

function mayStand(type: string, types: ReadonlyMap<string, unknown>, owner: string): boolean {
  if (type === 'CNAME') return owner !== '@' && types.size === 0;
  if (types.has('CNAME')) return false;
  if (type === 'DNAME') return !types.has('DNAME') && !types.has('NS') && !owner.includes('*');
  // NS at a wildcard is undefined, RFC 4592 §4.2, and beside a DNAME it makes no sense.
  if (type === 'NS') return owner === '@' || (!types.has('DNAME') && !owner.includes('*'));
  return true;
}

/** Characters of the longest owner, so that the names made of it, with more in front, are still names. */
const MAX_OWNER = 190;

function makeOwner(random: Random): string {
  const labels = Array.from({ length: 1 + random.below(4) }, () => random.pick(LABELS));
  const owner = labels.join('.');
  return owner.length <= MAX_OWNER ? owner : labels.slice(0, 2).join('.');
}

function makeTarget(random: Random): string {
  if (random.chance(5)) return 'host.elsewhere.example.';
  if (random.chance(6)) return `z${random.below(40)}.test.`;
  return makeOwner(random);
}

function addEntry(random: Random, put: (owner: string, type: string, rdata: string) => void): void {
  const owner = makeOwner(random);
  switch (random.below(9)) {
    case 0:
    case 1:
      for (let i = 0; i <= random.below(3); i++) put(owner, 'A', random.pick(ADDRESSES));
      break;
    case 2:
      put(owner, 'AAAA', '2001:db8::1');
      break;
    case 3:
    case 4:
      put(owner, 'CNAME', makeTarget(random));
      break;
    case 5:
      put(owner, 'DNAME', makeTarget(random));
      break;
    case 6:
      addDelegation(random, owner, put);
      break;
    case 7:
      put(owner, 'MX', `10 ${makeTarget(random)}`);
      break;
    default:
      put(owner, 'TXT', '"text ; with ( signs"');
  }
}

function addDelegation(random: Random, owner: string, put: (owner: string, type: string, rdata: string) => void): void {
  if (owner.includes('*')) return;
  const server = random.pick([`ns.${owner}`, 'ns1', 'ns.elsewhere.example.', `ns.other.${owner}`]);
  put(owner, 'NS', server);
  if (random.chance(2)) put(owner, 'NS', `ns2.${owner}`);
  if (random.chance(2)) put(`ns.${owner}`, 'A', '192.0.2.99');
  if (random.chance(2)) put(`ns2.${owner}`, 'AAAA', '2001:db8::99');
  if (random.chance(3)) put(`below.${owner}`, 'A', '192.0.2.66');
  if (random.chance(4)) put(owner, 'DS', '\\# 36 30390d020123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
}

const TYPES = ['A', 'AAAA', 'NS', 'CNAME', 'DNAME', 'MX', 'TXT', 'SOA', 'DS', 'TYPE65280'];

export interface TestQuery {
  readonly qname: string;
  readonly qtype: string;
}

/** Questions for a zone: its own names, names above, below and beside them, names made from its wildcards, in every type. */
export function makeQueries(zone: TestZone, seed: number, count: number): TestQuery[] {
  const random = new Random(seed * 31 + zone.origin.length * 17 + Number(/\d+/.exec(zone.origin)![0]) * 1009);
  const queries: TestQuery[] = [];
  while (queries.length < count) {
    const query = { qname: makeQname(zone, random), qtype: random.pick(TYPES) };
    // Long labels before long names make names that there cannot be.
    if (Name.fromText(query.qname) instanceof Name) queries.push(query);
  }
  return queries;
}

function makeQname({ owners, origin }: TestZone, random: Random): string {
  const owner = random.pick(owners);
  const base = owner === '@' ? origin : `${owner}.${origin}`;
  switch (random.below(8)) {
    case 0:
      return `${random.pick(LABELS)}.${base}`;
    case 1:
      return `${random.pick(LABELS)}.${random.pick(LABELS)}.${base}`;
    case 2:
      return base.replace(/\*/g, random.pick(['star', 'a', 'b.c', '*']));
    case 3:
      return owner.includes('.') ? `${owner.slice(owner.indexOf('.') + 1)}.${origin}` : base;
    case 4:
      return `${makeOwner(random)}.${origin}`;
    default:
      return base;
  }
}
