import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from '../deps.ts';
import type { HealthJson } from '../protocol.ts';

/** What those who run the server look at. */
export function addHealthRoutes(app: FastifyInstance, deps: HttpDeps): void {
  // When somebody first asks: what writes the format would take a twentieth of a second of every start.
  let metrics: Promise<ReturnType<(typeof import('../metrics.ts'))['makeMetrics']>> | null = null;
  app.addHook('onRequest', async (_request, reply) => void reply.header('Cache-Control', 'no-store'));

  app.get('/healthz', (_request, reply) => {
    const body: HealthJson = { status: 'ok' };
    return reply.send(body);
  });

  app.get('/readyz', async (request, reply) => {
    const fault = await deps.probe().catch((error: unknown) => {
      request.log.error({ err: error }, 'readiness probe failed');
      return 'the probe failed';
    });
    const body: HealthJson = { status: fault === null ? 'ok' : 'failing', checks: { dns: fault ?? 'ok' } };
    return reply.code(fault === null ? 200 : 503).send(body);
  });

  app.get('/metrics', async (_request, reply) => {
    metrics ??= import('../metrics.ts').then(({ makeMetrics }) => makeMetrics(deps));
    const registry = await metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
