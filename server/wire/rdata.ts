import { typeToText } from './codes.ts';
import { MAX_RDATA } from './limits.ts';
import type { Name } from './name.ts';
import { a } from './rdata/a.ts';
import { aaaa } from './rdata/aaaa.ts';
import { caa } from './rdata/caa.ts';
import { cname } from './rdata/cname.ts';
import { FieldFault, type Field, type RdataType, type TextContext } from './rdata/field.ts';
import { mx } from './rdata/mx.ts';
import { ns } from './rdata/ns.ts';
import { formatGeneric, opaqueType, parseGeneric } from './rdata/opaque.ts';
import { ptr } from './rdata/ptr.ts';
import { soa } from './rdata/soa.ts';
import { srv } from './rdata/srv.ts';
import { https, svcb } from './rdata/svcb.ts';
import { txt } from './rdata/txt.ts';
import { Reader } from './reader.ts';
import { nextToken } from './text.ts';
import { Writer } from './writer.ts';

/** Every type that has fields of its own; the others are octets, RFC 3597. */
export const RDATA_TYPES: readonly RdataType[] = [a, aaaa, caa, cname, https, mx, ns, ptr, soa, srv, svcb, txt];

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
  const row = rdataType(type);
  return encodeFields(row, (field) => {
    const value = json[field.key];
    if (value !== undefined && typeof value !== 'string' && typeof value !== 'number') {
      return new FieldFault('not_text', `${field.key} must be text or a number.`);
    }
    return field.fromJson(String(value ?? '').trim(), context);
  });
}

/** RDATA in wire form from presentation form; the generic form `\# …` is understood for every type, RFC 3597 §5. */
export function rdataFromText(type: number, text: string, context: TextContext): Uint8Array | RdataFault[] {
  if (/^\s*\\#(\s|$)/.test(text)) return rdataFromGeneric(type, text.trim());
  let at = 0;
  const encoded = encodeFields(rdataType(type), (field) => {
    if (field.rest) {
      const rest = text.slice(at).trim();
      at = text.length;
      return field.fromText(rest, context);
    }
    const token = nextToken(text, at);
    at = token?.end ?? text.length;
    return field.fromText(token?.raw ?? '', context);
  });
  const surplus = nextToken(text, at);
  if (surplus === null || Array.isArray(encoded)) return encoded;
  return [
    { field: 'content', fault: new FieldFault('surplus', `“${surplus.raw}” stands after the last field of the record.`) },
  ];
}

/** Octets that a person gave for a type with fields must still be RDATA of that type, or every reader would stumble. */
function rdataFromGeneric(type: number, text: string): Uint8Array | RdataFault[] {
  const octets = parseGeneric(text);
  const field = rdataType(type).fields[0]!.key === 'rdata' ? 'rdata' : 'content';
  if (octets instanceof FieldFault) return [{ field, fault: octets }];
  if (decodeFields(type, new Reader(octets)) !== null) return octets;
  return [
    { field, fault: new FieldFault('bad_rdata', `These octets are not the RDATA of a record of type ${typeToText(type)}.`) },
  ];
}

function encodeFields(row: RdataType, read: (field: Field<unknown>) => unknown): Uint8Array | RdataFault[] {
  const faults: RdataFault[] = [];
  const writer = new Writer(new Uint8Array(MAX_RDATA));
  for (const field of row.fields) {
    const value = read(field);
    if (value instanceof FieldFault) faults.push({ field: field.key, fault: value });
    else field.encode(value, writer);
  }
  if (faults.length > 0) return faults;
  return writer.octets.slice(0, writer.position);
}

/** The values of all fields, or null when the octets up to the reader's end are not RDATA of this type. */
function decodeFields(type: number, reader: Reader): unknown[] | null {
  const values = rdataType(type).fields.map((field) => field.decode(reader));
  return reader.fault === null && reader.position === reader.end && !values.includes(null) ? values : null;
}

/** Presentation form of RDATA that may lie inside a message, its names compressed; generic form when it is malformed. */
export function rdataToText(type: number, message: Uint8Array, start = 0, end = message.length): string {
  const values = decodeFields(type, new Reader(message, start, end));
  if (values === null) return formatGeneric(message.subarray(start, end));
  return rdataType(type)
    .fields.map((field, i) => field.toText(values[i]))
    .filter((text) => text !== '')
    .join(' ');
}

/** JSON members of RDATA by field key; only `rdata`, generic form, when it is malformed. */
export function rdataToJson(type: number, rdata: Uint8Array): Record<string, string | number> {
  const values = decodeFields(type, new Reader(rdata));
  if (values === null) return { rdata: formatGeneric(rdata) };
  return Object.fromEntries(rdataType(type).fields.map((field, i) => [field.key, field.toJson(values[i])]));
}

/** The names inside RDATA, and where in its octets they stand, one behind the other. */
export interface EmbeddedNames {
  readonly names: readonly Name[];
  readonly start: number;
  readonly end: number;
}

/** Finds the names of well-formed, uncompressed RDATA; null when its type has none. */
export function embeddedNames(type: number, rdata: Uint8Array): EmbeddedNames | null {
  const reader = new Reader(rdata);
  const names: Name[] = [];
  let start = -1;
  let end = -1;
  for (const field of rdataType(type).fields) {
    const at = reader.position;
    const value = field.decode(reader);
    if (!field.isName || value === null) continue;
    if (start === -1) start = at;
    end = reader.position;
    names.push(value as Name);
  }
  return names.length === 0 ? null : { names, start, end };
}
