import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Name, suffixEquals } from './name.ts';

const parse = (text: string, origin?: Name) => {
  const name = Name.fromText(text, origin);
  if (!(name instanceof Name)) throw new Error(name);
  return name;
};

describe('text to name', () => {
  it('keeps the octets and the case, and adds the root', () => {
    expect([...parse('Www.a').octets]).toEqual([3, 0x57, 0x77, 0x77, 1, 0x61, 0]);
    expect([...parse('.').octets]).toEqual([0]);
  });

  it('completes what has no final dot with the origin', () => {
    const origin = parse('example.');
    expect(parse('www', origin).toText()).toBe('www.example.');
    expect(parse('www.', origin).toText()).toBe('www.');
    expect(parse('@', origin).toText()).toBe('example.');
  });

  it('undoes escapes, so that a dot can be inside a label', () => {
    expect([...parse('a\\.b\\000\\255').octets]).toEqual([5, 0x61, 0x2e, 0x62, 0, 255, 0]);
    expect(parse('a\\.b.c').labelCount).toBe(2);
  });

  it.each([
    ['', 'empty'],
    ['a..b', 'empty_label'],
    ['.a', 'empty_label'],
    ['a\\256', 'bad_escape'],
    ['a\\25', 'bad_escape'],
    ['a\\', 'bad_escape'],
    ['ü', 'not_ascii'],
    ['x'.repeat(64), 'label_too_long'],
    [`${'x'.repeat(63)}.`.repeat(4), 'name_too_long'],
  ])('refuses %j with %s', (text, fault) => {
    expect(Name.fromText(text)).toBe(fault);
  });

  it('takes a label of 63 octets and a name of 255', () => {
    expect(parse('x'.repeat(63)).labelCount).toBe(1);
    expect(parse(`${`${'x'.repeat(63)}.`.repeat(3)}${'y'.repeat(61)}.`).octets.length).toBe(255);
  });
});

describe('name to text', () => {
  it('is read back as the same octets, whatever they are', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 });
    fc.assert(
      fc.property(labels, (list) => {
        const octets = Uint8Array.from([...list.flatMap((label) => [label.length, ...label]), 0]);
        expect(parse(Name.fromOctets(octets).toText()).octets).toEqual(octets);
      }),
      { seed: 1 },
    );
  });

  it('is relative to an ancestor on request', () => {
    const origin = parse('example.');
    expect(parse('a.b.EXAMPLE.').toRelativeText(origin)).toBe('a.b');
    expect(parse('example.').toRelativeText(origin)).toBe('@');
    expect(parse('a.test.').toRelativeText(origin)).toBe('a.test.');
  });
});

describe('comparing names', () => {
  it('folds ASCII letters and nothing else, RFC 4343 §3', () => {
    expect(parse('WWW.Example').equals(parse('www.example'))).toBe(true);
    expect(parse('a[').equals(parse('a{'))).toBe(false);
    expect(parse('\\193').equals(parse('\\225'))).toBe(false);
  });

  it('does not mistake octets for labels: `a.b` and `a\\.b` differ', () => {
    expect(parse('a.b').equals(parse('a\\.b'))).toBe(false);
    expect(parse('xexample.').isWithin(parse('example.'))).toBe(false);
  });

  it('knows what lies within what', () => {
    expect(parse('a.B.c').isWithin(parse('b.C'))).toBe(true);
    expect(parse('b.c').isWithin(parse('b.c'))).toBe(true);
    expect(parse('c').isWithin(parse('b.c'))).toBe(false);
    expect(parse('a').isWithin(Name.root)).toBe(true);
  });

  it('compares suffixes by hash and octets', () => {
    expect(suffixEquals(parse('x.y.z'), 1, parse('Y.Z'), 0)).toBe(true);
    expect(suffixEquals(parse('x.y.z'), 0, parse('Y.Z'), 0)).toBe(false);
  });
});

it('refuses octets that are not one whole name: that is our own mistake', () => {
  for (const octets of [[], [1], [1, 0x61], [0, 0], [64, ...Array<number>(64).fill(1), 0]]) {
    expect(() => Name.fromOctets(Uint8Array.from(octets))).toThrow(RangeError);
  }
});
