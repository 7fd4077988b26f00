import type { FastifyInstance } from 'fastify';
import { SPEEDS } from '../../practice/speed-clock.ts';
import { visit } from '../../targets/visit.ts';
import { TYPE, typeToText } from '../../wire/codes.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { bodyOf, countOf } from '../parameters.ts';
import { resolverOf, type PracticeAsker } from '../practice-asker.ts';
import { answerToJson, practiceToJson } from '../practice-json.ts';
import type { VisitJson } from '../asking-protocol.ts';
import { readNameAndType } from '../question.ts';
import type { SessionGate } from '../session-gate.ts';

/** The practice resolvers, whose caches are those of the session's zone, and the sites to point names at. */
export function addPracticeRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, asker: PracticeAsker): void {
  const { practice } = deps;

  app.get('/api/practice', (request, reply) => {
    const { zone } = gate.require(request);
    const after = countOf(request, 'after', 0, Number.MAX_SAFE_INTEGER);
    const body = practiceToJson(practice, zone.id);
    return after === body.revision ? reply.code(204).send() : reply.send(body);
  });

  app.put('/api/practice/clock', (request, reply) => {
    const { zone } = gate.require(request);
    const speed = SPEEDS.find((one) => one === bodyOf(request)['speed']);
    if (speed === undefined) throw new Refusal('bad_request', { field: 'speed', message: 'speed is 1, 10 or 60.' });
    practice.resolvers.run(zone.id, speed);
    return reply.send(practiceToJson(practice, zone.id));
  });

  app.delete('/api/practice/cache', (request, reply) => {
    practice.resolvers.flush(gate.require(request).zone.id, null);
    return reply.code(204).send();
  });

  app.delete('/api/practice/:resolver/cache', (request, reply) => {
    const { zone } = gate.require(request);
    const { resolver } = request.params as { resolver: string };
    practice.resolvers.flush(zone.id, resolverOf(resolver, 'resolver'));
    return reply.code(204).send();
  });

  app.post('/api/practice/ask', async (request, reply) => {
    const { zone } = gate.require(request);
    const { resolver: id, name, type } = bodyOf(request);
    const resolver = resolverOf(id, 'resolver');
    const asked = readNameAndType(name, type);
    const resolution = await asker.ask(request, zone.id, resolver, asked);
    const question = { resolver, name: asked.qname.toText(), type: typeToText(asked.qtype) };
    return reply.send(answerToJson(question, resolution));
  });

  app.post('/api/practice/visit', async (request, reply) => {
    const { zone } = gate.require(request);
    const { resolver: id, name } = bodyOf(request);
    const resolver = resolverOf(id, 'resolver');
    const { qname } = readNameAndType(name, 'A');
    const types = [TYPE.AAAA, TYPE.A];
    const resolutions = [];
    for (const qtype of types) resolutions.push(await asker.ask(request, zone.id, resolver, { qname, qtype }));
    const { outcome, tried, site } = await visit(qname, resolutions, practice.sites);
    const body: VisitJson = {
      name: qname.toText(),
      answers: resolutions.map((resolution, i) =>
        answerToJson({ resolver, name: qname.toText(), type: typeToText(types[i]!) }, resolution),
      ),
      outcome,
      tried: [...tried],
      ...(site && { site }),
    };
    return reply.send(body);
  });
}
