import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { formatAddress } from '../wire/address.ts';
import { typeFromText, typeToText } from '../wire/codes.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { decodeMessage } from '../wire/message.ts';
import { nameToText } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import { Refusal } from './errors.ts';
import { TRANSPORT_NAMES } from './query-json.ts';

/** Whether a query is wanted. */
export type Passes = (query: LoggedQuery) => boolean;

/** One member of a query that the log can be narrowed by. */
interface Field {
  /** The value to look for, from what somebody wrote; null when it can be none. */
  parse(text: string): string | null;
  /** Follows the name of the parameter in a refusal. */
  readonly expected: string;
  of(query: LoggedQuery, table: AsnTable): string;
  matches(value: string, wanted: string): boolean;
}

const MAX_TERMS = 32;
const MAX_ASN = 0xffff_ffff;
const isSame = (value: string, wanted: string) => value === wanted;
const TRANSPORTS: ReadonlySet<string> = new Set(Object.values(TRANSPORT_NAMES));

const FIELDS: Readonly<Record<string, Field>> = {
  name: {
    parse: (text) => text.toLowerCase(),
    expected: 'a part of a name',
    of: ({ query }) => nameToText(question(query).name()).toLowerCase(),
    matches: (value, wanted) => value.includes(wanted),
  },
  type: {
    parse: (text) => {
      const code = typeFromText(text);
      return code === undefined ? null : typeToText(code);
    },
    expected: 'a type such as AAAA or TYPE65280',
    of: ({ query }) => typeOf(query),
    matches: isSame,
  },
  code: {
    parse: (text) => (/^[a-z]+\d*$/i.test(text) ? text.toUpperCase() : null),
    expected: 'an RCODE such as NXDOMAIN',
    of: ({ response }) => decodeMessage(response).rcode,
    matches: isSame,
  },
  source: {
    parse: (text) => (/^[\da-f.:]+$/i.test(text) ? text.toLowerCase() : null),
    expected: 'an address, or the beginning of one up to a dot or colon',
    of: ({ address }) => formatAddress(address),
    matches: (value, wanted) => (/[.:]$/.test(wanted) ? value.startsWith(wanted) : value === wanted),
  },
  asn: {
    parse: (text) => (/^\d{1,10}$/.test(text) && Number(text) <= MAX_ASN ? String(Number(text)) : null),
    expected: `a whole number from 0 to ${MAX_ASN}`,
    of: ({ asn }) => String(asn),
    matches: isSame,
  },
  country: {
    parse: (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : null),
    expected: 'two letters, such as US',
    of: ({ country }) => country,
    matches: isSame,
  },
  brand: {
    parse: (text) => text,
    expected: 'what people call a network',
    of: ({ address, asn }, { known }) => known?.find(address, 0, address.length, asn)?.brand ?? '',
    matches: isSame,
  },
  transport: {
    parse: (text) => (TRANSPORTS.has(text.toLowerCase()) ? text.toLowerCase() : null),
    expected: 'udp, tcp or https',
    of: ({ transport }) => TRANSPORT_NAMES[transport],
    matches: isSame,
  },
};

/**
 * Reads what the log is to be narrowed to: `type=A&type=AAAA` is either type, `type=!NS` all but NS, and different parameters
 * must all hold. Null when there is no such parameter; refuses values that can match nothing.
 */
export function readFilter(parameters: Readonly<Record<string, unknown>>, table: AsnTable): Passes | null {
  const tests = Object.entries(FIELDS).flatMap(([key, field]) => {
    const texts = textsOf(parameters[key], key);
    return texts.length === 0 ? [] : [makeTest(key, field, texts, table)];
  });
  return tests.length === 0 ? null : (query) => tests.every((test) => test(query));
}

function textsOf(parameter: unknown, key: string): string[] {
  if (parameter === undefined) return [];
  const texts: unknown[] = Array.isArray(parameter) ? parameter : [parameter];
  if (texts.length > MAX_TERMS) {
    throw new Refusal('bad_parameter', { field: key, message: `${key} may stand there at most ${MAX_TERMS} times.` });
  }
  return texts.map(String);
}

function makeTest(key: string, field: Field, texts: readonly string[], table: AsnTable): Passes {
  const values = (part: readonly string[]) =>
    part.map((text) => {
      const value = text === '' ? null : field.parse(text);
      if (value === null) throw new Refusal('bad_parameter', { field: key, message: `${key} must be ${field.expected}.` });
      return value;
    });
  const wanted = values(texts.filter((text) => !text.startsWith('!')));
  const unwanted = values(texts.filter((text) => text.startsWith('!')).map((text) => text.slice(1)));
  return (query) => {
    const value = field.of(query, table);
    const isOne = (other: string) => field.matches(value, other);
    return (wanted.length === 0 || wanted.some(isOne)) && !unwanted.some(isOne);
  };
}

function question(query: Uint8Array): Reader {
  return new Reader(query, Math.min(HEADER_SIZE, query.length));
}

/** Empty for a query that could not be read to its question. */
function typeOf(query: Uint8Array): string {
  const reader = question(query);
  reader.name();
  const type = reader.u16();
  reader.u16();
  return reader.fault === null ? typeToText(type) : '';
}
