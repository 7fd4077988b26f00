import { parseAddress } from '../wire/address.ts';
import { Name } from '../wire/name.ts';
import type { Database } from './database.ts';

/** A subdomain as its operator sees it: nothing of what its owner keeps to themselves. */
export interface Account {
  readonly id: number;
  readonly label: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly suspendedAt: number | null;
  readonly records: number;
}

interface AccountRow {
  readonly id: number;
  readonly label: string;
  readonly created_at: number;
  readonly seen_at: number;
  readonly suspended_at: number | null;
  readonly records: number;
}

const COLUMNS = `id, label, created_at, seen_at, suspended_at,
  (SELECT count(*) FROM records WHERE zone_id = zones.id) AS records`;

/** All subdomains, for whoever runs the server. */
export class AccountStore {
  private readonly selectNewest;
  private readonly selectMatching;
  private readonly selectLabel;
  private readonly setSuspended;
  private readonly deleteZone;

  constructor(db: Database) {
    this.selectNewest = db.prepare<[number, number], AccountRow>(
      `SELECT ${COLUMNS} FROM zones WHERE id < ? ORDER BY id DESC LIMIT ?`,
    );
    this.selectMatching = db.prepare<[number, string, Uint8Array, Uint8Array, number], AccountRow>(
      `SELECT ${COLUMNS} FROM zones WHERE id < ? AND (instr(label, ?) > 0 OR EXISTS (
         SELECT 1 FROM records WHERE zone_id = zones.id AND (instr(rdata, ?) > 0 OR instr(owner, ?) > 0)))
       ORDER BY id DESC LIMIT ?`,
    );
    this.selectLabel = db.prepare<[string], AccountRow>(`SELECT ${COLUMNS} FROM zones WHERE label = ?`);
    this.setSuspended = db.prepare<[number | null, number]>('UPDATE zones SET suspended_at = ? WHERE id = ?');
    this.deleteZone = db.prepare<[number]>('DELETE FROM zones WHERE id = ?');
  }

  /** The newest below id `before`. */
  list(before: number, limit: number): Account[] {
    return this.selectNewest.all(before, limit).map(toAccount);
  }

  /** The same, of those that have `text` in their name, or among their records: a part of it, an address, or a whole name. */
  search(text: string, before: number, limit: number): Account[] {
    const octets = octetsOf(text);
    return this.selectMatching.all(before, text, octets, octets, limit).map(toAccount);
  }

  find(label: string): Account | undefined {
    const row = this.selectLabel.get(label);
    return row && toAccount(row);
  }

  /** Null: it is suspended no more. */
  suspend(id: number, time: number | null): void {
    this.setSuspended.run(time, id);
  }

  /** Deletes a subdomain with its records, sessions, history and links. */
  delete(id: number): void {
    this.deleteZone.run(id);
  }
}

function toAccount(row: AccountRow): Account {
  const { id, label, created_at: createdAt, seen_at: seenAt, suspended_at: suspendedAt, records } = row;
  return { id, label, createdAt, seenAt, suspendedAt, records };
}

/** What a text would look like in a record: the octets of an address, those of a name without its end, or its own. */
function octetsOf(text: string): Uint8Array {
  const address = parseAddress(text);
  if (address !== null) return address;
  const name = text.includes('.') ? Name.fromText(text) : null;
  return name instanceof Name ? name.octets.subarray(0, -1) : Buffer.from(text);
}
