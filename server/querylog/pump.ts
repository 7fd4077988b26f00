import type { AsnTable } from '../asn/asn.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import { FRAME, MAX_BEHIND, pad } from './event.ts';
import { Gatherer, type Batch } from './gatherer.ts';
import type { Ring } from './ring.ts';

/** Where batches go to stay. `append` keeps all of them or throws and keeps none. */
export interface BatchStore {
  /** The lowest id that no query has had yet. */
  readonly nextId: number;
  append(batches: readonly Batch[], nextId: number): void;
}

/** How long frames gather before they are stored, in milliseconds: far below what an eye notices. */
const TICK = 20;
/** In a flood, when so many octets wait, they gather longer: the more queries of one zone go into one row, the less each of them costs. */
const FLOOD = 1 << 16;
const FLOOD_TICK = 70;
/** How long to leave the store alone after it failed. The rings hold what comes meanwhile, as far as they can. */
const RETRY = 1000;
/** Octets handled at one go: at most, and of a ring, the rest of which takes what comes meanwhile. */
const MAX_RUN = 3 << 20;
const RUN_SHARE = 2 / 3;
/** How long to leave frames alone that will soon be so many. */
const SHORT_TICK = 4;
/** A run ends with the frame that passes the limit, and that may have all in it at its largest. */
const MAX_FRAME = pad(FRAME.HEADER + 2 * MAX_MESSAGE + MAX_BEHIND);

/** Carries frames from the rings to the store, and tells of what was kept. It waits for nothing: `step` says when to come back. */
export class Pump {
  private readonly rings: readonly Ring[];
  private readonly runLength: number;
  private readonly gatherer: Gatherer;
  private readonly store: BatchStore;
  private readonly kept: (batches: readonly Batch[]) => void;
  private readonly onFault: (fault: unknown) => void;
  /** What left a ring and is not in the store yet: after a fault it is brought again. */
  private gathered: readonly Batch[] = [];
  /** Since when frames gather; null while the rings are empty. */
  private since: number | null = null;
  private failing = false;

  /** `kept` is told of batches that are in the store; their octets are good until it returns. */
  constructor(
    rings: readonly Ring[],
    table: AsnTable,
    store: BatchStore,
    kept: (batches: readonly Batch[]) => void,
    onFault: (fault: unknown) => void,
  ) {
    this.rings = rings;
    this.runLength = Math.min(MAX_RUN, Math.max(...rings.map(({ size }) => size * RUN_SHARE), 0));
    this.gatherer = new Gatherer(table, this.runLength + MAX_FRAME);
    this.store = store;
    this.kept = kept;
    this.onFault = onFault;
  }

  /** Networks are looked up in `table` from now on. */
  set table(table: AsnTable) {
    this.gatherer.table = table;
  }

  /**
   * Does what is due at `now`, a number of milliseconds that only rises. Returns how many of them may pass before the next step;
   * Infinity when the rings are empty, whose writers then wake whoever carries.
   */
  step(now: number): number {
    const { used } = this;
    if (used === 0 && this.gathered.length === 0) return this.sleep();
    this.since ??= now;
    const left = this.since + this.patience(used) - now;
    // A flood that begins or grows meanwhile is seen after a tick at the latest.
    if (left > 0) return this.failing ? left : Math.min(left, used > this.runLength / 2 ? SHORT_TICK : TICK);
    for (const ring of this.rings) this.run(ring);
    this.since = now;
    return this.failing ? RETRY : this.used < this.runLength / 2 ? TICK : 0;
  }

  /** Empties the rings for good, at the end; what the store does not take now is lost. */
  drain(): void {
    this.failing = false;
    for (const ring of this.rings) while (!(ring.isEmpty && this.gathered.length === 0) && !this.failing) this.run(ring);
  }

  /** How long frames may gather when they have `used` octets. */
  private patience(used: number): number {
    if (this.failing) return RETRY;
    if (used >= this.runLength) return 0;
    return used > FLOOD ? FLOOD_TICK : TICK;
  }

  private get used(): number {
    let used = 0;
    for (const ring of this.rings) used += ring.used;
    return used;
  }

  /** Asks to be woken; a frame that came between the last look and the asking is seen at once. */
  private sleep(): number {
    this.since = null;
    for (const ring of this.rings) ring.sleep();
    return this.used === 0 ? Infinity : TICK;
  }

  private run(ring: Ring): void {
    if (this.gathered.length === 0) {
      const frames = ring.peek(this.runLength);
      if (frames.start === frames.end) return;
      this.gathered = this.gatherer.gather(frames, this.store.nextId);
      // They are copied: the ring has room for others long before these are on the disk.
      ring.release(frames);
    }
    try {
      this.store.append(this.gathered, nextAfter(this.gathered));
      this.failing = false;
    } catch (fault) {
      if (!this.failing) this.onFault(fault);
      this.failing = true;
      return;
    }
    this.kept(this.gathered);
    this.gathered = [];
  }
}

function nextAfter(batches: readonly Batch[]): number {
  let last = 0;
  for (const { lastId } of batches) if (lastId > last) last = lastId;
  return last + 1;
}
