import { Cache } from './cache.ts';
import { PERSONAS, type PracticeId } from './personas.ts';
import { SpeedClock } from './speed-clock.ts';

/** What the resolvers remember for the owner of one zone, so that nobody sees or empties what another fills. */
export interface Memory {
  readonly clock: SpeedClock;
  readonly caches: Readonly<Record<PracticeId, Cache>>;
  /** Counts on with every change but the passing of time. */
  revision: number;
  /** Look-ups on their way. */
  busy: number;
}

export interface MemoryLimits {
  readonly zones: number;
  /** Of all caches together. */
  readonly octets: number;
  /** Of each cache. */
  readonly entriesPerCache: number;
  readonly octetsPerCache: number;
}

export const MEMORY_LIMITS: MemoryLimits = { zones: 500, octets: 4 << 20, entriesPerCache: 200, octetsPerCache: 64 << 10 };

/** The memories of all zones, within bounds: the one that was used longest ago is forgotten first. */
export class Memories {
  private readonly monotonic: () => number;
  private readonly limits: MemoryLimits;
  /** By zone, the one used last at the end. */
  private readonly memories = new Map<number, Memory>();
  /** Never the same twice, so that a page that saw a memory knows when it looks at another. */
  private lastRevision = 0;

  constructor(monotonic: () => number, limits: MemoryLimits = MEMORY_LIMITS) {
    this.monotonic = monotonic;
    this.limits = limits;
  }

  get octets(): number {
    return [...this.memories.values()].reduce((sum, memory) => sum + octetsOf(memory), 0);
  }

  get zones(): number {
    return this.memories.size;
  }

  /** To look into; undefined when nothing is remembered. */
  peek(zone: number): Memory | undefined {
    return this.memories.get(zone);
  }

  /** To use: makes one when there is none. */
  of(zone: number): Memory {
    const memory = this.memories.get(zone) ?? this.make();
    this.memories.delete(zone);
    this.memories.set(zone, memory);
    return memory;
  }

  /** To be said after every change: counts it, and forgets other zones where all together are too large. */
  changed(memory: Memory): void {
    memory.revision = ++this.lastRevision;
    let octets = this.octets;
    for (const [zone, other] of this.memories) {
      if (octets <= this.limits.octets && this.memories.size <= this.limits.zones) return;
      if (other === memory || other.busy > 0) continue;
      octets -= octetsOf(other);
      this.memories.delete(zone);
    }
  }

  private make(): Memory {
    const limits = { entries: this.limits.entriesPerCache, octets: this.limits.octetsPerCache };
    const caches = Object.fromEntries(PERSONAS.map(({ id }) => [id, new Cache(limits)])) as Record<PracticeId, Cache>;
    return { clock: new SpeedClock(this.monotonic), caches, revision: ++this.lastRevision, busy: 0 };
  }
}

function octetsOf({ caches }: Memory): number {
  return Object.values(caches).reduce((sum, { octets }) => sum + octets, 0);
}
