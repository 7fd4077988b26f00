import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROL, controlFrame, DNSTAP, FrameReader, type Frame } from './frame-stream.ts';

function dataFrame(octets: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(octets.length);
  return Buffer.concat([head, octets]);
}

function readAll(pieces: Iterable<Uint8Array>, maxFrame = 1000): Frame[] {
  const reader = new FrameReader(maxFrame);
  const frames: Frame[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (let frame = reader.next(); frame !== null; frame = reader.next()) {
      frames.push(frame);
      if (frame.kind === 'fault') return frames;
    }
  }
  return frames;
}

describe('frames of a stream', () => {
  it('are the same however the stream is cut', () => {
    const frame = fc.uint8Array({ minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (frames, cuts) => {
        const stream = Buffer.concat([controlFrame(CONTROL.START), ...frames.map(dataFrame), controlFrame(CONTROL.STOP)]);
        const pieces: Uint8Array[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) pieces.push(stream.subarray(at, (at += cuts[i % cuts.length]!)));
        const read = readAll(pieces);
        expect(read[0]).toEqual({ kind: 'control', type: CONTROL.START, contentTypes: [DNSTAP] });
        expect(read.at(-1)).toEqual({ kind: 'control', type: CONTROL.STOP, contentTypes: [] });
        expect(read.slice(1, -1).map((one) => 'octets' in one && [...one.octets])).toEqual(frames.map((one) => [...one]));
      }),
    );
  });

  it('are no longer than was said, before any of it has come', () => {
    expect(readAll([dataFrame(new Uint8Array(1000))])).toMatchObject([{ kind: 'data' }]);
    expect(readAll([Uint8Array.of(0, 0, 3, 233)])).toEqual([{ kind: 'fault', fault: 'length' }]);
    expect(readAll([Uint8Array.of(255, 255, 255, 255)])).toEqual([{ kind: 'fault', fault: 'length' }]);
  });

  it.each([
    ['is too long', [0, 0, 0, 0, 0, 0, 2, 1], 'length'],
    ['has no type', [0, 0, 0, 0, 0, 0, 0, 3], 'length'],
    ['ends within a field', [0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0], 'control'],
    [
      'has a field that is longer than itself',
      [0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 2, 0, 0, 0, 1, 255, 255, 255, 255],
      'control',
    ],
  ])('end where a control frame %s', (_, octets, fault) => {
    expect(readAll([Uint8Array.from(octets)])).toEqual([{ kind: 'fault', fault }]);
  });
});

it('control frames are those of the fstrm library', () => {
  const start = '00000000 00000022 00000002 00000001 00000016 70726f746f6275663a646e737461702e446e73746170';
  expect(Buffer.from(controlFrame(CONTROL.START)).toString('hex')).toBe(start.replaceAll(' ', ''));
  expect(Buffer.from(controlFrame(CONTROL.FINISH)).toString('hex')).toBe('000000000000000400000005');
});
