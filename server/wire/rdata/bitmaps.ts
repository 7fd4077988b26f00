import { typeToText } from '../codes.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import { FieldFault, plainField, type Field } from './field.ts';
import { readType } from './mnemonics.ts';

/** Octets of the bitmap of one window, 256 types, RFC 4034 §4.1.2. */
const WINDOW_OCTETS = 32;

/** Record types as windows of bits up to the end of the RDATA, RFC 4034 §4.1.2. */
export function typeBitmaps(key: string, { mayBeEmpty }: { mayBeEmpty: boolean }): Field<number[]> {
  return plainField<number[]>(key, {
    rest: true,
    parse: (text) => {
      const words = text.split(/\s+/).filter((word) => word !== '');
      if (words.length === 0 && !mayBeEmpty)
        return new FieldFault('missing', 'Give one or more record types with blanks between, such as A MX.');
      const types = words.map(readType);
      const fault = types.find((type) => type instanceof FieldFault);
      return fault ?? [...new Set(types as number[])].sort((a, b) => a - b);
    },
    format: (types) => types.map(typeToText).join(' '),
    encode: writeBitmaps,
    decode: (reader) => {
      const types = readBitmaps(reader);
      return types !== null && (types.length > 0 || mayBeEmpty) ? types : null;
    },
  });
}

function writeBitmaps(types: readonly number[], writer: Writer): void {
  for (let at = 0; at < types.length;) {
    const window = types[at]! >>> 8;
    const bitmap = new Uint8Array(WINDOW_OCTETS);
    let length = 0;
    for (; at < types.length && types[at]! >>> 8 === window; at++) {
      const bit = types[at]! & 0xff;
      bitmap[bit >>> 3]! |= 0x80 >>> (bit & 7);
      length = (bit >>> 3) + 1;
    }
    writer.u8(window);
    writer.u8(length);
    writer.range(bitmap, 0, length);
  }
}

/** Null unless the windows rise and none of them is empty or ends in an octet of zeros, RFC 4034 §4.1.2. */
function readBitmaps(reader: Reader): number[] | null {
  const types: number[] = [];
  for (let previous = -1; reader.remaining > 0;) {
    const window = reader.u8();
    const bitmap = reader.bytes(reader.u8());
    if (window <= previous || bitmap.length > WINDOW_OCTETS || (bitmap.at(-1) ?? 0) === 0) return null;
    previous = window;
    for (let bit = 0; bit < bitmap.length * 8; bit++) {
      if ((bitmap[bit >>> 3]! & (0x80 >>> (bit & 7))) !== 0) types.push((window << 8) | bit);
    }
  }
  return types;
}
