import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from '../deps.ts';
import type { AboutJson } from '../protocol.ts';

/** What this server keeps and for how long, by the settings that it runs with; for anybody. */
export function addAboutRoute(app: FastifyInstance, { settings }: HttpDeps): void {
  const { log, zoneMaxAge, resolvers, reportTo, version } = settings;
  const { backlogOctets: _backlog, ...limits } = settings.limits;
  const body: AboutJson = {
    version,
    log,
    zoneMaxAgeSeconds: zoneMaxAge === 0 ? null : Math.floor(zoneMaxAge / 1000),
    resolvers: resolvers.map((url) => new URL(url).host),
    limits,
    reportTo,
  };
  app.get('/api/about', (_request, reply) => reply.send(body));
}
