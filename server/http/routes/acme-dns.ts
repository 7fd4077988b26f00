import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseNetwork } from '../../keys/network.ts';
import type { Grant } from '../../keys/grant.ts';
import { TYPE } from '../../wire/codes.ts';
import { Name } from '../../wire/name.ts';
import { rdataFromText } from '../../wire/rdata.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal, refusalOf } from '../errors.ts';
import { bodyOf } from '../parameters.ts';
import { checkRecord, type SessionGate } from '../session-gate.ts';

/** Seconds for which an answer to a challenge may be remembered: it is looked at once. */
const TTL = 1;
/** What authorities want to read: a SHA-256 in base64url, RFC 8555 §8.4. */
const CHALLENGE = /^[\w-]{43}$/;
/** Values that are kept: one for the name itself, one for its wildcard. */
const KEPT = 2;
const MAX_NETWORKS = 20;

/**
 * The interface of acme-dns. Its clients know an address and nothing else, so the token that makes accounts is part of that:
 * `/acme-dns/TOKEN`. An account is a key for the TXT records of one name in the zone of the token.
 */
export function addAcmeDnsRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  app.setErrorHandler(replyAsAcmeDns);
  // Programs that know no better say that their JSON is a form.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(body as string));
    } catch {
      done(new Refusal('bad_json', { field: 'malformed_json_payload' }));
    }
  });

  app.post('/acme-dns/:token/register', (request, reply) => {
    const access = gate.allowToken(request, tokenOf(request), 'write');
    const { zone, key } = access;
    const { networks: own, expiresAt, idleMs } = key!.grant;
    // An account is no way around the limits of the token that made it.
    const networks = own.length > 0 ? own : readNetworks(request);
    const subdomain = randomUUID();
    const owner = Name.fromText(subdomain, zone.origin) as Name;
    checkRecord(access, { owner, type: TYPE.TXT });
    if (deps.keys.list(zone.id).length >= deps.settings.limits.keysPerZone) throw new Refusal('too_many_keys');
    const limits = { names: [subdomain], types: ['TXT'], networks };
    const grant: Grant = { rights: ['write'], ...limits, expiresAt, idleMs };
    const seed = { zoneId: zone.id, label: `acme-${subdomain.slice(0, 8)}`, grant, now: deps.clock.now() };
    const { token: password } = deps.keys.createToken(seed, 'acme-dns', deps.random);
    const fulldomain = owner.toText().slice(0, -1);
    return reply.code(201).send({ username: subdomain, password, fulldomain, subdomain, allowfrom: networks });
  });

  app.post('/acme-dns/:token/update', (request, reply) => {
    const { 'x-api-key': password, 'x-api-user': username } = request.headers;
    const access = gate.allowToken(request, typeof password === 'string' ? password : '', 'write', 'acme-dns');
    const { subdomain, txt } = bodyOf(request);
    const [own] = access.key!.grant.names;
    if (username !== own) throw new Refusal('unknown_token');
    if (subdomain !== own) throw access.refuse('name');
    if (typeof txt !== 'string' || !CHALLENGE.test(txt)) throw new Refusal('bad_request', { field: 'bad_txt' });
    const { zone } = access;
    const owner = Name.fromText(own!, zone.origin) as Name;
    const there = deps.zones.read(zone.id).filter((one) => one.type === TYPE.TXT && one.owner.equals(owner));
    const rdata = rdataFromText(TYPE.TXT, `"${txt}"`, { origin: zone.origin, style: 'person' }) as Uint8Array;
    const others = there.filter((one) => Buffer.compare(one.rdata, rdata) !== 0).toSorted((a, b) => a.id - b.id);
    const records = [...others.slice(-(KEPT - 1)), { owner, type: TYPE.TXT, ttl: TTL, rdata }];
    if (others.length === there.length) editor.changeRrsets(access, [{ owner, type: TYPE.TXT, records, at: 'txt' }]);
    return reply.send({ txt });
  });
}

const tokenOf = (request: FastifyRequest): string => (request.params as { token: string }).token;

/** The networks that an account may be used from, as a client asks for them; a body is not needed. */
function readNetworks({ body }: FastifyRequest): string[] {
  const { allowfrom = [] } = (body ?? {}) as { allowfrom?: unknown };
  const isList = Array.isArray(allowfrom) && allowfrom.length <= MAX_NETWORKS;
  if (isList && allowfrom.every((one) => typeof one === 'string' && parseNetwork(one) !== null)) return allowfrom as string[];
  throw new Refusal('bad_request', { field: 'invalid_allowfrom_cidr' });
}

/** Programs look at `error`, a word; people at `message`. */
function replyAsAcmeDns(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error, request);
  const { code, message, field } = refusal.body.error;
  const isForbidden = refusal.status === 401 || refusal.status === 403;
  const status = isForbidden ? 401 : refusal.status;
  const word = isForbidden ? 'forbidden' : refusal.status === 400 ? (field ?? code) : code;
  void reply.code(status).headers(refusal.headers).send({ error: word, message });
}
