import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ipv4Lines, ipv6Lines } from '../../scripts/bench/asn/generate.ts';
import { seeded } from '../../scripts/bench/asn/random.ts';
import type { AsnTable } from '../../server/asn/asn.ts';
import { tableOf } from './table.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** So many that an octet each would show, so few that even objects would fit in the young generation. */
const LOOKUPS = 200_000;
const text = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;

/** Octets of heap that one call of `work` takes, over many calls without a collection in between. */
function octetsPerCall(work: (index: number) => void): number {
  for (let i = 0; i < 50_000; i++) work(i);
  let least = Infinity;
  // The least of several: the collector or the compiler may step in, and both only ever add.
  for (let round = 0; round < 5; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < LOOKUPS; i++) work(i);
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) least = Math.min(least, grown / LOOKUPS);
  }
  return least;
}

test('a look-up takes nothing from the heap, nor do asnOf and countryOf', async () => {
  const table: AsnTable = await tableOf({ 'v4.tsv': text(ipv4Lines(5000)), 'v6.tsv': text(ipv6Lines(2000)) });
  const random = seeded(9);
  const addresses = Uint8Array.from({ length: 1 << 16 }, () => random() * 256);
  for (let at = 0; at < addresses.length; at += 16) addresses[at] = 0x2a;
  const sum = { value: 0 };
  const ask = (at: number, length: number) => {
    const handle = table.lookup(addresses, at, length);
    sum.value = (sum.value + table.asnOf(handle) + table.countryOf(handle)) | 0;
  };
  expect(octetsPerCall((i) => ask((i * 4) & 0xfffc, 4))).toBeLessThan(1);
  expect(octetsPerCall((i) => ask((i * 16) & 0xfff0, 16))).toBeLessThan(1);
});

test('the measure sees an object for each call', () => {
  // All of them are kept, so that a collection in the middle cannot take back what the measure is to see.
  const kept: object[] = Array.from({ length: LOOKUPS }, () => ({}));
  let round = 0;
  const work = (i: number) => void (kept[i] = { i, round: ++round, twice: i * 2 });
  expect(Math.max(...Array.from({ length: 3 }, () => octetsPerCall(work)))).toBeGreaterThan(16);
  expect(kept).toHaveLength(LOOKUPS);
});
