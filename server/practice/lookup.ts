import { formatAddress } from '../wire/address.ts';
import { RCODE, TYPE } from '../wire/codes.ts';
import { MAX_CNAME_CHAIN } from '../wire/limits.ts';
import type { Name } from '../wire/name.ts';
import { keyOf, type Cache, type CacheEntry, type CacheKind } from './cache.ts';
import { kindsFor, targetOf, type Finding } from './findings.ts';
import { Iteration, type Outcome } from './iteration.ts';
import type { Traits } from './personas.ts';
import type { Resolution, Step, Stop } from './resolution.ts';
import type { Rr } from './rr.ts';
import type { World } from './world.ts';

/** Name servers whose addresses have to be found first, one for the sake of the other. */
const MAX_DEPTH = 3;

/** One question on its way through one resolver with one cache. `now` gives the milliseconds of the clock of that cache. */
export class Lookup {
  readonly steps: Step[] = [];
  readonly traits: Traits;
  readonly world: World;
  private readonly cache: Cache;
  private readonly now: () => number;
  private readonly iteration: Iteration;
  /** What came during this look-up: used for it even where it may not be kept. */
  private readonly fresh = new Map<string, Finding>();
  /** Name servers whose addresses are being looked for. */
  private readonly pending: Name[] = [];
  private hits = 0;
  private misses = 0;

  constructor(traits: Traits, cache: Cache, world: World, now: () => number) {
    this.traits = traits;
    this.cache = cache;
    this.world = world;
    this.now = now;
    this.iteration = new Iteration(this);
  }

  async resolve(qname: Name, qtype: number): Promise<Resolution> {
    const start = this.world.monotonic();
    const result = await this.follow(qname, qtype);
    const cached = this.hits === 0 ? 'none' : this.misses === 0 ? 'all' : 'part';
    return { ...result, cached, steps: this.steps, took: Math.round((this.world.monotonic() - start) * 1000) };
  }

  /** Whether something is known of a name: this look-up found it, or the cache has it. */
  recall(kind: CacheKind, name: Name, type: number | null): Finding | CacheEntry | undefined {
    return this.fresh.get(keyOf(kind, name, type)) ?? this.cache.find(kind, name, type, this.now());
  }

  /** Keeps what a reply said, for no longer than this resolver keeps anything of that kind. */
  remember(finding: Finding): Finding {
    const isPositive = finding.kind === 'records' || finding.kind === 'delegation';
    const ttl = Math.min(finding.ttl, isPositive ? this.traits.maxTtl : this.traits.maxNegativeTtl);
    const kept = { ...finding, ttl, records: finding.records.map((record) => ({ ...record, ttl: Math.min(record.ttl, ttl) })) };
    this.fresh.set(keyOf(kept.kind, kept.name, kept.type), kept);
    this.cache.put(kept, this.now());
    return kept;
  }

  /** The addresses of a name server that came without: a question of its own, and none that hangs on itself. */
  async addressesOf(server: Name): Promise<readonly string[] | Stop> {
    if (this.pending.some((one) => one.equals(server))) return 'loop';
    if (this.pending.length === MAX_DEPTH) return 'limit';
    this.pending.push(server);
    const { answer } = await this.follow(server, TYPE.A);
    this.pending.pop();
    return answer.filter(({ type }) => type === TYPE.A).map(({ rdata }) => formatAddress(rdata));
  }

  /** The question, and along aliases what it turns into, RFC 1034 §5.3.3. */
  private async follow(qname: Name, qtype: number): Promise<Pick<Resolution, 'rcode' | 'answer' | 'authority'>> {
    const answer: Rr[] = [];
    const give = (rcode: number, authority: readonly Rr[] = []) => ({ rcode, answer, authority });
    const seen: Name[] = [];
    for (let name = qname; ;) {
      const outcome = await this.find(name, qtype);
      if ('stop' in outcome) {
        this.steps.push({ kind: 'stop', name, reason: outcome.stop, ...(outcome.detail && { detail: outcome.detail }) });
        const isForeign = outcome.stop === 'foreign' && seen.length === 0;
        return give(isForeign ? RCODE.REFUSED : RCODE.SERVFAIL);
      }
      const records = this.serve(outcome);
      if (outcome.kind === 'nxdomain') return give(RCODE.NXDOMAIN, records);
      if (outcome.kind === 'nodata') return give(RCODE.NOERROR, records);
      answer.push(...records);
      if (outcome.type === qtype) return give(RCODE.NOERROR);
      const target = targetOf(records[0]!);
      seen.push(name);
      const stop = this.alias(name, target, seen);
      if (stop !== null) return give(RCODE.SERVFAIL);
      name = target!;
    }
  }

  /** Says where an alias leads, and whether it is to be followed. */
  private alias(name: Name, target: Name | null, seen: readonly Name[]): Stop | null {
    if (target !== null) this.steps.push({ kind: 'alias', name, target });
    const reason =
      target === null
        ? 'unreadable'
        : seen.some((one) => one.equals(target))
          ? 'loop'
          : seen.length >= MAX_CNAME_CHAIN
            ? 'limit'
            : null;
    if (reason !== null) this.steps.push({ kind: 'stop', name: target ?? name, reason });
    return reason;
  }

  /** What is known of a name and type: records, an alias, or that there are none. Asks when nothing is known. */
  private async find(name: Name, qtype: number): Promise<Outcome> {
    const zone = this.world.zoneOf(name);
    if (zone === null) return { stop: 'foreign' };
    for (const [kind, type] of kindsFor(qtype)) {
      const known = this.recall(kind, name, type);
      if (known !== undefined) return this.use(known, name, qtype);
    }
    if (this.traits.cutsBelowNxdomain) {
      for (let up = 1; name.labelCount - up > zone.labelCount; up++) {
        const known = this.recall('nxdomain', name.suffix(up), null);
        if (known !== undefined) return this.use(known, name.suffix(up), qtype);
      }
    }
    this.misses++;
    return this.iteration.run(name, qtype, zone);
  }

  /** Counts and tells what the cache gives. What came a moment ago for the same question is no hit. */
  private use(known: Finding | CacheEntry, name: Name, qtype: number): Outcome {
    if (!('hits' in known)) return known;
    this.hits++;
    known.hits++;
    this.steps.push({ kind: 'cache', name, type: known.type ?? qtype, held: known.kind, remaining: this.remaining(known) });
    return known;
  }

  /** The records as they are given out: with the TTL that is left, and in turns where this resolver takes turns. */
  private serve(found: Finding | CacheEntry): Rr[] {
    if (!('hits' in found)) return [...found.records];
    const ttl = this.remaining(found);
    const records = found.records.map((record) => ({ ...record, ttl }));
    const first = this.traits.rotates ? found.hits % records.length : 0;
    return [...records.slice(first), ...records.slice(0, first)];
  }

  private remaining({ expires }: CacheEntry): number {
    return Math.ceil((expires - this.now()) / 1000);
  }
}
