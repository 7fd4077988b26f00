import { FieldFault, plainField, type Field } from './field.ts';

/** An EUI of 6 or 8 octets, hex pairs with hyphens, RFC 7043 §3.2 and §4.2. People may give a MAC address with colons. */
export function eui(key: string, length: 6 | 8): Field<Uint8Array> {
  const example = ['00-00-5e-00-53-2a', '00-00-5e-ef-10-00-00-2a'][length === 6 ? 0 : 1];
  const parse = (text: string) => {
    if (text === '') return new FieldFault('missing', `Give the ${key}, such as ${example}.`);
    const pairs = text.split('-');
    if (pairs.length === length && pairs.every((pair) => /^[\da-f]{2}$/i.test(pair))) return hexOctets(pairs.join(''));
    const message = `“${text}” is no EUI-${length * 8}: write ${length} pairs of hex digits with hyphens between, such as ${example}.`;
    return new FieldFault('bad_eui', message);
  };
  const format = (octets: Uint8Array) =>
    Buffer.from(octets)
      .toString('hex')
      .replace(/..(?!$)/g, '$&-');
  const { encode, decode } = plainOctets(length);
  return {
    ...plainField<Uint8Array>(key, { parse, format, encode, decode }),
    fromJson: (text) => parse(text.replaceAll(':', '-')),
  };
}

/** 64 bits as four groups of hex digits with colons between, RFC 6742 §2.1.2 and §2.3.2. Written in full, for Knot reads nothing shorter. */
export function groups64(key: string): Field<Uint8Array> {
  return plainField<Uint8Array>(key, {
    parse: (text) => {
      if (text === '') return new FieldFault('missing', `Give the ${key}, such as 0014:4fff:ff20:ee64.`);
      const groups = text.split(':');
      if (groups.length === 4 && groups.every((group) => /^[\da-f]{1,4}$/i.test(group)))
        return hexOctets(groups.map((group) => group.padStart(4, '0')).join(''));
      const message = `“${text}” is not 64 bits: write four groups of one to four hex digits with colons between, such as 0014:4fff:ff20:ee64; :: does not stand for zeros here.`;
      return new FieldFault('bad_groups', message);
    },
    format: (octets) =>
      Buffer.from(octets)
        .toString('hex')
        .replace(/.{4}(?!$)/g, '$&:'),
    ...plainOctets(8),
  });
}

function plainOctets(length: number): Pick<Field<Uint8Array>, 'encode' | 'decode'> {
  return { encode: (octets, writer) => writer.bytes(octets), decode: (reader) => reader.bytes(length) };
}

function hexOctets(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
