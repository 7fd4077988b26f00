import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashKey, makeKey } from '../../store/sessions.ts';
import type { StoredZone } from '../../store/zones.ts';
import { Zone } from '../../zone/zone.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import type { LiveStreams } from '../live.ts';
import type { NewSessionJson, NoSessionJson, SessionJson } from '../protocol.ts';
import type { SessionGate } from '../session-gate.ts';
import type { Room } from '../room.ts';
import { SourceQuota } from '../source-quota.ts';

/** Begin, look at and end a session. */
export function addSessionRoutes(
  app: FastifyInstance,
  deps: HttpDeps,
  gate: SessionGate,
  streams: LiveStreams,
  room: Room,
): void {
  const quota = new SourceQuota(deps.settings.limits.sessionsPerHour);

  app.post('/api/session', (request, reply) => {
    const key = readKey(request.body);
    quota.demand(request.ip, deps.clock.monotonic(), 'too_many_sessions');
    if (key === null) {
      room.takeZone(request.ip);
      const { zone, key } = createZone(deps);
      begin(zone, request, reply);
      const body: NewSessionJson = { ...sessionToJson(zone, deps, request), key };
      return reply.code(201).send(body);
    }
    const keyHash = hashKey(key);
    const found = keyHash === null ? undefined : deps.zones.findByKey(keyHash);
    if (found === undefined) throw new Refusal('wrong_key', { field: 'key' });
    gate.checkZone(found);
    const zone = deps.zones.touch(found, deps.clock.now());
    begin(zone, request, reply);
    return reply.send(sessionToJson(zone, deps, request));
  });

  app.get('/api/session', (request, reply) => {
    // Who has no zone yet is told so with 200: a browser notes every 401 as an error, and a newcomer has made none.
    if (gate.find(request) === undefined) return reply.send({ zone: null } satisfies NoSessionJson);
    const { zone } = gate.require(request);
    gate.prolong(request, reply);
    return reply.send(sessionToJson(zone, deps, request));
  });

  app.delete('/api/session', (request, reply) => {
    end(gate.require(request).id);
    gate.clearCookie(request, reply);
    return reply.code(204).send();
  });

  /** A browser has one session. The one before ends, so that its other tabs do not go on under a cookie of another zone. */
  function begin(zone: StoredZone, request: FastifyRequest, reply: FastifyReply): void {
    const previous = gate.find(request);
    if (previous !== undefined) end(previous.id);
    gate.begin(zone, request, reply);
  }

  function end(sessionId: string): void {
    gate.end(sessionId);
    streams.closeSession(sessionId);
  }
}

/** The key of `{ key }`, or null for `{}`. */
function readKey(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('bad_request', { message: 'Send {} to begin with a new subdomain, or { "key": … } to have yours back.' });
  }
  const { key } = body as { key?: unknown };
  if (key === undefined) return null;
  if (typeof key !== 'string') throw new Refusal('invalid_key', { field: 'key' });
  return key;
}

/** Makes a zone and lets it answer. The key exists here and in the reply, and nowhere else. */
function createZone({ zones, zoneSet, settings, clock, random }: HttpDeps): { zone: StoredZone; key: string } {
  const key = makeKey(random);
  const { nameservers, hostmaster } = settings;
  const { zone, records } = zones.create({ keyHash: hashKey(key)!, nameservers, hostmaster, now: clock.now(), random });
  zoneSet.set(Zone.of(zone.id, zone.origin, records));
  return { zone, key };
}

function sessionToJson(
  { origin, createdAt, seenAt }: StoredZone,
  { settings }: HttpDeps,
  request: FastifyRequest,
): SessionJson {
  const { dns, log, zoneMaxAge } = settings;
  const expiresAt = zoneMaxAge === 0 ? null : seenAt + zoneMaxAge;
  // Whoever listens on all addresses does not know its own; the one that the page was reached by is as good.
  return { zone: origin.toText(), createdAt, expiresAt, dns: { ...dns, host: dns.host ?? request.hostname }, log };
}
