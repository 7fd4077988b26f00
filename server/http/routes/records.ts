import type { FastifyInstance, FastifyRequest } from 'fastify';
import { judgeRecord } from '../../keys/grant.ts';
import type { StoredKey } from '../../store/keys.ts';
import type { StoredRecord } from '../../store/zone-change.ts';
import type { StoredZone } from '../../store/zones.ts';
import { TYPE } from '../../wire/codes.ts';
import { serialOf } from '../../zone/apex.ts';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal } from '../errors.ts';
import { idOf } from '../parameters.ts';
import type { RecordsJson } from '../protocol.ts';
import { recordToJson, sortRecords } from '../record-json.ts';
import type { SessionGate } from '../session-gate.ts';

/** The records of the session's zone. */
export function addRecordRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  app.get('/api/records', (request, reply) => {
    const { zone, key } = gate.allow(request, 'read');
    const records = deps.zones.read(zone.id);
    const shown = key === null ? records : records.filter((one) => mayRead(key, one, zone));
    const body: RecordsJson = {
      zone: zone.origin.toText(),
      serial: serialOf(records.find(({ type }) => type === TYPE.SOA)!.rdata),
      records: sortRecords(shown).map((record) => recordToJson(record, zone.origin)),
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

/** A token sees the records that it is for. */
function mayRead({ grant }: StoredKey, { owner, type }: StoredRecord, { origin }: StoredZone): boolean {
  return judgeRecord(grant, owner, type, origin) === null;
}

function recordIdOf(request: FastifyRequest): number {
  const id = idOf(request);
  if (id === null) throw new Refusal('no_such_record');
  return id;
}
