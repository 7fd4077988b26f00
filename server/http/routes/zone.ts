import type { FastifyInstance } from 'fastify';
import type { StoredZone } from '../../store/zones.ts';
import { typeToText } from '../../wire/codes.ts';
import { Name } from '../../wire/name.ts';
import { serialOf } from '../../zone/apex.ts';
import { parseOrigin } from '../../zone/input.ts';
import { writeMasterFile } from '../../zone/master-writer.ts';
import { soaOf } from '../../store/zone-change.ts';
import type { StoredEdit } from '../../store/edits.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor, Outcome } from '../editing.ts';
import { Refusal } from '../errors.ts';
import { idOf } from '../parameters.ts';
import type { EditJson, EditDetailJson, HistoryJson, ZoneEditInput, ZoneEditJson } from '../protocol.ts';
import { recordToLine, sortRecords } from '../record-json.ts';
import type { SessionGate } from '../session-gate.ts';
import { KIND_OF } from '../zone-text.ts';

/** The session's zone as a whole: its file, edits of many records at once, its history. */
export function addZoneRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  const large = { bodyLimit: deps.settings.limits.zoneBodyBytes };

  app.get('/api/zone/file', (request, reply) => {
    const { zone } = gate.allowAll(request, 'read');
    const file = zone.origin.toText().slice(0, -1);
    void reply.header('Content-Disposition', `attachment; filename="${file}.zone"`).type('text/dns; charset=utf-8');
    return reply.send(writeMasterFile(sortRecords(deps.zones.read(zone.id)), zone.origin));
  });

  app.post('/api/zone/preview', large, (request, reply) => {
    const { zone } = gate.allowAll(request, 'read');
    const { input, from } = readEdit(request.body);
    return reply.send(outcomeToJson(zone, editor.preview(zone, input, from)));
  });

  app.post('/api/zone', large, (request, reply) => {
    const access = gate.allow(request, 'write');
    const { zone } = access;
    const { input, from } = readEdit(request.body);
    if (input.serial !== undefined && input.serial !== serialNow(zone)) throw new Refusal('zone_changed');
    return reply.send(outcomeToJson(zone, editor.applyText(access, input, from)));
  });

  app.get('/api/history', (request, reply) => {
    const { zone } = gate.allowAll(request, 'read');
    const body: HistoryJson = { edits: deps.zones.edits.read(zone.id).map((edit) => editToJson(edit, zone)) };
    return reply.send(body);
  });

  app.get('/api/history/:id', (request, reply) => {
    const { zone } = gate.allowAll(request, 'read');
    const id = idOf(request);
    const edit = deps.zones.edits.read(zone.id, id ?? Infinity).find((one) => one.id === id);
    if (edit === undefined) throw new Refusal('no_such_edit');
    return reply.send({ id: edit.id, ...linesOf(zone, edit) } satisfies EditDetailJson);
  });

  app.post('/api/history/:id/restore', (request, reply) => {
    const access = gate.allow(request, 'write');
    const id = idOf(request);
    if (id === null) throw new Refusal('no_such_edit');
    return reply.send(outcomeToJson(access.zone, editor.restore(access, id)));
  });

  function serialNow(zone: StoredZone): number {
    return serialOf(soaOf(deps.zones.read(zone.id)).rdata);
  }

  function outcomeToJson(zone: StoredZone, outcome: Outcome): ZoneEditJson {
    return {
      serial: serialNow(zone),
      from: outcome.from.toText(),
      ...linesOf(zone, outcome),
      skipped: outcome.skipped.map(({ record, line, reason }) => ({ ...recordToLine(record, zone.origin), line, reason })),
      faults: outcome.faults.map(({ choices: _choices, ...fault }) => fault),
    };
  }
}

/** Names of records that an edit is told by. */
const MAX_ABOUT = 3;

function editToJson({ id, time, kind, key, serial, removed, added }: StoredEdit, { origin }: StoredZone): EditJson {
  const things = [...added, ...removed].map(({ owner, type }) => `${owner.toRelativeText(origin)} ${typeToText(type)}`);
  const about = [...new Set(things)].slice(0, MAX_ABOUT);
  return { id, time, kind, ...(key !== null && { key }), serial, removed: removed.length, added: added.length, about };
}

function linesOf({ origin }: StoredZone, { removed, added }: Pick<Outcome, 'removed' | 'added'>) {
  return {
    removed: sortRecords(removed).map((record) => recordToLine(record, origin)),
    added: sortRecords(added).map((record) => recordToLine(record, origin)),
  };
}

/** The body of an edit by text; refuses what is none. */
function readEdit(body: unknown): { input: ZoneEditInput; from: Name | null } {
  const { mode, text, from, serial } = (body ?? {}) as Record<string, unknown>;
  if (typeof mode !== 'string' || !Object.hasOwn(KIND_OF, mode))
    throw badField('mode', 'mode is add, replace, import or undo.');
  if (typeof text !== 'string') throw badField('text', 'text is the lines of a zone file.');
  if (serial !== undefined && typeof serial !== 'number') throw badField('serial', 'serial is a number.');
  if (from !== undefined && typeof from !== 'string') throw badField('from', 'from is the name of a domain.');
  const origin = from === undefined || from.trim() === '' ? null : parseOrigin(from.trim());
  if (origin !== null && !(origin instanceof Name))
    throw new Refusal('bad_parameter', { field: 'from', message: origin.message });
  return { input: { mode: mode as ZoneEditInput['mode'], text, ...(serial !== undefined && { serial }) }, from: origin };
}

function badField(field: string, message: string): Refusal {
  return new Refusal('bad_request', { field, message });
}
