import { SAFE_PART } from '../store/zone-shares.ts';

/** How much one person may take of what all share, and how much there is to share. */
export interface Limits {
  /** Of one subdomain. */
  readonly recordsPerZone: number;
  readonly namesPerZone: number;
  /** Octets of the data of all its records together. */
  readonly octetsPerZone: number;
  readonly sharesPerZone: number;
  readonly keysPerZone: number;
  /** Files of the log that are written at a time: each keeps the server busy for as long as it lasts. */
  readonly exportsPerZone: number;
  readonly viewersPerZone: number;
  readonly callsPerZone: number;
  /** From one IPv4 address or IPv6 /64: all at once when nothing came for that long. */
  readonly callsPerMinute: number;
  readonly viewersPerAddress: number;
  readonly sessionsPerHour: number;
  readonly zonesPerDay: number;
  /** Questions to public resolvers. */
  readonly asksPerHour: number;
  /** Questions to practice resolvers; a class of thirty may sit behind one address. */
  readonly practiceAsksPerHour: number;
  /** Of everybody together. */
  readonly viewers: number;
  readonly zones: number;
  /** Octets that all zones take in memory. */
  readonly zoneOctets: number;
  readonly allZonesPerDay: number;
  /** Octets of the log that are for zones which hold little of it; 0 without a log. */
  readonly logOctetsForSmall: number;
  /** Octets of a request. */
  readonly bodyBytes: number;
  /** The same where the body holds a whole zone. */
  readonly zoneBodyBytes: number;
  /** Octets of replies that wait for clients, of all together. */
  readonly backlogOctets: number;
}

/** Of our memory, what zones may take, and what we reckon with for one that hardly has a record. */
const ZONES_SHARE = 8;
const ZONE_OCTETS = 16 << 10;
/** The same for replies that nobody takes. */
const BACKLOG_SHARE = 10;

/** Limits that fit into `memoryBytes`, and into a log of `logMaxBytes`. */
export function limitsFor(memoryBytes: number, logMaxBytes: number): Limits {
  return {
    recordsPerZone: 500,
    namesPerZone: 300,
    octetsPerZone: 128 * 1024,
    sharesPerZone: 100,
    keysPerZone: 50,
    exportsPerZone: 2,
    viewersPerZone: 20,
    callsPerZone: 6000,
    callsPerMinute: 12_000,
    viewersPerAddress: 300,
    sessionsPerHour: 120,
    zonesPerDay: 300,
    asksPerHour: 600,
    practiceAsksPerHour: 10_000,
    viewers: 1000,
    zones: Math.floor(memoryBytes / ZONE_OCTETS),
    zoneOctets: Math.floor(memoryBytes / ZONES_SHARE),
    allZonesPerDay: 2000,
    logOctetsForSmall: Math.floor(logMaxBytes * SAFE_PART),
    bodyBytes: 64 * 1024,
    zoneBodyBytes: 256 * 1024,
    backlogOctets: Math.floor(memoryBytes / BACKLOG_SHARE),
  };
}
