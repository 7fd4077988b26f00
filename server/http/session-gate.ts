import type { FastifyReply, FastifyRequest } from 'fastify';
import { judge, judgeRecord, type Refused, type Right } from '../keys/grant.ts';
import type { KeyKind, KeyStore, StoredKey } from '../store/keys.ts';
import type { Session, SessionStore } from '../store/sessions.ts';
import type { StoredZone, ZoneStore } from '../store/zones.ts';
import type { HttpDeps } from './deps.ts';
import { parseAddress } from '../wire/address.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { Refusal, refuseToken } from './errors.ts';
import type { Room } from './room.ts';

const COOKIE = 'digpit_session';

/** A session that has been checked, and the zone it may read and change. */
export interface OpenSession {
  readonly id: string;
  readonly zone: StoredZone;
}

/** A zone, and the token by which a program has it: null for a browser and the operator, who may do everything. */
export interface Access {
  readonly zone: StoredZone;
  readonly key: StoredKey | null;
  /** What the history says of who it was; null for the owner in the page. */
  readonly by: string | null;
  /** Notes for the owner that the token was not for what it was used for, and gives what is to be thrown. */
  refuse(why: Refused): Refusal;
}

/** Refuses a token that is not for the records of a name and type. */
export function checkRecord({ zone, key, refuse }: Access, { owner, type }: Pick<ZoneRecord, 'owner' | 'type'>): void {
  const why = key === null ? null : judgeRecord(key.grant, owner, type, zone.origin);
  if (why !== null) throw refuse(why);
}

/** Of the records of a zone, those that a token is for; a browser sees all. */
export function seenBy<R extends Pick<ZoneRecord, 'owner' | 'type'>>({ zone, key }: Access, records: readonly R[]): R[] {
  return records.filter(({ owner, type }) => key === null || judgeRecord(key.grant, owner, type, zone.origin) === null);
}

/** Knows who is asking: the way from a request's cookie to its session, and back. */
export class SessionGate {
  private readonly sessions: SessionStore;
  private readonly zones: ZoneStore;
  private readonly keys: KeyStore;
  private readonly clock: HttpDeps['clock'];
  private readonly random: HttpDeps['random'];
  private readonly trustProxy: boolean;
  private readonly room: Room;
  private readonly reportTo: string | null;

  constructor({ sessions, zones, keys, clock, random, settings }: HttpDeps, room: Room) {
    this.room = room;
    this.reportTo = settings.reportTo;
    this.sessions = sessions;
    this.zones = zones;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
    this.trustProxy = settings.trustProxy;
  }

  /** The session of a request; refuses one that has none. */
  require(request: FastifyRequest): OpenSession {
    const session = this.find(request);
    const zone = session && this.visit(session);
    if (session === undefined || zone === undefined) throw new Refusal('no_session');
    this.checkZone(zone);
    this.room.takeCallOfZone(zone.id);
    return { id: session.id, zone };
  }

  /** The zone of a session, or of a token that may do what is asked. */
  allow(request: FastifyRequest, right: Right): Access {
    const token = bearerOf(request);
    return token === null
      ? { zone: this.require(request).zone, key: null, by: null, refuse: refuseToken }
      : this.allowToken(request, token, right);
  }

  /** The zone of a token that may do what is asked. */
  allowToken(request: FastifyRequest, token: string, right: Right, kind: KeyKind = 'token'): Access {
    const key = this.keys.findToken(token);
    if (key === undefined || key.kind !== kind) throw new Refusal('unknown_token');
    const now = this.clock.now();
    const use = { at: now, from: request.ip };
    const usedAt = key.used?.at ?? key.createdAt;
    const why = judge(key.grant, { right, address: parseAddress(request.ip) ?? new Uint8Array(4), now, usedAt });
    if (why !== null) throw this.refuseToken(key, request, why);
    this.keys.noteUse(key, use);
    const zone = this.visit(key)!;
    this.checkZone(zone);
    this.room.takeCallOfZone(zone.id);
    return { zone, key, by: key.label, refuse: (why) => this.refuseToken(key, request, why) };
  }

  /** The same for what cannot be had in part: not by a token that is for some names or types only. */
  allowAll(request: FastifyRequest, right: Right): Access {
    const access = this.allow(request, right);
    const { key } = access;
    if (key !== null && key.grant.names.length > 0) throw access.refuse('name');
    if (key !== null && key.grant.types.length > 0) throw access.refuse('type');
    return access;
  }

  private refuseToken(key: StoredKey, request: FastifyRequest, why: Refused): Refusal {
    this.keys.noteRefusal(key, { at: this.clock.now(), from: request.ip }, why);
    return refuseToken(why);
  }

  find(request: FastifyRequest): Session | undefined {
    const token = this.tokenOf(request);
    return token === null ? undefined : this.sessions.find(token, this.clock.now());
  }

  /** Whether a session that was there once still is. Whoever looks on is there. */
  stands(sessionId: string): boolean {
    const session = this.sessions.findById(sessionId, this.clock.now());
    return session !== undefined && this.visit(session)?.suspended === false;
  }

  /** Refuses the owner of a zone that is suspended, with where to ask why. */
  checkZone({ suspended }: StoredZone): void {
    if (!suspended) return;
    const where = this.reportTo === null ? '' : ` Ask there: ${this.reportTo}`;
    throw new Refusal('suspended', { message: `This subdomain was suspended by the operator of this server.${where}` });
  }

  /** The zone of a session, whose owner has thereby been here. */
  private visit({ zoneId }: Pick<Session, 'zoneId'>): StoredZone | undefined {
    const zone = this.zones.find(zoneId);
    return zone && this.zones.touch(zone, this.clock.now());
  }

  begin(zone: StoredZone, request: FastifyRequest, reply: FastifyReply): void {
    this.setCookie(this.sessions.create(zone.id, this.clock.now(), this.random), request, reply);
  }

  /** Lets the cookie live as long as the session that it stands for, which every visit prolongs. */
  prolong(request: FastifyRequest, reply: FastifyReply): void {
    const token = this.tokenOf(request);
    if (token !== null) this.setCookie(token, request, reply);
  }

  end(sessionId: string): void {
    this.sessions.delete(sessionId);
  }

  clearCookie(request: FastifyRequest, reply: FastifyReply): void {
    void reply.clearCookie(COOKIE, this.cookieOptions(request));
  }

  private setCookie(token: string, request: FastifyRequest, reply: FastifyReply): void {
    const maxAge = Math.floor(this.sessions.idleMs / 1000);
    void reply.setCookie(COOKIE, token, { ...this.cookieOptions(request), signed: true, maxAge });
  }

  private tokenOf(request: FastifyRequest): string | null {
    const cookie = request.cookies[COOKIE];
    return cookie === undefined ? null : request.unsignCookie(cookie).value;
  }

  /** The cookie is for the path below which a proxy shows us, where it says so: other programs of that host have no use for it. */
  private cookieOptions({ protocol, headers }: FastifyRequest) {
    const prefix = this.trustProxy ? headers['x-forwarded-prefix'] : undefined;
    const path = typeof prefix === 'string' && PREFIX.test(prefix) ? prefix : '/';
    return { path, httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
  }
}

/** A path of plain segments; whatever else a proxy may send is not put into a header of ours. */
const PREFIX = /^(\/[\w.~-]+)+\/?$/;

/** A token as programs send it: behind Bearer (RFC 6750 §2.1), or as clients of PowerDNS do. */
function bearerOf({ headers }: FastifyRequest): string | null {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '');
  const key = headers['x-api-key'];
  return bearer?.[1] ?? (typeof key === 'string' ? key : null);
}
