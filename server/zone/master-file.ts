import { isDataType, TYPE, typeFromText } from '../wire/codes.ts';
import { MAX_TTL } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { rdataFromText, rdataType } from '../wire/rdata.ts';
import { FieldFault } from '../wire/rdata/field.ts';
import { parseName } from '../wire/rdata/names.ts';
import { checkAddition } from './check.ts';
import { LexicalFault, readEntries, type Entry, type Position, type Word } from './lexer.ts';
import type { ZoneRecord } from './rrset.ts';

/** One thing wrong with a master file. */
export interface MasterFault extends Position {
  readonly message: string;
}

/** Faults of one file that are told; more of them say nothing new. */
const MAX_FAULTS = 50;

/**
 * Reads a master file (RFC 1035 §5, $TTL of RFC 2308 §4, unknown types of RFC 3597 §5) for the zone `origin`. TTL and class
 * may stand in any order, TTLs may have units (`1h30m`). Gives the records, or every fault: then the zone is refused whole.
 * $INCLUDE is refused, for it would open files that nobody named.
 */
export function parseMasterFile(text: string, origin: Name): ZoneRecord[] | MasterFault[] {
  const reader = new MasterReader(origin);
  for (const entry of readEntries(text)) {
    if (entry instanceof LexicalFault) reader.fault(entry.position, entry.message);
    else reader.read(entry);
    if (reader.faults.length >= MAX_FAULTS) break;
  }
  return reader.finish();
}

class MasterReader {
  readonly faults: MasterFault[] = [];
  private readonly records: ZoneRecord[] = [];
  /** Records by owner, so that each is checked against its siblings alone. */
  private readonly siblings = new Map<string, ZoneRecord[]>();
  private readonly zone: Name;
  private origin: Name;
  private owner: Name | null = null;
  private defaultTtl: number | null = null;
  private lastTtl: number | null = null;

  constructor(zone: Name) {
    this.zone = this.origin = zone;
  }

  fault({ line, column }: Position, message: string): void {
    this.faults.push({ line, column, message });
  }

  read(entry: Entry): void {
    const [first] = entry.words;
    if (first!.raw.startsWith('$') && !entry.inheritsOwner) this.readDirective(first!, entry.words.slice(1));
    else this.readRecord(entry);
  }

  finish(): ZoneRecord[] | MasterFault[] {
    if (this.faults.length === 0 && !this.records.some(({ type }) => type === TYPE.SOA)) {
      this.fault({ line: 1, column: 1 }, `no SOA record for ${this.zone.toText()}`);
    }
    return this.faults.length > 0 ? this.faults : this.records;
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
      for (const { field, fault } of rdata) this.fault(wordOf(type, field, rest) ?? words.at(-1)!, fault.message);
      return;
    }
    this.add({ owner: this.owner, type, ttl, rdata }, words[0]!);
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
      else if (/^(CH|HS|CLASS\d+)$/i.test(word.raw)) return this.refuse(word, `class ${word.raw} is not served; only IN is`);
      else if (!/^IN$/i.test(word.raw)) return this.refuse(word, `“${word.raw}” is no TTL, class or type`);
    }
    return this.refuse({ line, column: 1 }, 'a record without a type');
  }

  private add(record: ZoneRecord, at: Position): void {
    const key = Buffer.from(record.owner.octets).toString('latin1').toLowerCase();
    const others = this.siblings.get(key) ?? [];
    // The same record twice is one record: RFC 2181 §5, and generated files are full of them.
    const faults = checkAddition(record, others, this.zone).filter(({ code }) => code !== 'duplicate');
    for (const { message } of faults) this.fault(at, message);
    if (
      faults.length > 0 ||
      others.some((other) => other.type === record.type && Buffer.compare(other.rdata, record.rdata) === 0)
    )
      return;
    others.push(record);
    this.siblings.set(key, others);
    this.records.push(record);
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
