import { expect, it } from 'vitest';
import { SipHash } from './siphash.ts';

const key = Uint8Array.from({ length: 16 }, (_, i) => i);
const digest = (length: number) => {
  const out = new Uint8Array(8);
  new SipHash(key).digest(
    Uint8Array.from({ length }, (_, i) => i),
    length,
    out,
    0,
  );
  return Buffer.from(out).toString('hex');
};

/** From the test vectors of the reference implementation: message 00 01 02 … under key 00 01 … 0f. */
it.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
])('SipHash-2-4 of %i octets is %s', (length, expected) => {
  expect(digest(length)).toBe(expected);
});

it('wants a key of sixteen octets', () => {
  expect(() => new SipHash(new Uint8Array(15))).toThrow(RangeError);
});
