import { isPattern } from '../keys/pattern.ts';
import { RIGHTS, type Grant, type Right } from '../keys/grant.ts';
import { parseNetwork } from '../keys/network.ts';
import { algorithmOf, MD5, type Algorithm } from '../tsig/algorithms.ts';
import { isDataType, typeFromText, typeToText } from '../wire/codes.ts';
import type { Fault } from '../zone/check.ts';

/** A key that somebody wants. */
export interface WantedKey {
  readonly kind: 'tsig' | 'token';
  readonly label: string;
  readonly algorithm: Algorithm;
  readonly grant: Grant;
}

/** What keys of each kind can be for. */
const RIGHTS_OF = { tsig: ['update', 'transfer'], token: ['read', 'write', 'log'] } as const satisfies Record<
  string,
  readonly Right[]
>;
const DEFAULT_ALGORITHM = 'hmac-sha256';
/** Entries of one list; more of them are a plan for another key. */
const MAX_ENTRIES = 20;
const MAX_SECONDS = 10 * 366 * 86_400;

/** Reads what limits a key, or says everything that is wrong with it. `now` in milliseconds. */
export function readKeyInput(
  body: Readonly<Record<string, unknown>>,
  { now, allowsMd5 }: { now: number; allowsMd5: boolean },
): WantedKey | Fault[] {
  const reader = new KeyReader(body);
  const kind = body['kind'] === 'tsig' || body['kind'] === 'token' ? body['kind'] : null;
  if (kind === null) return [{ field: 'kind', code: 'bad_kind', message: 'kind is tsig or token.' }];
  const label = reader.label();
  const algorithm = reader.algorithm(allowsMd5);
  const all: readonly string[] = RIGHTS_OF[kind];
  const rights = reader.list('rights', `one of ${all.join(', ')}`, (text) => (all.includes(text) ? text : null)) as Right[];
  const names = reader.list('names', 'a name of your subdomain, such as www, @ or _acme-challenge.*', (text) =>
    isPattern(text) ? text.toLowerCase() : null,
  );
  const types = reader.list('types', 'a record type', (text) => {
    const type = typeFromText(text);
    return type !== undefined && isDataType(type) ? typeToText(type) : null;
  });
  const networks = reader.list('networks', 'a network such as 192.0.2.0/24, or an address', (text) =>
    parseNetwork(text) === null ? null : text,
  );
  const expires = reader.seconds('expires');
  const idle = reader.seconds('idle');
  if (reader.faults.length > 0) return reader.faults;
  const grant: Grant = {
    rights: RIGHTS.filter((right) => (rights.length === 0 ? all : rights).includes(right)),
    names,
    types,
    networks,
    expiresAt: expires === null ? null : now + expires * 1000,
    idleMs: idle === null ? null : idle * 1000,
  };
  return { kind, label, algorithm: algorithm!, grant };
}

class KeyReader {
  readonly faults: Fault[] = [];
  private readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    this.body = body;
  }

  label(): string {
    const label = typeof this.body['label'] === 'string' ? this.body['label'].trim().toLowerCase() : '';
    if (!/^[a-z\d]([a-z\d-]{0,30}[a-z\d])?$/.test(label)) {
      this.fault('label', 'bad_label', 'A key is called by 1 to 32 letters, digits and hyphens, such as laptop.');
    }
    return label;
  }

  algorithm(allowsMd5: boolean): Algorithm | undefined {
    const text = this.body['algorithm'] ?? DEFAULT_ALGORITHM;
    const algorithm = typeof text === 'string' ? algorithmOf(text) : undefined;
    if (algorithm === undefined) {
      this.fault('algorithm', 'unknown_algorithm', 'An algorithm is one of hmac-sha256, -sha512, -sha384, -sha224 and -sha1.');
    } else if (algorithm === MD5 && !allowsMd5) {
      this.fault('algorithm', 'md5', 'HMAC-MD5 must not be used any more (RFC 8945 §6). Take hmac-sha256.');
    }
    return algorithm;
  }

  /** Texts, each as `read` gives it; what is not there, or null, is an empty list. */
  list(field: string, expected: string, read: (text: string) => string | null): string[] {
    const value = this.body[field] ?? [];
    if (!Array.isArray(value) || value.length > MAX_ENTRIES) {
      this.fault(field, 'not_a_list', `${field} is a list of at most ${MAX_ENTRIES} texts.`);
      return [];
    }
    const entries = value.map((entry) => (typeof entry === 'string' ? read(entry.trim()) : null));
    const wrong = entries.indexOf(null);
    if (wrong >= 0) this.fault(field, 'bad_entry', `“${String(value[wrong])}” is not ${expected}.`);
    return [...new Set(entries.filter((entry) => entry !== null))];
  }

  seconds(field: string): number | null {
    const value = this.body[field] ?? null;
    if (value === null) return null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_SECONDS) return value;
    this.fault(field, 'bad_time', `${field} is a whole number of seconds, ten years at most.`);
    return null;
  }

  private fault(field: string, code: string, message: string): void {
    this.faults.push({ field, code, message });
  }
}
