import type { FastifyInstance } from 'fastify';
import type { StoredEdit } from '../../store/edits.ts';
import type { StoredZone } from '../../store/zones.ts';
import { typeToText } from '../../wire/codes.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal } from '../errors.ts';
import { idOf } from '../parameters.ts';
import type { EditJson, EditDetailJson, HistoryJson } from '../protocol.ts';
import type { SessionGate } from '../session-gate.ts';
import { linesOf, TextEditor } from '../text-editor.ts';

/** The session's zone as a whole: its file, edits of many records at once, its history. */
export function addZoneRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  const large = { bodyLimit: deps.settings.limits.zoneBodyBytes };
  const texts = new TextEditor(deps.zones, editor);

  app.get('/api/zone/file', (request, reply) => texts.sendFile(gate.allowAll(request, 'read').zone, reply));

  app.post('/api/zone/preview', large, (request, reply) =>
    reply.send(texts.preview(gate.allowAll(request, 'read'), request.body)),
  );

  app.post('/api/zone', large, (request, reply) => reply.send(texts.apply(gate.allow(request, 'write'), request.body)));

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
    return reply.send(texts.restore(access, id));
  });
}

/** Names of records that an edit is told by. */
const MAX_ABOUT = 3;

function editToJson({ id, time, kind, key, serial, removed, added }: StoredEdit, { origin }: StoredZone): EditJson {
  const things = [...added, ...removed].map(({ owner, type }) => `${owner.toRelativeText(origin)} ${typeToText(type)}`);
  const about = [...new Set(things)].slice(0, MAX_ABOUT);
  return { id, time, kind, ...(key !== null && { key }), serial, removed: removed.length, added: added.length, about };
}
