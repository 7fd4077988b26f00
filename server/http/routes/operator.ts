import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from '../../store/accounts.ts';
import { Name } from '../../wire/name.ts';
import { Zone } from '../../zone/zone.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal, refuseToken } from '../errors.ts';
import type { LiveStreams } from '../live.ts';
import type { AccountJson, AccountRecordsJson, AccountsJson } from '../operator-protocol.ts';
import { countOf } from '../parameters.ts';
import { recordToJson, sortRecords } from '../record-json.ts';
import type { Access } from '../session-gate.ts';
import { SourceQuota } from '../source-quota.ts';
import { TextEditor } from '../text-editor.ts';

const PAGE = 100;
/** Wrong tokens from one address in an hour. */
const TRIES = 20;

/** Looks at, edits, suspends and deletes subdomains, for who has the token of DIGPIT_OPERATOR_TOKEN. Without one nothing is here. */
export function addOperatorRoutes(app: FastifyInstance, deps: HttpDeps, streams: LiveStreams, editor: Editor): void {
  const { operatorToken } = deps.settings;
  if (operatorToken === null) return;
  const tries = new SourceQuota(TRIES);
  const desk = new Desk(deps, streams);

  app.addHook('onRequest', async (request) => {
    if (isSame(tokenOf(request), operatorToken)) return;
    tries.demand(request.ip, deps.clock.monotonic(), 'too_many_calls');
    throw new Refusal('wrong_token', { headers: { 'www-authenticate': 'Bearer' } });
  });
  app.get('/api/operator/accounts', (request, reply) => reply.send(desk.list(request)));
  app.get('/api/operator/accounts/:label', (request, reply) => reply.send(desk.show(desk.find(request))));
  app.post('/api/operator/accounts/:label/suspend', (request, reply) => {
    desk.suspend(desk.find(request));
    return reply.send(desk.toJson(desk.find(request)));
  });
  app.post('/api/operator/accounts/:label/resume', (request, reply) => {
    desk.resume(desk.find(request));
    return reply.send(desk.toJson(desk.find(request)));
  });
  app.delete('/api/operator/accounts/:label', (request, reply) => {
    desk.delete(desk.find(request));
    return reply.code(204).send();
  });

  const texts = new TextEditor(deps.zones, editor);
  const large = { bodyLimit: deps.settings.limits.zoneBodyBytes };
  app.get('/api/operator/accounts/:label/zone/file', (request, reply) =>
    texts.sendFile(desk.access(desk.find(request)).zone, reply),
  );
  app.post('/api/operator/accounts/:label/zone/preview', large, (request, reply) =>
    reply.send(texts.preview(desk.access(desk.find(request)), request.body)),
  );
  app.post('/api/operator/accounts/:label/zone', large, (request, reply) =>
    reply.send(texts.apply(desk.editAccess(desk.find(request)), request.body)),
  );
}

/** What the operator does. */
class Desk {
  private readonly deps: HttpDeps;
  private readonly streams: LiveStreams;

  constructor(deps: HttpDeps, streams: LiveStreams) {
    this.deps = deps;
    this.streams = streams;
  }

  list(request: FastifyRequest): AccountsJson {
    const { accounts, zoneSet } = this.deps;
    const limit = countOf(request, 'limit', 1, PAGE) ?? PAGE;
    const before = countOf(request, 'before', 1, Number.MAX_SAFE_INTEGER) ?? Number.MAX_SAFE_INTEGER;
    const search = this.searchOf(request);
    const found = search === '' ? accounts.list(before, limit) : accounts.search(search, before, limit);
    return { total: zoneSet.size, accounts: found.map((account) => this.toJson(account)) };
  }

  show(account: Account): AccountRecordsJson {
    const { zones } = this.deps;
    const origin = this.originOf(account);
    const records = sortRecords(zones.read(account.id)).map((record) => recordToJson(record, origin));
    return { ...this.toJson(account), records };
  }

  suspend(account: Account): void {
    const { accounts, zoneSet, clock } = this.deps;
    accounts.suspend(account.id, clock.now());
    zoneSet.delete(this.originOf(account));
    this.streams.closeZone(account.id);
  }

  resume(account: Account): void {
    const { accounts, zones, zoneSet } = this.deps;
    accounts.suspend(account.id, null);
    zoneSet.set(Zone.of(account.id, this.originOf(account), zones.read(account.id)));
  }

  delete(account: Account): void {
    const { accounts, zoneSet, queryLog } = this.deps;
    const origin = this.originOf(account);
    accounts.delete(account.id);
    zoneSet.delete(origin);
    queryLog.clear(account.id);
    this.streams.closeZone(account.id);
  }

  find(request: FastifyRequest): Account {
    const { label } = request.params as { label: string };
    const account = this.deps.accounts.find(label.toLowerCase());
    if (account === undefined) throw new Refusal('no_such_account');
    return account;
  }

  /** The zone, of which the operator sees everything. No key is called like that. */
  access({ id }: Account): Access {
    return { zone: this.deps.zones.find(id)!, key: null, by: '@operator', refuse: refuseToken };
  }

  /** The same for an edit. What is suspended is not edited: it would answer again. */
  editAccess(account: Account): Access {
    const access = this.access(account);
    if (access.zone.suspended) throw new Refusal('suspended', { message: 'It is suspended: resume it first.' });
    return access;
  }

  toJson(account: Account): AccountJson {
    return { ...account, zone: this.originOf(account).toText() };
  }

  private originOf({ id }: Account): Name {
    return this.deps.zones.find(id)!.origin;
  }

  /** What to look for: of a name below our domain, the subdomain that it belongs to. */
  private searchOf(request: FastifyRequest): string {
    const { search } = request.query as { search?: unknown };
    const text = typeof search === 'string' ? search.trim().toLowerCase() : '';
    const name = text.includes('.') ? Name.fromText(text) : null;
    const zone = name instanceof Name ? this.deps.zoneSet.closest(name) : null;
    return zone === null || zone.id === 0 ? text : zone.origin.toText().split('.')[0]!;
  }
}

function tokenOf({ headers: { authorization = '' } }: FastifyRequest): string {
  return /^Bearer (.+)$/i.exec(authorization)?.[1] ?? '';
}

/** Compares hashes, so that the time it takes says nothing of the token, nor of its length. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
