import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LoggedQuery } from '../../querylog/event.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { toDnsJson } from '../../querylog/dns-json.ts';
import { MAX_PAGE, readFiltered, readPage } from '../log-page.ts';
import { countOf, idOf } from '../parameters.ts';
import type { QueriesJson } from '../protocol.ts';
import { readFilter } from '../query-filter.ts';
import { queryToDetailJson, queriesToJson } from '../query-json.ts';
import type { SessionGate } from '../session-gate.ts';

const DEFAULT_PAGE = 100;

/** The query log of the session's zone. */
export function addQueryRoutes(app: FastifyInstance, { queryLog, asn, hub }: HttpDeps, gate: SessionGate): void {
  app.get('/api/queries', (request, reply) => {
    const { zone } = gate.allowAll(request, 'log');
    const before = countOf(request, 'before', 1, Number.MAX_SAFE_INTEGER);
    const limit = countOf(request, 'limit', 1, MAX_PAGE) ?? DEFAULT_PAGE;
    const filter = readFilter(request.query as Record<string, unknown>, asn);
    const { queries, ...rest } =
      filter === null
        ? readPage(queryLog, zone.id, { before, limit })
        : readFiltered(queryLog, zone.id, { before, limit }, filter);
    const body: QueriesJson = { queries: queriesToJson(queries, asn), ...rest };
    return reply.send(body);
  });

  app.get('/api/queries/:id', (request, reply) => reply.send(queryToDetailJson(find(request), asn)));

  app.get('/api/queries/:id/pair', (request, reply) => reply.send(toDnsJson(find(request))));

  app.delete('/api/queries', (request, reply) => {
    const { zone } = gate.require(request);
    queryLog.clear(zone.id);
    for (const viewer of hub.viewersOf(zone.id)) viewer.cleared();
    return reply.code(204).send();
  });

  function find(request: FastifyRequest): LoggedQuery {
    const { zone } = gate.allowAll(request, 'log');
    const id = idOf(request);
    const query = id === null ? undefined : queryLog.find(zone.id, id);
    if (query === undefined) throw new Refusal('no_such_query');
    return query;
  }
}
