import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../deps.ts';
import type { Editor } from '../editing.ts';
import { Refusal, refuseRecord } from '../errors.ts';
import { bodyOf, countOf, textOf } from '../parameters.ts';
import { areFaults, readRrsets, type RrsetEdit, type WrittenRrset } from '../rrset-input.ts';
import { Rrsets, rrsetToJson } from '../rrsets.ts';
import type { Access, SessionGate } from '../session-gate.ts';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;

/** The RRsets of a zone, one by one and many at once. */
export function addRrsetRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, editor: Editor): void {
  const large = { bodyLimit: deps.settings.limits.zoneBodyBytes };
  const rrsets = new Rrsets(deps.zones);

  app.get('/api/rrsets', (request, reply) => {
    const access = gate.allow(request, 'read');
    const limit = countOf(request, 'limit', 1, MAX_PAGE) ?? DEFAULT_PAGE;
    const [name, type, cursor] = ['name', 'type', 'cursor'].map((key) => textOf(request, key));
    return reply.send(rrsets.page(access, { name, type, cursor, limit }));
  });

  app.put('/api/rrsets', large, (request, reply) => {
    const access = gate.allow(request, 'write');
    const { rrsets: list, serial } = bodyOf(request);
    if (!Array.isArray(list)) throw badField('rrsets', 'rrsets is a list of RRsets, each with name, type, ttl and records.');
    if (serial !== undefined && typeof serial !== 'number') throw badField('serial', 'serial is a number.');
    if (serial !== undefined && serial !== rrsets.serial(access)) throw new Refusal('zone_changed');
    const written = list.map((rrset: unknown, i) => readWritten(rrset, `rrsets.${i}`));
    return reply.send(rrsets.named(access, change(access, written)));
  });

  app.get('/api/rrsets/:name/:type', (request, reply) => {
    const access = gate.allow(request, 'read');
    return reply.send(rrsetToJson(rrsets.find(access, placeOf(request)), access));
  });

  app.put('/api/rrsets/:name/:type', large, (request, reply) => {
    const access = gate.allow(request, 'write');
    const edits = change(access, [readWritten({ ...bodyOf(request), ...placeOf(request) }, 'rrset')]);
    const [now] = rrsets.named(access, edits).rrsets;
    return now === undefined ? reply.code(204).send() : reply.send(now);
  });

  app.delete('/api/rrsets/:name/:type', (request, reply) => {
    const access = gate.allow(request, 'write');
    const { owner, type } = rrsets.find(access, placeOf(request))[0]!;
    editor.changeRrsets(access, [{ owner, type, records: [], at: 'rrset' }]);
    return reply.code(204).send();
  });

  function change(access: Access, written: readonly WrittenRrset[]): readonly RrsetEdit[] {
    const edits = readRrsets(written, access.zone.origin);
    if (areFaults(edits)) throw refuseRecord(edits);
    editor.changeRrsets(access, edits);
    return edits;
  }
}

function placeOf({ params }: FastifyRequest): { name: string; type: string } {
  return params as { name: string; type: string };
}

function readWritten(rrset: unknown, at: string): WrittenRrset {
  const { name, type, ttl, records } = (rrset ?? {}) as Record<string, unknown>;
  if (!Array.isArray(records)) throw badField(`${at}.records`, 'records is a list of RDATA as text, empty for none.');
  return { name, type, ttl, contents: records, at };
}

function badField(field: string, message: string): Refusal {
  return new Refusal('bad_request', { field, message });
}
