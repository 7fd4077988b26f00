import type { AsnTable } from '../asn/asn.ts';
import { annotate } from './annotate.ts';
import { breathe } from './breath.ts';
import { FRAME, pad } from './event.ts';
import type { Frames } from './ring.ts';
import { summarize } from './summary.ts';

/** Frames of one zone, one behind the other and rising by id: what the store keeps as one row. */
export interface Batch {
  readonly zone: number;
  readonly lastId: number;
  readonly lastTime: number;
  readonly count: number;
  /** Good until the next run is gathered. */
  readonly octets: Uint8Array;
  /** What is in them, see summary.ts. */
  readonly summary: Uint8Array;
}

/** Octets of one batch: what has to be read to show one page. */
const MAX_BATCH = 1 << 16;
/** Frames that are worked on without a breath. */
const BREATH_FRAMES = 256;
/** Batches that are summed up without one. */
const BREATH_BATCHES = 8;
const SMALLEST_FRAME = FRAME.HEADER + 12;

interface Group {
  readonly zone: number;
  lastId: number;
  lastTime: number;
  count: number;
  size: number;
  /** Where its next frame goes. */
  at: number;
}

/** Numbers and annotates a run of frames, and sorts them by zone. Two passes and no object per frame. */
export class Gatherer {
  table: AsnTable;
  private readonly sorted: Uint32Array;
  private readonly octets: Uint8Array;
  private readonly groupOf: Uint16Array;
  private readonly groups: Group[] = [];
  private readonly openGroups = new Map<number, number>();

  /** For runs of at most `maxRun` octets and one frame of the largest size. */
  constructor(table: AsnTable, maxRun: number) {
    this.table = table;
    this.sorted = new Uint32Array(maxRun / 4);
    this.octets = new Uint8Array(this.sorted.buffer);
    this.groupOf = new Uint16Array(maxRun / SMALLEST_FRAME);
  }

  /**
   * The frames as batches, by zone and then by age; the first frame gets `firstId`. So the places that neighbours have in the index of
   * the log, which lie on one page, are written at one go.
   */
  gather(frames: Frames, firstId: number): Batch[] {
    this.groups.length = 0;
    this.openGroups.clear();
    this.assign(frames, firstId);
    let at = 0;
    for (const group of this.groups) {
      group.at = at;
      at += group.size;
    }
    this.sort(frames);
    this.groups.sort((a, b) => a.zone - b.zone);
    return this.groups.map(({ zone, lastId, lastTime, count, size, at: end }, i) => {
      const octets = this.octets.subarray(end - size, end);
      if (i % BREATH_BATCHES === BREATH_BATCHES - 1) breathe();
      return { zone, lastId, lastTime, count, octets, summary: summarize(octets) };
    });
  }

  private assign({ octets, view, start, end }: Frames, firstId: number): void {
    let id = firstId;
    for (let at = start, length = 0; at < end; at += length, id++) {
      length = pad(view.getUint32(at + FRAME.LENGTH));
      view.setFloat64(at + FRAME.ID, id);
      annotate(octets, view, at, this.table);
      const index = this.groupFor(view.getUint32(at + FRAME.ZONE), length, id);
      const group = this.groups[index]!;
      group.lastId = id;
      group.lastTime = view.getFloat64(at + FRAME.TIME);
      group.count++;
      group.size += length;
      this.groupOf[id - firstId] = index;
      if ((id - firstId) % BREATH_FRAMES === BREATH_FRAMES - 1) breathe();
    }
  }

  private groupFor(zone: number, length: number, id: number): number {
    const known = this.openGroups.get(zone);
    if (known !== undefined && this.groups[known]!.size + length <= MAX_BATCH) return known;
    this.openGroups.set(zone, this.groups.length);
    return this.groups.push({ zone, lastId: id, lastTime: 0, count: 0, size: 0, at: 0 }) - 1;
  }

  /** Frames begin and end at multiples of four octets in the ring and here, so words are what is copied. */
  private sort({ words, view, start, end }: Frames): void {
    const { sorted, groups, groupOf } = this;
    for (let at = start, i = 0; at < end; i++) {
      const group = groups[groupOf[i]!]!;
      const length = pad(view.getUint32(at + FRAME.LENGTH));
      for (let from = at >> 2, to = group.at >> 2, last = (at + length) >> 2; from < last;) sorted[to++] = words[from++]!;
      group.at += length;
      at += length;
      if (i % BREATH_FRAMES === BREATH_FRAMES - 1) breathe();
    }
  }
}
