import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeName, NameEncoder, skipName } from './symbols.ts';

function encodeAll(names: readonly Uint8Array[]) {
  const to = Uint32Array.from(names, (_, index) => names.slice(0, index + 1).reduce((sum, name) => sum + name.length, 0));
  const from = to.map((end, index) => end - names[index]!.length);
  const encoder = new NameEncoder({ text: Buffer.concat(names), from, to });
  const octets: number[] = [];
  for (let index = 0; index < names.length; index++) encoder.encode(index, (octet) => octets.push(octet));
  return { table: encoder.table, octets: Uint8Array.from(octets) };
}

test('any octets come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(Buffer.from('TELECOM-AS'))), { maxLength: 60 }),
      (list) => {
        const names = list.map((name) => Uint8Array.from(name));
        const { table, octets } = encodeAll(names);
        let at = 0;
        for (const name of names) {
          expect(decodeName(octets, at, table, 1000)).toEqual(name);
          at = skipName(octets, at);
        }
        expect(at).toBe(octets.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('names that resemble one another take less than two thirds', () => {
  const names = Array.from({ length: 2000 }, (_, i) => Buffer.from(`TELECOM-${i}-AS Telecommunications Company No. ${i * 7}`));
  const raw = names.reduce((sum, name) => sum + name.length, 0);
  expect(encodeAll(names).octets.length).toBeLessThan(raw * 0.66);
});

test('decodeName stops at the most that is asked for, and at the end of the octets', () => {
  const { table, octets } = encodeAll([Buffer.from('x'.repeat(500))]);
  expect(decodeName(octets, 0, table, 10)).toHaveLength(10);
  expect(decodeName(octets, octets.length + 5, table, 10)).toHaveLength(0);
  expect(decodeName(Uint8Array.of(255), 0, table, 10)).toEqual(Uint8Array.of(0));
});
