import type { RecordInput, RecordJson } from '../../server/http/protocol.ts';
import { withoutFinalDot } from '../format.ts';

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

type Values = Record<string, string>;

const NAMES = new Set(['target', 'exchange', 'mname']);

function part(type: string, key: string, value: string, zone: string): string {
  if (NAMES.has(key)) return absolute(value, zone);
  if (key === 'rname') return mailbox(value.trim(), zone);
  if (key === 'text' || (type === 'CAA' && key === 'value')) return quoted(value.trim());
  return value.trim();
}

/** The line as a zone file would say it, from whatever is typed so far. `…` stands for what is still missing. */
export function zoneLine(record: { name: string; type: string; ttl: string; values: Values }, zone: string): string {
  const data = Object.entries(record.values).map(([key, value]) => {
    if (value.trim() === '') return key === 'params' ? '' : '…';
    return part(record.type, key, value, zone);
  });
  const owner = record.name.trim() === '' ? `….${zone}` : fullName(record.name, zone);
  const words = [owner, record.ttl.trim() || '…', 'IN', record.type.trim() || '…', ...data];
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

/** What recreates a record: its typed members, or its content when it has none. */
export function inputOf(record: RecordJson): RecordInput {
  const { id: _id, content, name, type, ttl, ...fields } = record;
  return Object.keys(fields).length > 0 ? { name, type, ttl, ...fields } : { name, type, ttl, content };
}

export interface NameGroup {
  name: string;
  records: RecordJson[];
}

/** Neighbours of one name, in the order in which the server gave them. */
export function groupByName(records: readonly RecordJson[]): NameGroup[] {
  const groups: NameGroup[] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (last && last.name === record.name) last.records.push(record);
    else groups.push({ name: record.name, records: [record] });
  }
  return groups;
}
