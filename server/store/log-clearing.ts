import { breathe } from '../querylog/breath.ts';
import type { Database } from './database.ts';
import type { OldestBatches } from './oldest-batches.ts';

/** Batches deleted in one step. */
const STEP = 1024;

/**
 * Takes out of the file what was cleared, a few batches at a time: nobody sees it any more, and to delete the log of a large zone at
 * once would keep the file from all others for as long.
 */
export class LogClearing {
  private readonly oldest: OldestBatches;
  private readonly next;
  private readonly finish;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database, oldest: OldestBatches) {
    this.oldest = oldest;
    this.next = db.prepare<[], { zone: number; until: number }>('SELECT zone_id AS zone, until FROM log.cleared LIMIT 1');
    this.finish = db.prepare<[{ zone: number; until: number }]>(
      'DELETE FROM log.cleared WHERE zone_id = @zone AND until = @until',
    );
  }

  /** Whether something is still in the file. */
  get isNeeded(): boolean {
    return this.next.get() !== undefined;
  }

  /** Does one step of it. Returns whether there is more to do. */
  step(): boolean {
    for (let rows = 0; rows < STEP; breathe()) {
      const cleared = this.next.get();
      if (cleared === undefined) return false;
      const { rows: deleted, isLast } = this.oldest.delete(cleared.zone, cleared.until, Infinity);
      if (isLast) this.finish.run(cleared);
      rows += deleted;
    }
    return true;
  }
}
