import type { Hub } from '../querylog/hub.ts';
import type { StoredRecord, StoredZone, ZoneChange, ZoneStore } from '../store/zones.ts';
import { makeApexRecords } from '../zone/apex.ts';
import { checkAddition, checkRemoval, type Fault } from '../zone/check.ts';
import { parseRecord } from '../zone/input.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { recordKey, Zone } from '../zone/zone.ts';
import type { HttpDeps, HttpSettings } from './deps.ts';
import { Refusal, refuseRecord } from './errors.ts';
import { checkMembers } from './record-json.ts';

/**
 * Edits of a zone. Each goes in one run from reading the records to the swap that makes the new zone answer, without waiting
 * for anything in between, so that no two edits can interleave.
 */
export class Editor {
  private readonly zones: ZoneStore;
  private readonly zoneSet: ZoneSet;
  private readonly hub: Hub;
  private readonly settings: HttpSettings;

  constructor({ zones, zoneSet, hub, settings }: HttpDeps) {
    this.zones = zones;
    this.zoneSet = zoneSet;
    this.hub = hub;
    this.settings = settings;
  }

  /** Adds the record that a body describes. Refuses what is not a record, does not go with the others, or is one too many. */
  add(zone: StoredZone, body: unknown): StoredRecord {
    const record = readRecord(body, zone);
    const others = this.zones.read(zone.id);
    this.checkRoom(others);
    refuseFaults(checkAddition(record, others, zone.origin));
    const known = new Set(others.map(({ id }) => id));
    return this.apply(zone, { insert: [record] }).find(({ id }) => !known.has(id))!;
  }

  /** Puts the record that a body describes in the place of another, under the same id. */
  replace(zone: StoredZone, id: number, body: unknown): StoredRecord {
    const record = readRecord(body, zone);
    const { target, others } = this.find(zone, id);
    const moves = recordKey(record) !== recordKey(target);
    refuseFaults(moves ? checkRemoval(target, others, zone.origin) : []);
    refuseFaults(checkAddition(record, others, zone.origin));
    return this.apply(zone, { update: [{ ...record, id }] }).find((after) => after.id === id)!;
  }

  /** Takes a record away; refuses the SOA and the last NS at the apex. */
  remove(zone: StoredZone, id: number): void {
    const { target, others } = this.find(zone, id);
    refuseFaults(checkRemoval(target, others, zone.origin));
    this.apply(zone, { remove: [id] });
  }

  /** Takes everything away and begins again with the SOA and NS of a new zone. The serial counts on. */
  clear(zone: StoredZone): void {
    const { nameservers, hostmaster } = this.settings;
    const remove = this.zones.read(zone.id).map(({ id }) => id);
    this.apply(zone, { remove, insert: makeApexRecords(zone.origin, nameservers, hostmaster) });
  }

  private find(zone: StoredZone, id: number): { target: StoredRecord; others: StoredRecord[] } {
    const records = this.zones.read(zone.id);
    const target = records.find((record) => record.id === id);
    if (target === undefined) throw new Refusal('no_such_record');
    return { target, others: records.filter((record) => record !== target) };
  }

  private checkRoom(records: readonly StoredRecord[]): void {
    const { recordsPerZone } = this.settings.limits;
    if (records.length < recordsPerZone) return;
    throw new Refusal('too_many_records', {
      message: `Your subdomain has ${recordsPerZone} records, and that is as many as fit. Delete one to make room.`,
    });
  }

  private apply(zone: StoredZone, change: ZoneChange): StoredRecord[] {
    const records = this.zones.change(zone.id, change);
    const next = new Zone(zone.id, zone.origin, records);
    this.zoneSet.set(next);
    for (const viewer of this.hub.viewersOf(zone.id)) viewer.recordsChanged(next.serial);
    return records;
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
