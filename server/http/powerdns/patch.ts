import type { StoredRecord } from '../../store/zone-change.ts';
import type { Name } from '../../wire/name.ts';
import { canonicalData, type Fault } from '../../zone/check.ts';
import { recordKey, type ZoneRecord } from '../../zone/rrset.ts';
import { areFaults, readRrsets, type RrsetEdit, type WrittenRrset } from '../rrset-input.ts';

/** What is done with the records of an RRset: take their place, go away, come to them, be taken from them. */
const CHANGES = ['REPLACE', 'DELETE', 'EXTEND', 'PRUNE'] as const;
type Change = (typeof CHANGES)[number];

interface Patch extends WrittenRrset {
  readonly change: Change;
}

/** Reads the `rrsets` of a PATCH and what they make of the RRsets that are there, or says everything that is wrong with them. */
export function readPatch(body: unknown, present: readonly StoredRecord[], origin: Name): RrsetEdit[] | Fault[] {
  const rrsets = (body as Record<string, unknown> | null)?.['rrsets'];
  if (!Array.isArray(rrsets)) return [{ field: 'rrsets', code: 'missing', message: 'No rrsets specified in JSON.' }];
  const read = rrsets.map((rrset: unknown, i) => readOne(rrset, `rrsets.${i}`));
  const faults = read.filter((one): one is Fault => one !== null && 'code' in one);
  if (faults.length > 0) return faults;
  const patches = read.filter((one): one is Patch => one !== null && !('code' in one));
  // One RRset may be deleted and made anew in the same request.
  const made = new Set(patches.filter(({ change }) => change !== 'DELETE').map(idOf));
  const counted = patches.filter((patch) => patch.change !== 'DELETE' || !made.has(idOf(patch)));
  const edits = readRrsets(counted, origin);
  if (areFaults(edits)) return [...edits];
  return edits.map((edit, i) => ({ ...edit, records: recordsAfter(counted[i]!.change, edit, present) }));
}

const idOf = ({ name, type }: WrittenRrset): string => `${String(type)} ${String(name)}`.toLowerCase();

/** Null for one of which nothing but its comments is to be changed, and we keep none. */
function readOne(rrset: unknown, at: string): Patch | Fault | null {
  if (typeof rrset !== 'object' || rrset === null) return { field: at, code: 'bad_rrset', message: 'An RRset is an object.' };
  const { name, type, ttl, records, comments, changetype } = rrset as Record<string, unknown>;
  const change = CHANGES.find((one) => one === String(changetype).toUpperCase());
  if (change === undefined) {
    return { field: `${at}.changetype`, code: 'bad_changetype', message: `changetype is one of ${CHANGES.join(', ')}.` };
  }
  // Some clients say once more what they delete, some do not.
  if (change === 'DELETE') return { name, type, contents: [], at, change };
  if (records === undefined && Array.isArray(comments)) return null;
  if (!Array.isArray(records)) return { field: `${at}.records`, code: 'missing', message: 'records is a list.' };
  const entries = records.map((one: unknown) => (one ?? {}) as { content?: unknown; disabled?: unknown });
  const disabled = entries.findIndex((one) => one.disabled === true);
  if (disabled >= 0) {
    const message = 'A record is served or is not there: nothing here keeps one that is disabled.';
    return { field: `${at}.records.${disabled}.disabled`, code: 'disabled', message };
  }
  return { name, type, ttl, contents: entries.map(({ content }) => content), at, change };
}

function recordsAfter(change: Change, { owner, type, records }: RrsetEdit, present: readonly StoredRecord[]): ZoneRecord[] {
  if (change === 'REPLACE' || change === 'DELETE') return [...records];
  const key = recordKey({ owner, type });
  const there = present.filter((record) => recordKey(record) === key);
  const named = new Set(records.map(canonicalData));
  const others = there.filter((record) => !named.has(canonicalData(record)));
  if (change === 'PRUNE') return others;
  const ttl = records[0]?.ttl;
  return [...others.map((record) => ({ ...record, ttl: ttl ?? record.ttl })), ...records];
}
