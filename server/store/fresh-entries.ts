import type { Database } from './database.ts';

/** How many of them there may be: a few hundred KB, which stay in memory. */
const MAX_FRESH = 1 << 12;

/**
 * Entries of zones as they come, before they go to their places in `zone_batches`. There each zone has pages of its own, and each of
 * them would be read, kept for the case of a rollback, and written for the few entries of one tick. So they gather here, in pages
 * that many zones share, and go zone by zone, a few zones at a time, when each has so many that its page is worth it.
 *
 * All that a zone has here is newer than what it has there.
 */
export class FreshEntries {
  private readonly insert;
  private readonly copy;
  private readonly remove;
  private readonly deleteSince;
  private readonly selectZoneAfter;
  private readonly moveZone;
  private readonly countAll;
  private readonly most: number;
  private count: number;
  /** The zone up to which they went to their places in this round. */
  private settled = 0;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database, most = MAX_FRESH) {
    this.most = most;
    this.insert = db.prepare<[number, number, number, Uint8Array]>(
      'INSERT INTO log.fresh_batches (zone_id, last_id, seq, summary) VALUES (?, ?, ?, ?)',
    );
    this.copy = db.prepare<[number, number]>(
      `INSERT INTO log.zone_batches SELECT zone_id, last_id, seq, summary FROM log.fresh_batches
       WHERE zone_id > ? AND zone_id <= ? ORDER BY zone_id, last_id`,
    );
    this.remove = db.prepare<[number, number]>('DELETE FROM log.fresh_batches WHERE zone_id > ? AND zone_id <= ?');
    this.deleteSince = db.prepare<[number]>('DELETE FROM log.fresh_batches WHERE seq >= ?');
    this.selectZoneAfter = db
      .prepare<[number, number], number>(
        'SELECT zone_id FROM log.fresh_batches WHERE zone_id > ? ORDER BY zone_id, last_id LIMIT 1 OFFSET ?',
      )
      .pluck();
    this.countAll = db.prepare<[], number>('SELECT count(*) FROM log.fresh_batches').pluck();
    this.moveZone = db.transaction((zone: number) => this.move(zone - 1, zone));
    this.count = this.countAll.get()!;
  }

  /** Adds one, in the transaction of its batch; after that failed, `takeBack` is to follow. */
  add(zone: number, lastId: number, seq: number, summary: Uint8Array): void {
    this.insert.run(zone, lastId, seq, summary);
    this.count++;
  }

  /** Takes some to their places while there are too many: whole zones, the next in turn. In the same transaction. */
  settle(): void {
    const excess = this.count - this.most;
    if (excess <= 0) return;
    const last = this.selectZoneAfter.get(this.settled, excess - 1);
    this.count -= this.move(this.settled, last ?? Number.MAX_SAFE_INTEGER);
    this.settled = last ?? 0;
  }

  /** Takes those of one zone to their places, in a transaction of its own: when it fails, nothing has changed. */
  settleZone(zone: number): void {
    this.count -= this.moveZone(zone);
  }

  /** Takes back those of batches from `seq` on, after a transaction failed. */
  takeBack(seq: number): void {
    this.deleteSince.run(seq);
    this.count = this.countAll.get()!;
  }

  /** Moves those of the zones above `after`, up to `last`. Returns how many. */
  private move(after: number, last: number): number {
    return this.copy.run(after, last).changes > 0 ? this.remove.run(after, last).changes : 0;
  }
}
