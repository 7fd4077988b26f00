import { CLASS, RCODE, TYPE } from '../wire/codes.ts';
import { canonicalData } from '../zone/check.ts';
import { recordKey, type ZoneRecord } from '../zone/rrset.ts';
import type { UpdateRecord } from './message.ts';

/**
 * What the zone must and must not have for an update to be done, RFC 2136 §3.2: NOERROR, or the RCODE of the first that does not hold.
 * Names are compared as they stand: no wildcard speaks for another, and names that only have names below them are not in use.
 */
export function checkPrerequisites(prerequisites: readonly UpdateRecord[], records: readonly ZoneRecord[]): number {
  const names = new Set(records.map(({ owner }) => owner.key));
  const rrsets = groupByRrset(records);
  const wanted: UpdateRecord[] = [];
  for (const record of prerequisites) {
    const isThere = record.type === TYPE.ANY ? names.has(record.owner.key) : rrsets.has(recordKey(record));
    if (record.class === CLASS.IN) wanted.push(record);
    else if (isThere !== (record.class === CLASS.ANY)) return refusal(record);
  }
  // Those that name data are taken together by RRset: the RRset must have just that data, whatever its TTL, §3.2.3.
  for (const [key, rrset] of groupByRrset(wanted)) {
    const present = new Set((rrsets.get(key) ?? []).map(canonicalData));
    const asked = new Set(rrset.map(canonicalData));
    if (present.size !== asked.size || [...asked].some((data) => !present.has(data))) return RCODE.NXRRSET;
  }
  return RCODE.NOERROR;
}

function refusal({ type, class: rrclass }: UpdateRecord): number {
  if (type === TYPE.ANY) return rrclass === CLASS.ANY ? RCODE.NXDOMAIN : RCODE.YXDOMAIN;
  return rrclass === CLASS.ANY ? RCODE.NXRRSET : RCODE.YXRRSET;
}

function groupByRrset<R extends ZoneRecord>(records: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const key = recordKey(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}
