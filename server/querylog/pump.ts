import type { AsnTable } from '../asn/asn.ts';
import { annotate } from './annotate.ts';
import { FRAME, readFrames } from './event.ts';
import type { Hub } from './hub.ts';
import { pad, type Frames, type Ring } from './ring.ts';

/** Frames of one zone, one behind the other and rising by id: what the store keeps as one row. */
export interface Batch {
  readonly zone: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly lastTime: number;
  readonly octets: Uint8Array;
}

/** Where batches go to stay. `append` keeps all of them or throws and keeps none. */
export interface BatchStore {
  /** The lowest id that no query has had yet. */
  readonly nextId: number;
  append(batches: readonly Batch[], nextId: number): void;
}

/** How long frames gather before they are stored, in milliseconds: far below what an eye notices. */
const TICK = 20;
/** How long to leave the store alone after it failed. The ring holds what comes meanwhile, as far as it can. */
const RETRY = 1000;
/** Octets handled in one tick, so that answering is not held up for longer than a few milliseconds. */
const MAX_RUN = 1 << 20;
/** Octets of one batch: what has to be read to show one page. */
const MAX_BATCH = 1 << 16;

/** Carries frames from the ring to the store and then to the viewers. */
export class Pump {
  private readonly ring: Ring;
  private readonly table: AsnTable;
  private readonly store: BatchStore;
  private readonly hub: Hub;
  private readonly onFault: (fault: unknown) => void;
  private timer: NodeJS.Timeout | null = null;
  private failing = false;

  constructor(ring: Ring, table: AsnTable, store: BatchStore, hub: Hub, onFault: (fault: unknown) => void) {
    this.ring = ring;
    this.table = table;
    this.store = store;
    this.hub = hub;
    this.onFault = onFault;
  }

  /** Sees to it that what is in the ring leaves it soon. */
  readonly wake = (): void => {
    this.timer ??= setTimeout(this.tick, this.failing ? RETRY : TICK);
  };

  private readonly tick = (): void => {
    this.timer = null;
    this.run();
    if (!this.ring.isEmpty) this.wake();
  };

  /** Empties the ring for good, at the end; what the store does not take now is lost. */
  drain(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.failing = false;
    while (!this.ring.isEmpty && !this.failing) this.run();
  }

  private run(): void {
    const frames = this.ring.peek(MAX_RUN);
    const batches = this.gather(frames);
    try {
      this.store.append(
        batches,
        batches.reduce((next, batch) => Math.max(next, batch.lastId + 1), this.store.nextId),
      );
      this.failing = false;
    } catch (fault) {
      if (!this.failing) this.onFault(fault);
      this.failing = true;
      return;
    }
    this.ring.release(frames);
    for (const batch of batches) this.tell(batch);
  }

  private tell(batch: Batch): void {
    const viewers = [...this.hub.viewersOf(batch.zone)];
    if (viewers.length === 0) return;
    const queries = readFrames(batch.octets);
    for (const viewer of viewers) viewer.queries(queries);
  }

  /** Numbers and annotates the frames, and sorts them by zone. */
  private gather({ octets, view, start, end }: Frames): Batch[] {
    const zones = new Map<number, Gathering>();
    const all: Gathering[] = [];
    let id = this.store.nextId;
    for (let at = start, length = 0; at < end; at += pad(length), id++) {
      length = view.getUint32(at + FRAME.LENGTH);
      view.setFloat64(at + FRAME.ID, id);
      annotate(octets, view, at, this.table);
      const zone = view.getUint32(at + FRAME.ZONE);
      let gathering = zones.get(zone);
      if (gathering === undefined || gathering.size + length > MAX_BATCH) {
        gathering = { zone, firstId: id, lastId: id, lastTime: 0, size: 0, parts: [] };
        zones.set(zone, gathering);
        all.push(gathering);
      }
      gathering.lastId = id;
      gathering.lastTime = view.getFloat64(at + FRAME.TIME);
      gathering.size += length;
      gathering.parts.push(octets.subarray(at, at + length));
    }
    return all.map(({ zone, firstId, lastId, lastTime, parts }) => ({
      zone,
      firstId,
      lastId,
      lastTime,
      octets: Buffer.concat(parts),
    }));
  }
}

interface Gathering {
  zone: number;
  firstId: number;
  lastId: number;
  lastTime: number;
  size: number;
  parts: Uint8Array[];
}
