import type { Database } from './database.ts';

/** Labels that are remembered. Where there are more, all are forgotten, and it begins again. */
const MAX_REMEMBERED = 4096;

/** What subdomains are called, for those who have only the number of one. */
export class ZoneLabels {
  private readonly select;
  private readonly known = new Map<number, string>();

  constructor(db: Database) {
    this.select = db.prepare<[number], string>('SELECT label FROM zones WHERE id = ?').pluck();
  }

  /** Null when it is gone. */
  labelOf(id: number): string | null {
    const known = this.known.get(id) ?? this.select.get(id);
    if (known === undefined) return null;
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(id, known);
    return known;
  }
}
