import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TYPE } from '../../wire/codes.ts';
import { serialOf } from '../../zone/apex.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal } from '../errors.ts';
import { idOf } from '../parameters.ts';
import type { RecordsJson } from '../protocol.ts';
import { recordToJson, sortRecords } from '../record-json.ts';
import { seenBy, type SessionGate } from '../session-gate.ts';

/** The records of the session's zone. */
export function addRecordRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  app.get('/api/records', (request, reply) => {
    const access = gate.allow(request, 'read');
    const { zone } = access;
    const records = deps.zones.read(zone.id);
    const body: RecordsJson = {
      zone: zone.origin.toText(),
      serial: serialOf(records.find(({ type }) => type === TYPE.SOA)!.rdata),
      records: sortRecords(seenBy(access, records)).map((record) => recordToJson(record, zone.origin)),
    };
    return reply.send(body);
  });

  app.post('/api/records', (request, reply) => {
    const access = gate.allow(request, 'write');
    return reply.code(201).send(recordToJson(editor.add(access, request.body), access.zone.origin));
  });

  app.put('/api/records/:id', (request, reply) => {
    const access = gate.allow(request, 'write');
    return reply.send(recordToJson(editor.replace(access, recordIdOf(request), request.body), access.zone.origin));
  });

  app.delete('/api/records/:id', (request, reply) => {
    editor.remove(gate.allow(request, 'write'), recordIdOf(request));
    return reply.code(204).send();
  });

  app.delete('/api/records', (request, reply) => {
    editor.clear(gate.allow(request, 'write'));
    return reply.code(204).send();
  });
}

function recordIdOf(request: FastifyRequest): number {
  const id = idOf(request);
  if (id === null) throw new Refusal('no_such_record');
  return id;
}
