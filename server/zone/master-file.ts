import { isDataType, TYPE, typeFromText } from '../wire/codes.ts';
import { MAX_TTL } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { rdataFromText, rdataType } from '../wire/rdata.ts';
import { FieldFault } from '../wire/rdata/field.ts';
import { parseName } from '../wire/rdata/names.ts';
import { LexicalFault, readEntries, type Entry, type Position, type Word } from './lexer.ts';
import { RecordSet } from './record-set.ts';
import type { ZoneRecord } from './rrset.ts';

/** One thing wrong with a master file. `field` is that of the record, when one is at fault. */
export interface MasterFault extends Position {
  readonly message: string;
  readonly code: string;
  readonly field?: string;
}

/** A record, and where its entry begins. */
export interface PlacedRecord extends Position {
  readonly record: ZoneRecord;
}

/** What a master file says, before anybody asks whether it goes together; no record has a fault of its own. */
export interface MasterText {
  readonly records: readonly PlacedRecord[];
  readonly faults: readonly MasterFault[];
}

/** Faults of one file that are told; more of them say nothing new. */
const MAX_FAULTS = 50;

/**
 * Reads a master file (RFC 1035 §5, $TTL of RFC 2308 §4, unknown types of RFC 3597 §5) for the zone `origin`. TTL and class
 * may stand in any order, TTLs may have units (`1h30m`). Gives the records, or every fault: then the zone is refused whole.
 * $INCLUDE is refused, for it would open files that nobody named.
 */
export function parseMasterFile(text: string, origin: Name): ZoneRecord[] | MasterFault[] {
  const { records, faults } = readMasterFile(text, origin);
  const set = new RecordSet(origin);
  const refused = [...faults, ...records.flatMap((placed) => refuseAddition(set, placed))];
  if (refused.length === 0 && !set.records.some(({ type }) => type === TYPE.SOA)) {
    refused.push({ line: 1, column: 1, code: 'no_soa', message: `no SOA record for ${origin.toText()}` });
  }
  return refused.length > 0 ? refused.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_FAULTS) : set.records;
}

/** Adds a record to others and says what speaks against it. The same twice is one: generated files are full of them. */
function refuseAddition(set: RecordSet, { record, line, column }: PlacedRecord): MasterFault[] {
  return set
    .add(record)
    .filter(({ code }) => code !== 'duplicate')
    .map(({ field, code, message }) => ({ field, code, message, line, column }));
}

/** What to read with, beside the text. */
export interface ReadOptions {
  /** Seconds, for records before which no TTL was said; without it such a record is at fault. */
  readonly defaultTtl?: number;
  /** Records after which reading stops with a fault. */
  readonly maxRecords?: number;
}

/** The same, but for what records have to do with each other and with the zone: owners may lie anywhere. */
export function readMasterFile(
  text: string,
  origin: Name,
  { defaultTtl, maxRecords = Infinity }: ReadOptions = {},
): MasterText {
  const reader = new MasterReader(origin, defaultTtl ?? null);
  // Some editors put a mark in front that says that what follows is UTF-8.
  for (const entry of readEntries(text.replace(/^\ufeff/, ''))) {
    if (entry instanceof LexicalFault) reader.fault(entry.position, entry.message);
    else reader.read(entry);
    if (reader.faults.length >= MAX_FAULTS) break;
    if (reader.records.length <= maxRecords) continue;
    const { line, column } = reader.records.at(-1)!;
    const message = `More than ${maxRecords} records; what stands from here on was not looked at.`;
    reader.faults.push({ line, column, code: 'too_many_records', message });
    break;
  }
  return reader;
}

class MasterReader implements MasterText {
  readonly faults: MasterFault[] = [];
  readonly records: PlacedRecord[] = [];
  private origin: Name;
  private owner: Name | null = null;
  private defaultTtl: number | null = null;
  private lastTtl: number | null;

  constructor(origin: Name, ttl: number | null) {
    this.origin = origin;
    this.lastTtl = ttl;
  }

  fault(
    { line, column }: Position,
    message: string,
    { code, field }: { code: string; field?: string } = { code: 'syntax' },
  ): void {
    this.faults.push({ line, column, message, code, ...(field !== undefined && { field }) });
  }

  read(entry: Entry): void {
    const [first] = entry.words;
    if (first!.raw.startsWith('$') && !entry.inheritsOwner) this.readDirective(first!, entry.words.slice(1));
    else this.readRecord(entry);
  }

  private readDirective(directive: Word, words: readonly Word[]): void {
    const [argument, surplus] = words;
    const name = directive.raw.toUpperCase();
    if (name !== '$ORIGIN' && name !== '$TTL') {
      const why =
        name === '$INCLUDE'
          ? '$INCLUDE is not followed here: put everything into one file'
          : `${directive.raw} is no directive`;
      this.fault(directive, why);
    } else if (argument === undefined || surplus !== undefined) {
      this.fault(surplus ?? directive, `${name} takes one word`);
    } else if (name === '$ORIGIN') {
      this.origin = this.readName(argument) ?? this.origin;
    } else {
      this.defaultTtl = parseTtl(argument.raw);
      if (this.defaultTtl === null) this.fault(argument, `“${argument.raw}” is no TTL`);
    }
  }

  private readRecord({ words, inheritsOwner, line }: Entry): void {
    const rest = [...words];
    if (!inheritsOwner) this.owner = this.readName(rest.shift()!);
    const head = this.readHead(rest, line);
    if (head === null || this.owner === null) {
      if (inheritsOwner && this.owner === null && this.faults.length === 0)
        this.fault({ line, column: 1 }, 'a record without an owner');
      return;
    }
    const { type, ttl } = head;
    const rdata = rdataFromText(type, rest.map(({ raw }) => raw).join(' '), { origin: this.origin, style: 'zone-file' });
    if (Array.isArray(rdata)) {
      for (const { field, fault } of rdata) {
        this.fault(wordOf(type, field, rest) ?? words.at(-1)!, fault.message, { code: fault.code, field });
      }
      return;
    }
    const { column } = words[0]!;
    this.records.push({ record: { owner: this.owner, type, ttl, rdata }, line, column });
  }

  /** Takes TTL, class and type from the front, the first two in any order or absent. */
  private readHead(words: Word[], line: number): { type: number; ttl: number } | null {
    let ttl: number | null = null;
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      const type = typeFromText(word.raw);
      if (type !== undefined) {
        if (!isDataType(type)) return this.refuse(word, `${word.raw} exists only in messages, not in zones`);
        ttl ??= this.defaultTtl ?? this.lastTtl;
        if (ttl === null) return this.refuse(word, 'no TTL: give one here, or a $TTL above');
        this.lastTtl = ttl;
        return { type, ttl };
      }
      const number = parseTtl(word.raw);
      if (number !== null && ttl === null) ttl = number;
      else if (/^(IN|CLASS0*1)$/i.test(word.raw)) continue;
      else if (/^(CH|HS|CLASS\d+)$/i.test(word.raw)) return this.refuse(word, `class ${word.raw} is not served; only IN is`);
      else return this.refuse(word, `“${word.raw}” is no TTL, class or type`);
    }
    return this.refuse({ line, column: 1 }, 'a record without a type');
  }

  private readName(word: Word): Name | null {
    const name = parseName(word.raw, { origin: this.origin, style: 'zone-file' });
    if (!(name instanceof FieldFault)) return name;
    return this.refuse(word, name.message);
  }

  private refuse(at: Position, message: string): null {
    this.fault(at, message);
    return null;
  }
}

/** The word that a field of the RDATA was read from. */
function wordOf(type: number, field: string, words: readonly Word[]): Word | undefined {
  const index = rdataType(type).fields.findIndex(({ key }) => key === field);
  return words[Math.min(Math.max(index, 0), words.length - 1)];
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds, also as `1w2d3h4m5s`; null when it is no TTL. */
function parseTtl(text: string): number | null {
  if (!/^(\d+|(\d+[smhdw])+)$/i.test(text)) return null;
  const parts = text.match(/\d+[smhdw]?/gi)!;
  const seconds = parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (UNITS[part.at(-1)!.toLowerCase()] ?? 1), 0);
  return seconds <= MAX_TTL ? seconds : null;
}
