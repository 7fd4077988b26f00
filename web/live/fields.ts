import type { FieldJson, MessageJson } from '../../server/http/protocol.ts';
import { strings } from '../strings/strings.ts';

/** A field with its place among all fields of the message. */
export interface PlacedField extends FieldJson {
  readonly place: number;
}

/** One question, record or option: its fields in the order of the octets. */
export interface Entry {
  readonly section: FieldJson['section'];
  readonly index: number;
  readonly fields: readonly PlacedField[];
}

/** The fields of a message, put together to what they belong to. */
export function entriesOf({ fields }: MessageJson): Entry[] {
  const entries: { section: FieldJson['section']; index: number; fields: PlacedField[] }[] = [];
  for (const [place, field] of fields.entries()) {
    const last = entries.at(-1);
    if (last && last.section === field.section && last.index === field.index) last.fields.push({ ...field, place });
    else entries.push({ section: field.section, index: field.index, fields: [{ ...field, place }] });
  }
  return entries;
}

/** What a field is called, and what it is for. A field of a record type that nobody has described is called as in JSON. */
export function wordsOfField({ section, key }: FieldJson): [label: string, why: string] {
  return (section === 'edns' && key === 'name' ? strings.messageFields['name'] : strings.messageFields[key]) ?? [key, ''];
}

/** Which field each octet belongs to: its place, or -1. */
export function placesOf(message: MessageJson): Int32Array {
  const places = new Int32Array(message.octets.length / 2).fill(-1);
  for (const [place, { start, end }] of message.fields.entries()) places.fill(place, start, end);
  return places;
}

/** Up to where the name goes that begins at octet `from`: past its root, or past the pointer that it ends in. */
export function endOfName(octets: string, from: number): number {
  let at = from;
  for (;;) {
    const length = Number.parseInt(octets.slice(2 * at, 2 * at + 2), 16);
    if (!(length > 0)) return at + 1;
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
}
