import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../scripts/bench/asn/random.ts';
import type { PackedTable } from '../../server/asn/table.ts';
import { answerOf, tableOf } from './table.ts';
import { octetsOf, readTwin, scan, scanAll, tableText } from './twin.ts';
import type { TwinRange } from './twin.ts';

const TOP = { 4: (1n << 32n) - 1n, 16: (1n << 128n) - 1n } as const;

/** Compares in bulk: an `expect` for each of two million answers would take longer than all of them. */
class Comparison {
  checked = 0;
  readonly differences: string[] = [];
  readonly #names = new Map<number, string>();
  readonly #table: PackedTable;
  readonly #length: 4 | 16;

  constructor(table: PackedTable, length: 4 | 16) {
    this.#table = table;
    this.#length = length;
  }

  check(address: bigint, expected: string): void {
    const octets = octetsOf(address, this.#length);
    // IPv4-mapped addresses are IPv4's, whatever an IPv6 source says of them.
    if (this.#length === 16 && address >> 32n === 0xffffn) return;
    const handle = this.#table.lookup(octets, 0, this.#length);
    let answer = this.#names.get(handle);
    if (answer === undefined) this.#names.set(handle, (answer = answerOf(this.#table, octets)));
    this.checked++;
    if (answer !== expected && this.differences.length < 5)
      this.differences.push(`${address.toString(16)}: ${answer} for ${expected}`);
  }
}

describe('the whole table, real where it is at hand', () => {
  const text = tableText();
  const ranges = { 4: readTwin(text.ipv4), 16: readTwin(text.ipv6) };
  let table: PackedTable;

  beforeAll(async () => {
    table = await tableOf({ 'ip2asn-v4.tsv': text.ipv4, 'ip2asn-v6.tsv': text.ipv6 });
  });

  test.each([4, 16] as const)('agrees with the twin on every boundary ± 1 (%i octets)', (length) => {
    const comparison = new Comparison(table, length);
    const list = ranges[length];
    for (const [index, range] of list.entries()) {
      const before = list[index - 1];
      const after = list[index + 1];
      comparison.check(range.first, range.network);
      comparison.check(range.last, range.network);
      if (range.first > 0n) comparison.check(range.first - 1n, before?.last === range.first - 1n ? before.network : '');
      if (range.last < TOP[length]) comparison.check(range.last + 1n, after?.first === range.last + 1n ? after.network : '');
    }
    expect(comparison.differences).toEqual([]);
    expect(comparison.checked).toBeGreaterThan(list.length * 3);
  });

  test.each([4, 16] as const)('agrees with the twin on random addresses (%i octets)', (length) => {
    const random = seeded(length);
    const list = ranges[length];
    const addresses: bigint[] = [];
    for (let i = 0; i < 100_000; i++) {
      const range = list[Math.floor(random() * list.length)]!;
      const anywhere = BigInt(Math.floor(random() * 2 ** 32)) << BigInt(length * 8 - 32);
      const inside = range.first + (((range.last - range.first) * BigInt(Math.floor(random() * 2 ** 32))) >> 32n);
      addresses.push(i % 4 === 0 ? anywhere : inside);
    }
    addresses.sort((a, b) => (a < b ? -1 : 1));
    const comparison = new Comparison(table, length);
    let at = 0;
    for (const network of scanAll(list, addresses)) comparison.check(addresses[at++]!, network);
    expect(comparison.differences).toEqual([]);
  });

  test('finds IPv4 behind IPv4-mapped IPv6', () => {
    const random = seeded(64);
    for (let i = 0; i < 1000; i++) {
      const address = BigInt(Math.floor(random() * 2 ** 32));
      const mapped = octetsOf((0xffffn << 32n) | address, 16);
      expect(table.lookup(mapped, 0, 16)).toBe(table.lookup(octetsOf(address, 4), 0, 4));
    }
  });

  test('asnOf and countryOf say what entry says, for every network', () => {
    for (let handle = 0; handle < table.entryCount; handle++) {
      const entry = table.entry(handle);
      const packed = table.countryOf(handle);
      const country = packed === 0 ? '' : String.fromCharCode(packed >> 8, packed & 0xff);
      if (table.asnOf(handle) !== entry.asn || country !== entry.country)
        expect.fail(`network ${handle}: ${JSON.stringify(entry)}`);
    }
  });

  test('has few octets to a range', () => {
    // The real table takes 6.04; this fails when a column grows by a tenth.
    if (text.source === 'real') expect(table.byteLength / table.size).toBeLessThan(6.6);
    else expect(table.byteLength / table.size).toBeLessThan(12);
  });
});

/** Tables as short lists of ranges with awkward edges: neighbours, gaps, single addresses, the whole space. */
function arbitraryRanges(length: 4 | 16): fc.Arbitrary<TwinRange[]> {
  const bits = BigInt(length * 8);
  const start = fc.oneof(
    fc.bigInt({ min: 0n, max: TOP[length] }),
    // Starts that share their first octets, so that they meet in one block.
    fc.tuple(fc.integer({ min: 0, max: length }), fc.bigInt({ min: 0n, max: 0xffffffn })).map(([octets, low]) => {
      const base = (0x2001_0db8_8001_0203_0405_0607_0809_0a0bn >> (128n - bits)) >> BigInt(octets * 8);
      return ((base << BigInt(octets * 8)) + low) & TOP[length];
    }),
    fc.constantFrom(0n, 1n, TOP[length], TOP[length] - 1n),
  );
  const network = fc.oneof(
    fc.constant(''),
    fc
      .tuple(
        fc.constantFrom(1, 65_535, 65_536, 4_294_901_931, 4_294_967_295),
        fc.constantFrom('US', 'ZW', ''),
        fc.constantFrom('A', 'B', '\tß 🦊'),
      )
      .map((fields) => fields.join('|')),
  );
  return fc.array(fc.tuple(start, network, fc.boolean()), { minLength: 1, maxLength: 40 }).map((items) => {
    const starts = new Map(items.map(([at, name, gap]) => [at, { name, gap }]));
    const sorted = [...starts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([first, { name, gap }], index) => {
      const end = (sorted[index + 1]?.[0] ?? TOP[length] + 1n) - 1n;
      return { first, last: gap ? first + (end - first) / 2n : end, network: name };
    });
  });
}

function lineOf(range: TwinRange, length: 4 | 16): string {
  const octets = (address: bigint) => [...octetsOf(address, length)];
  const text = (address: bigint) =>
    length === 4
      ? octets(address).join('.')
      : Array.from({ length: 8 }, (_, i) => ((octets(address)[i * 2]! << 8) | octets(address)[i * 2 + 1]!).toString(16)).join(
          ':',
        );
  const [asn = '0', country = '', name = ''] = range.network === '' ? ['0', 'None', 'Not routed'] : range.network.split('|');
  return `${text(range.first)}\t${text(range.last)}\t${asn}\t${country || 'None'}\t${name}\n`;
}

describe('made-up tables', () => {
  test.each([4, 16] as const)('agree with the twin (%i octets)', async (length) => {
    await fc.assert(
      fc.asyncProperty(arbitraryRanges(length), async (ranges) => {
        const text = ranges.map((range) => lineOf(range, length)).join('');
        const table = await tableOf({ [`ip2asn-v${length === 4 ? 4 : 6}.tsv`]: text });
        const comparison = new Comparison(table, length);
        for (const { first, last } of ranges) {
          for (const address of [first - 1n, first, last, last + 1n, (first + last) / 2n]) {
            if (address >= 0n && address <= TOP[length]) comparison.check(address, scan(ranges, address));
          }
        }
        expect(comparison.differences).toEqual([]);
      }),
      { numRuns: 100, seed: 4_294_901_931 % 2 ** 31 },
    );
  });

  test('one range over the whole of each space', async () => {
    const table = await tableOf({
      'all.tsv': '0.0.0.0\t255.255.255.255\t1\tUS\tALL\n::\tffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\t2\tDE\tALL6\n',
    });
    expect(answerOf(table, octetsOf(0n, 4))).toBe('1|US|ALL');
    expect(answerOf(table, octetsOf(TOP[4], 4))).toBe('1|US|ALL');
    expect(answerOf(table, octetsOf(0n, 16))).toBe('2|DE|ALL6');
    expect(answerOf(table, octetsOf(TOP[16], 16))).toBe('2|DE|ALL6');
    expect(table.size).toBe(2);
  });

  test('every address of a /24 is a range of its own', async () => {
    const lines = Array.from({ length: 256 }, (_, i) => `192.0.2.${i}\t192.0.2.${i}\t${i + 1}\tUS\tN${i}\n`);
    const table = await tableOf({ 'fine.tsv': lines.join('') });
    for (let i = 0; i < 256; i++) expect(table.asnOf(table.lookup(Uint8Array.of(192, 0, 2, i), 0, 4))).toBe(i + 1);
    expect(table.lookup(Uint8Array.of(192, 0, 1, 255), 0, 4)).toBe(-1);
    expect(table.lookup(Uint8Array.of(192, 0, 3, 0), 0, 4)).toBe(-1);
  });

  test('names come back as they were', async () => {
    const names = [
      'a\tb',
      '🦊 für 网络',
      'x'.repeat(10_000),
      'AS7',
      'AS07',
      '',
      '"quoted", with',
      '\u0000\u0001',
      'ÿ'.repeat(300),
    ];
    const lines = names.map((name, i) => `10.0.${i}.0\t10.0.${i}.255\t7\tUS\t${name}\n`);
    const table = await tableOf({ 'names.tsv': lines.join('') });
    const read = names.map((_, i) => table.entry(table.lookup(Uint8Array.of(10, 0, i, 1), 0, 4)).name);
    expect(read).toEqual(names.map((name) => name || 'AS7'));
  });

  test('an address of another length is not known', async () => {
    const table = await tableOf({ 'all.tsv': '0.0.0.0\t255.255.255.255\t1\tUS\tALL\n' });
    for (const length of [0, 1, 5, 15, 17]) expect(table.lookup(new Uint8Array(32), 0, length)).toBe(-1);
  });
});
