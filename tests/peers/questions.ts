import { Name } from '../../server/wire/name.ts';
import { Random } from '../support/random.ts';
import { binaryLabel, fill, makeOwner, type TestZone } from './zones.ts';

/** How a question is put. */
export interface Manner {
  readonly name: string;
  readonly transport: 'udp' | 'tcp';
  /** Second 16 bits of the header. */
  readonly flags: number;
  readonly edns?: { readonly udpSize: number; readonly dnssecOk: boolean };
}

export interface TestQuery extends Manner {
  readonly qname: string;
  readonly qtype: string;
}

/** Manners by name, the names being columns of the table. */
const MANNERS: Readonly<Record<string, (random: Random) => Omit<Manner, 'name'>>> = {
  EDNS: () => ({ transport: 'udp', flags: 0, edns: { udpSize: 1232, dnssecOk: false } }),
  'no EDNS': () => ({ transport: 'udp', flags: 0 }),
  'small EDNS': (random) => ({
    transport: 'udp',
    flags: 0,
    edns: { udpSize: random.pick([0, 511, 512, 513, 600 + random.below(600)]), dnssecOk: false },
  }),
  'RD AD CD DO': (random) => ({
    transport: 'udp',
    flags: random.pick([0x0100, 0x0020, 0x0010, 0x0130]),
    ...(!random.chance(3) && { edns: { udpSize: 1232, dnssecOk: random.chance(2) } }),
  }),
  TCP: (random) => ({ transport: 'tcp', flags: 0, ...(random.chance(2) && { edns: { udpSize: 1232, dnssecOk: false } }) }),
};
export const MANNER_NAMES = Object.keys(MANNERS);

const TYPES = ['A', 'AAAA', 'NS', 'CNAME', 'DNAME', 'MX', 'TXT', 'SOA', 'DS', 'TYPE65280'];
const TARGET_TYPES = ['MX', 'SRV', 'SVCB', 'HTTPS', 'NAPTR', 'KX', 'AFSDB', 'RP', 'PTR', 'NS', 'A'];
/** Types that nobody has here, meta-types, and those that mean something to the protocol. */
const UNUSUAL = [
  'RRSIG',
  'NSEC',
  'NSEC3',
  'NSEC3PARAM',
  'DNSKEY',
  'CDS',
  'KEY',
  'SIG',
  'NXT',
  'NULL',
  'TYPE0',
  'TYPE128',
  'TYPE248',
];
const META = ['TKEY', 'TSIG', 'MAILB', 'MAILA', 'OPT', 'TYPE65535'];

/** Questions for a zone: its own names, names above, below and beside them, names made from its wildcards, in every type. */
export function makeQueries(zone: TestZone, seed: number, count: number): TestQuery[] {
  const random = new Random(seed * 31 + zone.origin.length * 17 + Number(/\d+/.exec(zone.origin)![0]) * 1009);
  const queries: TestQuery[] = [];
  while (queries.length < count) {
    const manner = random.pick(MANNER_NAMES);
    const query = { name: manner, qname: makeQname(zone, random), qtype: makeQtype(zone, random), ...MANNERS[manner]!(random) };
    // Long labels before long names make names that there cannot be.
    if (Name.fromText(query.qname) instanceof Name) queries.push(query);
  }
  return queries;
}

function makeQtype({ kind }: TestZone, random: Random): string {
  if (random.chance(15)) return 'ANY';
  if (random.chance(20)) return random.pick(UNUSUAL);
  if (random.chance(40)) return random.pick(META);
  return random.pick(kind === 'targets' && !random.chance(4) ? TARGET_TYPES : TYPES);
}

function makeQname(zone: TestZone, random: Random): string {
  const { owners, origin, labels, kind } = zone;
  const base = random.pick(owners);
  switch (random.below(10)) {
    case 0:
      return `${random.pick(labels)}.${base}`;
    case 1:
      return `${random.pick(labels)}.${random.pick(labels)}.${base}`;
    case 2:
      return base.replace(/\*/g, random.pick(['star', 'a', 'b.c', '*']));
    case 3:
      return base === origin ? base : (Name.fromText(base) as Name).suffix(1).toText();
    case 4:
      return `${makeOwner(random, labels)}.${origin}`;
    case 5:
      return changeCase(base, random);
    case 6:
      return kind === 'binary' ? `${binaryLabel(random)}.${base}` : lengthen(base, random);
    case 7:
      return random.chance(10) ? random.pick(['test.', '.', 'elsewhere.example.', `x${origin}`]) : base;
    default:
      return base;
  }
}

/** A name below `base` with all the octets that a name can have, or a few less. */
function lengthen(base: string, random: Random): string {
  const room = 255 - (Name.fromText(base) as Name).octets.length - random.below(4);
  return room < 2 ? base : `${fill(room, random.pick([1, 2, 63]))}.${base}`;
}

function changeCase(text: string, random: Random): string {
  return text.replace(/[a-z]/gi, (letter) => (random.chance(2) ? letter.toUpperCase() : letter.toLowerCase()));
}

/** The command that asks the same; the port is the reader's to give. */
export function digLine({ qname, qtype, transport, flags, edns }: TestQuery): string {
  const bit = (mask: number, name: string) => `+${(flags & mask) === 0 ? 'no' : ''}${name}`;
  const bits = [bit(0x0100, 'rec'), bit(0x0020, 'ad'), bit(0x0010, 'cd')];
  const extension = edns === undefined ? ['+noedns'] : [`+bufsize=${edns.udpSize}`, edns.dnssecOk ? '+dnssec' : '+nodnssec'];
  const options = [transport === 'tcp' ? '+tcp' : '+ignore', ...bits, ...extension, '+nocookie'];
  return `dig @127.0.0.1 -p PORT ${options.join(' ')} -t ${qtype} -q '${qname.replaceAll("'", '\\039')}'`;
}
