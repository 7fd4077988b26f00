import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { parseAddress } from './wire/address.ts';
import { TYPE } from './wire/codes.ts';
import { Name } from './wire/name.ts';
import { makeApexRecords } from './zone/apex.ts';
import { parseMasterFile } from './zone/master-file.ts';
import type { ZoneRecord } from './zone/rrset.ts';
import { decodeText } from './zone/text-octets.ts';
import type { ZoneSet } from './zone/zone-set.ts';
import { Zone } from './zone/zone.ts';

/** Zones that no visitor owns have this number: their queries are answered and counted, not logged. */
const NOBODY = 0;
const TTL = 3600;

export interface ServerNames {
  readonly baseDomain: Name;
  readonly nameservers: readonly Name[];
  readonly nsAddresses: readonly string[];
  readonly hostmaster: Name;
  /** Of the base zone: one that rises from start to start, because other settings make another zone of it. */
  readonly serial: number;
}

/**
 * The zone of the base domain: SOA, NS, and addresses for those name servers that lie in it, dealt out in turn so that no two
 * names stand for one machine unless there are more names than addresses. Nothing is delegated.
 */
export function makeBaseZone({ baseDomain, nameservers, nsAddresses, hostmaster, serial }: ServerNames): Zone {
  const hosts = nameservers.filter((name) => name.isWithin(baseDomain));
  const families = [false, true].map((isIpv6) => nsAddresses.filter((text) => text.includes(':') === isIpv6));
  const addresses = families.flatMap((family) => deal(hosts, family).map(([owner, text]) => addressRecord(owner, text)));
  return Zone.of(NOBODY, baseDomain, [...makeApexRecords(baseDomain, nameservers, hostmaster, serial), ...addresses]);
}

/** Pairs of both lists, the shorter one taken from its beginning again, each entry of both at least once. */
function deal<A, B>(some: readonly A[], others: readonly B[]): [A, B][] {
  if (some.length === 0 || others.length === 0) return [];
  const count = Math.max(some.length, others.length);
  return Array.from({ length: count }, (_, i) => [some[i % some.length]!, others[i % others.length]!]);
}

function addressRecord(owner: Name, text: string): ZoneRecord {
  const rdata = parseAddress(text)!;
  return { owner, type: rdata.length === 4 ? TYPE.A : TYPE.AAAA, ttl: TTL, rdata };
}

/** The base zone and the zones of DIGPIT_ZONES_DIR, which may replace it; kept in the zone set, read again on request. */
export class StaticZones {
  private readonly zones: ZoneSet;
  private readonly baseZone: Zone;
  private readonly dir: string | null;
  private readonly logger: Logger;
  private served: readonly Zone[] = [];

  constructor(zones: ZoneSet, baseZone: Zone, dir: string | null, logger: Logger) {
    this.zones = zones;
    this.baseZone = baseZone;
    this.dir = dir;
    this.logger = logger;
    this.reload();
  }

  /** Reads the folder. What cannot be read is said, and the version of that zone from before, if there is one, goes on. */
  reload(): void {
    const { zones, refused, faults } = this.dir === null ? NO_FILES : readZoneFiles(this.dir);
    for (const fault of faults) this.logger.error(fault);
    const kept = this.served.filter(({ origin }) => refused.some((other) => other.equals(origin)));
    const next = [...zones, ...kept];
    if (!next.some(({ origin }) => origin.equals(this.baseZone.origin))) next.push(this.baseZone);
    for (const { origin } of this.served) if (!next.some((zone) => zone.origin.equals(origin))) this.zones.delete(origin);
    this.served = next.filter((zone) => this.put(zone));
    if (this.dir !== null) this.logger.info({ zones: zones.length, refused: refused.length }, 'zone files read');
  }

  /** Lets a zone answer, unless a visitor has that name. Returns whether it does. */
  private put(zone: Zone): boolean {
    const current = this.zones.closest(zone.origin);
    if (current !== null && current.id !== NOBODY && current.origin.equals(zone.origin)) {
      this.logger.error(`${zone.origin.toText()} belongs to a visitor; the zone file of that name is not served`);
      return false;
    }
    this.zones.set(zone);
    return true;
  }
}

export interface ZoneFiles {
  readonly zones: readonly Zone[];
  /** Origins of the files that were refused. */
  readonly refused: readonly Name[];
  /** Why, as `file:line:column: …`. */
  readonly faults: readonly string[];
}

const NO_FILES: ZoneFiles = { zones: [], refused: [], faults: [] };

/** Reads every `<origin>.zone` of a folder. A file with a fault is refused whole; the others are served. */
export function readZoneFiles(dir: string): ZoneFiles {
  const zones: Zone[] = [];
  const refused: Name[] = [];
  const faults: string[] = [];
  for (const file of listZoneFiles(dir, faults)) {
    const origin = Name.fromText(file.slice(0, -'.zone'.length));
    if (!(origin instanceof Name)) {
      faults.push(`${file}: the name of the file is not a domain name followed by .zone`);
      continue;
    }
    const result = readZoneFile(join(dir, file), origin);
    if (result instanceof Zone) zones.push(result);
    else {
      refused.push(origin);
      faults.push(...result);
    }
  }
  return { zones, refused, faults };
}

function listZoneFiles(dir: string, faults: string[]): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => file.endsWith('.zone'))
      .sort();
  } catch (error) {
    faults.push(`DIGPIT_ZONES_DIR cannot be read: ${(error as Error).message}`);
    return [];
  }
}

function readZoneFile(path: string, origin: Name): Zone | string[] {
  try {
    const text = decodeText(readFileSync(path));
    if (typeof text !== 'string') return [`${path}:${text.line}:${text.column}: ${text.message}`];
    const result = parseMasterFile(text, origin);
    const faults = result.flatMap((one) => ('message' in one ? [`${path}:${one.line}:${one.column}: ${one.message}`] : []));
    return faults.length > 0 ? faults : Zone.of(NOBODY, origin, result as ZoneRecord[]);
  } catch (error) {
    return [`${path}: ${(error as Error).message}`];
  }
}
