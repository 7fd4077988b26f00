import type { Database } from './database.ts';
import type { FreshEntries } from './fresh-entries.ts';
import { ZoneShares } from './zone-shares.ts';

/** Batches deleted in one transaction: each may lie on another page. */
const ROWS = 16;

interface Oldest {
  readonly lastId: number;
  readonly seq: number;
  /** Null when the batch is gone, and only the entry is left. */
  readonly octets: number | null;
}

/** Takes the oldest batches of one zone out of the file, with their entries. */
export class OldestBatches {
  private readonly fresh: FreshEntries;
  private readonly shares: ZoneShares;
  private readonly select;
  private readonly deleteAll;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database, fresh: FreshEntries, shares: ZoneShares) {
    this.fresh = fresh;
    this.shares = shares;
    this.select = db.prepare<[{ zone: number; until: number }], Oldest>(
      `SELECT entry.last_id AS lastId, entry.seq AS seq, length(batch.frames) AS octets
       FROM log.zone_batches AS entry LEFT JOIN log.query_batches AS batch USING (seq)
       WHERE entry.zone_id = @zone AND entry.last_id <= @until ORDER BY entry.last_id LIMIT ${ROWS}`,
    );
    const deleteBatch = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq = ?');
    const deleteEntries = db.prepare<[{ zone: number; last: number }]>(
      'DELETE FROM log.zone_batches WHERE zone_id = @zone AND last_id <= @last',
    );
    this.deleteAll = db.transaction((zone: number, batches: readonly Oldest[]) => {
      for (const { seq, lastId, octets } of batches) {
        if (octets === null) continue;
        deleteBatch.run(seq);
        shares.remove(zone, seq, lastId, ZoneShares.sizeOf(octets));
      }
      deleteEntries.run({ zone, last: batches.at(-1)!.lastId });
      shares.save();
    });
  }

  /**
   * Deletes the oldest of a zone up to id `until`, until so many octets are gone: a few of them, in a transaction. Returns how many, and
   * whether there are no more.
   */
  delete(zone: number, until: number, octets: number): { rows: number; isLast: boolean } {
    let found = this.select.all({ zone, until });
    // Entries that are fresh come after all that are in their places.
    if (found.length < ROWS) {
      this.fresh.settleZone(zone);
      found = this.select.all({ zone, until });
    }
    const batches = takeOctets(found, octets);
    try {
      if (batches.length > 0) this.deleteAll(zone, batches);
    } catch (fault) {
      this.shares.forget();
      throw fault;
    }
    return { rows: batches.length, isLast: batches.length === found.length && found.length < ROWS };
  }
}

/** The first of them, until there are so many octets together. */
function takeOctets(batches: readonly Oldest[], octets: number): readonly Oldest[] {
  let left = octets;
  const end = batches.findIndex((batch) => {
    left -= batch.octets === null ? 0 : ZoneShares.sizeOf(batch.octets);
    return left <= 0;
  });
  return end === -1 ? batches : batches.slice(0, end + 1);
}
