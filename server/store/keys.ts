import { createHash } from 'node:crypto';
import { RIGHTS, type Grant, type Refused, type Right } from '../keys/grant.ts';
import { algorithmOf } from '../tsig/algorithms.ts';
import type { TsigKey } from '../tsig/signature.ts';
import { FOLD, Name } from '../wire/name.ts';
import type { Database } from './database.ts';
import type { Random } from './zones.ts';

export type KeyKind = 'tsig' | 'token' | 'acme-dns';

/** A use of a key: when, and from where. */
export interface KeyUse {
  readonly at: number;
  readonly from: string;
}

/** A key of a zone, without its secret. */
export interface StoredKey {
  readonly id: number;
  readonly zoneId: number;
  readonly kind: KeyKind;
  /** What its owner calls it. */
  readonly label: string;
  readonly grant: Grant;
  readonly createdAt: number;
  readonly used: KeyUse | null;
  readonly refused: (KeyUse & { readonly why: Refused | RefusedSignature }) | null;
  /** Of a TSIG key. */
  readonly tsig: TsigKey | null;
}

/** Why a message of a TSIG key is refused before anybody asks what the key may do. */
export type RefusedSignature = 'signature' | 'time' | 'replay';

/** What a new key begins with. */
export interface KeySeed {
  readonly zoneId: number;
  readonly label: string;
  readonly grant: Grant;
  readonly now: number;
}

interface KeyRow {
  readonly id: number;
  readonly zone_id: number;
  readonly kind: KeyKind;
  readonly label: string;
  readonly name: Buffer | null;
  readonly algorithm: string | null;
  readonly secret: Buffer | null;
  readonly rights: string;
  readonly names: string;
  readonly types: string;
  readonly networks: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly idle_ms: number | null;
  readonly used_at: number | null;
  readonly used_from: string | null;
  readonly refused_at: number | null;
  readonly refused_from: string | null;
  readonly refused_why: (Refused | RefusedSignature) | null;
}

const TOKEN_OCTETS = 32;
/** What a token begins with, so that people and programs that look for lost secrets know what it is. */
const TOKEN_PREFIX = 'digpit_';
/** A use, and a refusal, is written at most this often for each key, or a tenth of the time that it may be idle. */
const USE_STEP_MS = 60_000;

/** The keys and tokens of all zones. They go with their zone. */
export class KeyStore {
  private readonly insert;
  private readonly selectById;
  private readonly selectByName;
  private readonly selectByToken;
  private readonly selectByZone;
  private readonly remove;
  private readonly use;
  private readonly refuse;

  constructor(db: Database) {
    this.insert = db.prepare<[Omit<KeyRow, 'id' | `used_${string}` | `refused_${string}`> & { token_hash: Buffer | null }]>(
      `INSERT INTO keys (zone_id, kind, label, name, algorithm, secret, token_hash, rights, names, types, networks, created_at,
         expires_at, idle_ms)
       VALUES (@zone_id, @kind, @label, @name, @algorithm, @secret, @token_hash, @rights, @names, @types, @networks, @created_at,
         @expires_at, @idle_ms)`,
    );
    this.selectById = db.prepare<[number], KeyRow>('SELECT * FROM keys WHERE id = ?');
    this.selectByName = db.prepare<[Uint8Array], KeyRow>('SELECT * FROM keys WHERE name = ?');
    this.selectByToken = db.prepare<[Buffer], KeyRow>('SELECT * FROM keys WHERE token_hash = ?');
    this.selectByZone = db.prepare<[number], KeyRow>('SELECT * FROM keys WHERE zone_id = ? ORDER BY id');
    this.remove = db.prepare<[number, number]>('DELETE FROM keys WHERE zone_id = ? AND id = ?');
    this.use = db.prepare<[number, string, number]>('UPDATE keys SET used_at = ?, used_from = ? WHERE id = ?');
    this.refuse = db.prepare<[number, string, string, number]>(
      'UPDATE keys SET refused_at = ?, refused_from = ?, refused_why = ? WHERE id = ?',
    );
  }

  /** Keeps a TSIG key. Null when there is one of that name already. */
  createTsig(seed: KeySeed, { name, algorithm, secret }: TsigKey): StoredKey | null {
    if (this.findTsig(name) !== undefined) return null;
    const row = { name: fold(name), algorithm: algorithm.text, secret: Buffer.from(secret), token_hash: null };
    return this.add(seed, 'tsig', row);
  }

  /** Makes a token, which cannot be had again. */
  createToken(seed: KeySeed, kind: 'token' | 'acme-dns', random: Random): { key: StoredKey; token: string } {
    const token = `${TOKEN_PREFIX}${Buffer.from(random(TOKEN_OCTETS)).toString('base64url')}`;
    const row = { name: null, algorithm: null, secret: null, token_hash: hashToken(token) };
    return { key: this.add(seed, kind, row), token };
  }

  private add(
    { zoneId, label, grant, now }: KeySeed,
    kind: KeyKind,
    row: Pick<KeyRow, 'name' | 'algorithm' | 'secret'> & { token_hash: Buffer | null },
  ): StoredKey {
    const { lastInsertRowid } = this.insert.run({
      ...row,
      zone_id: zoneId,
      kind,
      label,
      rights: JSON.stringify(grant.rights),
      names: JSON.stringify(grant.names),
      types: JSON.stringify(grant.types),
      networks: JSON.stringify(grant.networks),
      created_at: now,
      expires_at: grant.expiresAt,
      idle_ms: grant.idleMs,
    });
    return toKey(this.selectById.get(Number(lastInsertRowid))!);
  }

  findTsig(name: Name): StoredKey | undefined {
    const row = this.selectByName.get(fold(name));
    return row && toKey(row);
  }

  findToken(token: string): StoredKey | undefined {
    if (!token.startsWith(TOKEN_PREFIX)) return undefined;
    const row = this.selectByToken.get(hashToken(token));
    return row && toKey(row);
  }

  /** The oldest first. */
  list(zoneId: number): StoredKey[] {
    return this.selectByZone.all(zoneId).map(toKey);
  }

  /** Returns whether there was one. */
  delete(zoneId: number, id: number): boolean {
    return this.remove.run(zoneId, id).changes > 0;
  }

  /** Notes that a key was used. */
  noteUse({ id, used, grant }: StoredKey, { at, from }: KeyUse): void {
    const step = Math.min(USE_STEP_MS, (grant.idleMs ?? Infinity) / 10);
    if (used === null || used.from !== from || at >= used.at + step) this.use.run(at, from, id);
  }

  /** Notes that a key was refused, for its owner to see. */
  noteRefusal({ id, refused }: StoredKey, { at, from }: KeyUse, why: Refused | RefusedSignature): void {
    if (refused === null || refused.why !== why || at >= refused.at + USE_STEP_MS) this.refuse.run(at, from, why, id);
  }
}

function toKey(row: KeyRow): StoredKey {
  const { id, label, kind } = row;
  return {
    id,
    zoneId: row.zone_id,
    kind,
    label,
    grant: {
      rights: textsOf(row.rights).filter((text): text is Right => (RIGHTS as readonly string[]).includes(text)),
      names: textsOf(row.names),
      types: textsOf(row.types),
      networks: textsOf(row.networks),
      expiresAt: row.expires_at,
      idleMs: row.idle_ms,
    },
    createdAt: row.created_at,
    used: row.used_at === null ? null : { at: row.used_at, from: row.used_from! },
    refused: row.refused_at === null ? null : { at: row.refused_at, from: row.refused_from!, why: row.refused_why! },
    tsig: kind === 'tsig' ? tsigOf(row) : null,
  };
}

function tsigOf({ name, algorithm, secret }: KeyRow): TsigKey {
  return {
    name: Name.fromOctets(new Uint8Array(name!)),
    algorithm: algorithmOf(algorithm!)!,
    secret: new Uint8Array(secret!),
  };
}

const textsOf = (json: string): string[] => JSON.parse(json) as string[];

/** Names of keys are equal when they differ in case only, RFC 8945 §4.2. */
function fold(name: Name): Buffer {
  return Buffer.from(name.octets.map((octet) => FOLD[octet]!));
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
