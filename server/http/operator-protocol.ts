/**
 * JSON bodies of the operator's side, all with `Authorization: Bearer` and the token of DIGPIT_OPERATOR_TOKEN: 401 `wrong_token`, 404
 * where the setting is empty. Imports nothing but types of the other contract.
 */
import type { RecordJson } from './protocol.ts';

/** POST /api/operator/accounts/:label/suspend and …/resume answer with it; DELETE /api/operator/accounts/:label with 204. */
export interface AccountJson {
  id: number;
  label: string;
  zone: string;
  createdAt: number;
  seenAt: number;
  suspendedAt: number | null;
  records: number;
}

/**
 * GET /api/operator/accounts?search=&before=ID&limit=N: the newest first, at most 100. `search` is a part of a label, a name, or what
 * stands in a record, such as an address.
 */
export interface AccountsJson {
  /** Zones answered for. */
  total: number;
  accounts: AccountJson[];
}

/**
 * GET /api/operator/accounts/:label. Its zone as a text: GET …/zone/file, and POST …/zone/preview and …/zone like those of its
 * owner, with the same limits; 403 `suspended` for an edit of one that is.
 */
export interface AccountRecordsJson extends Omit<AccountJson, 'records'> {
  records: RecordJson[];
}
