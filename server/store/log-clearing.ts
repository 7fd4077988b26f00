import { breathe } from '../querylog/breath.ts';
import type { Database } from './database.ts';
import type { FreshEntries } from './fresh-entries.ts';
import { ZoneShares } from './zone-shares.ts';

/** Batches deleted in one transaction, for each may lie on another page, and in one step. */
const ROWS = 16;
const STEP = 1024;

interface Row {
  readonly lastId: number;
  readonly seq: number;
  /** Null when the batch is gone, and only the entry is left. */
  readonly octets: number | null;
}

/**
 * Takes out of the file what was cleared, a few batches at a time: nobody sees it any more, and to delete the log of a large zone at
 * once would keep the file from all others for as long.
 */
export class LogClearing {
  private readonly fresh: FreshEntries;
  private readonly shares: ZoneShares;
  private readonly next;
  private readonly selectRows;
  private readonly deleteRows;
  private readonly finish;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database, fresh: FreshEntries, shares: ZoneShares) {
    this.fresh = fresh;
    this.shares = shares;
    this.next = db.prepare<[], { zone: number; until: number }>('SELECT zone_id AS zone, until FROM log.cleared LIMIT 1');
    this.finish = db.prepare<[{ zone: number; until: number }]>(
      'DELETE FROM log.cleared WHERE zone_id = @zone AND until = @until',
    );
    this.selectRows = db.prepare<[{ zone: number; until: number }], Row>(
      `SELECT entry.last_id AS lastId, entry.seq AS seq, length(batch.frames) AS octets
       FROM log.zone_batches AS entry LEFT JOIN log.query_batches AS batch USING (seq)
       WHERE entry.zone_id = @zone AND entry.last_id <= @until ORDER BY entry.last_id LIMIT ${ROWS}`,
    );
    const deleteBatch = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq = ?');
    const deleteEntries = db.prepare<[number, number]>('DELETE FROM log.zone_batches WHERE zone_id = ? AND last_id <= ?');
    this.deleteRows = db.transaction((zone: number, rows: readonly Row[]) => {
      for (const { seq, lastId, octets } of rows) {
        if (octets === null) continue;
        deleteBatch.run(seq);
        shares.remove(zone, seq, lastId, ZoneShares.sizeOf(octets));
      }
      deleteEntries.run(zone, rows.at(-1)!.lastId);
      shares.save();
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
      const found = this.selectRows.all(cleared);
      if (found.length > 0) this.delete(cleared.zone, found);
      if (found.length < ROWS) this.finish.run(cleared);
      rows += found.length;
    }
    return true;
  }

  private delete(zone: number, rows: readonly Row[]): void {
    try {
      this.deleteRows(zone, rows);
    } catch (fault) {
      this.shares.forget();
      throw fault;
    }
  }
}
