import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StoredRecord } from '../../store/zone-change.ts';
import { Name } from '../../wire/name.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { refusalOf, Refusal, refuseRecord } from '../errors.ts';
import { countOf, textOf } from '../parameters.ts';
import { rrsetsToJson, SERVER, SERVER_ID, zoneSummary } from '../powerdns/json.ts';
import { readPatch } from '../powerdns/patch.ts';
import { searchZone } from '../powerdns/search.ts';
import { areFaults } from '../rrset-input.ts';
import { seenBy, type Access, type SessionGate } from '../session-gate.ts';
import { TextEditor } from '../text-editor.ts';

const BASE = `/api/v1/servers/${SERVER_ID}`;
const ZONE = `${BASE}/zones/:zone`;
const MAX_FOUND = 1000;

/**
 * What clients of PowerDNS use of its HTTP interface. `X-API-Key` is a token of ours, and there is one zone to see and change: the
 * one that the token is of. Whatever is not about records is accepted where it changes nothing, and refused where it would.
 */
export function addPowerDnsRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  app.setErrorHandler(replyAsPowerDns);
  // Some clients send a body of nothing as JSON.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? null : JSON.parse(body as string));
    } catch {
      done(new Refusal('bad_json'));
    }
  });
  const desk = new ZoneDesk(deps, gate);
  addServerRoutes(app, gate, desk);
  addZoneRoutes(app, deps, desk, editor);
}

function replyAsPowerDns(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void {
  const { status, headers, body } = refusalOf(error, request);
  const { message, faults = [] } = body.error;
  const errors = faults.length > 1 ? { errors: faults.map((fault) => fault.message) } : {};
  void reply
    .code(status)
    .headers(headers)
    .send({ error: message, ...errors });
}

/** Finds the zone of a request, and what its token may see of it. */
class ZoneDesk {
  private readonly deps: HttpDeps;
  readonly gate: SessionGate;

  constructor(deps: HttpDeps, gate: SessionGate) {
    this.deps = deps;
    this.gate = gate;
  }

  /** The zone of the address, which has to be that of the token. */
  allow(request: FastifyRequest, right: 'read' | 'write'): Access {
    const access = this.gate.allow(request, right);
    const { zone } = request.params as { zone: string };
    if (isName(zone, access.zone.origin)) return access;
    // Clients look around for their zone; who writes means it.
    if (right === 'write') access.refuse('zone');
    throw new Refusal('no_such_zone', { message: `Could not find domain '${zone}'` });
  }

  visible(access: Access): StoredRecord[] {
    return seenBy(access, this.deps.zones.read(access.zone.id));
  }

  summary({ zone }: Access) {
    return zoneSummary(zone.origin, this.deps.zones.read(zone.id));
  }
}

/** What is about the server, and which zones it has. */
function addServerRoutes(app: FastifyInstance, gate: SessionGate, desk: ZoneDesk): void {
  const readers = { '/api/v1/servers': [SERVER], [BASE]: SERVER };
  const empty = ['config', 'statistics', 'tsigkeys'].map((list) => [`${BASE}/${list}`, []] as const);
  app.get('/api', (_request, reply) => reply.send([{ url: '/api/v1', version: 1 }]));
  for (const [url, body] of [...Object.entries(readers), ...empty]) {
    app.get(url, (request, reply) => {
      gate.allow(request, 'read');
      return reply.send(body);
    });
  }
  app.get(`${BASE}/search-data`, (request, reply) => {
    const access = gate.allow(request, 'read');
    const max = countOf(request, 'max', 1, MAX_FOUND) ?? MAX_FOUND;
    return reply.send(
      searchZone(textOf(request, 'q') ?? '', { records: desk.visible(access), origin: access.zone.origin, max }),
    );
  });
  app.get(`${BASE}/zones`, (request, reply) => {
    const access = gate.allow(request, 'read');
    const wanted = textOf(request, 'zone');
    return reply.send(wanted === undefined || isName(wanted, access.zone.origin) ? [desk.summary(access)] : []);
  });
  app.post(`${BASE}/zones`, (request) => {
    const { origin } = gate.allow(request, 'write').zone;
    const { name } = (request.body ?? {}) as { name?: unknown };
    if (typeof name === 'string' && isName(name, origin)) throw new Refusal('zone_exists');
    throw new Refusal('other_zone', { message: `This token is for ${origin.toText()} alone; no other zone is made with it.` });
  });
}

/** What is about one zone. */
function addZoneRoutes(app: FastifyInstance, deps: HttpDeps, desk: ZoneDesk, editor: Editor): void {
  const large = { bodyLimit: deps.settings.limits.zoneBodyBytes };
  const texts = new TextEditor(deps.zones, editor);
  app.get(ZONE, (request, reply) => {
    const access = desk.allow(request, 'read');
    const [name, type] = ['rrset_name', 'rrset_type'].map((key) => textOf(request, key));
    if (textOf(request, 'rrsets') === 'false') return reply.send(desk.summary(access));
    const asked = rrsetsToJson(desk.visible(access)).filter(
      (one) => (name === undefined || isName(name, Name.fromText(one.name) as Name)) && (type ?? one.type) === one.type,
    );
    return reply.send({ ...desk.summary(access), rrsets: asked });
  });
  app.patch(ZONE, large, (request, reply) => {
    const access = desk.allow(request, 'write');
    const edits = readPatch(request.body, deps.zones.read(access.zone.id), access.zone.origin);
    if (areFaults(edits)) throw refuseRecord(edits);
    editor.changeRrsets(access, edits);
    return reply.code(204).send();
  });
  // Kind, masters and all the rest of it are what they are.
  app.put(ZONE, (request, reply) => {
    desk.allow(request, 'write');
    return reply.code(204).send();
  });
  app.delete(ZONE, (request) => {
    desk.allow(request, 'write');
    throw new Refusal('zone_stays');
  });
  app.put(`${ZONE}/notify`, (request, reply) => {
    desk.allow(request, 'write');
    return reply.send({ result: 'Secondaries are told of every change by themselves' });
  });
  app.get(`${ZONE}/export`, (request, reply) => {
    desk.allow(request, 'read');
    const { zone } = desk.gate.allowAll(request, 'read');
    const text = texts.write(zone);
    const isJson = (request.headers.accept ?? '').includes('application/json');
    return isJson ? reply.send({ zone: text }) : reply.type('text/plain; charset=utf-8').send(text);
  });
  for (const list of ['cryptokeys', 'metadata']) {
    app.get(`${ZONE}/${list}`, (request, reply) => {
      desk.allow(request, 'read');
      return reply.send([]);
    });
  }
}

/** Whether a text names a zone, with or without its final dot, `=2E` standing for an octet as in ids of PowerDNS. */
function isName(text: string, name: Name): boolean {
  const plain = text.replace(/=([\dA-F]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  const parsed = Name.fromText(plain.endsWith('.') ? plain : `${plain}.`);
  return parsed instanceof Name && parsed.equals(name);
}
