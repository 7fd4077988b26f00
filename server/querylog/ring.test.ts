import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME, pad } from './event.ts';
import { Ring } from './ring.ts';

/** Writes a frame of `length` octets filled with `fill`. Returns whether there was room. */
function put(ring: Ring, length: number, fill: number): boolean {
  const at = ring.reserve(length);
  if (at < 0) return false;
  ring.octets.fill(fill, at, at + length);
  ring.view.setUint32(at + FRAME.LENGTH, length);
  ring.commit(length);
  return true;
}

/** Takes all frames out, as `length:fill`. */
function take(ring: Ring, limit = Infinity): string[] {
  const out: string[] = [];
  const frames = ring.peek(limit);
  for (let at = frames.start; at < frames.end;) {
    const length = frames.view.getUint32(at);
    out.push(`${length}:${frames.octets[at + length - 1]}`);
    at += pad(length);
  }
  ring.release(frames);
  return out;
}

describe('the ring', () => {
  it('gives frames back in the order in which they came', () => {
    const ring = new Ring(256);
    for (const fill of [1, 2, 3]) put(ring, 50 + fill, fill);
    expect(ring.isEmpty).toBe(false);
    expect(take(ring)).toEqual(['51:1', '52:2', '53:3']);
    expect(ring.isEmpty).toBe(true);
  });

  it('refuses what finds no room, and takes it again once room was made', () => {
    const ring = new Ring(128);
    expect([put(ring, 64, 1), put(ring, 64, 2), put(ring, 8, 3)]).toEqual([true, true, false]);
    expect(take(ring, 1)).toEqual(['64:1']);
    expect(put(ring, 60, 4)).toBe(true);
    expect([...take(ring), ...take(ring)]).toEqual(['64:2', '60:4']);
    expect(ring.dropped).toBe(1);
  });

  it('shows another holder of its memory the same frames, and wakes a reader that sleeps, once', () => {
    const writer = new Ring(128);
    const reader = new Ring(writer.memory);
    reader.sleep();
    const woken = [1, 2].map((fill) => {
      const at = writer.reserve(8);
      writer.octets.fill(fill, at, at + 8);
      writer.view.setUint32(at + FRAME.LENGTH, 8);
      return writer.commit(8);
    });
    expect(woken).toEqual([true, false]);
    expect([reader.used, ...take(reader)]).toEqual([16, '8:1', '8:2']);
    expect(writer.isEmpty).toBe(true);
  });

  it('lays a frame that does not fit before the end at the beginning, in one piece', () => {
    const ring = new Ring(128);
    put(ring, 100, 1);
    take(ring);
    expect(put(ring, 40, 2)).toBe(true);
    expect(take(ring)).toEqual(['40:2']);
  });

  it('gives out no more than it was asked for, but always a whole frame', () => {
    const ring = new Ring(1024);
    for (const fill of [1, 2, 3]) put(ring, 60, fill);
    expect(take(ring, 61)).toEqual(['60:1', '60:2']);
  });

  it('loses and repeats nothing that it took, whatever comes and goes', () => {
    const step = fc.oneof(fc.integer({ min: 8, max: 90 }), fc.constant(0));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const ring = new Ring(256);
        const expected: string[] = [];
        const taken: string[] = [];
        steps.forEach((length, i) => {
          if (length === 0) taken.push(...take(ring, 100));
          else if (put(ring, length, i & 0xff)) expected.push(`${length}:${i & 0xff}`);
        });
        while (!ring.isEmpty) taken.push(...take(ring));
        expect(taken).toEqual(expected);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});
