import { parseIpv4, parseIpv6 } from '../address.ts';
import { nextToken, quoteText, tokenOctets } from '../text.ts';
import { ipv4Text, ipv6Text } from './addresses.ts';
import { FieldFault, type Field } from './field.ts';

/** SvcParams of SVCB and HTTPS, RFC 9460 §2.1 and §2.2: key → octets of the value, keys rising. */
type SvcParams = readonly (readonly [key: number, value: Uint8Array])[];

/** How the value of one key is written and read, RFC 9460 §7. Null from either says that the value is not right. */
interface ParamFormat {
  parse(octets: Uint8Array): Uint8Array | null;
  format(value: Uint8Array): string | null;
  /** What a right value looks like, for the sentence about a wrong one. */
  readonly example: string;
}

const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath', 'ohttp'];
const MANDATORY = 0;
/** Reserved as the key that no parameter has, RFC 9460 §14.3.2. */
const INVALID_KEY = 65535;
const NO_VALUE: ParamFormat = {
  parse: (octets) => (octets.length === 0 ? octets : null),
  format: (value) => (value.length === 0 ? '' : null),
  example: 'no value',
};
const FORMATS: readonly ParamFormat[] = [
  { parse: parseMandatory, format: formatMandatory, example: 'mandatory=alpn,port' },
  { parse: parseAlpn, format: formatAlpn, example: 'alpn=h2,h3' },
  NO_VALUE,
  {
    parse: parsePort,
    format: (value) => (value.length === 2 ? String((value[0]! << 8) | value[1]!) : null),
    example: 'port=8443',
  },
  addresses(4, parseIpv4, ipv4Text, 'ipv4hint=192.0.2.1'),
  {
    parse: parseBase64,
    format: (value) => (value.length === 0 ? null : Buffer.from(value).toString('base64')),
    example: 'ech=AEj+DQ…',
  },
  addresses(16, parseIpv6, ipv6Text, 'ipv6hint=2001:db8::1'),
  {
    parse: (octets) => (octets.length === 0 ? null : octets),
    format: (value) => (value.length === 0 ? null : quoteText(value)),
    example: 'dohpath=/dns-query{?dns}',
  },
  NO_VALUE,
];
const UNKNOWN: ParamFormat = { parse: (octets) => octets, format: quoteValue, example: 'key65280=text' };

export function svcParams(key: string): Field<SvcParams> {
  return {
    key,
    rest: true,
    isName: false,
    fromText: parseParams,
    fromJson: parseParams,
    toText: formatParams,
    toJson: formatParams,
    encode: (params, writer) => {
      for (const [number, value] of params) {
        writer.u16(number);
        writer.u16(value.length);
        writer.bytes(value);
      }
    },
    decode: (reader) => {
      const params: [number, Uint8Array][] = [];
      while (reader.remaining > 0) params.push([reader.u16(), reader.bytes(reader.u16())]);
      return isSound(params) ? params : null;
    },
  };
}

/** Keys rise, values are what their keys want, and what is mandatory is there: all that parsing asks for, too. */
function isSound(params: SvcParams): boolean {
  const isValue = ([key, value]: SvcParams[number]) => key < INVALID_KEY && (FORMATS[key] ?? UNKNOWN).format(value) !== null;
  return rises(params.map(([key]) => key)) && params.every(isValue) && missingKey(params) === undefined;
}

function rises(keys: readonly number[]): boolean {
  return keys.every((key, i) => i === 0 || key > keys[i - 1]!);
}

function missingKey(params: SvcParams): number | undefined {
  const mandatory = params.find(([key]) => key === MANDATORY);
  return mandatory && mandatoryKeys(mandatory[1]).find((key) => !params.some(([present]) => present === key));
}

function parseParams(text: string): SvcParams | FieldFault {
  const params = new Map<number, Uint8Array>();
  for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.end)) {
    const parsed = parseParam(token.raw);
    if (parsed instanceof FieldFault) return parsed;
    if (params.has(parsed[0]))
      return new FieldFault(
        'duplicate_param',
        `${keyToText(parsed[0])} stands twice; each key may stand once (RFC 9460 §2.2).`,
      );
    params.set(...parsed);
  }
  const sorted = [...params].sort(([a], [b]) => a - b);
  const missing = missingKey(sorted);
  if (missing === undefined) return sorted;
  return new FieldFault('missing_param', `mandatory names ${keyToText(missing)}, but that key is not there (RFC 9460 §8).`);
}

function parseParam(raw: string): [number, Uint8Array] | FieldFault {
  const equals = raw.indexOf('=');
  const name = (equals === -1 ? raw : raw.slice(0, equals)).toLowerCase();
  const number = keyFromText(name);
  if (number === null) {
    return new FieldFault('unknown_param', `“${name}” is no parameter: ${KEYS.join(', ')} or keyNNNNN (RFC 9460 §14.3.2).`);
  }
  const octets = equals === -1 ? new Uint8Array(0) : tokenOctets(raw.slice(equals + 1));
  const format = FORMATS[number] ?? UNKNOWN;
  const value = octets === null ? null : format.parse(octets);
  return value === null
    ? new FieldFault('bad_param', `The value of ${name} is not right; it looks like this: ${format.example}.`)
    : [number, value];
}

function formatParams(params: SvcParams): string {
  return params.map(([number, value]) => formatParam(number, value)).join(' ');
}

function formatParam(number: number, value: Uint8Array): string {
  const text = (FORMATS[number] ?? UNKNOWN).format(value)!;
  return text === '' ? keyToText(number) : `${keyToText(number)}=${text}`;
}

function keyToText(number: number): string {
  return KEYS[number] ?? `key${number}`;
}

function keyFromText(name: string): number | null {
  const known = KEYS.indexOf(name);
  if (known !== -1) return known;
  const generic = /^key(0|[1-9]\d{0,4})$/.exec(name);
  return generic !== null && Number(generic[1]) < INVALID_KEY ? Number(generic[1]) : null;
}

function mandatoryKeys(value: Uint8Array): number[] {
  return Array.from({ length: value.length >> 1 }, (_, i) => (value[2 * i]! << 8) | value[2 * i + 1]!);
}

/** Keys in rising order, never `mandatory` itself, RFC 9460 §8. */
function parseMandatory(octets: Uint8Array): Uint8Array | null {
  const keys = splitList(octets).map((item) => keyFromText(Buffer.from(item).toString('latin1').toLowerCase()));
  const numbers = keys.filter((key) => key !== null && key !== MANDATORY) as number[];
  if (numbers.length !== keys.length || new Set(numbers).size !== numbers.length) return null;
  return Uint8Array.from(numbers.sort((a, b) => a - b).flatMap((key) => [key >>> 8, key & 0xff]));
}

function formatMandatory(value: Uint8Array): string | null {
  const keys = mandatoryKeys(value);
  const right = keys.length > 0 && value.length % 2 === 0 && keys[0] !== MANDATORY && rises(keys);
  return right ? keys.map(keyToText).join(',') : null;
}

/** Protocol identifiers, each behind its length octet, RFC 9460 §7.1.1. */
function parseAlpn(octets: Uint8Array): Uint8Array | null {
  const ids = splitList(octets);
  return ids.some((id) => id.length === 0 || id.length > 255) ? null : Uint8Array.from(ids.flatMap((id) => [id.length, ...id]));
}

function formatAlpn(value: Uint8Array): string | null {
  const ids: Uint8Array[] = [];
  for (let at = 0; at < value.length; at += 1 + value[at]!) {
    if (value[at] === 0 || at + value[at]! >= value.length) return null;
    ids.push(value.subarray(at + 1, at + 1 + value[at]!));
  }
  // A comma inside an identifier is escaped once for the list and once more for the text, RFC 9460 appendix A.1.
  const joined = ids.map((id) => Buffer.from(id).toString('latin1').replace(/[\\,]/g, '\\$&')).join(',');
  return ids.length === 0 ? null : quoteText(Buffer.from(joined, 'latin1')).replaceAll(' ', '\\032');
}

function parsePort(octets: Uint8Array): Uint8Array | null {
  const text = Buffer.from(octets).toString('latin1');
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) return null;
  return Uint8Array.of(Number(text) >>> 8, Number(text) & 0xff);
}

function parseBase64(octets: Uint8Array): Uint8Array | null {
  const text = Buffer.from(octets).toString('latin1');
  const value = Buffer.from(text, 'base64');
  return value.length > 0 && value.toString('base64') === text ? new Uint8Array(value) : null;
}

function addresses(
  width: 4 | 16,
  parse: (text: string) => Uint8Array | null,
  format: (octets: Uint8Array) => string,
  example: string,
): ParamFormat {
  return {
    parse: (octets) => {
      const list = splitList(octets).map((item) => parse(Buffer.from(item).toString('latin1')));
      return list.includes(null) ? null : Uint8Array.from(list.flatMap((address) => [...address!]));
    },
    format: (value) => {
      if (value.length === 0 || value.length % width !== 0) return null;
      const list = Array.from({ length: value.length / width }, (_, i) => value.subarray(i * width, (i + 1) * width));
      return list.map(format).join(',');
    },
    example,
  };
}

/** Items of a comma-separated list, `\,` and `\\` undone, RFC 9460 appendix A.1. */
function splitList(octets: Uint8Array): Uint8Array[] {
  const items: number[][] = [[]];
  for (let i = 0; i < octets.length; i++) {
    if (octets[i] === 0x2c) items.push([]);
    else if (octets[i] === 0x5c && i + 1 < octets.length) items.at(-1)!.push(octets[++i]!);
    else items.at(-1)!.push(octets[i]!);
  }
  return items.map((item) => Uint8Array.from(item));
}

/** In quotes, as `dig` has it; nothing at all when it is empty. */
function quoteValue(value: Uint8Array): string {
  return value.length === 0 ? '' : quoteText(value);
}
