import { TYPE, typeToText } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { rdataToText } from '../wire/rdata.ts';
import { formatGeneric } from '../wire/rdata/opaque.ts';
import type { ZoneRecord } from './rrset.ts';

/** Owners up to this length are padded, so that the columns of an ordinary zone stand one below the other. */
const OWNER_COLUMN = 24;

/** Types that are written by their numbers, RFC 3597 §5: Knot knows no names for them. */
const BY_NUMBER: ReadonlySet<number> = new Set([10, 55]);

/**
 * The records of a zone as a master file, one a line in the order given but for the SOA, which comes first because some readers
 * want it so. Owners are relative to the zone, names in the data are whole.
 */
export function writeMasterFile(records: readonly ZoneRecord[], origin: Name): string {
  const sorted = [...records.filter(isSoa), ...records.filter((record) => !isSoa(record))];
  const owners = sorted.map(({ owner }) => owner.toRelativeText(origin));
  const width = Math.min(OWNER_COLUMN, Math.max(...owners.map(({ length }) => length)));
  const lines = sorted.map(({ type, ttl, rdata }, i) => {
    const [name, data] = BY_NUMBER.has(type)
      ? [`TYPE${type}`, formatGeneric(rdata)]
      : [typeToText(type), rdataToText(type, rdata)];
    return `${owners[i]!.padEnd(width)} ${String(ttl).padStart(6)} IN ${name.padEnd(5)} ${data}\n`;
  });
  return `$ORIGIN ${origin.toText()}\n${lines.join('')}`;
}

const isSoa = ({ type }: ZoneRecord): boolean => type === TYPE.SOA;
