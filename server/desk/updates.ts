import { judgeRecord } from '../keys/grant.ts';
import { compareRecords } from '../store/edits.ts';
import type { StoredKey } from '../store/keys.ts';
import { changeTo, nextRecords } from '../store/zone-change.ts';
import type { ZoneEdits } from '../store/zone-edits.ts';
import type { StoredZone, ZoneStore } from '../store/zones.ts';
import { applyUpdate } from '../update/apply.ts';
import { UpdateFault, type UpdateMessage } from '../update/message.ts';
import { checkPrerequisites } from '../update/prerequisites.ts';
import { RCODE, TYPE, typeToText } from '../wire/codes.ts';
import { checkAddition } from '../zone/check.ts';
import type { ZoneRecord } from '../zone/rrset.ts';

interface Deps {
  readonly zones: ZoneStore;
  readonly edits: ZoneEdits;
  /** What speaks against a zone with these records, some of them new: a sentence, or null. */
  against(zone: StoredZone, added: readonly ZoneRecord[], after: readonly ZoneRecord[]): string | null;
}

/** Changes of zones that are asked for in DNS messages, RFC 2136. All of a message is done, or nothing. */
export class Updates {
  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /** Does what a message says to the zone of the key that signed it. Null when it is done. */
  run({ prerequisites, updates }: UpdateMessage, zone: StoredZone, key: StoredKey): UpdateFault | null {
    const { zones, edits } = this.deps;
    const present = zones.read(zone.id);
    const rcode = checkPrerequisites(prerequisites, present);
    if (rcode !== RCODE.NOERROR) return new UpdateFault(rcode);
    const named = updates.filter(({ type }) => type !== TYPE.ANY);
    const change = changeTo(applyUpdate(updates, present, zone.origin), present);
    const after = nextRecords(present, change);
    const { removed, added } = compareRecords(present, after);
    const fault = this.refuse([...named, ...removed, ...added], zone, key) ?? this.check(added, after, zone);
    if (fault !== null) return fault;
    // An update that changes nothing leaves the serial as it is, RFC 2136 §3.6.
    const { insert, update, remove } = change;
    if (insert.length + update.length + remove.length > 0) edits.apply(zone, { kind: 'update', key: key.label }, change);
    return null;
  }

  /** What the key may not touch, RFC 2136 §3.3 and RFC 3007 §4. */
  private refuse(records: readonly Pick<ZoneRecord, 'owner' | 'type'>[], { origin }: StoredZone, { grant }: StoredKey) {
    for (const { owner, type } of records) {
      const refused = judgeRecord(grant, owner, type, origin);
      if (refused === null) continue;
      const what = `${owner.toRelativeText(origin)} ${typeToText(type)}`;
      return new UpdateFault(RCODE.REFUSED, `This key is not for ${what}: its ${refused}s are limited.`, refused);
    }
    return null;
  }

  /** What the page would say of the records. */
  private check(added: readonly ZoneRecord[], after: readonly ZoneRecord[], zone: StoredZone): UpdateFault | null {
    for (const record of added) {
      const others = after.filter((other) => other !== record && other.owner.equals(record.owner));
      const [fault] = checkAddition(record, others, zone.origin);
      if (fault !== undefined) return new UpdateFault(RCODE.REFUSED, fault.message);
    }
    const message = added.length === 0 ? null : this.deps.against(zone, added, after);
    return message === null ? null : new UpdateFault(RCODE.REFUSED, message);
  }
}
