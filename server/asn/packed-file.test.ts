import { readFileSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { ipv4Lines, ipv6Lines } from '../../scripts/bench/asn/generate.ts';
import { seeded } from '../../scripts/bench/asn/random.ts';
import { build, partsOf, tableOf, withFolder } from '../../tests/asn/table.ts';
import { decodeParts, openPackedFile, PackedFileError, writePackedFile } from './packed-file.ts';
import { SECTIONS } from './parts.ts';
import { PackedTable } from './table.ts';

const text = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;
const sources = { 'v4.tsv': text(ipv4Lines(3000)), 'v6.tsv': text(ipv6Lines(1000)) };
let sound: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  const built = await build(sources);
  if (Array.isArray(built)) throw new Error(built.join('\n'));
  sound = built;
});

/** Makes the checksum right again, as somebody would who means harm. */
function sealed(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  new DataView(file.buffer).setUint32(12, crc32(file.subarray(16)), true);
  return file;
}

function problemOf(file: Uint8Array<ArrayBuffer>): string {
  try {
    decodeParts(file, 'asn.bin');
  } catch (error) {
    expect(error).toBeInstanceOf(PackedFileError);
    return (error as Error).message;
  }
  return 'none';
}

/** Asks a table of doubtful origin everything; any answer will do, but there must be one. */
function exercise(table: PackedTable, random: () => number): void {
  const address = new Uint8Array(16);
  for (let i = 0; i < 60; i++) {
    for (let at = 0; at < 16; at++) address[at] = random() < 0.3 ? 0 : random() * 256;
    if (i % 3 === 0) address.set([0x2a, 0x00]);
    for (const length of [4, 16]) {
      const handle = table.lookup(address, 0, length);
      expect(Number.isInteger(handle) && handle >= -1 && handle < table.entryCount).toBe(true);
      expect(Number.isInteger(table.asnOf(handle)) && Number.isInteger(table.countryOf(handle))).toBe(true);
      expect(table.entry(handle).name.length).toBeLessThanOrEqual(16_384);
    }
  }
}

describe('decodeParts', () => {
  test('reads what encodeParts wrote', async () => {
    const table = decodeParts(sound, 'asn.bin');
    const direct = await tableOf(sources);
    expect(table.size).toBe(direct.size);
    expect(table.byteLength).toBe(direct.byteLength);
    expect(table.byteLength).toBeLessThanOrEqual(sound.length);
  });

  test('refuses a file that is cut short, wherever it is cut', () => {
    for (let length = 0; length < sound.length; length += length < 300 ? 1 : 997) {
      expect(problemOf(sound.slice(0, length))).toMatch(/asn:build/);
    }
    expect(problemOf(sound.slice(0, -4))).toMatch(/octets where its header says/);
  });

  test('refuses a file with any bit turned over', () => {
    const random = seeded(1);
    for (let i = 0; i < 400; i++) {
      const file = sound.slice();
      const at = Math.floor(random() * (i < 100 ? 130 : file.length));
      file[at]! ^= 1 << Math.floor(random() * 8);
      expect(problemOf(file)).not.toBe('none');
    }
  });

  test.each([
    ['something else', Uint8Array.from(Buffer.from('hello, this is a text and not a table at all')), /is not a packed table/],
    ['nothing', new Uint8Array(0), /is not a packed table/],
  ])('says what is wrong with %s', (_, file, message) => {
    expect(problemOf(file)).toMatch(message);
  });

  test('says that the layout is another one', () => {
    const file = sound.slice();
    file[7] = 9;
    expect(problemOf(file)).toMatch(/has layout 9, and this program reads layout 2/);
  });

  test('neither crashes nor hangs on damage behind a right checksum', () => {
    const random = seeded(2);
    let accepted = 0;
    for (let round = 0; round < 600; round++) {
      const file = sound.slice();
      for (let i = 0; i < 1 + random() * 4; i++) {
        // By turns anywhere, in the header and the small sections, and in the columns at the end.
        const where = [random(), random() ** 8, 1 - random() * 0.1][round % 3]!;
        file[16 + Math.floor(where * (file.length - 17))] = random() < 0.3 ? 255 : random() * 256;
      }
      new DataView(file.buffer).setUint32(16, file.length, true);
      try {
        exercise(decodeParts(sealed(file), 'fuzzed'), random);
        accepted++;
      } catch (error) {
        if (!(error instanceof PackedFileError)) throw error;
      }
    }
    // Damage in the starts, codes and names cannot be seen; the point is that such tables answer.
    expect(accepted).toBeGreaterThan(40);
    expect(accepted).toBeLessThan(600);
  });
});

test('a table answers whatever its sections hold, even unchecked', async () => {
  const random = seeded(3);
  const fills = [() => 0, () => 0xffffffff, () => Math.floor(random() * 2 ** 32), () => Math.floor(random() * 300)];
  const whole = await partsOf(sources);
  for (const [key] of SECTIONS.filter(([name]) => name !== 'meta')) {
    for (const fill of fills) {
      const parts = { ...whole, [key]: whole[key].slice() };
      for (let i = 0; i < parts[key].length; i++) parts[key][i] = fill();
      exercise(new PackedTable(parts), random);
      exercise(new PackedTable({ ...parts, [key]: parts[key].slice(0, parts[key].length >> 1) }), random);
    }
  }
});

describe('writePackedFile', () => {
  test('replaces the file whole, keeps the one before when asked, and leaves nothing else', async () => {
    await withFolder((folder) => {
      const path = join(folder, 'deep', 'asn.bin');
      writePackedFile(path, Uint8Array.of(1), true);
      expect(existsSync(`${path}.previous`)).toBe(false);
      writePackedFile(path, sound, true);
      expect([...readFileSync(`${path}.previous`)]).toEqual([1]);
      expect(openPackedFile(path).size).toBeGreaterThan(3000);
      expect(readdirSync(join(folder, 'deep')).sort()).toEqual(['asn.bin', 'asn.bin.previous']);
    });
  });

  test('leaves the old file when the new one cannot be put in its place', async () => {
    await withFolder((folder) => {
      writeFileSync(join(folder, 'file'), 'old');
      expect(() => writePackedFile(join(folder, 'file', 'asn.bin'), sound)).toThrow();
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old');
    });
  });
});
