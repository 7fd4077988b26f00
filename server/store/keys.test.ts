import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import type { Grant } from '../keys/grant.ts';
import { algorithmOf } from '../tsig/algorithms.ts';
import { openDatabase, type Database } from './database.ts';
import { KeyStore, type KeySeed } from './keys.ts';
import { migrate } from './migrate.ts';
import { ZoneStore } from './zones.ts';

const GRANT: Grant = {
  rights: ['update', 'log'],
  names: ['@', '_acme-challenge.*'],
  types: ['TXT'],
  networks: ['192.0.2.0/24'],
  expiresAt: 5000,
  idleMs: 600_000,
};
const SECRET = new Uint8Array(32).fill(7);
let db: Database;
let zones: ZoneStore;
let keys: KeyStore;
let seed: KeySeed;

function makeZone(): number {
  const owner = { nameservers: [name('ns1.test.')], hostmaster: name('h.test.'), now: 0, random: randomBytes };
  return zones.create({ keyHash: randomBytes(32), ...owner }).zone.id;
}

beforeEach(() => {
  db = openDatabase(':memory:');
  migrate(db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
  zones = new ZoneStore(db, name('digpit.test.'), ['otter']);
  keys = new KeyStore(db);
  seed = { zoneId: makeZone(), label: 'laptop', grant: GRANT, now: 1000 };
});

const tsig = () => ({ name: name('Laptop.otter1.digpit.test.'), algorithm: algorithmOf('hmac-sha512')!, secret: SECRET });

describe('TSIG keys', () => {
  it('are found by their name in any case, with their secret and all that limits them', () => {
    const made = keys.createTsig(seed, tsig())!;
    const found = keys.findTsig(name('LAPTOP.otter1.digpit.test.'))!;
    expect(found).toEqual(made);
    expect(found).toMatchObject({
      zoneId: seed.zoneId,
      kind: 'tsig',
      label: 'laptop',
      grant: GRANT,
      used: null,
      refused: null,
    });
    expect([found.tsig!.algorithm.text, found.tsig!.secret]).toEqual(['hmac-sha512', SECRET]);
  });

  it('have names of their own', () => {
    keys.createTsig(seed, tsig());
    expect(keys.createTsig(seed, tsig())).toBe(null);
  });
});

describe('tokens', () => {
  it('are found by themselves and by nothing else, and are kept as their hash', () => {
    const { key, token } = keys.createToken(seed, 'token', randomBytes);
    expect(keys.findToken(token)).toEqual(key);
    expect([keys.findToken(`${token}x`), keys.findToken(''), keys.findToken(token.slice(7))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const [row] = db.prepare('SELECT * FROM keys').all() as Record<string, unknown>[];
    const kept = Object.values(row!).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
    expect(kept.some((text) => text.includes(token) || text.includes(token.slice(7)))).toBe(false);
  });
});

it('a key is deleted by the zone that has it, and goes with it', () => {
  const key = keys.createTsig(seed, tsig())!;
  expect(keys.delete(makeZone(), key.id)).toBe(false);
  expect(keys.delete(seed.zoneId, key.id)).toBe(true);
  expect(keys.findTsig(name('laptop.otter1.digpit.test.'))).toBeUndefined();
  keys.createToken(seed, 'token', randomBytes);
  zones.deleteUnseen(1, 10);
  expect(keys.list(seed.zoneId)).toEqual([]);
});

describe('what became of a key', () => {
  const noted = () => keys.list(seed.zoneId)[0]!;

  it('is kept, but not written more often than a minute', () => {
    const { key } = keys.createToken(seed, 'token', randomBytes);
    keys.noteUse(key, { at: 2000, from: '192.0.2.1' });
    keys.noteUse(noted(), { at: 61_000, from: '192.0.2.1' });
    expect(noted().used).toEqual({ at: 2000, from: '192.0.2.1' });
    keys.noteUse(noted(), { at: 62_000, from: '192.0.2.1' });
    keys.noteUse(noted(), { at: 62_001, from: '192.0.2.2' });
    expect(noted().used).toEqual({ at: 62_001, from: '192.0.2.2' });
  });

  it('is kept more often for one that may not be idle for long', () => {
    const { key } = keys.createToken({ ...seed, grant: { ...GRANT, idleMs: 60_000 } }, 'token', randomBytes);
    keys.noteUse(key, { at: 2000, from: '192.0.2.1' });
    keys.noteUse(noted(), { at: 8000, from: '192.0.2.1' });
    expect(noted().used!.at).toBe(8000);
  });

  it('says why it was refused last', () => {
    const { key } = keys.createToken(seed, 'token', randomBytes);
    keys.noteRefusal(key, { at: 2000, from: '203.0.113.1' }, 'network');
    keys.noteRefusal(noted(), { at: 2001, from: '203.0.113.1' }, 'right');
    keys.noteRefusal(noted(), { at: 2002, from: '203.0.113.1' }, 'right');
    expect(noted().refused).toEqual({ at: 2001, from: '203.0.113.1', why: 'right' });
  });
});
