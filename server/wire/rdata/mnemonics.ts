import { typeFromText, typeToText } from '../codes.ts';
import { FieldFault, plainField, type Field } from './field.ts';
import { parseUnsigned, unsigned, type Bits } from './numbers.ts';

/** DNSSEC algorithms as BIND spells them, from the IANA registry https://www.iana.org/assignments/dns-sec-alg-numbers. */
const ALGORITHMS: ReadonlyMap<number, string> = new Map([
  [1, 'RSAMD5'],
  [2, 'DH'],
  [3, 'DSA'],
  [5, 'RSASHA1'],
  [6, 'NSEC3DSA'],
  [7, 'NSEC3RSASHA1'],
  [8, 'RSASHA256'],
  [10, 'RSASHA512'],
  [12, 'ECCGOST'],
  [13, 'ECDSAP256SHA256'],
  [14, 'ECDSAP384SHA384'],
  [15, 'ED25519'],
  [16, 'ED448'],
  [252, 'INDIRECT'],
  [253, 'PRIVATEDNS'],
  [254, 'PRIVATEOID'],
]);

/** The registry's own spelling where BIND has another one. */
const ALGORITHM_ALIASES: readonly [string, number][] = [
  ['DSA-NSEC3-SHA1', 6],
  ['RSASHA1-NSEC3-SHA1', 7],
  ['ECC-GOST', 12],
];

/** Certificate types, RFC 4398 §2.1. */
const CERTIFICATES: ReadonlyMap<number, string> = new Map([
  [1, 'PKIX'],
  [2, 'SPKI'],
  [3, 'PGP'],
  [4, 'IPKIX'],
  [5, 'ISPKI'],
  [6, 'IPGP'],
  [7, 'ACPKIX'],
  [8, 'IACPKIX'],
  [253, 'URI'],
  [254, 'OID'],
]);

/** A DNSSEC algorithm, RFC 4034 §2.2: read as number or mnemonic, printed as number. */
export function algorithm(key: string): Field<number> {
  return { ...namedAlgorithm(key), toText: String };
}

/** A DNSSEC algorithm that prints as its mnemonic, RFC 4398 §2.2. */
export function namedAlgorithm(key: string): Field<number> {
  return mnemonic(key, 8, ALGORITHMS, ALGORITHM_ALIASES);
}

/** The type of a certificate, RFC 4398 §2.2. */
export function certificateType(key: string): Field<number> {
  return mnemonic(key, 16, CERTIFICATES);
}

/** A number that has names in presentation form; in JSON it stays a number. */
function mnemonic(
  key: string,
  bits: Bits,
  names: ReadonlyMap<number, string>,
  aliases: readonly [string, number][] = [],
): Field<number> {
  const numbers = new Map([...[...names].map(([number, name]) => [name, number] as const), ...aliases]);
  const parse = (text: string) => {
    if (text === '' || /^\d/.test(text)) return parseUnsigned(text, key, bits);
    const message = `“${text}” is no ${key} that has a name. Write its number, or one of ${[...names.values()].join(', ')}.`;
    return numbers.get(text.toUpperCase()) ?? new FieldFault('unknown_mnemonic', message);
  };
  const toText = (value: number) => names.get(value) ?? String(value);
  return { ...unsigned(key, bits), fromText: parse, fromJson: parse, toText };
}

/** A record type, RFC 4034 §3.2. */
export function recordType(key: string): Field<number> {
  return plainField<number>(key, {
    parse: (text) => {
      if (text === '') return new FieldFault('missing', 'Give a record type, such as A.');
      return readType(text);
    },
    format: typeToText,
    encode: (value, writer) => writer.u16(value),
    decode: (reader) => reader.u16(),
  });
}

export function readType(text: string): number | FieldFault {
  const message = `“${text}” is no record type. For one without a name write TYPE and its number, such as TYPE65280 (RFC 3597 §5).`;
  return typeFromText(text) ?? new FieldFault('unknown_type', message);
}
