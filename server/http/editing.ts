import { compareRecords, undoEdits, type EditKind } from '../store/edits.ts';
import { changeTo, nextRecords, type StoredRecord, type ZoneChange } from '../store/zone-change.ts';
import { ZoneEdits } from '../store/zone-edits.ts';
import type { StoredZone, ZoneStore } from '../store/zones.ts';
import type { Name } from '../wire/name.ts';
import { makeApexRecords } from '../zone/apex.ts';
import { checkAddition, checkRemoval, type Fault } from '../zone/check.ts';
import { parseRecord } from '../zone/input.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { RecordSet } from '../zone/record-set.ts';
import { recordKey } from '../zone/rrset.ts';
import type { HttpDeps, HttpSettings } from './deps.ts';
import { Refusal, refuseRecord, refuseText } from './errors.ts';
import type { ZoneEditInput } from './protocol.ts';
import type { Room } from './room.ts';
import { checkMembers } from './record-json.ts';
import type { RrsetEdit } from './rrset-input.ts';
import { checkRecord, type Access } from './session-gate.ts';
import { KIND_OF, planText, type TextFault, type TextPlan } from './zone-text.ts';

/** What an edit does: the records that it takes away and brings, and of a text what it says besides. */
export interface Outcome extends Pick<TextPlan, 'faults' | 'skipped' | 'from'> {
  readonly removed: readonly ZoneRecord[];
  readonly added: readonly ZoneRecord[];
}

/** Edits of a zone as people ask for them. */
export class Editor {
  private readonly zones: ZoneStore;
  private readonly edits: ZoneEdits;
  private readonly settings: HttpSettings;
  private readonly lures: HttpDeps['lures'];
  private readonly room: Room;

  constructor(deps: HttpDeps, room: Room) {
    this.zones = deps.zones;
    this.edits = new ZoneEdits(deps);
    this.settings = deps.settings;
    this.lures = deps.lures;
    this.room = room;
  }

  /** Adds the record that a body describes. Refuses what is not a record, does not go with the others, or is one too many. */
  add(access: Access, body: unknown): StoredRecord {
    const { zone } = access;
    const record = readRecord(body, zone);
    const others = this.zones.read(zone.id);
    this.room.checkHouse();
    this.room.checkZone([...others, record]);
    refuseFaults([...this.lures.check(record, zone.origin), ...checkAddition(record, others, zone.origin)]);
    const known = new Set(others.map(({ id }) => id));
    return this.apply(access, 'add', { insert: [record] }).find(({ id }) => !known.has(id))!;
  }

  /** Puts the record that a body describes in the place of another, under the same id. */
  replace(access: Access, id: number, body: unknown): StoredRecord {
    const { zone } = access;
    const record = readRecord(body, zone);
    const { target, others } = this.find(zone, id);
    const moves = recordKey(record) !== recordKey(target);
    refuseFaults(moves ? checkRemoval(target, others, zone.origin) : []);
    this.room.checkHouse();
    this.room.checkZone([...others, record]);
    refuseFaults([...this.lures.check(record, zone.origin), ...checkAddition(record, others, zone.origin)]);
    return this.apply(access, 'change', { update: [{ ...record, id }] }).find((after) => after.id === id)!;
  }

  /** Takes a record away; refuses the SOA and the last NS at the apex. */
  remove(access: Access, id: number): void {
    const { zone } = access;
    const { target, others } = this.find(zone, id);
    refuseFaults(checkRemoval(target, others, zone.origin));
    this.apply(access, 'delete', { remove: [id] });
  }

  /** Takes everything away and begins again with the SOA and NS of a new zone. The serial counts on. */
  clear(access: Access): void {
    const { zone } = access;
    const { nameservers, hostmaster } = this.settings;
    const remove = this.zones.read(zone.id).map(({ id }) => id);
    this.apply(access, 'clear', { remove, insert: makeApexRecords(zone.origin, nameservers, hostmaster) });
  }

  /** Makes RRsets what they are to be: all of them, or none when anything speaks against it. */
  changeRrsets(access: Access, edits: readonly RrsetEdit[]): void {
    const { zone } = access;
    const present = this.zones.read(zone.id);
    const touched = new Set(edits.map(recordKey));
    const set = new RecordSet(
      zone.origin,
      present.filter((record) => !touched.has(recordKey(record))),
    );
    const faults = edits.flatMap(({ records, at }) =>
      records.flatMap((record, i) =>
        [...this.lures.check(record, zone.origin), ...set.add(record)]
          .filter(({ code }) => code !== 'duplicate')
          .map((fault) => ({ ...fault, field: `${at}.records.${i}` })),
      ),
    );
    refuseFaults([...faults, ...set.missing(makeApexRecords(zone.origin, [zone.origin], zone.origin))]);
    const change = changeTo(set.records, present);
    const { insert, update, remove } = change;
    if (insert.length + update.length > 0) {
      this.room.checkHouse();
      this.room.checkZone(nextRecords(present, change));
    }
    if (insert.length + update.length + remove.length > 0) this.apply(access, 'update', change);
  }

  private find(zone: StoredZone, id: number): { target: StoredRecord; others: StoredRecord[] } {
    const records = this.zones.read(zone.id);
    const target = records.find((record) => record.id === id);
    if (target === undefined) throw new Refusal('no_such_record');
    return { target, others: records.filter((record) => record !== target) };
  }

  /** What a text would do to the zone, with everything that speaks against it. Changes nothing. */
  preview(zone: StoredZone, input: ZoneEditInput, from: Name | null): Outcome {
    return this.plan(zone, input, from).outcome;
  }

  /** Does what a text says, all of it or, when anything speaks against it, nothing. */
  applyText(access: Access, input: ZoneEditInput, from: Name | null): Outcome {
    const { zone } = access;
    const { change, outcome } = this.plan(zone, input, from);
    if (outcome.faults.length > 0) throw refuseText(outcome.faults);
    this.room.checkHouse();
    if (outcome.removed.length > 0 || outcome.added.length > 0) this.apply(access, KIND_OF[input.mode], change);
    return outcome;
  }

  /** Makes the zone what it was before an edit of its history. The serial counts on. */
  restore(access: Access, editId: number): Outcome {
    const { zone } = access;
    const edits = this.zones.edits.read(zone.id, editId);
    if (edits.at(-1)?.id !== editId) throw new Refusal('no_such_edit');
    const present = this.zones.read(zone.id);
    const change = changeTo(undoEdits(present, edits), present);
    const after = nextRecords(present, change);
    this.room.checkHouse();
    this.room.checkZone(after);
    this.apply(access, 'restore', change);
    return { ...compareRecords(present, after), faults: [], skipped: [], from: zone.origin };
  }

  private plan(zone: StoredZone, { mode, text }: ZoneEditInput, from: Name | null): { change: ZoneChange; outcome: Outcome } {
    const present = this.zones.read(zone.id);
    const maxRecords = this.settings.limits.recordsPerZone;
    const { change, faults, skipped, from: source } = planText(mode, text, from, { origin: zone.origin, present, maxRecords });
    const after = nextRecords(present, change);
    const against = faults.length > 0 ? [] : this.findAgainst(zone, change, after);
    const outcome = { ...compareRecords(present, after), faults: [...faults, ...against], skipped, from: source };
    return { change, outcome };
  }

  /** What is done with a token has to be within its limits, record by record. */
  private apply(access: Access, kind: EditKind, change: ZoneChange): StoredRecord[] {
    const { zone, key, by } = access;
    if (key !== null) {
      const present = this.zones.read(zone.id);
      const { removed, added } = compareRecords(present, nextRecords(present, change));
      for (const record of [...removed, ...added]) checkRecord(access, record);
    }
    return this.edits.apply(zone, { kind, key: by }, change);
  }

  /** What speaks against a change as a whole. */
  private findAgainst(
    { origin }: StoredZone,
    { insert = [], update = [] }: ZoneChange,
    after: readonly ZoneRecord[],
  ): TextFault[] {
    const surplus = this.room.findSurplus(after);
    const lures = [...insert, ...update].flatMap((record) => this.lures.check(record, origin));
    const faults = surplus === null ? lures : [{ field: 'text', ...surplus }, ...lures];
    return faults.map((fault) => ({ ...fault, field: 'text', line: 1, column: 1 }));
  }
}

function readRecord(body: unknown, { origin }: StoredZone): ZoneRecord {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('bad_request', { message: 'A record is a JSON object with name, type, ttl and its fields.' });
  }
  const input = body as Record<string, unknown>;
  refuseFaults(checkMembers(input));
  const record = parseRecord(input, origin);
  if (!Array.isArray(record)) return record;
  throw refuseRecord(record);
}

function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw refuseRecord(faults);
}
