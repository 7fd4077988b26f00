import type {
  AskedJson,
  AskJson,
  OctetsJson,
  PracticeAnswerJson,
  PracticeAskJson,
  PracticeId,
  PracticeJson,
  PracticeSpeed,
  QuestionJson,
  ResolversJson,
  VisitJson,
} from '../server/http/asking-protocol.ts';
import type { KeyInput, KeysJson, NewKeyJson } from '../server/http/key-protocol.ts';
import type {
  AboutJson,
  EditDetailJson,
  ErrorJson,
  FaultJson,
  HistoryJson,
  MessageJson,
  NewShareJson,
  SharesJson,
  NewSessionJson,
  NoSessionJson,
  QueriesJson,
  QueryDetailJson,
  RecordInput,
  RecordJson,
  RecordsJson,
  SessionJson,
  ZoneEditInput,
  ZoneEditJson,
} from '../server/http/protocol.ts';
import { strings } from './strings/strings.ts';

/** Every way in which a call can fail, as one thing: what the server said, or that it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly FaultJson[];

  constructor(status: number, error: ErrorJson['error']) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    const single = error.field === undefined ? [] : [{ field: error.field, code: error.code, message: error.message }];
    this.faults = error.faults ?? single;
  }
}

export interface Api {
  about(): Promise<AboutJson>;
  session(): Promise<SessionJson | NoSessionJson>;
  newSession(): Promise<NewSessionJson>;
  openSession(key: string): Promise<SessionJson>;
  endSession(): Promise<void>;
  records(): Promise<RecordsJson>;
  addRecord(input: RecordInput): Promise<RecordJson>;
  changeRecord(id: number, input: RecordInput): Promise<RecordJson>;
  deleteRecord(id: number): Promise<void>;
  deleteRecords(): Promise<void>;
  /** The zone as a file. */
  zoneFile(): Promise<string>;
  previewEdit(input: ZoneEditInput): Promise<ZoneEditJson>;
  editZone(input: ZoneEditInput): Promise<ZoneEditJson>;
  history(): Promise<HistoryJson>;
  edit(id: number): Promise<EditDetailJson>;
  /** Makes the zone what it was before an edit. */
  restore(id: number): Promise<ZoneEditJson>;
  /** `filter` is the query part of an address, see `QueriesJson`. */
  queries(page: { limit: number; before?: number; filter?: string }): Promise<QueriesJson>;
  query(id: number): Promise<QueryDetailJson>;
  /** The pair of messages as RFC 8427 has it, as text. */
  queryPair(id: number): Promise<unknown>;
  clearQueries(): Promise<void>;
  share(id: number): Promise<NewShareJson>;
  shares(): Promise<SharesJson>;
  unshare(id: number): Promise<void>;
  keys(): Promise<KeysJson>;
  makeKey(input: KeyInput): Promise<NewKeyJson>;
  revokeKey(id: number): Promise<void>;
  resolvers(): Promise<ResolversJson>;
  makeQuery(question: QuestionJson): Promise<OctetsJson>;
  ask(input: AskJson): Promise<AskedJson>;
  readMessage(message: OctetsJson): Promise<MessageJson>;
  /** Undefined when nothing has changed since `after`. */
  practice(after?: number): Promise<PracticeJson | undefined>;
  practiceAsk(question: PracticeAskJson): Promise<PracticeAnswerJson>;
  practiceVisit(where: { resolver: PracticeId; name: string }): Promise<VisitJson>;
  practiceSpeed(speed: PracticeSpeed): Promise<PracticeJson>;
  /** Empties the cache of one resolver, or of all. */
  practiceFlush(resolver?: PracticeId): Promise<void>;
}

/** The address of the zone as a file, for a link as well. */
export const ZONE_FILE = 'api/zone/file';

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/**
 * Typed calls to the server. Paths are relative, so that the page works below a sub-path. `onSessionLost` hears of every 401
 * but those of the session calls themselves, where 401 is an ordinary answer.
 */
export function createApi(fetch: Fetch, onSessionLost: () => void): Api {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await send(fetch, method, path, body);
    if (response.ok) return (await readBody(response)) as T;
    if (response.status === 401 && path !== 'api/session') onSessionLost();
    throw new ApiError(response.status, await readError(response));
  }
  return {
    about: () => call('GET', 'api/about'),
    session: () => call('GET', 'api/session'),
    newSession: () => call('POST', 'api/session', {}),
    openSession: (key) => call('POST', 'api/session', { key }),
    endSession: () => call('DELETE', 'api/session'),
    records: () => call('GET', 'api/records'),
    addRecord: (input) => call('POST', 'api/records', input),
    changeRecord: (id, input) => call('PUT', `api/records/${id}`, input),
    deleteRecord: (id) => call('DELETE', `api/records/${id}`),
    deleteRecords: () => call('DELETE', 'api/records'),
    zoneFile: () => call('GET', ZONE_FILE),
    previewEdit: (input) => call('POST', 'api/zone/preview', input),
    editZone: (input) => call('POST', 'api/zone', input),
    history: () => call('GET', 'api/history'),
    edit: (id) => call('GET', `api/history/${id}`),
    restore: (id) => call('POST', `api/history/${id}/restore`, {}),
    queries: ({ limit, before, filter = '' }) =>
      call('GET', `api/queries?limit=${limit}${before === undefined ? '' : `&before=${before}`}${filter && `&${filter}`}`),
    query: (id) => call('GET', `api/queries/${id}`),
    queryPair: (id) => call('GET', `api/queries/${id}/pair`),
    clearQueries: () => call('DELETE', 'api/queries'),
    share: (id) => call('POST', `api/queries/${id}/share`),
    shares: () => call('GET', 'api/shares'),
    unshare: (id) => call('DELETE', `api/shares/${id}`),
    keys: () => call('GET', 'api/keys'),
    makeKey: (input) => call('POST', 'api/keys', input),
    revokeKey: (id) => call('DELETE', `api/keys/${id}`),
    resolvers: () => call('GET', 'api/resolvers'),
    makeQuery: (question) => call('POST', 'api/ask/query', question),
    ask: (input) => call('POST', 'api/ask', input),
    readMessage: (message) => call('POST', 'api/ask/message', message),
    practice: (after) => call('GET', `api/practice${after === undefined ? '' : `?after=${after}`}`),
    practiceAsk: (question) => call('POST', 'api/practice/ask', question),
    practiceVisit: (where) => call('POST', 'api/practice/visit', where),
    practiceSpeed: (speed) => call('PUT', 'api/practice/clock', { speed }),
    practiceFlush: (resolver) =>
      call('DELETE', resolver === undefined ? 'api/practice/cache' : `api/practice/${resolver}/cache`),
  };
}

async function send(fetch: Fetch, method: string, path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(0, { code: 'unreachable', message: strings.errors.unreachable });
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return response.headers.get('content-type')?.startsWith('text/dns') ? response.text() : readJson(response);
}

/** A proxy in between may answer with something that is not JSON. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new ApiError(response.status, { code: 'unreadable', message: strings.errors.unreadable(response.status) });
  }
}

async function readError(response: Response): Promise<ErrorJson['error']> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorJson> | null;
  return body?.error ?? { code: 'unreadable', message: strings.errors.unreadable(response.status) };
}

/** What to show for anything caught around a call. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
