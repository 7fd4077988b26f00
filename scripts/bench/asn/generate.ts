/**
 * Tables of the shape of the real one, for where the real one is not at hand: neighbours without gaps, an eighth of them
 * not routed, few networks with many ranges and many with few, nearly all starts on a /24 or a /48.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from './random.ts';

/** Ranges of the real table, about. */
const REAL_SIZE = { ipv4: 420_000, ipv6: 137_000 };

const WORDS = [
  'NET',
  'TELECOM',
  'AS',
  'COM',
  'Communications',
  'Ltd',
  'INTERNET',
  'CLOUD',
  'University',
  'de',
  'BACKBONE',
  'S.A.',
];
const COUNTRIES = ['US', 'BR', 'RU', 'DE', 'GB', 'IN', 'JP', 'FR', 'PL', 'CN', 'None'];

type Random = () => number;

/** The fields behind the addresses, for a network of the given rank. */
function networkOf(rank: number): string {
  const random = seeded(rank + 1);
  const asn = rank % 40 === 0 ? 4_200_000_000 + rank : 1 + rank * 3;
  const words = Array.from({ length: 1 + Math.floor(random() * 4) }, () => WORDS[Math.floor(random() * WORDS.length)]);
  const name = random() < 0.25 ? `AS${asn}` : `${words.join('-')}-${rank.toString(36).toUpperCase()}`;
  return `${asn}\t${COUNTRIES[Math.floor(random() * COUNTRIES.length)]}\t${name}`;
}

function nextNetwork(random: Random, networks: number): string {
  if (random() < 0.12) return '0\tNone\tNot routed';
  // The cube makes the low ranks frequent, about as Zipf has it.
  return networkOf(Math.floor(random() ** 3 * networks));
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');

/** Lines of an IPv4 table of about `ranges` ranges. */
export function* ipv4Lines(ranges: number, seed = 4): Generator<string> {
  const random = seeded(seed);
  const networks = Math.max(4, Math.floor(ranges / 5));
  const mean = 4_294_967_296 / ranges;
  let at = 0;
  while (at < 4_294_967_296) {
    const size = -Math.log(1 - random()) * mean;
    const aligned = random() < 0.99 ? Math.max(256, Math.ceil(size / 256) * 256) : 1 + Math.floor(random() * 256);
    let next = Math.min(4_294_967_296, at + aligned);
    // Fine ranges come in clusters inside one /24, as in the real table.
    if (next % 256 !== 0 && random() < 0.5) next = Math.ceil(next / 256) * 256;
    yield `${dotted(at)}\t${dotted(next - 1)}\t${nextNetwork(random, networks)}`;
    at = next;
  }
}

function hex(address: bigint): string {
  const groups: string[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((address >> shift) & 0xffffn).toString(16));
  return groups.join(':');
}

/** Lines of an IPv6 table of about `ranges` ranges, most of them in a few registries' /16s. */
export function* ipv6Lines(ranges: number, seed = 6): Generator<string> {
  const random = seeded(seed);
  const networks = Math.max(4, Math.floor(ranges / 3));
  // By text: V8 hashes big integers by their lower half, and those of most starts are all the same.
  const starts = new Map<string, bigint>([['0', 0n]]);
  while (starts.size < ranges) {
    const registry = BigInt(
      [0x2001, 0x2400, 0x2600, 0x2804, 0x2a00, 0x2c0f][Math.floor(random() ** 2 * 6)]! + Math.floor(random() ** 4 * 16),
    );
    const bits = random() < 0.4 ? 32n : random() < 0.97 ? 48n : random() < 0.9 ? 64n : 128n;
    const below = BigInt(Math.floor(random() * 65_536)) * 65_536n + BigInt(Math.floor(random() * 65_536));
    const start = ((registry << 112n) | (below << 80n) | BigInt(Math.floor(random() * 2 ** 48))) >> (128n - bits);
    starts.set(start.toString(36) + bits, start << (128n - bits));
  }
  const sorted = [...starts.values()].sort((a, b) => (a < b ? -1 : 1));
  for (const [index, start] of sorted.entries()) {
    const last = (sorted[index + 1] ?? 1n << 128n) - 1n;
    yield `${hex(start)}\t${hex(last)}\t${nextNetwork(random, networks)}`;
  }
}

/** Writes both tables into a folder, named like those of iptoasn.com. Returns where they are. */
export function writeTables(folder: string, { ipv4, ipv6 } = REAL_SIZE): string[] {
  mkdirSync(folder, { recursive: true });
  const paths = ['ip2asn-v4.tsv', 'ip2asn-v6.tsv'].map((name) => join(folder, name));
  writeFileSync(paths[0]!, `${[...ipv4Lines(ipv4)].join('\n')}\n`);
  writeFileSync(paths[1]!, `${[...ipv6Lines(ipv6)].join('\n')}\n`);
  return paths;
}
