import { TYPE, typeToText } from '../wire/codes.ts';
import { FOLD, type Name } from '../wire/name.ts';
import { rdataToText } from '../wire/rdata.ts';
import { MAX_RRSET, rrsetSize, type ZoneRecord } from './rrset.ts';
import { recordKey } from './rrset.ts';

/** One thing wrong with one input, in a sentence for the person who gave it. `choices` are values that would do. */
export interface Fault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly choices?: readonly string[];
}

/** Types of which an owner has one record at most: RFC 2181 §10.1, RFC 1035 §5.2, RFC 6672 §2.4. */
export const SINGLETONS: ReadonlySet<number> = new Set([TYPE.CNAME, TYPE.SOA, TYPE.DNAME]);

/** What speaks against adding a record to the others of its zone. */
export function checkAddition(record: ZoneRecord, others: readonly ZoneRecord[], origin: Name): Fault[] {
  const siblings = others.filter((other) => other.owner.equals(record.owner));
  const rrset = siblings.filter((other) => other.type === record.type);
  // The first that applies says it best: a CNAME at the apex is also one beside other data.
  const fault = [checkPlace(record, origin), checkAlias(record, siblings), checkSingleton(record, rrset)].find(
    ({ length }) => length > 0,
  );
  if (fault !== undefined) return fault;
  const name = record.owner.toRelativeText(origin);
  if (rrset.some((other) => isSameData(record, other))) {
    const message = `${name} has this very ${typeToText(record.type)} record already. An RRset is a set: the same data cannot be in it twice (RFC 2181 §5).`;
    return [{ field: 'content', code: 'duplicate', message }];
  }
  if (rrsetSize([...rrset, record]) <= MAX_RRSET) return [];
  const message = `With this one the ${typeToText(record.type)} records of ${name} would not fit one DNS message of 65,535 octets any more (RFC 1035 §4.2.2).`;
  return [{ field: 'content', code: 'rrset_too_large', message }];
}

function checkPlace(record: ZoneRecord, origin: Name): Fault[] {
  if (!record.owner.isWithin(origin)) {
    const message = `${record.owner.toText()} is not in this zone: names here end in ${origin.toText()}`;
    return [{ field: 'name', code: 'outside_zone', message }];
  }
  const atApex = record.owner.labelCount === origin.labelCount;
  if (record.type === TYPE.SOA && !atApex) {
    const message = 'An SOA record marks the top of a zone, so it stands at @ and nowhere else (RFC 1035 §3.3.13).';
    return [{ field: 'name', code: 'soa_below_apex', message }];
  }
  if (record.type === TYPE.CNAME && atApex) {
    const message = `The top of a zone has SOA and NS records, and a CNAME allows no other data beside it (RFC 1912 §2.4). Put the CNAME at a name below, such as www.`;
    return [{ field: 'name', code: 'cname_at_apex', message }];
  }
  return [];
}

/** RFC 1034 §3.6.2: a CNAME stands alone, for otherwise the data of the alias and of its target could differ. */
function checkAlias(record: ZoneRecord, siblings: readonly ZoneRecord[]): Fault[] {
  const name = record.owner.toText();
  const other = siblings.find((sibling) => (sibling.type === TYPE.CNAME) !== (record.type === TYPE.CNAME));
  if (other === undefined || record.type === TYPE.SOA) return [];
  const message =
    record.type === TYPE.CNAME
      ? `${name} has ${typeToText(other.type)} data already. A CNAME says “this name is only an alias”, so nothing may stand beside it (RFC 1034 §3.6.2).`
      : `${name} is a CNAME already, an alias for another name. Nothing may stand beside a CNAME (RFC 1034 §3.6.2).`;
  return [{ field: 'type', code: 'cname_and_other_data', message }];
}

function checkSingleton(record: ZoneRecord, rrset: readonly ZoneRecord[]): Fault[] {
  if (!SINGLETONS.has(record.type) || rrset.length === 0) return [];
  const type = typeToText(record.type);
  const message =
    record.type === TYPE.SOA
      ? 'The zone has its SOA record already, and a zone has exactly one (RFC 1035 §5.2). Edit that one.'
      : `${record.owner.toText()} has a ${type} already. An alias stands for one name only (RFC ${type === 'CNAME' ? '2181 §10.1' : '6672 §2.4'}).`;
  return [{ field: 'type', code: `second_${type.toLowerCase()}`, message }];
}

/** What speaks against taking a record away: SOA and the last NS at the apex make a zone a zone, RFC 1035 §5.2. */
export function checkRemoval(record: ZoneRecord, others: readonly ZoneRecord[], origin: Name): Fault[] {
  if (!record.owner.equals(origin)) return [];
  const needed = record.type === TYPE.SOA || record.type === TYPE.NS;
  if (!needed || others.some((other) => recordKey(other) === recordKey(record))) return [];
  const type = typeToText(record.type);
  const message = `A zone cannot be without ${type === 'SOA' ? 'its SOA record' : 'an NS record at its top'} (RFC 1035 §5.2). You can change this one where it stands${type === 'NS' ? ', or add another first' : ''}.`;
  return [{ field: 'type', code: `last_${type.toLowerCase()}`, message }];
}

/** Octet for octet, but for the case of names inside: RFC 4343 makes them equal. Case matters in TXT and the like. */
export function isSameData({ type, rdata }: ZoneRecord, other: ZoneRecord): boolean {
  if (Buffer.compare(rdata, other.rdata) === 0) return true;
  if (!NAME_ONLY.has(type) || rdata.length !== other.rdata.length) return false;
  // Text costs a hundred times what octets do, and a zone may have hundreds of records at one name.
  if (rdata.some((octet, i) => FOLD[octet] !== FOLD[other.rdata[i]!])) return false;
  return rdataToText(type, rdata).toLowerCase() === rdataToText(type, other.rdata).toLowerCase();
}

/** Equal for the same data of one type, for those who compare many: as `isSameData` says of two. */
export function canonicalData({ type, rdata }: Pick<ZoneRecord, 'type' | 'rdata'>): string {
  return NAME_ONLY.has(type) ? rdataToText(type, rdata).toLowerCase() : Buffer.from(rdata).toString('latin1');
}

/** Types whose RDATA is names and numbers, so that text that differs in case only is the same data. */
const NAME_ONLY: ReadonlySet<number> = new Set([TYPE.NS, TYPE.CNAME, TYPE.PTR, TYPE.MX, TYPE.SRV, TYPE.SOA]);
