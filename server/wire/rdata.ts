import { typeToText } from './codes.ts';
import { MAX_RDATA } from './limits.ts';
import { Name } from './name.ts';
import { FieldFault, type Earlier, type Field, type RdataType, type TextContext, type TextField } from './rdata/field.ts';
import { formatGeneric, opaqueType, parseGeneric } from './rdata/opaque.ts';
import { RDATA_TYPES } from './rdata/table.ts';
import { Reader } from './reader.ts';
import { nextToken } from './text.ts';
import { Writer } from './writer.ts';

export { RDATA_TYPES };

const BY_CODE: ReadonlyMap<number, RdataType> = new Map(RDATA_TYPES.map((row) => [row.code, row]));

export function rdataType(code: number): RdataType {
  return BY_CODE.get(code) ?? opaqueType(code, typeToText(code));
}

/** What went wrong, and in which field (`content` when text could not even be divided among the fields). */
export interface RdataFault {
  readonly field: string;
  readonly fault: FieldFault;
}

/**
 * RDATA in wire form, names uncompressed, from JSON members by field key. Blanks around a value are trimmed. Refuses with a
 * fault for every field that is missing or wrong.
 */
export function rdataFromJson(
  type: number,
  json: Readonly<Record<string, unknown>>,
  context: TextContext,
): Uint8Array | RdataFault[] {
  return encodeFields(rdataType(type), (field, earlier) => {
    const value = json[field.key];
    if (value !== undefined && typeof value !== 'string' && typeof value !== 'number') {
      return new FieldFault('not_text', `${field.key} must be text or a number.`);
    }
    return field.fromJson(String(value ?? '').trim(), context, earlier);
  });
}

/** RDATA in wire form from presentation form; the generic form `\# …` is understood for every type, RFC 3597 §5. */
export function rdataFromText(type: number, text: string, context: TextContext): Uint8Array | RdataFault[] {
  if (/^\s*\\#(\s|$)/.test(text)) return rdataFromGeneric(type, text.trim(), context);
  let at = 0;
  const encoded = encodeFields(rdataType(type), (field, earlier) => {
    const { raw, end } = takeText(field, text, at);
    at = end;
    return field.fromText(raw, context, earlier);
  });
  const surplus = nextToken(text, at);
  if (surplus === null || Array.isArray(encoded)) return encoded;
  return refuseContent('surplus', `“${surplus.raw}” stands after the last field of the record.`);
}

/** What of the text from `at` on is a field's: the rest of it, one word, or the words up to the one that ends the field. */
function takeText({ rest, until }: TextField<unknown>, text: string, at: number): { raw: string; end: number } {
  if (rest) return { raw: text.slice(at).trim(), end: text.length };
  let token = nextToken(text, at);
  if (until === undefined) return token ?? { raw: '', end: text.length };
  while (token !== null && !until.test(token.raw)) token = nextToken(text, token.end);
  const end = token?.end ?? text.length;
  return { raw: text.slice(at, end).trim(), end };
}

/** Octets that a person gave for a type with fields must still be RDATA of that type, or every reader would stumble. */
function rdataFromGeneric(type: number, text: string, context: TextContext): Uint8Array | RdataFault[] {
  const octets = parseGeneric(text);
  const field = rdataType(type).fields[0]!.key === 'rdata' ? 'rdata' : 'content';
  if (octets instanceof FieldFault) return [{ field, fault: octets }];
  if (field === 'rdata') return octets;
  if (decodeFields(rdataType(type), new Reader(octets)) === null) {
    return refuseContent('bad_rdata', `These octets are not the RDATA of a record of type ${typeToText(type)}.`);
  }
  // What may not be written in fields may not be written in octets either.
  const again = rdataFromText(type, rdataToText(type, octets), context);
  return Array.isArray(again) ? again : octets;
}

function refuseContent(code: string, message: string): RdataFault[] {
  return [{ field: 'content', fault: new FieldFault(code, message) }];
}

function encodeFields(
  row: RdataType,
  read: (field: TextField<unknown>, earlier: Earlier) => unknown,
): Uint8Array | RdataFault[] {
  const faults: RdataFault[] = [];
  const values = new Map<string, unknown>();
  for (const field of row.fields) {
    const value = read(field, values);
    if (value instanceof FieldFault) faults.push({ field: field.key, fault: value });
    else values.set(field.key, value);
  }
  if (faults.length > 0) return faults;
  const writer = new Writer(new Uint8Array(MAX_RDATA));
  if (row.wire === undefined) for (const field of row.fields) field.encode(values.get(field.key), writer);
  else row.wire.encode([...values.values()], writer);
  if (!writer.overflow) return writer.octets.slice(0, writer.position);
  const message = `All fields together have more than ${MAX_RDATA} octets: their length travels in 16 bits (RFC 1035 §3.2.1).`;
  return refuseContent('rdata_too_long', message);
}

/** The values of all fields, or null when the octets up to the reader's end are not RDATA of this type. */
function decodeFields(row: RdataType, reader: Reader, onField?: OnField): unknown[] | null {
  const values = row.wire === undefined ? decodeInOrder(row.fields, reader, onField) : row.wire.decode(reader);
  const whole = reader.fault === null && reader.position === reader.end;
  return whole && values !== null && !values.includes(null) ? values : null;
}

type OnField = (field: Field<unknown>, value: unknown, start: number, end: number) => void;

function decodeInOrder(fields: readonly Field<unknown>[], reader: Reader, onField?: OnField): unknown[] | null {
  // RDATA by itself has no message around it that a compression pointer could lead into.
  const alone = reader.position === 0;
  const values = new Map<string, unknown>();
  for (const field of fields) {
    const start = reader.position;
    const value = field.decode(reader, values);
    if (value === null) return null;
    if (field.isName && alone && (value as Name).octets.length !== reader.position - start) return null;
    onField?.(field, value, start, reader.position);
    values.set(field.key, value);
  }
  return [...values.values()];
}

/** Presentation form of RDATA that may lie inside a message, its names compressed; generic form when it is malformed. */
export function rdataToText(type: number, message: Uint8Array, start = 0, end = message.length): string {
  const { fields } = rdataType(type);
  const values = decodeFields(rdataType(type), new Reader(message, start, end));
  if (values === null) return formatGeneric(message.subarray(start, end));
  return values
    .map((value, i) => fields[i]!.toText(value))
    .filter((text) => text !== '')
    .join(' ');
}

/** One field of RDATA where it lies in its message. */
export interface RdataPart {
  readonly key: string;
  readonly isName: boolean;
  readonly start: number;
  readonly end: number;
  /** Presentation form. */
  readonly text: string;
}

/**
 * The fields of RDATA inside a message; empty when it is malformed, or when its octets stand in another order than its text and
 * so are no fields one behind the other.
 */
export function rdataParts(type: number, message: Uint8Array, start: number, end: number): RdataPart[] {
  const parts: RdataPart[] = [];
  const values = decodeFields(rdataType(type), new Reader(message, start, end), (field, value, from, to) => {
    parts.push({ key: field.key, isName: field.isName, start: from, end: to, text: field.toText(value) });
  });
  return values === null ? [] : parts;
}

/** JSON members of RDATA by field key; only `rdata`, generic form, when it is malformed. */
export function rdataToJson(type: number, rdata: Uint8Array): Record<string, string | number> {
  const { fields } = rdataType(type);
  const values = decodeFields(rdataType(type), new Reader(rdata));
  if (values === null) return { rdata: formatGeneric(rdata) };
  return Object.fromEntries(values.map((value, i) => [fields[i]!.key, fields[i]!.toJson(value)]));
}

/**
 * RDATA inside a message that somebody wants to see in a zone, in wire form with its names uncompressed: null when it is malformed,
 * and faults for what may not be written as text either.
 */
export function rdataFromMessage(
  type: number,
  message: Uint8Array,
  start: number,
  end: number,
): Uint8Array | RdataFault[] | null {
  const values = decodeFields(rdataType(type), new Reader(message, start, end));
  if (values === null) return null;
  const text = rdataToText(type, message, start, end);
  return rdataFromText(type, text, { origin: Name.root, style: 'zone-file' });
}

/** The names inside RDATA, and where in its octets they stand, one behind the other. */
export interface EmbeddedNames {
  readonly names: readonly Name[];
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the names of uncompressed RDATA that are fields of their own; null when it has none or is malformed. Those that HIP
 * and IPSECKEY may have are not among them: nothing is looked up or compressed there.
 */
export function embeddedNames(type: number, rdata: Uint8Array): EmbeddedNames | null {
  const row = rdataType(type);
  if (row.wire !== undefined || !row.fields.some(({ isName }) => isName)) return null;
  const names: Name[] = [];
  let first = 0;
  let last = 0;
  const values = decodeFields(row, new Reader(rdata), (field, value, start, end) => {
    if (!field.isName) return;
    if (names.length === 0) first = start;
    last = end;
    names.push(value as Name);
  });
  return values === null || names.length === 0 ? null : { names, start: first, end: last };
}
