import type { RecordJson, RecordLineJson } from '../../server/http/protocol.ts';
import { withoutFinalDot } from '../format.ts';
import { formOf, type FieldForm } from './forms.ts';

/** Punycode where a label is not ASCII. The URL parser is the only IDNA that a browser hands out. */
function toAscii(label: string): string {
  if (!/[^\0-\x7F]/.test(label)) return label;
  try {
    return new URL(`http://${label}`).hostname;
  } catch {
    return label;
  }
}

/** A name in a record's data: blanks off, punycode, final dot. One label alone stays bare, because the server asks about it. */
function absolute(text: string, zone: string): string {
  const name = text.trim();
  if (name === '@') return zone;
  const ascii = name.split('.').map(toAscii).join('.');
  return ascii === '' || ascii.endsWith('.') || !ascii.includes('.') ? ascii : `${ascii}.`;
}

/** The full name that a Name field stands for. The zone is not put behind a name that already ends in it. */
export function fullName(name: string, zone: string): string {
  const ascii = name.trim().split('.').map(toAscii).join('.');
  const plain = withoutFinalDot(ascii);
  const origin = withoutFinalDot(zone).toLowerCase();
  if (plain === '' || plain === '@' || plain.toLowerCase() === origin) return zone;
  if (plain.toLowerCase().endsWith(`.${origin}`)) return `${plain}.`;
  return ascii.endsWith('.') ? ascii : `${plain}.${zone}`;
}

/** The host in what was copied from the address bar of a browser; empty for anything else. */
export function hostOfUrl(text: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/([^/\s:?#]+)/i.exec(text.trim())?.[1] ?? '';
}

/** Text as a zone file quotes it: strings of at most 255 octets. Who begins with a quote has written that form already. */
function quoted(text: string): string {
  if (text.startsWith('"')) return text;
  const octets = new TextEncoder().encode(text);
  const strings: string[] = [];
  for (let start = 0; start < octets.length || start === 0; start += 255) {
    const parts = Array.from(octets.subarray(start, start + 255), escaped);
    strings.push(`"${parts.join('')}"`);
  }
  return strings.join(' ');
}

function escaped(octet: number): string {
  if (octet < 0x20 || octet > 0x7e) return `\\${String(octet).padStart(3, '0')}`;
  const character = String.fromCharCode(octet);
  return character === '"' || character === '\\' ? `\\${character}` : character;
}

/** RFC 1035 §3.3.13 writes a mailbox as a name: dots before the @ are escaped, the @ becomes one. */
function mailbox(text: string, zone: string): string {
  const at = text.indexOf('@');
  if (at < 1) return absolute(text, zone);
  return absolute(`${text.slice(0, at).replaceAll('.', '\\.')}.${text.slice(at + 1)}`, zone);
}

/** One <character-string>: quoted, never parted. */
function quotedOnce(text: string): string {
  return text.startsWith('"') ? text : `"${Array.from(new TextEncoder().encode(text), escaped).join('')}"`;
}

function part({ kind, optional }: FieldForm, value: string, zone: string): string {
  const text = value.trim();
  if (text === '' && kind !== 'quoted') return optional ? '' : '…';
  if (text === '') return optional ? '""' : '…';
  if (kind === 'name') return absolute(text, zone);
  if (kind === 'mailbox') return mailbox(text, zone);
  if (kind === 'strings') return quoted(text);
  return kind === 'quoted' ? quotedOnce(text) : text;
}

/** What is typed into a form, whole or not. */
export interface Draft {
  name: string;
  type: string;
  ttl: string;
  values: Record<string, string>;
}

/** The line as a zone file would say it, from whatever is typed so far. `…` stands for what is still missing. */
export function zoneLine({ name, type, ttl, values }: Draft, zone: string): string {
  const data = formOf(type).fields.map((field) => part(field, values[field.key] ?? '', zone));
  const owner = name.trim() === '' ? `….${zone}` : fullName(name, zone);
  const words = [owner, ttl.trim() || '…', 'IN', type.trim() || '…', ...data];
  return words.filter((word) => word !== '').join(' ');
}

/** Records that share name and type with the one being written, but not its TTL: they will change with it. */
export function ttlSiblings(
  records: readonly RecordJson[],
  edited: { id?: number | undefined; name: string; type: string; ttl: string },
  zone: string,
): RecordJson[] {
  const owner = fullName(edited.name, zone).toLowerCase();
  const type = edited.type.trim().toUpperCase();
  return records.filter(
    (record) =>
      record.id !== edited.id &&
      record.type === type &&
      fullName(record.name, zone).toLowerCase() === owner &&
      String(record.ttl) !== edited.ttl.trim(),
  );
}

/** Lines that bring records back, as a zone file has them. */
export function textOf(records: readonly RecordLineJson[]): string {
  return records.map(({ name, ttl, type, content }) => `${name} ${ttl} IN ${type} ${content}\n`).join('');
}

export type SortKey = 'name' | 'type' | 'content' | 'ttl';

/** How the table is sorted. */
export interface Sorting {
  key: SortKey;
  down: boolean;
}

/** By something else than the name, names still stand together: each where its first record does. Gives a new list. */
export function sortRecords(records: readonly RecordJson[], { key, down }: Sorting): RecordJson[] {
  const sign = down ? -1 : 1;
  const place = new Map<string, number>();
  const sorted = key === 'name' ? [...records] : records.toSorted((a, b) => sign * compare(a[key]!, b[key]!));
  for (const { name } of sorted) if (!place.has(name)) place.set(name, place.size);
  const nameSign = key === 'name' ? sign : 1;
  return sorted.sort((a, b) => nameSign * (place.get(a.name)! - place.get(b.name)!));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

export interface NameGroup {
  name: string;
  records: RecordJson[];
}

/** Neighbours of one name, in the order given. */
export function groupByName(records: readonly RecordJson[]): NameGroup[] {
  const groups: NameGroup[] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (last && last.name === record.name) last.records.push(record);
    else groups.push({ name: record.name, records: [record] });
  }
  return groups;
}
