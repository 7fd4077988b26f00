import { Name } from '../../server/wire/name.ts';
import { Random } from '../support/random.ts';

/** Types that may stand beside neither themselves nor each other at a name where all servers load a zone. */
function mayStand(type: string, types: ReadonlyMap<string, ReadonlySet<string>>, owner: Name, origin: Name): boolean {
  const atApex = owner.equals(origin);
  if (type === 'CNAME') return !atApex && types.size === 0;
  if (types.has('CNAME')) return false;
  // NS at a wildcard is undefined, RFC 4592 §4.2, and so is DNAME, §4.4; beside a DNAME an NS makes sense at the apex only.
  if (type === 'DNAME') return !types.has('DNAME') && !owner.isWildcard && (atApex ? !hasOwnServer(types) : !types.has('NS'));
  if (type === 'NS') return atApex || (!types.has('DNAME') && !owner.isWildcard);
  return true;
}

/** A name server below the DNAME at the apex would not be there, and BIND insists on it. */
function hasOwnServer(types: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return types.get('NS')?.has('ns1') ?? false;
}

interface OwnerEntry {
  readonly owner: Name;
  readonly types: Map<string, Set<string>>;
}

/**
 * A name in presentation form with a number for every octet that all four servers do not take as it is: Knot wants [ and the
 * like escaped, NSD 4.6 misreads a label that ends in an escaped backslash.
 */
export function numbered(name: Name): string {
  const labels = Array.from({ length: name.labelCount }, (_, i) => name.label(i));
  const plain = (octet: number) => /[\w*-]/.test(String.fromCharCode(octet));
  const text = (octet: number) => (plain(octet) ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`);
  return labels.map((label) => `${Array.from(label, text).join('')}.`).join('') || '.';
}

/** The records of a zone that is being made up, kept such that all servers load them. */
export class Entries {
  readonly origin: Name;
  private readonly byOwner = new Map<string, OwnerEntry>();

  constructor(origin: string) {
    this.origin = Name.fromText(origin) as Name;
  }

  /** Adds a record if it may stand there. `owner` is in presentation form; one that is no name is passed over. */
  put(owner: string, type: string, rdata: string): void {
    const name = Name.fromText(owner, this.origin);
    if (!(name instanceof Name) || !name.isWithin(this.origin)) return;
    const key = name.toText().toLowerCase();
    const entry = this.byOwner.get(key) ?? { owner: name, types: new Map<string, Set<string>>() };
    if (!mayStand(type, entry.types, name, this.origin)) return;
    entry.types.set(type, (entry.types.get(type) ?? new Set()).add(rdata));
    this.byOwner.set(key, entry);
  }

  /** NSD does not load a zone with data below a DNAME, so there are none; the unit tests have them. */
  dropRedirected(): void {
    const dnames = [...this.byOwner.values()].filter(({ types }) => types.has('DNAME')).map(({ owner }) => owner);
    const isBelow = (owner: Name) => dnames.some((dname) => owner.isWithin(dname) && !owner.equals(dname));
    for (const [key, { owner }] of this.byOwner) if (isBelow(owner)) this.byOwner.delete(key);
  }

  /** Owner names in presentation form, absolute. */
  owners(): string[] {
    return [...this.byOwner.values()].map(({ owner }) => owner.toText());
  }

  /** Lines of a master file. */
  lines(): string[] {
    return [...this.byOwner.values()].flatMap(({ owner, types }) =>
      [...types].flatMap(([type, rdatas]) => [...rdatas].map((rdata) => `${numbered(owner)} ${type} ${rdata}`)),
    );
  }

  /** Some owner that is there, relative names included. */
  pick(random: Random): string {
    return random.pick(this.owners());
  }
}
