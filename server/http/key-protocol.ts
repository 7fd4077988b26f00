/** What crosses between server and page about keys and tokens. Imports nothing; the page imports only types from here. */

/**
 * A token (`Authorization: Bearer …` or `X-API-Key`) stands for the session at /api/records, /api/zone and /api/history with the
 * rights `read` and `write`, and with `log` at /api/queries, /api/tail and /api/wait: 401 `unknown_token`, 403 `token_refused`.
 *
 * A key or token of the zone, without its secret. GET /api/keys: KeysJson, the oldest first. DELETE /api/keys/:id revokes one: 204.
 * 404 `no_such_key`.
 */
export interface KeyJson {
  id: number;
  /** `tsig` signs DNS messages (RFC 8945), `token` goes into HTTP requests, `acme-dns` is an account of that interface. */
  kind: 'tsig' | 'token' | 'acme-dns';
  label: string;
  /** What messages call a TSIG key, without the final dot, and its algorithm. */
  name?: string;
  algorithm?: string;
  rights: KeyRight[];
  /** Patterns of names relative to the zone, in which `*` stands for one label or more; none: any name. */
  names: string[];
  /** None: any type. */
  types: string[];
  /** `192.0.2.0/24` or one address; none: from anywhere. */
  networks: string[];
  createdAt: number;
  expiresAt: number | null;
  /** Seconds without use after which it ends. */
  idle: number | null;
  used: { at: number; from: string } | null;
  refused: { at: number; from: string; why: KeyRefusal } | null;
}

/** `read`, `write` and `log` are for tokens, `update` and `transfer` for TSIG keys. */
export type KeyRight = 'read' | 'write' | 'log' | 'update' | 'transfer';

/** Why a key was refused last: its own limits, or what was sent with it. */
export type KeyRefusal = 'expired' | 'idle' | 'network' | 'right' | 'name' | 'type' | 'zone' | 'signature' | 'time' | 'replay';

export interface KeysJson {
  keys: KeyJson[];
}

/**
 * Body of POST /api/keys: 201 with NewKeyJson. What is left out limits nothing; without rights a key has all of its kind. `expires`
 * and `idle` in seconds. 422 `invalid_key_limits` with faults, 409 `key_exists` and `too_many_keys`.
 */
export interface KeyInput {
  kind: 'tsig' | 'token';
  /** Letters, digits and hyphens: also the first label of the name of a TSIG key. */
  label: string;
  /** `hmac-sha256` unless another is said. */
  algorithm?: string;
  rights?: KeyRight[];
  names?: string[];
  types?: string[];
  networks?: string[];
  expires?: number;
  idle?: number;
}

/** `secret` is shown this once: base64 for a TSIG key, and what goes behind `Bearer` or into `X-API-Key` for a token. */
export interface NewKeyJson extends KeyJson {
  secret: string;
}
