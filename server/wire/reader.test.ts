import { describe, expect, it } from 'vitest';
import { nameToText } from './name.ts';
import { Reader } from './reader.ts';

describe('a reader past its end', () => {
  it('gives zeros, says so once, and stays where it was', () => {
    const reader = new Reader(Uint8Array.of(1, 2, 3));
    expect(reader.u16()).toBe(0x102);
    expect([reader.u16(), reader.u8(), reader.u32(), reader.bytes(1).length, reader.name().length]).toEqual([0, 0, 0, 0, 1]);
    expect([reader.fault, reader.position]).toEqual(['short', 2]);
  });

  it('reads 32 bits without a sign', () => {
    expect(new Reader(Uint8Array.of(0xff, 0xff, 0xff, 0xfe)).u32()).toBe(0xfffffffe);
  });
});

describe('names with compression pointers', () => {
  const octets = Uint8Array.of(1, 0x61, 1, 0x62, 0, 1, 0x63, 0xc0, 2, 0xc0, 5);

  it('follows them backwards and goes on behind the first', () => {
    const reader = new Reader(octets, 9);
    expect(nameToText(reader.name())).toBe('c.b.');
    expect(reader.position).toBe(11);
  });

  it.each([
    ['at itself', [0xc0, 0], 0],
    ['forwards', [0xc0, 2, 0], 0],
    ['in a circle', [1, 0x61, 0xc0, 0], 0],
    ['into the labels it ends', [1, 0x61, 1, 0x62, 0xc0, 2], 0],
  ])('refuses one that points %s', (_, list, at) => {
    const reader = new Reader(Uint8Array.from(list), at);
    reader.name();
    expect(reader.fault).toBe('pointer');
  });

  it('refuses a chain of more pointers than a name has labels', () => {
    const target = (i: number) => (i === 0 ? 0 : 2 * i - 1);
    const chain = [0, ...Array.from({ length: 200 }, (_, i) => [0xc0 | (target(i) >> 8), target(i) & 0xff]).flat()];
    const reader = new Reader(Uint8Array.from(chain), chain.length - 2);
    reader.name();
    expect(reader.fault).toBe('pointer');
  });

  it('refuses more than 255 octets, extended label types and labels that end too early', () => {
    const long = Uint8Array.from([...Array.from({ length: 5 }, () => [63, ...Array<number>(63).fill(0x61)]).flat(), 0]);
    for (const [list, fault] of [
      [long, 'name'],
      [Uint8Array.of(0x41, 1), 'label'],
      [Uint8Array.of(5, 0x61), 'short'],
      [Uint8Array.of(0xc0), 'short'],
    ] as const) {
      const reader = new Reader(list);
      reader.name();
      expect(reader.fault).toBe(fault);
    }
  });
});
