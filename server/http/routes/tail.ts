import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../deps.ts';
import { EVENTS, JSON_LINES, LogTail, waitForQuery, type TailSource } from '../log-tail.ts';
import { countOf } from '../parameters.ts';
import type { Onlookers } from '../onlookers.ts';
import { readFilter, WANTS_ALL } from '../query-filter.ts';
import { queryToJson } from '../query-json.ts';
import type { SessionGate } from '../session-gate.ts';

/** How often a stream shows that it is there, and is ended when its session or token is gone. */
const BEAT_MS = 25_000;
/** Seconds that somebody may wait for a query. */
const DEFAULT_WAIT = 30;
const MAX_WAIT = 300;

/** The log as it grows, for programs: a stream of lines, and a reply that waits for a query to come. */
export function addTailRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, onlookers: Onlookers): void {
  /** What ends each of those who look on. */
  const ends = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of ends) end();
  });

  app.get('/api/tail', (request, reply) => {
    const source = sourceOf(request, lastEventOf(request));
    const isEvents = (request.headers.accept ?? '').includes('text/event-stream');
    const tail = new LogTail(source, isEvents ? EVENTS : JSON_LINES);
    const leave = enter(request, source, () => tail.beat(false));
    const timer = setInterval(() => tail.beat(stands(request)), BEAT_MS);
    tail.on('close', () => {
      clearInterval(timer);
      leave();
    });
    // Whoever stands between is not to gather the lines.
    void reply.header('X-Accel-Buffering', 'no').type(isEvents ? 'text/event-stream' : 'application/x-ndjson; charset=utf-8');
    return reply.send(tail);
  });

  app.get('/api/wait', async (request, reply) => {
    const seconds = countOf(request, 'timeout', 1, MAX_WAIT) ?? DEFAULT_WAIT;
    const source = sourceOf(request);
    const abort = new AbortController();
    request.raw.socket.once('close', () => abort.abort());
    const leave = enter(request, source, () => abort.abort());
    const found = await waitForQuery(source, seconds * 1000, abort.signal).finally(leave);
    return found === null ? reply.code(204).send() : reply.send(queryToJson(found, deps.asn));
  });

  function sourceOf(request: FastifyRequest, seen?: number): TailSource {
    const { zone } = gate.allowAll(request, 'log');
    const after = countOf(request, 'after', 0, Number.MAX_SAFE_INTEGER) ?? seen;
    onlookers.checkRoom(zone.id, request.ip);
    return { deps, zone: zone.id, after, filter: readFilter(request.query as Record<string, unknown>, deps.asn) ?? WANTS_ALL };
  }

  /** Counts one more who looks on. Returns the function that lets it go. */
  function enter({ ip }: FastifyRequest, { zone }: TailSource, end: () => void): () => void {
    const leave = onlookers.enter(zone, ip);
    ends.add(end);
    return () => {
      leave();
      ends.delete(end);
    };
  }

  function stands(request: FastifyRequest): boolean {
    try {
      gate.allowAll(request, 'log');
      return true;
    } catch {
      return false;
    }
  }
}

/** What a browser that comes back says it has seen. */
function lastEventOf({ headers }: FastifyRequest): number | undefined {
  const last = headers['last-event-id'];
  return typeof last === 'string' && /^\d{1,15}$/.test(last) ? Number(last) : undefined;
}
