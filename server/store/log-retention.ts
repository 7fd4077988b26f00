import { breathe } from '../querylog/breath.ts';
import type { Database } from './database.ts';
import { ZoneShares } from './zone-shares.ts';

/** Batches looked at without a breath, and in one step. */
const BREATH_ROWS = 32;
const STEP = 512;
/** Of the log, the part that is freed beyond what has to be, so that not every tick has to free some. */
const SLACK_PART = 1 / 128;
/** Entries that may lead to no batch before they are looked for, and zones that are gone through in one step of that. */
const MAX_STALE = 1 << 14;
const SWEEP_ZONES = 64;

interface Row {
  readonly seq: number;
  readonly zone: number;
  readonly lastId: number;
  readonly lastTime: number;
  readonly octets: number;
}

/**
 * What leaves the log: all that is too old, and when it is full, the oldest of all but those zones that hold little.
 *
 * Batches are gone through in the order in which they came, whosever they are, as if the oldest of all went: those lie together, and
 * a page is written for many of them. What is of a zone that holds little is passed over and stays where it is, and so does what
 * comes behind it of that zone, until shares are reckoned again and all begins with the oldest: so of each zone it is always the
 * oldest that is gone.
 */
export class LogRetention {
  private readonly shares: ZoneShares;
  private readonly byteLength: () => number;
  private readonly deleteAged;
  private readonly walk;
  private readonly deleteStale;
  private readonly save;
  private readonly selectRows;
  private readonly oldestTime;
  private readonly deleteRange;
  private readonly selectZoneAfter;
  private readonly findGone;
  private readonly deleteEntries;
  /** How many entries may lead to no batch, and the zone up to which they were taken away. */
  private stale = MAX_STALE;
  private swept = 0;

  /** The log must be attached for writing, see `attachLogForWriting`. `byteLength` says how full it is. */
  constructor(db: Database, shares: ZoneShares, byteLength: () => number) {
    this.shares = shares;
    this.byteLength = byteLength;
    this.deleteAged = db.transaction((before: number, next: number) => this.deleteAllAged(before, next));
    this.walk = db.transaction((maxBytes: number, next: number, most: number) => this.walkOn(maxBytes, next, most));
    this.deleteStale = db.transaction(() => this.sweep());
    this.save = db.transaction(() => shares.save());
    this.selectRows = db.prepare<[number, number], Row>(
      `SELECT seq, zone_id AS zone, last_id AS lastId, last_time AS lastTime, length(frames) AS octets
       FROM log.query_batches WHERE seq > ? AND seq < ? ORDER BY seq LIMIT ${BREATH_ROWS}`,
    );
    this.oldestTime = db.prepare<[], number>('SELECT last_time FROM log.query_batches ORDER BY seq LIMIT 1').pluck();
    this.deleteRange = db.prepare<[number, number]>('DELETE FROM log.query_batches WHERE seq >= ? AND seq <= ?');
    this.selectZoneAfter = db
      .prepare<[number], number | null>('SELECT min(zone_id) FROM log.zone_batches WHERE zone_id > ?')
      .pluck();
    // Of a zone it is always the oldest that is gone.
    this.findGone = db
      .prepare<[number], number | null>(
        `SELECT entry.last_id - 1 FROM log.zone_batches AS entry CROSS JOIN log.query_batches USING (seq)
         WHERE entry.zone_id = ? ORDER BY entry.last_id LIMIT 1`,
      )
      .pluck();
    this.deleteEntries = db.prepare<[number, number]>('DELETE FROM log.zone_batches WHERE zone_id = ? AND last_id <= ?');
  }

  /**
   * One step of it, for batches numbered below `next`: deletes what came before `before` (milliseconds since 1970), and what is too much
   * while the log fills more than `maxBytes` octets. Returns whether there is more to do.
   */
  step(maxBytes: number, before: number, next: number): boolean {
    if (!this.shares.count(next)) return true;
    try {
      const aged = this.deleteAged(before, next);
      const looked = aged + this.makeRoom(maxBytes, next, STEP - aged);
      if (looked === 0) this.save();
      const isSwept = this.stale < MAX_STALE || this.deleteStale();
      return looked >= STEP || !isSwept;
    } catch (fault) {
      this.shares.forget();
      throw fault;
    }
  }

  /** Returns how many batches it deleted. */
  private deleteAllAged(before: number, next: number): number {
    let rows = 0;
    for (let more = (this.oldestTime.get() ?? before) < before; more && rows < STEP; breathe()) {
      const found = this.selectRows.all(0, next);
      const kept = found.findIndex(({ lastTime }) => lastTime >= before);
      const old = kept === -1 ? found : found.slice(0, kept);
      for (const row of old) this.discount(row);
      this.deleteRows(old);
      rows += old.length;
      more = old.length === BREATH_ROWS;
    }
    if (rows > 0) this.shares.save();
    return rows;
  }

  /** Returns how many batches it looked at, about `most` of them if there are so many. */
  private makeRoom(maxBytes: number, next: number, most: number): number {
    let looked = 0;
    let done = 1;
    for (let size = this.byteLength(); size > maxBytes && looked < most; size = this.byteLength()) {
      // Who came to the end with shares that are not of now begins again.
      const isNew = this.shares.reckon(maxBytes / size, done === 0);
      done = this.walk(maxBytes, next, most - looked);
      if (done === 0 && isNew) break;
      looked += done;
    }
    return looked;
  }

  /** Goes on until the log fits, or there is nothing more. Returns how many batches it looked at. */
  private walkOn(maxBytes: number, next: number, most: number): number {
    const { shares } = this;
    const wanted = maxBytes * (1 - SLACK_PART);
    let looked = 0;
    for (let excess = this.byteLength() - wanted; excess > 0 && looked < most; excess = this.byteLength() - wanted) {
      const found = this.selectRows.all(shares.position, next);
      looked += this.passOrDelete(found, excess);
      if (found.length < BREATH_ROWS) break;
      breathe();
    }
    if (looked > 0) shares.save();
    return looked;
  }

  /** Returns how many of them it took, which is all, unless so many octets are gone before. */
  private passOrDelete(rows: readonly Row[], octets: number): number {
    const { shares } = this;
    let left = octets;
    let start = 0;
    let end = 0;
    for (; end < rows.length && left > 0; end++) {
      const row = rows[end]!;
      if (shares.mayLose(row.zone)) {
        // At once, because the next one may be of a zone that now holds little.
        this.discount(row);
        left -= row.octets;
        continue;
      }
      this.deleteRows(rows.slice(start, end));
      shares.pass(row.zone);
      start = end + 1;
    }
    this.deleteRows(rows.slice(start, end));
    if (end > 0) shares.passTo(rows[end - 1]!.seq);
    return end;
  }

  private discount({ zone, seq, lastId, octets }: Row): void {
    this.shares.remove(zone, seq, lastId, ZoneShares.sizeOf(octets));
  }

  /** Deletes rows that lie one behind the other, and are discounted. */
  private deleteRows(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.deleteRange.run(rows[0]!.seq, rows.at(-1)!.seq);
    this.stale += rows.length;
  }

  /**
   * Takes away the entries of some zones whose batches are gone. Returns whether this was the last of them.
   *
   * Of one zone they are together, and few pages hold them. To delete them with their batches, which are those of all zones in turn,
   * would write a page for each.
   */
  private sweep(): boolean {
    for (let i = 0; i < SWEEP_ZONES; i++) {
      const zone = this.selectZoneAfter.get(this.swept) ?? null;
      if (zone === null) {
        this.stale = 0;
        this.swept = 0;
        return true;
      }
      // Who starts knows of none.
      const gone = this.shares.goneOf(zone) || (this.findGone.get(zone) ?? Number.MAX_SAFE_INTEGER);
      this.deleteEntries.run(zone, gone);
      this.swept = zone;
      breathe();
    }
    return false;
  }
}
