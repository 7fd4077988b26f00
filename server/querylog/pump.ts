import type { AsnTable } from '../asn/asn.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import { FRAME, pad } from './event.ts';
import { Gatherer, type Batch } from './gatherer.ts';
import type { Hub } from './hub.ts';
import type { Ring } from './ring.ts';

/** Where batches go to stay. `append` keeps all of them or throws and keeps none. */
export interface BatchStore {
  /** The lowest id that no query has had yet. */
  readonly nextId: number;
  append(batches: readonly Batch[], nextId: number): void;
}

/** How long frames gather before they are stored, in milliseconds: far below what an eye notices. */
const TICK = 20;
/**
 * In a flood they gather longer, up to this many milliseconds or octets: the more queries of one zone go into one row, the less
 * each of them costs.
 */
const LONGEST = 100;
const FLOOD = 1 << 16;
/** How long to leave the store alone after it failed. The rings hold what comes meanwhile, as far as they can. */
const RETRY = 1000;
/** Octets handled at one go: at most, and in a flood. */
const MAX_RUN = 1 << 21;
/** A run ends with the frame that passes the limit, and that may have both messages at their largest. */
const MAX_FRAME = pad(FRAME.HEADER + 2 * MAX_MESSAGE);

/** Carries frames from the rings to the store and then tells the viewers. */
export class Pump {
  private readonly rings: readonly Ring[];
  private readonly runLength: number;
  private readonly gatherer: Gatherer;
  private readonly store: BatchStore;
  private readonly hub: Hub;
  private readonly onFault: (fault: unknown) => void;
  private timer: NodeJS.Timeout | null = null;
  private failing = false;
  /** Ticks that the frames in the rings have been left to gather. */
  private waited = 0;

  constructor(rings: readonly Ring[], table: AsnTable, store: BatchStore, hub: Hub, onFault: (fault: unknown) => void) {
    this.rings = rings;
    // Half of the largest ring, so that the other half takes what comes meanwhile.
    this.runLength = Math.min(MAX_RUN, Math.max(...rings.map(({ size }) => size / 2), 0));
    this.gatherer = new Gatherer(table, this.runLength + MAX_FRAME);
    this.store = store;
    this.hub = hub;
    this.onFault = onFault;
    for (const ring of rings) ring.sleep();
  }

  /** Sees to it that what is in the rings leaves them soon. */
  readonly wake = (): void => {
    this.timer ??= setTimeout(this.tick, this.failing ? RETRY : TICK);
  };

  private readonly tick = (): void => {
    this.timer = null;
    const used = this.used;
    if (used > FLOOD && used < this.runLength && !this.failing && ++this.waited * TICK < LONGEST) {
      this.wake();
      return;
    }
    this.waited = 0;
    for (const ring of this.rings) this.run(ring);
    if (this.used === 0) this.sleep();
    else if (this.used < this.runLength || this.failing) this.wake();
    else this.timer = setTimeout(this.tick, 0);
  };

  private get used(): number {
    let used = 0;
    for (const ring of this.rings) used += ring.used;
    return used;
  }

  /** Empties the rings for good, at the end; what the store does not take now is lost. */
  drain(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.failing = false;
    for (const ring of this.rings) while (!ring.isEmpty && !this.failing) this.run(ring);
  }

  /** Asks to be woken; a frame that came between the last look and the asking is seen at once. */
  private sleep(): void {
    for (const ring of this.rings) {
      ring.sleep();
      if (!ring.isEmpty) this.wake();
    }
  }

  private run(ring: Ring): void {
    const frames = ring.peek(this.runLength);
    if (frames.start === frames.end) return;
    const batches = this.gatherer.gather(frames, this.store.nextId);
    try {
      this.store.append(batches, nextAfter(batches));
      this.failing = false;
    } catch (fault) {
      if (!this.failing) this.onFault(fault);
      this.failing = true;
      return;
    }
    ring.release(frames);
    for (const { zone, count } of batches) for (const viewer of this.hub.viewersOf(zone)) viewer.queriesCame(count);
  }
}

function nextAfter(batches: readonly Batch[]): number {
  let last = 0;
  for (const { lastId } of batches) if (lastId > last) last = lastId;
  return last + 1;
}
