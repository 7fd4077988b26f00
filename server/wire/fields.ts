import { classToText, optionToText, TYPE, typeToText } from './codes.ts';
import { AT, u16At } from './header.ts';
import { HEADER_SIZE } from './limits.ts';
import { decodeMessage, type DecodedMessage, type EntryPlace, type SectionName } from './message.ts';
import { nameToText } from './name.ts';
import { optionParts } from './options.ts';
import { rdataParts, rdataToText } from './rdata.ts';
import { Reader } from './reader.ts';

/** One field of a message: the octets from `start` up to `end`, and what they say. */
export interface MessageField {
  /** `edns` is OPT, wherever it stands. */
  section: 'header' | SectionName | 'edns';
  /** Which question or record of the section, from 0. In `edns` OPT itself counts, and then each of its options. */
  index: number;
  key: string;
  start: number;
  end: number;
  value: string;
  /** The compression pointer that a name ends in, RFC 1035 §4.1.4: where it lies, and where it leads. */
  pointer?: { at: number; to: number };
}

/** A whole message for people, and which octet says what. Never throws, whatever the octets are. */
export function decodeMessageFields(octets: Uint8Array): { message: DecodedMessage; fields: MessageField[] } {
  const places: EntryPlace[] = [];
  const message = decodeMessage(octets, (place) => places.push(place));
  const fields = headerFields(octets);
  const counts = new Map<string, number>();
  for (const place of places) {
    const section = isOpt(octets, place) ? 'edns' : place.section;
    const index = counts.get(section) ?? 0;
    const found =
      section === 'edns'
        ? ednsFields(octets, place, index)
        : entryFields(octets, place).map((field) => ({ ...field, section, index }));
    fields.push(...found);
    counts.set(section, found.at(-1)!.index + 1);
  }
  return { message, fields };
}

type Found = Omit<MessageField, 'section' | 'index'>;

function headerFields(octets: Uint8Array): MessageField[] {
  if (octets.length < HEADER_SIZE) return [];
  const keys = ['id', 'flags', 'qdcount', 'ancount', 'nscount', 'arcount'];
  return keys.map((key, i) => ({
    section: 'header',
    index: 0,
    key,
    start: 2 * i,
    end: 2 * i + 2,
    value: key === 'flags' ? `0x${u16At(octets, AT.FLAGS).toString(16).padStart(4, '0')}` : `${u16At(octets, 2 * i)}`,
  }));
}

function isOpt(octets: Uint8Array, { section, rdata }: EntryPlace): boolean {
  return section !== 'question' && u16At(octets, rdata - 10) === TYPE.OPT;
}

function entryFields(octets: Uint8Array, { section, start, rdata, end }: EntryPlace): Found[] {
  const isQuestion = section === 'question';
  const fixed = isQuestion ? rdata - 4 : rdata - 10;
  const fields: Found[] = [
    nameField(octets, 'name', start, fixed),
    { key: 'type', start: fixed, end: fixed + 2, value: typeToText(u16At(octets, fixed)) },
    { key: 'class', start: fixed + 2, end: fixed + 4, value: classToText(u16At(octets, fixed + 2)) },
  ];
  if (isQuestion) return fields;
  const type = u16At(octets, fixed);
  return [
    ...fields,
    { key: 'ttl', start: fixed + 4, end: fixed + 8, value: `${new Reader(octets, fixed + 4).u32()}` },
    { key: 'rdlength', start: fixed + 8, end: rdata, value: `${end - rdata}` },
    ...rdataFields(octets, type, rdata, end),
  ];
}

function rdataFields(octets: Uint8Array, type: number, start: number, end: number): Found[] {
  const parts = rdataParts(type, octets, start, end);
  if (parts.length === 0)
    return end > start ? [{ key: 'rdata', start, end, value: rdataToText(type, octets, start, end) }] : [];
  return parts.map(({ key, isName, start: from, end: to, text }) =>
    isName ? nameField(octets, key, from, to) : { key, start: from, end: to, value: text },
  );
}

function nameField(octets: Uint8Array, key: string, start: number, end: number): Found {
  const value = nameToText(new Reader(octets, start).name());
  let at = start;
  while (at < end && octets[at]! < 0xc0 && octets[at] !== 0) at += octets[at]! + 1;
  if (at + 2 !== end || octets[at]! < 0xc0) return { key, start, end, value };
  return { key, start, end, value, pointer: { at, to: u16At(octets, at) & 0x3fff } };
}

/** OPT keeps other things than records do where they have class and TTL, RFC 6891 §6.1.2. */
function ednsFields(octets: Uint8Array, { start, rdata, end }: EntryPlace, first: number): MessageField[] {
  const fixed = rdata - 10;
  const bits = u16At(octets, fixed + 6);
  const opt: Found[] = [
    nameField(octets, 'name', start, fixed),
    { key: 'type', start: fixed, end: fixed + 2, value: 'OPT' },
    { key: 'udpSize', start: fixed + 2, end: fixed + 4, value: `${u16At(octets, fixed + 2)}` },
    { key: 'extendedRcode', start: fixed + 4, end: fixed + 5, value: `${octets[fixed + 4]}` },
    { key: 'version', start: fixed + 5, end: fixed + 6, value: `${octets[fixed + 5]}` },
    { key: 'ednsFlags', start: fixed + 6, end: fixed + 8, value: (bits & 0x8000) === 0 ? '' : 'DO' },
    { key: 'rdlength', start: fixed + 8, end: rdata, value: `${end - rdata}` },
  ];
  const fields: MessageField[] = opt.map((field) => ({ ...field, section: 'edns', index: first }));
  const reader = new Reader(octets, rdata, end);
  for (let index = first + 1; reader.remaining > 0; index++) {
    const at = reader.position;
    const code = reader.u16();
    const value = reader.bytes(reader.u16());
    if (reader.fault !== null) break;
    fields.push(...optionFields(code, value, at).map((field) => ({ ...field, section: 'edns' as const, index })));
  }
  return fields;
}

function optionFields(code: number, value: Uint8Array, at: number): Found[] {
  const from = at + 4;
  const parts = optionParts(code, value);
  const whole: Found = { key: 'value', start: from, end: from + value.length, value: Buffer.from(value).toString('hex') };
  return [
    { key: 'option', start: at, end: at + 2, value: optionToText(code) },
    { key: 'optionLength', start: at + 2, end: from, value: `${value.length}` },
    ...parts.map(({ key, start, end, text }) => ({ key, start: from + start, end: from + end, value: text })),
    ...(parts.length === 0 && value.length > 0 ? [whole] : []),
  ];
}
