import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import type { Random } from './zones.ts';

/** A link that shows one query to whoever has it. */
export interface Share {
  readonly id: number;
  readonly zoneId: number;
  readonly queryId: number;
  readonly createdAt: number;
}

interface ShareRow {
  readonly id: number;
  readonly zone_id: number;
  readonly query_id: number;
  readonly created_at: number;
}

/** 192 bits: nobody guesses one. */
const TOKEN_OCTETS = 24;

/** Links to queries, known by a random token that is kept nowhere but in the link. They go with their zone. */
export class ShareStore {
  private readonly insert;
  private readonly selectByToken;
  private readonly selectByZone;
  private readonly remove;

  constructor(db: Database) {
    this.insert = db.prepare<[Buffer, number, number, number]>(
      'INSERT INTO query_shares (token_hash, zone_id, query_id, created_at) VALUES (?, ?, ?, ?)',
    );
    this.selectByToken = db.prepare<[Buffer], ShareRow>('SELECT * FROM query_shares WHERE token_hash = ?');
    this.selectByZone = db.prepare<[number], ShareRow>('SELECT * FROM query_shares WHERE zone_id = ? ORDER BY id DESC');
    this.remove = db.prepare<[number, number]>('DELETE FROM query_shares WHERE zone_id = ? AND id = ?');
  }

  /** Makes a link. Its token cannot be had again. */
  create(zoneId: number, queryId: number, now: number, random: Random): { share: Share; token: string } {
    const token = Buffer.from(random(TOKEN_OCTETS)).toString('base64url');
    const { lastInsertRowid } = this.insert.run(hashToken(token), zoneId, queryId, now);
    return { share: { id: Number(lastInsertRowid), zoneId, queryId, createdAt: now }, token };
  }

  find(token: string): Share | undefined {
    const row = this.selectByToken.get(hashToken(token));
    return row && toShare(row);
  }

  /** The newest first. */
  list(zoneId: number): Share[] {
    return this.selectByZone.all(zoneId).map(toShare);
  }

  /** Returns whether there was one. */
  delete(zoneId: number, id: number): boolean {
    return this.remove.run(zoneId, id).changes > 0;
  }
}

function toShare(row: ShareRow): Share {
  return { id: row.id, zoneId: row.zone_id, queryId: row.query_id, createdAt: row.created_at };
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
