import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import { FieldFault, type Field } from './field.ts';

const WIDTHS = {
  8: { max: 0xff, read: (reader: Reader) => reader.u8(), write: (value: number, writer: Writer) => writer.u8(value) },
  16: { max: 0xffff, read: (reader: Reader) => reader.u16(), write: (value: number, writer: Writer) => writer.u16(value) },
  32: { max: 0xffffffff, read: (reader: Reader) => reader.u32(), write: (value: number, writer: Writer) => writer.u32(value) },
} as const;

export type Bits = keyof typeof WIDTHS;

/** An unsigned number of 8, 16 or 32 bits, up to `max` when not all of them have a meaning. */
export function unsigned(key: string, bits: Bits, max: number = WIDTHS[bits].max): Field<number> {
  const { read, write } = WIDTHS[bits];
  const parse = (text: string) => parseUnsigned(text, key, bits, max);
  return {
    key,
    rest: false,
    isName: false,
    fromText: parse,
    fromJson: parse,
    toText: String,
    toJson: (value) => value,
    encode: write,
    decode: (reader) => {
      const value = read(reader);
      return value > max ? null : value;
    },
  };
}

export function parseUnsigned(text: string, key: string, bits: Bits, max: number = WIDTHS[bits].max): number | FieldFault {
  if (text === '') return new FieldFault('missing', `Give the ${key}, a number from 0 to ${max}.`);
  if (!/^\d+$/.test(text)) return new FieldFault('not_a_number', `“${text}” is not a whole number from 0 to ${max}.`);
  if (Number(text) <= max) return Number(text);
  const why = max === WIDTHS[bits].max ? `has ${bits} bits in the record, so it` : 'has no larger value with a meaning; it';
  return new FieldFault('out_of_range', `${text} is too large: the ${key} ${why} goes up to ${max}.`);
}
