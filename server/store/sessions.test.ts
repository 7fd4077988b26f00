import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { migrate } from './migrate.ts';
import { hashKey, makeKey, SessionStore } from './sessions.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2030, 0, 1);
let db: Database;
let sessions: SessionStore;

beforeEach(() => {
  db = openDatabase(':memory:');
  migrate(db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
  db.exec("INSERT INTO zones (id, label, key_hash, created_at) VALUES (7, 'otter1', zeroblob(32), 0)");
  sessions = new SessionStore(db);
});

describe('SessionStore', () => {
  it('finds a session by its token and by its id', () => {
    const token = sessions.create(7, NOW, randomBytes);
    const session = sessions.find(token, NOW);
    expect(session).toEqual({ id: expect.stringMatching(/^[\da-f]{64}$/), zoneId: 7 });
    expect(sessions.findById(session!.id, NOW)).toEqual(session);
  });

  it('gives tokens of 256 bits and stores none of them', () => {
    const token = sessions.create(7, NOW, randomBytes);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const row = db.prepare<[], { id: Buffer }>('SELECT * FROM sessions').get()!;
    expect(row.id.equals(Buffer.from(token, 'base64url'))).toBe(false);
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('does not find a token that was never given', () => {
    sessions.create(7, NOW, randomBytes);
    expect(sessions.find('', NOW)).toBeUndefined();
    expect(sessions.find(randomBytes(32).toString('base64url'), NOW)).toBeUndefined();
  });

  it('ends one session and leaves the other of the same zone', () => {
    const [a, b] = [sessions.create(7, NOW, randomBytes), sessions.create(7, NOW, randomBytes)];
    sessions.delete(sessions.find(a, NOW)!.id);
    expect(sessions.find(a, NOW)).toBeUndefined();
    expect(sessions.find(b, NOW)).toBeDefined();
  });

  it('expires after thirty days without a request, counted from the last one', () => {
    const token = sessions.create(7, NOW, randomBytes);
    expect(sessions.find(token, NOW + 29 * DAY)).toBeDefined();
    expect(sessions.find(token, NOW + 58 * DAY)).toBeDefined();
    expect(sessions.find(token, NOW + 89 * DAY)).toBeUndefined();
  });

  it('deletes expired sessions only', () => {
    sessions.create(7, NOW, randomBytes);
    const late = sessions.create(7, NOW + 5 * DAY, randomBytes);
    expect(sessions.deleteExpired(NOW + 31 * DAY)).toBe(1);
    expect(sessions.find(late, NOW + 31 * DAY)).toBeDefined();
  });

  it('reads without writing when the last sign of life is fresh', () => {
    const token = sessions.create(7, NOW, randomBytes);
    const changes = () => db.prepare('SELECT total_changes()').pluck().get();
    const before = changes();
    sessions.find(token, NOW + 60_000);
    expect(changes()).toBe(before);
    sessions.find(token, NOW + 2 * 60 * 60 * 1000);
    expect(changes()).not.toBe(before);
  });

  it('goes with its zone', () => {
    const token = sessions.create(7, NOW, randomBytes);
    db.exec('DELETE FROM zones');
    expect(sessions.find(token, NOW)).toBeUndefined();
  });
});

describe('zone keys', () => {
  it('have 140 bits in seven groups of four', () => {
    const keys = new Set(Array.from({ length: 100 }, () => makeKey(randomBytes)));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/);
  });

  it('use every character', () => {
    const all = Array.from({ length: 4 }, (_, n) =>
      makeKey((count) => Uint8Array.from({ length: count }, (_, i) => n * 28 + i)),
    );
    expect(new Set(all.join('').replaceAll('-', '')).size).toBe(32);
  });

  it.each([
    ['as shown', (key: string) => key],
    ['in capitals', (key: string) => key.toUpperCase()],
    ['without dashes', (key: string) => key.replaceAll('-', '')],
    ['with blanks around and between', (key: string) => `  ${key.replaceAll('-', ' ')}\n`],
    ['with dashes that a word processor made', (key: string) => key.replaceAll('-', '–')],
    ['with o for 0', (key: string) => key.replaceAll('0', 'o')],
    ['with i for 1', (key: string) => key.replaceAll('1', 'I')],
    ['with l for 1', (key: string) => key.replaceAll('1', 'l')],
  ])('are read %s', (_, write) => {
    const key = '0123-4567-89ab-cdef-ghjk-mnpq-1010';
    expect(hashKey(write(key))).toEqual(hashKey(key));
    expect(hashKey(key)).toHaveLength(32);
  });

  it('are refused when too short, too long or with a character that is none of ours', () => {
    for (const text of [
      '',
      'hello',
      '0123-4567-89ab-cdef-ghjk-mnpq-101',
      '0123-4567-89ab-cdef-ghjk-mnpq-10101',
      'u'.repeat(28),
    ]) {
      expect(hashKey(text)).toBeNull();
    }
  });

  it('differ in what is stored when they differ in one character', () => {
    expect(hashKey('0'.repeat(28))).not.toEqual(hashKey(`${'0'.repeat(27)}2`));
  });
});
