import { FieldFault, plainField, type Earlier, type Field } from './field.ts';

/** How many octets a value must have when a field in front says what it is. */
export interface SizedBy {
  /** Key of that field. */
  readonly by: string;
  /** Its value → octets; any number of them for other values. */
  readonly sizes: Readonly<Record<number, number>>;
}

function sizeOf({ by, sizes }: SizedBy, earlier: Earlier): number | undefined {
  return sizes[earlier.get(by) as number];
}

interface HexLimits {
  readonly min?: number;
  readonly max?: number;
  readonly sized?: SizedBy;
}

/** Octets up to the end of the RDATA in hex, printed in capitals as `dig` does; blanks between the digits mean nothing. */
export function hex(key: string, { min = 1, max = Infinity, sized }: HexLimits = {}): Field<Uint8Array> {
  const wrongLength = (length: number, earlier: Earlier) => {
    const size = sized && sizeOf(sized, earlier);
    if (size !== undefined && length !== size)
      return `With ${sized!.by} ${earlier.get(sized!.by)} the ${key} has ${size} octets, so write ${2 * size} hex digits; these are ${2 * length}.`;
    if (length < min) return `The ${key} has ${min} octets or more, so write at least ${2 * min} hex digits.`;
    return length > max ? `The ${key} has ${max} octets at most; these are ${length}.` : null;
  };
  return plainField<Uint8Array>(key, {
    rest: true,
    parse: (text, _context, earlier) => {
      if (text === '') return new FieldFault('missing', `Give the ${key} in hex.`);
      const octets = parseHex(text.replace(/\s+/g, ''), key);
      if (octets instanceof FieldFault) return octets;
      const wrong = wrongLength(octets.length, earlier);
      return wrong === null ? octets : new FieldFault('bad_length', wrong);
    },
    format: hexText,
    encode: (octets, writer) => writer.bytes(octets),
    decode: (reader, earlier) => {
      const octets = reader.rest();
      return wrongLength(octets.length, earlier) === null ? octets : null;
    },
  });
}

function parseHex(text: string, key: string): Uint8Array | FieldFault {
  if (/^(?:[\da-f]{2})*$/i.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  const why = /^[\da-f]+$/i.test(text)
    ? `has ${text.length} hex digits, an odd number`
    : 'has a character that is no hex digit (0–9, A–F)';
  return new FieldFault('bad_hex', `The ${key} ${why}. Every octet takes two hex digits.`);
}

function hexText(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex').toUpperCase();
}

/** Octets behind a length octet in hex, `-` for none: the salt of RFC 5155 §3.3. */
export function salt(key: string): Field<Uint8Array> {
  return plainField<Uint8Array>(key, {
    parse: (text) => {
      if (text === '') return new FieldFault('missing', `Give the ${key} in hex, or - for none.`);
      const octets = text === '-' ? new Uint8Array(0) : parseHex(text, key);
      if (octets instanceof FieldFault || octets.length <= 255) return octets;
      const message = `The ${key} has ${octets.length} octets. Its length travels in one octet (RFC 5155 §3.2), so 255 is the most.`;
      return new FieldFault('bad_length', message);
    },
    format: (octets) => (octets.length === 0 ? '-' : hexText(octets)),
    encode: (octets, writer) => {
      writer.u8(octets.length);
      writer.bytes(octets);
    },
    decode: (reader) => reader.bytes(reader.u8()),
  });
}

/** Octets up to the end of the RDATA in base64, in one piece; there may be none when `mayBeEmpty` says so. */
export function base64(key: string, mayBeEmpty: (earlier: Earlier) => boolean = () => false): Field<Uint8Array> {
  return plainField<Uint8Array>(key, {
    rest: true,
    parse: (text, _context, earlier) => {
      const packed = text.replace(/\s+/g, '');
      if (packed === '' && !mayBeEmpty(earlier)) return new FieldFault('missing', `Give the ${key} in base64.`);
      const octets = Buffer.from(packed, 'base64');
      // Buffer reads over anything; what it writes again is the test.
      if (octets.toString('base64') === packed) return new Uint8Array(octets);
      const message = `The ${key} is not base64: letters, digits, + and / in groups of four, the last one filled up with = (RFC 4648 §4).`;
      return new FieldFault('bad_base64', message);
    },
    format: (octets) => Buffer.from(octets).toString('base64'),
    encode: (octets, writer) => writer.bytes(octets),
    decode: (reader, earlier) => {
      const octets = reader.rest();
      return octets.length > 0 || mayBeEmpty(earlier) ? octets : null;
    },
  });
}

const BASE32HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** Octets behind a length octet in base32hex without padding: a hashed owner name, RFC 5155 §3.3. */
export function base32hex(key: string, sized: SizedBy): Field<Uint8Array> {
  const isSize = (length: number, earlier: Earlier) => length === (sizeOf(sized, earlier) ?? length);
  return plainField<Uint8Array>(key, {
    parse: (text, _context, earlier) => {
      if (text === '') return new FieldFault('missing', `Give the ${key} in base32hex.`);
      const octets = parseBase32hex(text.toUpperCase());
      if (octets !== null && octets.length <= 255 && isSize(octets.length, earlier)) return octets;
      const message = `The ${key} is not base32hex of 1 to 255 octets: digits and the letters A–V, without = at the end (RFC 5155 §3.3); of a SHA-1 hash they are 32.`;
      return new FieldFault('bad_base32hex', message);
    },
    format: base32hexText,
    encode: (octets, writer) => {
      writer.u8(octets.length);
      writer.bytes(octets);
    },
    decode: (reader, earlier) => {
      const octets = reader.bytes(reader.u8());
      return octets.length > 0 && isSize(octets.length, earlier) ? octets : null;
    },
  });
}

/** Null for other characters, and for bits too many that are not zero. */
function parseBase32hex(text: string): Uint8Array | null {
  const octets: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const value = BASE32HEX.indexOf(character);
    if (value === -1) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    octets.push(held >>> bits);
    held &= (1 << bits) - 1;
  }
  return bits < 5 && held === 0 ? Uint8Array.from(octets) : null;
}

function base32hexText(octets: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const octet of octets) {
    held = (held << 8) | octet;
    for (bits += 8; bits >= 5; held &= (1 << bits) - 1) {
      bits -= 5;
      text += BASE32HEX[held >>> bits];
    }
  }
  return bits === 0 ? text : text + BASE32HEX[held << (5 - bits)];
}
