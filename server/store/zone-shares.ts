import { breathe } from '../querylog/breath.ts';
import type { Database } from './database.ts';
import { PAGE_SIZE } from './log-file.ts';

/**
 * What a batch takes in the file beside its frames: its row, its entry, the summary in that, and what pages leave free. If it is larger
 * than half a page, no other has room beside it.
 */
const BATCH_OCTETS = 96;
const SHARES_PAGE = PAGE_SIZE / 2;
/** Of the log, the part that is for zones that hold little; of the rest the oldest goes, whosever it is. */
export const SAFE_PART = 1 / 8;
/** Of all octets, the part that comes or goes before shares are reckoned again. */
const DRIFT_PART = 1 / 64;
/** Of all octets, the part that zones hold too much which were passed over, before all begins with the oldest batch again. */
const OVERDUE_PART = 1 / 16;
/** Batches that are counted in one step. */
const COUNT_STEP = 1 << 11;
/** Zones whose numbers are neighbours share a row. */
const GROUP_BITS = 8;
const GROUP_ZONES = 1 << GROUP_BITS;
const GROUP_MASK = GROUP_ZONES - 1;
/** The row that says of which moment the others are: the oldest batch that was there, and the next that was not. */
const MOMENT = -1;

/** What zones have in the log whose numbers are neighbours. */
class Group {
  /** As it lies in the file. */
  readonly octets: Float64Array<ArrayBuffer>;
  /** Whether retention passed over some of it since shares were reckoned. */
  readonly passed = new Uint8Array(GROUP_ZONES);
  /** The id up to which the batches of each zone are gone, as far as that is known. */
  readonly gone = new Float64Array(GROUP_ZONES);
  isChanged = false;

  constructor(octets = new Float64Array(GROUP_ZONES)) {
    this.octets = octets;
  }
}

/**
 * How many octets of the log each zone holds, and so which of them lose their oldest when it is full: those that hold more than is *safe*.
 * An eighth of the log is for those that hold less, shared evenly: so much is safe that all zones together hold an eighth of it below that.
 *
 * The numbers are kept in memory; the file has those of some moment, always of one in which the same batches were there, and who
 * starts adds what came since. So neither a query costs a write, nor a start the reading of the log.
 */
export class ZoneShares {
  private readonly groups = new Map<number, Group>();
  private readonly selectRows;
  private readonly selectOldestSeq;
  private readonly countStep;
  private readonly upsertRow;
  private readonly deleteRow;
  private readonly forgetRows;
  /** Batches up to this number are counted; null when what is known is not what is in the file. */
  private counted: number | null = null;
  private total = 0;
  private drift = Infinity;
  /** Batches up to this number were passed over, or are gone. */
  private passedSeq = 0;
  private safe = Infinity;

  /** The log must be attached for writing, see `attachLogForWriting`. */
  constructor(db: Database) {
    this.selectRows = db.prepare<[], { id: number; octets: Uint8Array }>('SELECT id, octets FROM log.zone_octets');
    this.selectOldestSeq = db.prepare<[], number | null>('SELECT min(seq) FROM log.query_batches').pluck();
    // What is large lies on pages of its own, which are not read for its length.
    this.countStep = db.prepare<
      [{ after: number; next: number }],
      { zone: number; octets: number; last: number; rows: number }
    >(
      `SELECT zone_id AS zone, sum(octets) AS octets, max(seq) AS last, count(*) AS rows FROM
         (SELECT seq, zone_id, iif(length(frames) > ${SHARES_PAGE - BATCH_OCTETS},
            (length(frames) + ${BATCH_OCTETS + PAGE_SIZE - 1}) / ${PAGE_SIZE} * ${PAGE_SIZE},
            length(frames) + ${BATCH_OCTETS}) AS octets FROM log.query_batches
          WHERE seq > @after AND seq < @next ORDER BY seq LIMIT ${COUNT_STEP})
       GROUP BY zone_id`,
    );
    this.upsertRow = db.prepare<[number, Uint8Array]>(
      'INSERT INTO log.zone_octets VALUES (?, ?) ON CONFLICT DO UPDATE SET octets = excluded.octets',
    );
    this.deleteRow = db.prepare<[number]>('DELETE FROM log.zone_octets WHERE id = ?');
    this.forgetRows = db.prepare('DELETE FROM log.zone_octets');
  }

  /** What a batch counts that has so many octets of frames. */
  static sizeOf(frames: number): number {
    const octets = frames + BATCH_OCTETS;
    return octets > SHARES_PAGE ? Math.ceil(octets / PAGE_SIZE) * PAGE_SIZE : octets;
  }

  /** The number up to which batches were passed over: behind it retention goes on. */
  get position(): number {
    return this.passedSeq;
  }

  /** Octets of a zone. */
  octetsOf(zone: number): number {
    return this.groups.get(zone >> GROUP_BITS)?.octets[zone & GROUP_MASK] ?? 0;
  }

  /** The id up to which batches of a zone are gone; 0 when that is not known. */
  goneOf(zone: number): number {
    return this.groups.get(zone >> GROUP_BITS)?.gone[zone & GROUP_MASK] ?? 0;
  }

  /** What is known may be wrong, because what changed with it was taken back. */
  forget(): void {
    this.counted = null;
  }

  /** Counts some of the batches below `next` that are not counted yet. Returns whether all are. */
  count(next: number): boolean {
    const after = this.load();
    if (after >= next - 1) return true;
    let rows = 0;
    let last = after;
    for (const found of this.countStep.iterate({ after, next })) {
      this.add(found.zone, found.octets);
      rows += found.rows;
      last = Math.max(last, found.last);
    }
    this.counted = rows < COUNT_STEP ? next - 1 : last;
    return rows < COUNT_STEP;
  }

  /** Batches came, numbered from `since` to before `next`. While older ones are not counted yet, these are counted with them. */
  came(batches: readonly { readonly zone: number; readonly octets: number }[], since: number, next: number): void {
    if (this.counted !== since - 1) return;
    for (const { zone, octets } of batches) this.add(zone, octets);
    this.counted = next - 1;
  }

  /** A batch is gone. `save` is to follow in the same transaction, and `forget` if that fails. */
  remove(zone: number, seq: number, lastId: number, octets: number): void {
    if (seq > this.load()) return;
    const { octets: held, gone: ids } = this.change(zone);
    const at = zone & GROUP_MASK;
    if (lastId > ids[at]!) ids[at] = lastId;
    const gone = Math.min(octets, held[at]!);
    held[at]! -= gone;
    this.note(-gone);
  }

  /** A batch stays, and so do all of its zone until shares are reckoned again. */
  pass(zone: number): void {
    this.groupOf(zone).passed[zone & GROUP_MASK] = 1;
  }

  /** What lies up to `seq` is gone, or was passed over. */
  passTo(seq: number): void {
    this.passedSeq = seq;
  }

  /** Writes down what changed, in a transaction. */
  save(): void {
    const counted = this.load();
    for (const [id, group] of this.groups) {
      if (!group.isChanged) continue;
      group.isChanged = false;
      if (group.octets.some((octets) => octets > 0)) this.saveRow(id, group.octets);
      else this.drop(id);
      breathe();
    }
    this.saveRow(MOMENT, Float64Array.of(this.selectOldestSeq.get() ?? counted + 1, counted + 1));
  }

  /**
   * Reckons the shares anew when much has changed since, or `always`: of what all hold together, `part` is what fits. What was passed over
   * is looked at again then, if by now enough of it is too much. Returns whether it reckoned.
   */
  reckon(part: number, always = false): boolean {
    if (!always && this.drift < this.total * DRIFT_PART) return false;
    this.drift = 0;
    const sizes: number[] = [];
    for (const { octets } of this.groups.values()) for (const size of octets) if (size > 0) sizes.push(size);
    this.safe = levelOf(Float64Array.from(sizes).sort(), this.total * part * SAFE_PART);
    if (always || this.overdue() > this.total * OVERDUE_PART) this.lookAgain();
    return true;
  }

  /** Whether the next batch of a zone may go: it holds more than is safe, and no older one stays. */
  mayLose(zone: number): boolean {
    const { octets, passed } = this.groupOf(zone);
    const at = zone & GROUP_MASK;
    return octets[at]! > this.safe && passed[at] === 0;
  }

  /** Octets that zones hold too much which were passed over. */
  private overdue(): number {
    let sum = 0;
    for (const { octets, passed } of this.groups.values()) {
      for (const [at, size] of octets.entries()) if (passed[at] === 1 && size > this.safe) sum += size - this.safe;
    }
    return sum;
  }

  private lookAgain(): void {
    this.passedSeq = 0;
    for (const { passed } of this.groups.values()) passed.fill(0);
  }

  private add(zone: number, octets: number): void {
    this.change(zone).octets[zone & GROUP_MASK]! += octets;
    this.note(octets);
  }

  private note(octets: number): void {
    this.total += octets;
    this.drift += Math.abs(octets);
  }

  private change(zone: number): Group {
    const group = this.groupOf(zone);
    group.isChanged = true;
    return group;
  }

  private groupOf(zone: number): Group {
    const id = zone >> GROUP_BITS;
    let group = this.groups.get(id);
    if (group === undefined) this.groups.set(id, (group = new Group()));
    return group;
  }

  /** Sees to it that what is known is what is in the file. Returns up to which number batches are counted. */
  private load(): number {
    if (this.counted !== null) return this.counted;
    this.groups.clear();
    this.total = 0;
    this.drift = Infinity;
    this.passedSeq = 0;
    const found = this.selectRows.all();
    const isWhole = found.every(({ id, octets }) => octets.length === (id === MOMENT ? 2 : GROUP_ZONES) * 8);
    const rows = new Map(
      (isWhole ? found : []).map(({ id, octets }) => [id, new Float64Array(Uint8Array.from(octets).buffer)]),
    );
    const [oldest, next] = rows.get(MOMENT) ?? [0, 1];
    rows.delete(MOMENT);
    // Who deletes writes down both. Where the oldest is another one, somebody deleted who knows nothing of this: a version from before.
    const isRight = oldest === (this.selectOldestSeq.get() ?? next);
    if (isRight) for (const [id, octets] of rows) this.know(id, octets);
    else this.forgetRows.run();
    this.counted = isRight ? next! - 1 : 0;
    return this.counted;
  }

  private know(id: number, octets: Float64Array<ArrayBuffer>): void {
    this.groups.set(id, new Group(octets));
    for (const size of octets) this.total += size;
  }

  /** Numbers of zones are never given again: of those that are gone nothing may stay. */
  private drop(id: number): void {
    this.groups.delete(id);
    this.deleteRow.run(id);
  }

  private saveRow(id: number, numbers: Float64Array<ArrayBuffer>): void {
    this.upsertRow.run(id, new Uint8Array(numbers.buffer));
  }
}

/** The level for so many octets in all: what each may hold at most, so that these sizes, which rise, take no more. Infinity when they do not anyway. */
function levelOf(sizes: Float64Array, octets: number): number {
  let left = octets;
  for (const [i, size] of sizes.entries()) {
    const level = left / (sizes.length - i);
    if (size > level) return level;
    left -= size;
  }
  return Infinity;
}
