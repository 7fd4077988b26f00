import { expect, it } from 'vitest';
import { Deframer } from './framing.ts';

const stream = Uint8Array.of(0, 3, 1, 2, 3, 0, 0, 0, 1, 9, 0, 2, 7, 7);

it('gives the same messages however the stream is cut', () => {
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      const deframer = new Deframer();
      const messages: number[][] = [];
      for (const piece of [stream.slice(0, first), stream.slice(first, second), stream.slice(second)]) {
        deframer.push(piece, (message) => messages.push([...message]));
      }
      expect(messages).toEqual([[1, 2, 3], [], [9], [7, 7]]);
    }
  }
});

it('holds what is not whole, and does not look at the piece again after it returned', () => {
  const deframer = new Deframer();
  const piece = Uint8Array.of(0, 2, 5);
  deframer.push(piece, () => {});
  piece.fill(0xff);
  const messages: number[][] = [];
  deframer.push(Uint8Array.of(6), (message) => messages.push([...message]));
  expect(messages).toEqual([[5, 6]]);
});

it('takes a large message octet by octet in time that grows with its size only', () => {
  const deframer = new Deframer();
  const message = new Uint8Array(65535).fill(7);
  const stream = Uint8Array.of(255, 255, ...message);
  let whole = 0;
  const start = performance.now();
  for (let at = 0; at < stream.length; at++) {
    deframer.push(stream.subarray(at, at + 1), (got) => {
      whole += got.length;
    });
  }
  expect(whole).toBe(65535);
  // Copying all that had come at every octet would move two gigabytes.
  expect(performance.now() - start).toBeLessThan(1000);
});
