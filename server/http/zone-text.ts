import type { EditKind } from '../store/edits.ts';
import { changeTo, dataKey, type StoredRecord, type ZoneChange } from '../store/zone-change.ts';
import { TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { makeApexRecords } from '../zone/apex.ts';
import type { Fault } from '../zone/check.ts';
import { readMasterFile, type MasterText, type PlacedRecord } from '../zone/master-file.ts';
import { guessOrigin, rebaseRecord } from '../zone/rebase.ts';
import { RecordSet } from '../zone/record-set.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { SkippedJson, ZoneEditInput } from './protocol.ts';

/** What a text is about to be made of: the zone, and what is in it. */
export interface TextTarget {
  readonly origin: Name;
  readonly present: readonly StoredRecord[];
  readonly maxRecords: number;
}

/** A fault, and where in the text it lies. */
export type TextFault = Fault & { readonly line: number; readonly column: number };

export type Skipped = PlacedRecord & { readonly reason: SkippedJson['reason'] };

/** What a text would do to a zone. With faults it does nothing. */
export interface TextPlan {
  readonly change: ZoneChange;
  readonly faults: readonly TextFault[];
  readonly skipped: readonly Skipped[];
  /** The zone that the text was written for. */
  readonly from: Name;
}

/** Seconds, for lines that say no TTL: what the form begins with. */
const DEFAULT_TTL = 60;

/** How each mode stands in the history. */
export const KIND_OF: Readonly<Record<ZoneEditInput['mode'], EditKind>> = {
  add: 'paste',
  replace: 'text',
  import: 'import',
  undo: 'undo',
};

/** What a text in master-file form would do: add its records, take the place of all, or bring those of another zone here. */
export function planText(mode: ZoneEditInput['mode'], text: string, from: Name | null, target: TextTarget): TextPlan {
  if (mode === 'replace') return planReplacement(read(text, target.origin, target), target);
  return mode === 'import' ? planImport(text, from, target) : planAddition(read(text, target.origin, target), target);
}

function read(text: string, origin: Name, { maxRecords }: TextTarget): MasterText {
  // Twice as many as fit, because what is there already may be among them.
  return readMasterFile(text, origin, { defaultTtl: DEFAULT_TTL, maxRecords: maxRecords * 2 });
}

/** Adds records to those that are there. One that is there already gives its TTL, or is skipped. */
function planAddition({ records, faults }: MasterText, { origin, present }: TextTarget): TextPlan {
  const set = new RecordSet(origin, present);
  const known = new Map(present.map((record) => [dataKey(record), record]));
  const insert: ZoneRecord[] = [];
  const update: StoredRecord[] = [];
  const skipped: Skipped[] = [];
  const refused = records.flatMap((placed) => {
    const { record } = placed;
    const twin = known.get(dataKey(record));
    if (twin !== undefined) {
      if (twin.ttl !== record.ttl && record.type !== TYPE.SOA) update.push({ ...twin, ttl: record.ttl });
      else skipped.push({ ...placed, reason: record.type === TYPE.SOA ? 'soa' : 'duplicate' });
      return [];
    }
    const against = place(set.add(record), placed);
    if (against.some(({ code }) => code === 'duplicate')) skipped.push({ ...placed, reason: 'duplicate' });
    else if (against.length === 0) insert.push(record);
    return against.filter(({ code }) => code !== 'duplicate');
  });
  return { change: { insert, update }, faults: inOrder([...place(faults), ...refused]), skipped, from: origin };
}

/** Makes the zone what the text says. Without an SOA in it, the one that is there stays. */
function planReplacement({ records, faults }: MasterText, { origin, present }: TextTarget): TextPlan {
  const soa = present.filter(({ type }) => type === TYPE.SOA);
  const set = new RecordSet(origin, records.some(({ record }) => record.type === TYPE.SOA) ? [] : soa);
  const skipped: Skipped[] = [];
  const refused = records.flatMap((placed) => {
    const against = place(set.add(placed.record), placed);
    if (against.some(({ code }) => code === 'duplicate')) skipped.push({ ...placed, reason: 'duplicate' });
    return against.filter(({ code }) => code !== 'duplicate');
  });
  const missing =
    faults.length > 0 ? [] : place(set.missing(makeApexRecords(origin, [origin], origin)), { line: 1, column: 1 });
  const all = inOrder([...place(faults), ...refused, ...missing]);
  return { change: all.length > 0 ? {} : changeTo(set.records, present), faults: all, skipped, from: origin };
}

/**
 * Brings records of another zone here, as `dig` prints them or a master file has them. What belongs to the other zone as a zone
 * stays there: its SOA, the NS at its top, and signatures, which would not fit any more.
 */
function planImport(text: string, from: Name | null, target: TextTarget): TextPlan {
  const plain = text.replace(PROMPT, '');
  const source =
    from ??
    guessOrigin(
      read(plain, target.origin, target).records.map(({ record }) => record),
      target.origin,
    );
  const { records, faults } = read(plain, source, target);
  const skipped: Skipped[] = [];
  const refused: TextFault[] = [];
  const moved: PlacedRecord[] = [];
  for (const placed of records) {
    const reason = reasonToSkip(placed.record, source);
    if (reason !== null) {
      skipped.push({ ...placed, reason });
      continue;
    }
    const record = rebaseRecord(placed.record, source, target.origin);
    if (record !== null) moved.push({ ...placed, record });
    else refused.push(...place([TOO_LONG], placed));
  }
  const plan = planAddition({ records: moved, faults }, target);
  const all = inOrder([...plan.faults, ...refused]);
  return { ...plan, faults: all, skipped: [...skipped, ...plan.skipped], from: source };
}

/** The line of a shell above what `dig` printed, and no owner that ends in `\$`; blanked, so that lines keep their numbers. */
const PROMPT = /^\S*(?<!\\)[$%#>]\s.*$/gm;

const TOO_LONG: Fault = {
  field: 'name',
  code: 'name_too_long',
  message: 'Moved to this zone, a name here would have more than 255 octets (RFC 1035 §2.3.4).',
};

/** RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM, CDS, CDNSKEY, ZONEMD: made by who signs a zone, for that zone only. */
const SIGNATURES: ReadonlySet<number> = new Set([46, 47, 48, 50, 51, 59, 60, 63]);

function reasonToSkip({ owner, type }: ZoneRecord, source: Name): SkippedJson['reason'] | null {
  if (!owner.isWithin(source)) return 'outside';
  if (type === TYPE.SOA) return 'soa';
  if (type === TYPE.NS && owner.equals(source)) return 'apex_ns';
  return SIGNATURES.has(type) ? 'signature' : null;
}

/** Puts faults where they lie: where `at` is, or where they say themselves. */
function place(faults: readonly (Fault | MasterText['faults'][number])[], at = { line: 1, column: 1 }): TextFault[] {
  const { line, column } = at;
  return faults.map((fault) => ({ line, column, ...fault, field: fault.field ?? 'text' }));
}

function inOrder(faults: TextFault[]): TextFault[] {
  return faults.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_FAULTS);
}

/** Faults of one text that are told; more of them say nothing new. */
const MAX_FAULTS = 100;
