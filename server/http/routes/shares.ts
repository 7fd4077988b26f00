import type { FastifyInstance } from 'fastify';
import type { LoggedQuery } from '../../querylog/event.ts';
import type { Share } from '../../store/shares.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { idOf } from '../parameters.ts';
import type { NewShareJson, ShareJson, SharesJson } from '../protocol.ts';
import { queryToDetailJson, queryToJson } from '../query-json.ts';
import type { SessionGate } from '../session-gate.ts';

/** Links that show one query to whoever has them, until its owner takes them back. */
export function addShareRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate): void {
  const { shares, queryLog, asn, settings, clock, random } = deps;

  app.post('/api/queries/:id/share', (request, reply) => {
    const { zone } = gate.require(request);
    const id = idOf(request);
    const query = id === null ? undefined : queryLog.find(zone.id, id);
    if (query === undefined) throw new Refusal('no_such_query');
    if (living(shares.list(zone.id)).length >= settings.limits.sharesPerZone) {
      throw new Refusal('too_many_shares');
    }
    const { share, token } = shares.create(zone.id, query.id, clock.now(), random);
    const body: NewShareJson = { ...toJson(share, query), path: `q/${token}` };
    return reply.code(201).send(body);
  });

  app.get('/api/shares', (request, reply) => {
    const { zone } = gate.require(request);
    const body: SharesJson = { shares: living(shares.list(zone.id)).map(([share, query]) => toJson(share, query)) };
    return reply.send(body);
  });

  app.delete('/api/shares/:id', (request, reply) => {
    const { zone } = gate.require(request);
    const id = idOf(request);
    if (id === null || !shares.delete(zone.id, id)) throw new Refusal('no_such_share');
    return reply.code(204).send();
  });

  /** For anybody who has the link. */
  app.get('/api/shared/:token', (request, reply) => {
    const share = shares.find((request.params as { token: string }).token);
    const [found] = share === undefined ? [] : living([share]);
    if (found === undefined) throw new Refusal('no_such_share');
    return reply.send(queryToDetailJson(found[1], asn));
  });

  /** Those whose query is still there. The others are deleted: their query does not come back. */
  function living(all: readonly Share[]): [Share, LoggedQuery][] {
    return all.flatMap((share) => {
      const query = queryLog.find(share.zoneId, share.queryId);
      if (query === undefined) shares.delete(share.zoneId, share.id);
      return query === undefined ? [] : [[share, query] as [Share, LoggedQuery]];
    });
  }

  function toJson({ id, createdAt }: Share, query: LoggedQuery): ShareJson {
    const { id: queryId, qname, qtype, time } = queryToJson(query, asn);
    return { id, createdAt, query: { id: queryId, qname, qtype, time } };
  }
}
