import type { NetworkJson, QueryJson } from '../../server/http/protocol.ts';
import { valueOf, type FilterField } from '../live/filter.ts';

export interface Count {
  /** As a filter has it; empty for what is not known. */
  readonly value: string;
  readonly count: number;
  readonly sample: QueryJson;
}

/** How many queries there are of each value of a field, the most frequent first. */
export function countBy(rows: readonly QueryJson[], field: FilterField): Count[] {
  const counts = new Map<string, { value: string; count: number; sample: QueryJson }>();
  for (const query of rows) {
    const value = valueOf(query, field);
    const known = counts.get(value);
    if (known) known.count += 1;
    else counts.set(value, { value, count: 1, sample: query });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

export interface Timeline {
  /** Queries in each span, the oldest first. */
  readonly counts: readonly number[];
  readonly from: number;
  /** Length of a span in seconds. */
  readonly span: number;
}

/** Lengths of a span that people can think in, in seconds. */
const SPANS = [1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400];

/** Queries over time, in at most `spans` spans of a round length that end with `now`. */
export function timeline(rows: readonly QueryJson[], now: number, spans: number): Timeline {
  const oldest = rows.at(-1)?.time ?? now;
  const span = SPANS.find((length) => (now - oldest) / 1000 < length * spans) ?? SPANS.at(-1)!;
  const from = now - span * spans * 1000;
  const counts = Array.from({ length: spans }, () => 0);
  for (const { time } of rows) {
    const at = Math.min(Math.floor((time - from) / (span * 1000)), spans - 1);
    if (at >= 0) counts[at]! += 1;
  }
  return { counts, from, span };
}

export const HABITS = ['case', 'minimises', 'edns', 'cookies', 'dnssec', 'subnet', 'tcp', 'https', 'ipv6'] as const;
export type Habit = (typeof HABITS)[number];

/** One who asks, and what can be learnt of it from its own queries. */
export interface Source {
  readonly address: string;
  readonly network: NetworkJson;
  readonly count: number;
  readonly habits: ReadonlySet<Habit>;
  /** The largest UDP size that it named; 0 for none. */
  readonly udpSize: number;
}

/** Who asked, the busiest first. */
export function sourcesOf(rows: readonly QueryJson[]): Source[] {
  const bySource = new Map<string, QueryJson[]>();
  for (const query of rows) {
    const known = bySource.get(query.source.address);
    if (known) known.push(query);
    else bySource.set(query.source.address, [query]);
  }
  return [...bySource]
    .map(([address, queries]) => ({
      address,
      network: queries[0]!.source,
      count: queries.length,
      habits: habitsOf(queries),
      udpSize: Math.max(0, ...queries.map(({ edns }) => edns?.udpSize ?? 0)),
    }))
    .sort((a, b) => b.count - a.count);
}

const SHOWS: Record<Exclude<Habit, 'minimises'>, (query: QueryJson) => boolean> = {
  // Both in one name, and not just one letter at the front of it.
  case: ({ qname }) => /[a-z]/.test(qname) && /[A-Z]/.test(qname.slice(1)),
  edns: ({ edns }) => edns !== undefined,
  cookies: ({ edns }) => edns?.cookie === true,
  dnssec: ({ edns }) => edns?.dnssecOk === true,
  subnet: ({ clientSubnet }) => clientSubnet !== undefined,
  tcp: ({ transport }) => transport === 'tcp',
  https: ({ transport }) => transport === 'https',
  ipv6: ({ source }) => source.address.includes(':'),
};

/** `queries` are of one source, the newest first. */
function habitsOf(queries: readonly QueryJson[]): Set<Habit> {
  return new Set(HABITS.filter((habit) => (habit === 'minimises' ? doesMinimise(queries) : queries.some(SHOWS[habit]))));
}

/** A resolver that walks down asks for a part of the name just before the whole, RFC 9156 §2. */
const WALK_MS = 2_000;

function doesMinimise(queries: readonly QueryJson[]): boolean {
  return queries.some(({ qname, qtype, time }, i) => {
    if (qname.startsWith('_.')) return true;
    if (qtype !== 'A' && qtype !== 'NS') return false;
    const ending = `.${qname.toLowerCase()}`;
    return queries
      .slice(Math.max(0, i - 4), i)
      .some((next) => next.time - time <= WALK_MS && next.qname.toLowerCase().endsWith(ending));
  });
}

/** An answer of ours that others may still keep. */
export interface Hold {
  readonly qname: string;
  readonly qtype: string;
  /** Milliseconds since 1970, of whoever asked last. */
  readonly until: number;
  readonly isNegative: boolean;
  /** How many of those who asked keep it still. */
  readonly sources: number;
}

/** What resolvers may hold at `now`, that which goes last first. */
export function holdsOf(rows: readonly QueryJson[], now: number): Hold[] {
  const holds = new Map<string, { hold: Hold; sources: Set<string> }>();
  for (const { qname, qtype, time, heldFor, answers, source } of rows) {
    const until = time + (heldFor ?? 0) * 1000;
    if (until <= now) continue;
    const name = qname.toLowerCase();
    const key = `${name} ${qtype}`;
    const known = holds.get(key);
    const sources = (known?.sources ?? new Set<string>()).add(source.address);
    const isNegative = answers.length === 0;
    const hold = { qname: name, qtype, until: Math.max(until, known?.hold.until ?? 0), isNegative, sources: sources.size };
    // The newest answer is what they have; an older one that holds longer does not come after it.
    holds.set(key, { hold: known ? { ...known.hold, until: hold.until, sources: hold.sources } : hold, sources });
  }
  return [...holds.values()].map(({ hold }) => hold).sort((a, b) => b.until - a.until);
}
