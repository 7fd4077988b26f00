import { TRANSPORT_NAMES } from '../answer/transport.ts';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { termOf, termOfAddress, termOfServer, termsOfName, type Sought } from '../querylog/summary.ts';
import { formatAddress, parseAddress } from '../wire/address.ts';
import { rcodeFromText, typeFromText, typeToText } from '../wire/codes.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { decodeMessage } from '../wire/message.ts';
import { nameToText } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import { Refusal } from './errors.ts';

/** What the log is narrowed to. */
export interface Filter {
  /** Whether a query is wanted. */
  passes(query: LoggedQuery): boolean;
  /** What every batch has that holds a wanted one. */
  readonly sought: Sought;
}

export const WANTS_ALL: Filter = { passes: () => true, sought: [] };

/** One member of a query that the log can be narrowed by. */
interface Field {
  /** The value to look for, from what somebody wrote; null when it can be none. */
  parse(text: string): string | null;
  /** Follows the name of the parameter in a refusal. */
  readonly expected: string;
  of(query: LoggedQuery, table: AsnTable): string;
  matches(value: string, wanted: string): boolean;
  /** What every batch has that holds a query with a value that matches `wanted`; none when there is no telling. */
  terms(wanted: string): readonly number[];
}

const MAX_TERMS = 32;
const MAX_ASN = 0xffff_ffff;
const isSame = (value: string, wanted: string) => value === wanted;
const TRANSPORTS: ReadonlyMap<string, number> = new Map(
  Object.entries(TRANSPORT_NAMES).map(([code, name]) => [name, Number(code)]),
);

const FIELDS: Readonly<Record<string, Field>> = {
  name: {
    parse: (text) => text.toLowerCase(),
    expected: 'a part of a name',
    of: ({ query }) => nameToText(question(query).name()).toLowerCase(),
    matches: (value, wanted) => value.includes(wanted),
    terms: termsOfName,
  },
  type: {
    parse: (text) => {
      const code = typeFromText(text);
      return code === undefined ? null : typeToText(code);
    },
    expected: 'a type such as AAAA or TYPE65280',
    of: ({ query }) => typeOf(query),
    matches: isSame,
    terms: (type) => [termOf('TYPE', typeFromText(type)!)],
  },
  code: {
    parse: (text) => (/^[a-z]+\d*$/i.test(text) ? text.toUpperCase() : null),
    expected: 'an RCODE such as NXDOMAIN',
    of: ({ response }) => decodeMessage(response).rcode,
    matches: isSame,
    terms: (text) => {
      const code = rcodeFromText(text);
      return code === undefined ? [] : [termOf('CODE', code)];
    },
  },
  source: {
    parse: (text) => (/^[\da-f.:]+$/i.test(text) ? text.toLowerCase() : null),
    expected: 'an address, or the beginning of one up to a dot or colon',
    of: ({ address }) => formatAddress(address),
    matches: (value, wanted) => (/[.:]$/.test(wanted) ? value.startsWith(wanted) : value === wanted),
    terms: (text) => {
      const address = parseAddress(text);
      return address === null ? [] : [termOfAddress(address, 0, address.length)];
    },
  },
  asn: {
    parse: (text) => (/^\d{1,10}$/.test(text) && Number(text) <= MAX_ASN ? String(Number(text)) : null),
    expected: `a whole number from 0 to ${MAX_ASN}`,
    of: ({ asn }) => String(asn),
    matches: isSame,
    terms: (asn) => [termOf('ASN', Number(asn))],
  },
  country: {
    parse: (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : null),
    expected: 'two letters, such as US',
    of: ({ country }) => country,
    matches: isSame,
    terms: (country) => [termOf('COUNTRY', (country.charCodeAt(0) << 8) | country.charCodeAt(1))],
  },
  brand: {
    parse: (text) => text,
    expected: 'what people call a network',
    of: ({ address, asn }, { known }) => known?.find(address, 0, address.length, asn)?.brand ?? '',
    matches: isSame,
    terms: () => [],
  },
  transport: {
    parse: (text) => (TRANSPORTS.has(text.toLowerCase()) ? text.toLowerCase() : null),
    expected: 'udp, tcp or https',
    of: ({ transport }) => TRANSPORT_NAMES[transport],
    matches: isSame,
    terms: (name) => [termOf('TRANSPORT', TRANSPORTS.get(name)!)],
  },
  server: {
    parse: (text) => text,
    expected: 'what a name server is called, or -',
    of: ({ server }) => server || '-',
    matches: isSame,
    terms: (server) => (server === '-' ? [] : [termOfServer(Buffer.from(server))]),
  },
};

/**
 * Reads what the log is to be narrowed to: `type=A&type=AAAA` is either type, `type=!NS` all but NS, and different parameters
 * must all hold. Null when there is no such parameter; refuses values that can match nothing.
 */
export function readFilter(parameters: Readonly<Record<string, unknown>>, table: AsnTable): Filter | null {
  const parts = Object.entries(FIELDS).flatMap(([key, field]) => {
    const texts = textsOf(parameters[key], key);
    return texts.length === 0 ? [] : [makeFilter(key, field, texts, table)];
  });
  if (parts.length === 0) return null;
  return { passes: (query) => parts.every(({ passes }) => passes(query)), sought: parts.flatMap(({ sought }) => sought) };
}

function textsOf(parameter: unknown, key: string): string[] {
  if (parameter === undefined) return [];
  const texts: unknown[] = Array.isArray(parameter) ? parameter : [parameter];
  if (texts.length > MAX_TERMS) {
    throw new Refusal('bad_parameter', { field: key, message: `${key} may stand there at most ${MAX_TERMS} times.` });
  }
  return texts.map(String);
}

function makeFilter(key: string, field: Field, texts: readonly string[], table: AsnTable): Filter {
  const values = (part: readonly string[]) =>
    part.map((text) => {
      const value = text === '' ? null : field.parse(text);
      if (value === null) throw new Refusal('bad_parameter', { field: key, message: `${key} must be ${field.expected}.` });
      return value;
    });
  const wanted = values(texts.filter((text) => !text.startsWith('!')));
  const unwanted = values(texts.filter((text) => text.startsWith('!')).map((text) => text.slice(1)));
  const passes = (query: LoggedQuery) => {
    const value = field.of(query, table);
    const isOne = (other: string) => field.matches(value, other);
    return (wanted.length === 0 || wanted.some(isOne)) && !unwanted.some(isOne);
  };
  return { passes, sought: wanted.length === 0 ? [] : [wanted.map((value) => field.terms(value))] };
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
