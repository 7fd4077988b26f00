import { Name } from '../../server/wire/name.ts';
import { Random } from '../support/random.ts';
import { Entries, numbered } from './entries.ts';

/** What a zone is about; see the functions below. */
export const KINDS = ['mixed', 'below', 'targets', 'large', 'limits', 'binary'] as const;
export type Kind = (typeof KINDS)[number];

/** A zone as all four servers get it. */
export interface TestZone {
  readonly kind: Kind;
  readonly origin: string;
  readonly text: string;
  /** Owner names in it, absolute. */
  readonly owners: readonly string[];
  /** Labels that names for questions are made of. */
  readonly labels: readonly string[];
}

type Put = (owner: string, type: string, rdata: string) => void;

const LABELS = ['a', 'b', 'c', 'www', 'MiXed', '*', '_tcp', 'x\\.y', '\\000\\255', 'n'.repeat(63)];
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '198.51.100.7'];
const ZONES_NEARBY = 40;

/** Zone number `index`, of each kind in turn. Rules that all servers insist on when loading are kept. */
export function makeTestZone(index: number, seed: number): TestZone {
  const random = randomOf(index, seed);
  const kind = KINDS[index % KINDS.length]!;
  const origin = makeOrigin(kind, index, random);
  const entries = new Entries(origin);
  // NSD lets a DNAME hide what is below it, also the data of other zones that it serves itself.
  const below = makeOrigin('below', index + 1, randomOf(index + 1, seed));
  const put: Put = (owner, type, rdata) => {
    if (kind !== 'mixed' || type !== 'DNAME' || !isInLineWith(below, owner, origin)) entries.put(owner, type, rdata);
  };
  const labels = kind === 'binary' ? Array.from({ length: 8 }, () => binaryLabel(random)) : LABELS;
  if (!random.chance(4)) put('@', 'NS', 'ns1');
  put('@', 'NS', 'ns.elsewhere.example.');
  put('ns1', 'A', '192.0.2.53');
  const make = { mixed: addMixed, below: addMixed, targets: addTargets, large: addLarge, limits: addLimits, binary: addMixed }[
    kind
  ];
  const count = 3 + random.below(14);
  for (let i = 0; i < count; i++) make(random, put, { labels, origin });
  entries.dropRedirected();
  const soa = `@ 3600 IN SOA ns1 host 1 7200 3600 86400 ${60 + index}`;
  const text = [`$TTL 300`, soa, ...entries.lines()].join('\n');
  return { kind, origin, text: `${text}\n`, owners: entries.owners(), labels };
}

const randomOf = (index: number, seed: number) => new Random(seed * 7919 + index * 104729 + 1);

/** Whether an owner of a zone lies above a name, or below it. */
function isInLineWith(name: string, owner: string, origin: string): boolean {
  const other = Name.fromText(owner, Name.fromText(origin) as Name);
  const own = Name.fromText(name) as Name;
  return other instanceof Name && (own.isWithin(other) || other.isWithin(own));
}

/** Some zones lie below the zone before them, which may delegate them, have data there, or know nothing of them. */
function makeOrigin(kind: Kind, index: number, random: Random): string {
  if (kind !== 'below') return `z${index}.test.`;
  return `${random.pick(['a', 'b', 'www', 'c.a', 'MiXed.b', 'ns1', '_tcp.a.b'])}.z${index - 1}.test.`;
}

interface Vocabulary {
  readonly labels: readonly string[];
  readonly origin: string;
}

/** Characters of the longest owner, so that the names made of it, with more in front, are still names. */
const MAX_OWNER = 190;

/** One to four labels, relative. */
export function makeOwner(random: Random, labels: readonly string[]): string {
  const chosen = Array.from({ length: 1 + random.below(4) }, () => random.pick(labels));
  const owner = chosen.join('.');
  return owner.length <= MAX_OWNER ? owner : chosen.slice(0, 2).join('.');
}

function makeTarget(random: Random, labels: readonly string[]): string {
  if (random.chance(5)) return 'host.elsewhere.example.';
  if (random.chance(6)) return `z${random.below(ZONES_NEARBY)}.test.`;
  return makeOwner(random, labels);
}

/**
 * What makes answers differ: wildcards at several depths, aliases and their loops, DNAME, delegations with and without glue, data
 * below cuts, empty non-terminals, escaped labels.
 */
function addMixed(random: Random, put: Put, { labels }: Vocabulary): void {
  const owner = random.chance(20) ? '@' : makeOwner(random, labels);
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
      put(owner, 'CNAME', makeTarget(random, labels));
      break;
    case 5:
      put(owner, 'DNAME', makeTarget(random, labels));
      break;
    case 6:
      if (owner !== '@') addDelegation(random, owner, put);
      break;
    case 7:
      put(owner, 'MX', `10 ${makeTarget(random, labels)}`);
      break;
    default:
      put(owner, 'TXT', '"text ; with ( signs"');
  }
}

function addDelegation(random: Random, owner: string, put: Put): void {
  if (owner.startsWith('*')) return;
  const server = random.pick([`ns.${owner}`, 'ns1', 'ns.elsewhere.example.', `ns.other.${owner}`]);
  put(owner, 'NS', server);
  if (random.chance(2)) put(owner, 'NS', `ns2.${owner}`);
  if (random.chance(2)) put(`ns.${owner}`, 'A', '192.0.2.99');
  if (random.chance(2)) put(`ns2.${owner}`, 'AAAA', '2001:db8::99');
  if (random.chance(3)) put(`below.${owner}`, 'A', '192.0.2.66');
  if (random.chance(4)) put(owner, 'DS', '12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
}

/** Records that lead to other names, and those names: there, there without addresses, below a cut, an alias, a wildcard's, outside. */
function addTargets(random: Random, put: Put, { labels }: Vocabulary): void {
  const owner = makeOwner(random, labels);
  const hosts = ['host', 'host6', 'both', 'none', 'alias', 'ns.cut', 'x.cut', 'x.wild', 'x.moved', 'ns1', '@', '.'];
  put('host', 'A', '192.0.2.10');
  put('host6', 'AAAA', '2001:db8::10');
  for (const address of ADDRESSES) put('both', 'A', address);
  put('both', 'AAAA', '2001:db8::11');
  put('none', 'TXT', '"no address"');
  put('alias', 'CNAME', 'host');
  put('cut', 'NS', 'ns.cut');
  put('ns.cut', 'A', '192.0.2.12');
  put('*.wild', 'A', '192.0.2.13');
  put('moved', 'DNAME', 'wild');
  for (let i = 0; i <= random.below(4); i++) {
    const target = random.chance(4) ? makeTarget(random, labels) : random.pick(hosts);
    const [type, before, after] = random.pick([
      ['MX', `${i}`, ''],
      ['SRV', `${i} 0 443`, ''],
      ['SVCB', '1', 'port=53'],
      ['HTTPS', '1', 'alpn=h2'],
      ['HTTPS', '0', ''],
      ['NAPTR', `${i} 10 "s" "SIP+D2U" ""`, ''],
      ['NAPTR', `${i} 10 "a" "x" ""`, ''],
      ['KX', `${i}`, ''],
      ['AFSDB', '1', ''],
      ['RP', 'host.elsewhere.example.', ''],
      ['PTR', '', ''],
    ] as const);
    put(owner, type, `${before} ${target} ${after}`.trim());
  }
}

/** Answers around the sizes at which something must be left out: of the answer, of glue, of other addresses. */
function addLarge(random: Random, put: Put, { labels }: Vocabulary): void {
  const owner = makeOwner(random, labels);
  const count = 1 + random.below(random.pick([4, 20, 40, 80]));
  const numbers = Array.from({ length: count }, (_, i) => i);
  switch (random.below(6)) {
    case 0:
      for (const i of numbers) put(owner, 'A', `192.0.2.${i}`);
      break;
    case 1:
      for (const i of numbers.slice(0, 12)) put(owner, 'TXT', `"${i} ${'t'.repeat(random.below(200))}"`);
      break;
    case 2:
      for (const i of numbers) put(owner, 'MX', `${i} mail${i}`);
      for (const i of numbers) put(`mail${i}`, 'A', `192.0.2.${i}`);
      for (const i of numbers.filter(() => random.chance(2))) put(`mail${i}`, 'AAAA', `2001:db8::${i}`);
      break;
    case 3:
      addLargeDelegation(random, owner, count, put);
      break;
    case 4:
      put(owner, 'CNAME', makeOwner(random, labels));
      break;
    default:
      put(owner, 'DNAME', makeOwner(random, labels));
  }
}

function addLargeDelegation(random: Random, owner: string, count: number, put: Put): void {
  if (owner.startsWith('*')) return;
  const parent = random.pick([owner, owner, 'sibling']);
  if (parent === 'sibling') put('sibling', 'NS', 'ns0.sibling');
  for (let i = 0; i < count; i++) {
    put(owner, 'NS', `ns${i}.${parent}`);
    put(`ns${i}.${parent}`, 'A', `192.0.2.${i}`);
    if (random.chance(3)) put(`ns${i}.${parent}`, 'AAAA', `2001:db8::${i}`);
  }
}

/** Names of just the octets and labels that names can have, and one fewer; aliases to them, and DNAMEs that lead just beyond. */
function addLimits(random: Random, put: Put, { origin }: Vocabulary): void {
  const octets = (Name.fromText(origin) as Name).octets.length;
  const owner = random.pick([
    () => fill(255 - octets - random.below(3), 63),
    () => fill(255 - octets - random.below(3), 1),
    () => fill(2 + random.below(230), 1 + random.below(63)),
    () => `*.${fill(250 - octets - random.below(5), 63)}`,
  ])();
  switch (random.below(6)) {
    case 0:
      put(owner, 'A', '192.0.2.1');
      break;
    case 1:
      put(owner, 'TXT', '"at the limit"');
      break;
    case 2:
      put(random.pick(['a', '*.b', owner]), 'CNAME', fill(255 - octets - random.below(3), 63));
      break;
    case 3:
      put(random.pick(['d', 'e.d', fill(100, 9)]), 'DNAME', fill(2 + random.below(252 - octets), 30));
      break;
    case 4:
      put(owner, 'MX', `10 ${fill(255 - octets, 63)}`);
      break;
    default:
      addDelegation(random, fill(2 + random.below(200), 40), put);
  }
}

/** Labels of at most `longest` octets that take just `octets` octets on the wire, at least 2, without the root. */
export function fill(octets: number, longest: number): string {
  const labels: string[] = [];
  for (let left = octets; left > 0;) {
    let length = Math.min(longest, left - 1);
    // One octet cannot be a label by itself, so this one is made shorter, or longer.
    if (left - length - 1 === 1) length += length > 1 ? -1 : 1;
    labels.push('abcdefghij'[labels.length % 10]!.repeat(length));
    left -= length + 1;
  }
  return labels.join('.');
}

/** A label of any octets, those that mean something to zone files among them. */
export function binaryLabel(random: Random): string {
  if (random.chance(6)) return random.pick(['*', '\\042', '\\042a', 'a*', '\\036ORIGIN', '\\064']);
  const octets = Array.from({ length: 1 + random.below(8) }, () =>
    random.pick([
      0,
      0x20,
      0x2e,
      0x5c,
      0x22,
      0x28,
      0x3b,
      0x40,
      0x41,
      0x5a,
      0x5b,
      0x61,
      0x7f,
      0x80,
      0xc0,
      0xff,
      random.below(256),
    ]),
  );
  return numbered(Name.fromOctets(Uint8Array.of(octets.length, ...octets, 0))).slice(0, -1);
}
