import { MAX_RDATA } from '../limits.ts';
import { FieldFault, type Field, type RdataType } from './field.ts';

/** RDATA of any type as octets, `\# 4 0a000001`, RFC 3597 §5. */
const octets: Field<Uint8Array> = {
  key: 'rdata',
  rest: true,
  isName: false,
  fromText: parseGeneric,
  fromJson: parseGeneric,
  toText: formatGeneric,
  toJson: formatGeneric,
  encode: (value, writer) => writer.bytes(value),
  decode: (reader) => reader.rest(),
};

/** The row for a type that the table does not have. */
export function opaqueType(code: number, mnemonic: string): RdataType {
  return { code, mnemonic, fields: [octets], compress: false };
}

export function formatGeneric(value: Uint8Array): string {
  return `\\# ${value.length} ${Buffer.from(value).toString('hex')}`.trimEnd();
}

export function parseGeneric(text: string): Uint8Array | FieldFault {
  const match = /^\\#\s+(\d{1,5})((?:\s+[\da-f]+)*)$/i.exec(text);
  if (match === null) {
    return new FieldFault(
      'bad_generic',
      'Write \\#, the number of octets, and the octets in hex, such as \\# 4 0a000001 (RFC 3597 §5).',
    );
  }
  const hex = match[2]!.replace(/\s+/g, '');
  const length = Number(match[1]);
  if (length > MAX_RDATA)
    return new FieldFault(
      'rdata_too_long',
      `RDATA has at most ${MAX_RDATA} octets: its length travels in 16 bits (RFC 1035 §3.2.1).`,
    );
  if (hex.length !== 2 * length) {
    return new FieldFault('bad_generic', `You say ${length} octets, but the hex digits that follow make ${hex.length / 2}.`);
  }
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
