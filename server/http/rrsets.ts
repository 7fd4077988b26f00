import type { StoredRecord } from '../store/zone-change.ts';
import { soaOf } from '../store/zone-change.ts';
import type { ZoneStore } from '../store/zones.ts';
import { typeFromText, typeToText } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import { FieldFault } from '../wire/rdata/field.ts';
import { rdataToText } from '../wire/rdata.ts';
import { serialOf } from '../zone/apex.ts';
import { parseOwner } from '../zone/input.ts';
import { recordKey, type ZoneRecord } from '../zone/rrset.ts';
import { Refusal } from './errors.ts';
import type { RrsetJson, RrsetsJson } from './protocol.ts';
import { compareRrsets, groupRrsets } from './record-json.ts';
import { seenBy, type Access } from './session-gate.ts';

type Place = Pick<ZoneRecord, 'owner' | 'type'>;

/** Which RRsets somebody asks for. `cursor` is the `next` of the page before. */
export interface RrsetQuery {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** The RRsets of zones, as their owners and their tokens see them. */
export class Rrsets {
  private readonly zones: ZoneStore;

  constructor(zones: ZoneStore) {
    this.zones = zones;
  }

  page(access: Access, { name, type, cursor, limit }: RrsetQuery): RrsetsJson {
    const owner = name === undefined ? null : ownerOf(name, access);
    const code = type === undefined ? null : typeFromText(type);
    const after = cursor === undefined ? null : readCursor(cursor);
    const found = this.visible(access).filter(
      ([first]) =>
        (owner === null || first!.owner.equals(owner)) &&
        (code === null || first!.type === code) &&
        (after === null || compareRrsets(first!, after) > 0),
    );
    const page = found.slice(0, limit);
    return this.toJson(access, page, page.length < found.length ? writeCursor(page.at(-1)![0]!) : undefined);
  }

  /** Those of some places that there are. */
  named(access: Access, places: readonly Place[]): RrsetsJson {
    const keys = new Set(places.map(recordKey));
    return this.toJson(
      access,
      this.visible(access).filter(([first]) => keys.has(recordKey(first!))),
    );
  }

  /** The one of a name and type, as they stand in an address; refuses where there is none. */
  find(access: Access, { name, type }: { name: string; type: string }): StoredRecord[] {
    const key = recordKey({ owner: ownerOf(name, access), type: typeFromText(type) ?? 0 });
    const rrset = this.visible(access).find(([first]) => recordKey(first!) === key);
    if (rrset === undefined) throw new Refusal('no_such_rrset');
    return rrset;
  }

  serial({ zone }: Access): number {
    return serialOf(soaOf(this.zones.read(zone.id)).rdata);
  }

  private visible(access: Access): StoredRecord[][] {
    return groupRrsets(seenBy(access, this.zones.read(access.zone.id)));
  }

  private toJson(access: Access, rrsets: readonly StoredRecord[][], next?: string): RrsetsJson {
    const shown = rrsets.map((rrset) => rrsetToJson(rrset, access));
    return { serial: this.serial(access), rrsets: shown, ...(next !== undefined && { next }) };
  }
}

export function rrsetToJson(rrset: readonly StoredRecord[], { zone }: Access): RrsetJson {
  const { owner, type, ttl } = rrset[0]!;
  const records = rrset.map(({ rdata }) => rdataToText(type, rdata));
  return { name: owner.toRelativeText(zone.origin), type: typeToText(type), ttl, records };
}

function ownerOf(text: string, { zone }: Access): Name {
  const owner = parseOwner(text, zone.origin);
  if (owner instanceof FieldFault) throw new Refusal('bad_parameter', { field: 'name', message: owner.message });
  return owner;
}

/** A place between RRsets, which stays where it is when they come and go: after the last one that was told. */
function writeCursor({ owner, type }: Place): string {
  return Buffer.from(`${type} ${owner.toText()}`).toString('base64url');
}

function readCursor(cursor: string): Place {
  const [type, name] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const owner = Name.fromText(name ?? '');
  if (owner instanceof Name && /^\d{1,5}$/.test(type!)) return { owner, type: Number(type) };
  throw new Refusal('bad_parameter', { field: 'cursor', message: 'cursor is what `next` of the page before said.' });
}
