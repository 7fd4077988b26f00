import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { writeIfPossible } from './fault.ts';
import type { Random } from './zones.ts';

/** A browser that owns a zone until it ends the session or stays away too long. */
export interface Session {
  /** SHA-256 of the token, lower-case hex: names the session without giving it away. */
  readonly id: string;
  readonly zoneId: number;
}

const TOKEN_OCTETS = 32;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A session's last sign of life is written at most this often, so that reading costs no write. */
const SEEN_STEP_MS = 60 * 60 * 1000;

/** Sessions, known by a random token of 256 bits that is kept nowhere but in the browser's cookie. */
export class SessionStore {
  /** How long a session lasts without a request. */
  readonly idleMs: number;
  private readonly insert;
  private readonly select;
  private readonly touch;
  private readonly remove;
  private readonly removeIdle;

  constructor(db: Database, idleDays = 30) {
    this.idleMs = idleDays * DAY_MS;
    this.insert = db.prepare<[Buffer, number, number, number]>(
      'INSERT INTO sessions (id, zone_id, created_at, seen_at) VALUES (?, ?, ?, ?)',
    );
    this.select = db.prepare<[Buffer], { zone_id: number; seen_at: number }>(
      'SELECT zone_id, seen_at FROM sessions WHERE id = ?',
    );
    this.touch = db.prepare<[number, Buffer]>('UPDATE sessions SET seen_at = ? WHERE id = ?');
    this.remove = db.prepare<[Buffer]>('DELETE FROM sessions WHERE id = ?');
    this.removeIdle = db.prepare<[number]>('DELETE FROM sessions WHERE seen_at < ?');
  }

  /** Begins a session and returns its token, which cannot be had again. */
  create(zoneId: number, now: number, random: Random): string {
    const token = Buffer.from(random(TOKEN_OCTETS)).toString('base64url');
    this.insert.run(hashToken(token), zoneId, now, now);
    return token;
  }

  /** The session of a token. Counts as a sign of life; a session that had none for too long is not found. */
  find(token: string, now: number): Session | undefined {
    return this.look(hashToken(token), now);
  }

  /** The same by id, for a connection that outlives the request that opened it. */
  findById(id: string, now: number): Session | undefined {
    return this.look(Buffer.from(id, 'hex'), now);
  }

  delete(id: string): void {
    this.remove.run(Buffer.from(id, 'hex'));
  }

  /** Deletes the sessions that have expired and returns how many there were. */
  deleteExpired(now: number): number {
    return this.removeIdle.run(now - this.idleMs).changes;
  }

  private look(hash: Buffer, now: number): Session | undefined {
    const row = this.select.get(hash);
    if (row === undefined || row.seen_at < now - this.idleMs) return undefined;
    if (row.seen_at < now - SEEN_STEP_MS) writeIfPossible(() => this.touch.run(now, hash));
    return { id: hash.toString('hex'), zoneId: row.zone_id };
  }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Crockford's base 32: no i, l, o, u, so that it survives being read aloud and copied by hand. */
const KEY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Characters of five random bits each: 140 bits. */
const KEY_LENGTH = 28;
const KEY_GROUP = 4;

/** A new zone key as it is shown, `k7f2-…` in seven groups of four. */
export function makeKey(random: Random): string {
  const characters = Array.from(random(KEY_LENGTH), (octet) => KEY_ALPHABET[octet & 31]!);
  const groups = Array.from({ length: KEY_LENGTH / KEY_GROUP }, (_, i) => characters.slice(i * KEY_GROUP, (i + 1) * KEY_GROUP));
  return groups.map((group) => group.join('')).join('-');
}

/**
 * What is stored of a key: its SHA-256. Reads what people make of a key: any case, blanks or dashes anywhere or nowhere, `o`
 * for `0`, `i` or `l` for `1`. Null when it cannot be a key.
 */
export function hashKey(text: string): Buffer | null {
  const bare = text
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
  if (bare.length !== KEY_LENGTH || [...bare].some((character) => !KEY_ALPHABET.includes(character))) return null;
  return createHash('sha256').update(bare).digest();
}
