import { breathe } from '../querylog/breath.ts';
import type { Database } from './database.ts';
import type { FreshEntries } from './fresh-entries.ts';

/** Batches deleted in one transaction, and in one step. */
const ROWS = 16;
const STEP = 1024;

/**
 * Takes out of the file what was cleared, a few batches at a time: nobody sees it any more, and to delete the log of a large zone at
 * once would keep the file from all others for as long.
 */
export class LogClearing {
  private readonly fresh: FreshEntries;
  private readonly next;
  private readonly deleteSome;
  private readonly finish;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database, fresh: FreshEntries) {
    this.fresh = fresh;
    this.next = db.prepare<[], { zone: number; until: number }>('SELECT zone_id AS zone, until FROM log.cleared LIMIT 1');
    this.finish = db.prepare<[{ zone: number; until: number }]>(
      'DELETE FROM log.cleared WHERE zone_id = @zone AND until = @until',
    );
    const findLast = db
      .prepare<[{ zone: number; until: number }], number | null>(
        `SELECT max(last_id) FROM (SELECT last_id FROM log.zone_batches WHERE zone_id = @zone AND last_id <= @until
         ORDER BY last_id LIMIT ${ROWS})`,
      )
      .pluck();
    const deleteBatches = db.prepare<[{ zone: number; last: number }]>(
      'DELETE FROM log.query_batches WHERE seq IN (SELECT seq FROM log.zone_batches WHERE zone_id = @zone AND last_id <= @last)',
    );
    const deleteEntries = db.prepare<[{ zone: number; last: number }]>(
      'DELETE FROM log.zone_batches WHERE zone_id = @zone AND last_id <= @last',
    );
    this.deleteSome = db.transaction((zone: number, until: number): number => {
      const last = findLast.get({ zone, until }) ?? null;
      if (last === null) return 0;
      deleteBatches.run({ zone, last });
      return deleteEntries.run({ zone, last }).changes;
    });
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
      this.fresh.settleZone(cleared.zone);
      const deleted = this.deleteSome(cleared.zone, cleared.until);
      if (deleted < ROWS) this.finish.run(cleared);
      rows += deleted;
    }
    return true;
  }
}
