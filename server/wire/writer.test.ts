import { describe, expect, it } from 'vitest';
import { Name } from './name.ts';
import { Writer } from './writer.ts';

const name = (text: string) => Name.fromText(text) as Name;

describe('a writer at its limit', () => {
  it('writes nothing of what does not fit, and says so until rolled back', () => {
    const writer = new Writer(new Uint8Array(4));
    writer.u16(0x0102);
    writer.u32(0xffffffff);
    writer.u8(9);
    expect([writer.overflow, writer.position]).toEqual([true, 2]);
    writer.rollback(2);
    writer.u16(0x0304);
    expect([writer.overflow, [...writer.octets]]).toEqual([false, [1, 2, 3, 4]]);
  });

  it('keeps reserved octets free and gives them back', () => {
    const writer = new Writer(new Uint8Array(4));
    writer.reserve(2);
    writer.u32(1);
    expect(writer.overflow).toBe(true);
    writer.rollback(0);
    writer.reserve(-2);
    writer.u32(1);
    expect(writer.overflow).toBe(false);
  });
});

describe('compression, RFC 1035 §4.1.4', () => {
  const written = (...names: string[]) => {
    const writer = new Writer(new Uint8Array(600));
    for (const text of names) writer.compressedName(name(text));
    return Buffer.from(writer.octets.subarray(0, writer.position)).toString('hex');
  };

  it('points at the longest suffix that stands already, case aside', () => {
    expect(written('a.b.', 'c.B.', 'x.C.b.', '.')).toBe(
      ['01610162 00', '0163c002', '0178c005', '00'].join('').replaceAll(' ', ''),
    );
  });

  it('forgets names that were rolled back', () => {
    const writer = new Writer(new Uint8Array(100));
    writer.compressedName(name('a.b.'));
    const mark = writer.position;
    writer.compressedName(name('c.d.'));
    writer.rollback(mark);
    writer.compressedName(name('c.d.'));
    expect(writer.position).toBe(mark + 5);
    expect([...writer.octets.subarray(mark, mark + 5)]).toEqual([1, 0x63, 1, 0x64, 0]);
  });

  it('never points at octets that only look like a name with the same hash', () => {
    const writer = new Writer(new Uint8Array(2000));
    const names = Array.from({ length: 60 }, (_, i) => name(`n${i}.x${i % 7}.`));
    for (const one of names) writer.compressedName(one);
    expect(writer.overflow).toBe(false);
  });
});

it('writes records, names that come again as pointers', () => {
  const writer = new Writer(new Uint8Array(64));
  for (const ttl of [1, 2]) writer.record({ owner: name('a.test.'), type: 16, ttl, rdata: Uint8Array.of(1, 0x78) });
  const written = Buffer.from(writer.octets.subarray(0, writer.position)).toString('hex');
  expect(written).toBe('0161047465737400001000010000000100020178c000001000010000000200020178');
});
