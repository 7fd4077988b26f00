import { describe, expect, it } from 'vitest';
import { ask, makeZone, name, zoneSet, type Ask } from '../support/dns.ts';

const PADDING = 12;
const BLOCK = 468;
const padded = { udpSize: 1232, options: Uint8Array.of(0, PADDING, 0, 1, 0) };

/** A zone whose answer to example. TXT has `size` octets with OPT and without padding. */
function answerOf(size: number) {
  let rest = size - (12 + 13 + 11 + 12);
  let text = '';
  while (rest > 0) {
    // What would be left for a last string must leave room for its length octet.
    const length = rest > 256 ? Math.min(254, rest - 2) : rest - 1;
    text += ` "${'x'.repeat(length)}"`;
    rest -= length + 1;
  }
  return zoneSet(makeZone('example.', `@ 60 TXT ${text}`));
}

const askOf = (size: number, options: Ask) => ask(answerOf(size), 'example.', 'TXT', options);
const optionOf = (message: ReturnType<typeof ask>) => message.edns?.options.find(({ code }) => code === PADDING)?.value;

describe('RFC 7830 and RFC 8467, padding', () => {
  it('the zones of these tests make answers of the size that they say', () => {
    for (const size of [100, 400, 1000, 4000]) {
      expect(askOf(size, { edns: { udpSize: 1232 }, transport: 'tcp' }).octets.length).toBe(size);
    }
  });

  it('RFC 8467 §4.1: fills an answer over HTTPS up to a multiple of 468 octets', () => {
    for (const [size, whole] of [
      [100, BLOCK],
      [BLOCK - 5, BLOCK],
      [BLOCK - 4, BLOCK],
      [BLOCK - 3, 2 * BLOCK],
      [BLOCK, 2 * BLOCK],
      [4000, 9 * BLOCK],
    ] as const) {
      expect(askOf(size, { edns: padded, transport: 'https' }).octets.length, `${size} octets`).toBe(whole);
    }
  });

  it('RFC 7830 §3: the octets are zeros, and an option of none fills the last four', () => {
    expect(optionOf(askOf(BLOCK - 6, { edns: padded, transport: 'https' }))).toBe('0000');
    expect(optionOf(askOf(BLOCK - 4, { edns: padded, transport: 'https' }))).toBe('');
  });

  it('comes behind all other options', () => {
    const settings = { reportAgent: name('agent.test.') };
    const answer = ask(zoneSet(), 'www.test.', 'A', { edns: padded, transport: 'https', settings });
    expect(answer.edns!.options.map(({ code }) => code)).toEqual([18, 15, PADDING]);
    expect(answer.octets.length).toBe(BLOCK);
  });

  it('RFC 7830 §4: only for those who padded; §6: only over an encrypted transport', () => {
    expect(optionOf(askOf(100, { edns: { udpSize: 1232 }, transport: 'https' }))).toBeUndefined();
    expect(optionOf(askOf(100, { edns: padded, transport: 'tcp' }))).toBeUndefined();
    expect(optionOf(askOf(100, { edns: padded }))).toBeUndefined();
  });

  it('never makes a message longer than messages can be', () => {
    const longest = askOf(65_530, { edns: padded, transport: 'https' });
    expect([longest.octets.length, optionOf(longest)]).toEqual([65_535, '00']);
    const full = askOf(65_533, { edns: padded, transport: 'https' });
    expect([full.octets.length, optionOf(full)]).toEqual([65_533, undefined]);
  });
});
