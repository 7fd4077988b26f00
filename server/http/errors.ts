import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { storageFault } from '../store/fault.ts';
import type { Refused } from '../keys/grant.ts';
import type { Fault } from '../zone/check.ts';
import type { ErrorJson } from './protocol.ts';
import type { TextFault } from './zone-text.ts';

/** Every error of the API but those of record fields, which come from the zone checks with status 422. */
const ERRORS = {
  bad_request: { status: 400, message: 'The request cannot be understood.' },
  bad_json: { status: 400, message: 'The body is not JSON. Send an object such as {}.' },
  bad_parameter: { status: 400, message: 'A parameter of the address is not what it should be.' },
  bad_address: { status: 400, message: 'That is neither an IPv4 nor an IPv6 address.' },
  bad_dns_message: { status: 400, message: 'That is no DNS query: it is shorter than a header, or a response.' },
  no_session: { status: 401, message: 'There is no session here. Begin one with POST /api/session.' },
  unknown_token: { status: 401, message: 'Nobody has this token. It may have been revoked.' },
  wrong_key: {
    status: 401,
    message: 'No subdomain has this key. It is 28 letters and digits; look for one that was lost or mistaken.',
  },
  wrong_token: { status: 401, message: 'This is for the operator of this server, with the token of DIGPIT_OPERATOR_TOKEN.' },
  suspended: { status: 403, message: 'This subdomain was suspended by the operator of this server.' },
  token_refused: { status: 403, message: 'This token may not do that.' },
  foreign_origin: {
    status: 403,
    message: 'This request comes from a page of another site, and only our own page may make it.',
  },
  not_found: { status: 404, message: 'There is nothing at this address.' },
  no_such_record: { status: 404, message: 'Your subdomain has no such record. It may have been deleted in another tab.' },
  no_such_rrset: { status: 404, message: 'Your subdomain has no such RRset.' },
  no_such_edit: { status: 404, message: 'Your history has no such edit. The oldest are forgotten as new ones come.' },
  no_such_query: { status: 404, message: 'Your log has no such query. The oldest are forgotten as new ones come.' },
  no_such_account: { status: 404, message: 'There is no such subdomain.' },
  no_such_key: { status: 404, message: 'Your subdomain has no such key. It may have been revoked in another tab.' },
  no_such_share: {
    status: 404,
    message: 'This link shows nothing any more: it was taken back, or its query has left the log.',
  },
  no_such_zone: { status: 404, message: 'There is no such zone here, or not for this token.' },
  no_network: { status: 404, message: 'We do not know the network of this address.' },
  method_not_allowed: { status: 405, message: 'This address does not understand that method.' },
  zone_changed: {
    status: 409,
    message: 'The zone was changed since you looked, perhaps in another tab. Nothing was done; look again.',
  },
  zone_exists: { status: 409, message: 'The zone is there already.' },
  key_exists: { status: 409, message: 'There is a key of this name already. Choose another name, or revoke that one.' },
  body_too_large: { status: 413, message: 'The body is too large.' },
  not_json: { status: 415, message: 'The body must be JSON: send it with Content-Type: application/json.' },
  not_dns_message: {
    status: 415,
    message: 'The body must be a DNS message: send it with Content-Type: application/dns-message.',
  },
  other_zone: { status: 422, message: 'A token is for one zone alone.' },
  zone_stays: { status: 422, message: 'A subdomain goes when nobody has used it for long; a token cannot delete it.' },
  invalid_record: { status: 422, message: 'DNS does not allow this record.' },
  invalid_zone: { status: 422, message: 'DNS does not allow this zone.' },
  invalid_key: { status: 422, message: 'The key must be text.' },
  invalid_key_limits: { status: 422, message: 'No key can be made of this.' },
  invalid_question: { status: 422, message: 'No query can be made of this.' },
  foreign_name: { status: 422, message: 'Resolvers are asked for names of your subdomain only.' },
  upgrade_required: { status: 426, message: 'This address speaks WebSocket only.' },
  too_many_sessions: { status: 429, message: 'Too many sessions were begun from your network. Try again later.' },
  too_many_viewers: { status: 429, message: 'Too many live views are open. Close one, or try again in a minute.' },
  too_many_exports: { status: 429, message: 'Your log is being written to other files. Try again when they are done.' },
  too_many_asks: { status: 429, message: 'Resolvers were asked too often from your network. Try again later.' },
  too_many_records: { status: 429, message: 'Your subdomain is full. Delete a record to make room.' },
  too_many_names: { status: 429, message: 'Your subdomain has as many names as can be. Delete one to make room.' },
  too_many_octets: { status: 429, message: 'The records of your subdomain are too long. Delete one to make room.' },
  too_many_shares: { status: 429, message: 'You have shared as many queries as can be. Take one back to make room.' },
  too_many_keys: { status: 429, message: 'Your subdomain has as many keys as can be. Revoke one to make room.' },
  too_many_calls: { status: 429, message: 'That was too often in a short time. Try again in a moment.' },
  too_many_zones: { status: 429, message: 'There are no more subdomains to be had here at the moment. Try again later.' },
  server_full: { status: 429, message: 'All subdomains together take as much as this server has. Try again later.' },
  internal: { status: 500, message: 'Something went wrong on our side. It has been noted.' },
  storage_damaged: {
    status: 500,
    message: 'The database of this server is damaged, and its operator has been told. Nothing was changed.',
  },
  resolver_failed: { status: 502, message: 'The resolver did not answer.' },
  storage_busy: {
    status: 503,
    message: 'Another program is at work on the database. Nothing was changed; try again in a moment.',
  },
  storage_unwritable: {
    status: 503,
    message: 'This server cannot write to its disk at the moment. Nothing was changed; try again later.',
  },
  storage_full: { status: 507, message: 'The disk of this server is full. Nothing was changed; try again later.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What an error says beyond its code. */
interface Details {
  /** In place of the usual sentence. */
  readonly message?: string;
  readonly field?: string;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** When to look again for room that somebody has to make first, in seconds: what a refused quota says when it knows nothing better. */
const LATER = { 'retry-after': '3600' };

/** A request that is refused, and the reply that says why. Thrown by handlers and hooks. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ErrorJson;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, { message, field, faults, headers = {} }: Details = {}) {
    super(message ?? ERRORS[code].message);
    this.status = ERRORS[code].status;
    this.body = { error: { code, message: this.message } };
    if (field !== undefined) this.body.error.field = field;
    if (faults !== undefined)
      this.body.error.faults = faults.map(({ choices, ...fault }) => ({ ...fault, ...copyOf(choices) }));
    this.headers = this.status === 429 ? { ...LATER, ...headers } : headers;
  }
}

function copyOf(choices: readonly string[] | undefined): { choices?: string[] } {
  return choices === undefined ? {} : { choices: [...choices] };
}

/** A record that is refused for its fields. A single fault is the error itself. */
export function refuseRecord(faults: readonly Fault[]): Refusal {
  const [first] = faults;
  const message = faults.map((fault) => fault.message).join(' ');
  const refusal = new Refusal('invalid_record', { message, field: first!.field, faults });
  if (faults.length === 1) refusal.body.error.code = first!.code;
  return refusal;
}

/** A text that is refused for what stands in it. */
export function refuseText(faults: readonly TextFault[]): Refusal {
  const message = `Nothing was changed: ${faults.length === 1 ? 'a line is' : `${faults.length} places are`} not right.`;
  return new Refusal('invalid_zone', { message, field: 'text', faults });
}

/** Why a token may not do what it was sent for. */
const TOKEN_LIMITS: Readonly<Record<Refused, string>> = {
  expired: 'its time has passed',
  idle: 'it was not used for too long',
  network: 'it may not be used from this address',
  right: 'that is not among its rights',
  name: 'it is for other names',
  type: 'it is for other types of records',
  zone: 'it is of another subdomain',
};

export function refuseToken(why: Refused): Refusal {
  return new Refusal('token_refused', { message: `This token may not do that: ${TOKEN_LIMITS[why]}.`, field: why });
}

/** A key that is refused for what was to limit it. */
export function refuseKey(faults: readonly Fault[]): Refusal {
  const message = faults.map((fault) => fault.message).join(' ');
  return new Refusal('invalid_key_limits', { message, field: faults[0]!.field, faults });
}

/** A question that is refused for its fields. */
export function refuseQuestion(faults: readonly Fault[]): Refusal {
  return new Refusal('invalid_question', {
    message: faults.map(({ message }) => message).join(' '),
    field: faults[0]!.field,
    faults,
  });
}

/** Errors of fastify that are the client's, by code. */
const FASTIFY_ERRORS: ReadonlyMap<string, ErrorCode> = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'body_too_large'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'not_json'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'bad_json'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'bad_json'],
  ['FST_ERR_BAD_URL', 'bad_request'],
  ['FST_ERR_MAX_PARAM_LENGTH', 'not_found'],
]);

/** Turns whatever was thrown into a reply. What is not the client's doing is logged, and the reply says nothing of it. */
export function replyWithError(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error, request);
  void reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
}

/** What a request is to be told of whatever was thrown. */
export function refusalOf(error: FastifyError | Refusal, request: FastifyRequest): Refusal {
  const refusal = error instanceof Refusal ? error : toRefusal(error);
  if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
  return refusal;
}

/** How soon it is worth trying again where the disk is what is wrong, in seconds. */
const STORAGE_RETRY = { busy: '1', unwritable: '60', full: '60', damaged: '3600' } as const;

function toRefusal(error: FastifyError): Refusal {
  const storage = storageFault(error);
  if (storage !== null) return new Refusal(`storage_${storage}`, { headers: { 'retry-after': STORAGE_RETRY[storage] } });
  const known = FASTIFY_ERRORS.get(error.code);
  if (known !== undefined) return new Refusal(known);
  // JSON that cannot be parsed comes as the parser's own error with a status.
  if (error instanceof SyntaxError && error.statusCode === 400) return new Refusal('bad_json');
  const status = error.statusCode ?? 500;
  return new Refusal(status >= 400 && status < 500 ? 'bad_request' : 'internal');
}
