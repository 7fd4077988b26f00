import fastifyCookie from '@fastify/cookie';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { boundConnections } from './connections.ts';
import type { HttpDeps } from './deps.ts';
import { Editor } from './editing.ts';
import { Refusal, replyWithError } from './errors.ts';
import { LiveStreams } from './live.ts';
import { Onlookers } from './onlookers.ts';
import { servePages } from './pages.ts';
import { PracticeAsker } from './practice-asker.ts';
import { Room } from './room.ts';
import { addAboutRoute } from './routes/about.ts';
import { addAcmeDnsRoutes } from './routes/acme-dns.ts';
import { addAskRoutes } from './routes/ask.ts';
import { addAsnRoutes } from './routes/asn.ts';
import { addDnsQueryRoutes } from './routes/dns-query.ts';
import { addExportRoutes } from './routes/exports.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addKeyRoutes } from './routes/keys.ts';
import { addLiveRoute, LIVE_PATH } from './routes/live.ts';
import { addOperatorRoutes } from './routes/operator.ts';
import { addPowerDnsRoutes } from './routes/powerdns.ts';
import { addPracticeRoutes } from './routes/practice.ts';
import { addQueryRoutes } from './routes/queries.ts';
import { addRecordRoutes } from './routes/records.ts';
import { addRrsetRoutes } from './routes/rrsets.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addShareRoutes } from './routes/shares.ts';
import { addTailRoutes } from './routes/tail.ts';
import { addZoneRoutes } from './routes/zone.ts';
import { checkOrigin, setSecurityHeaders } from './security.ts';
import { SessionGate } from './session-gate.ts';

/** How long a client may take to send a request, and its head; how often we look for those who take longer. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEAD_TIMEOUT_MS = 15_000;
const TIMEOUT_CHECK_MS = 2000;
/** Connections beside those of viewers. */
const OTHER_CONNECTIONS = 1000;
/** The page says nothing over its socket, so nothing longer than a control frame is worth reading. */
const MAX_SOCKET_MESSAGE = 1024;

/** The HTTP side of the server, complete but not listening. Closing it closes its live streams. */
export function buildServer(deps: HttpDeps): FastifyInstance {
  const { settings, logger } = deps;
  const room = new Room(deps);
  const gate = new SessionGate(deps, room);
  const onlookers = new Onlookers(settings.limits);
  const streams = new LiveStreams(deps, gate, onlookers);
  const editor = new Editor(deps, room);
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    // Requests carry addresses and session cookies, which are nobody's business.
    logController: new fastify.LogController({ disableRequestLogging: true }),
    bodyLimit: settings.limits.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEAD_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    // Only the machine that the connection comes from: further entries of X-Forwarded-For are what anybody wrote there.
    trustProxy: settings.trustProxy ? (_address, hop) => hop === 0 : false,
    // Routes have no schemas of fastify's, and the compilers of such, once loaded, would take a tenth of the start and 3 MB.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request, reply);
      replyWithError(error, request, reply);
    },
  });
  const { viewers, backlogOctets } = settings.limits;
  boundConnections(app.server, { connections: viewers + OTHER_CONNECTIONS, backlogOctets });
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply));
  app.setErrorHandler(replyWithError);
  void app.register(fastifyCookie, { secret: settings.cookieSecret });
  void app.register(fastifyWebsocket, {
    options: { maxPayload: MAX_SOCKET_MESSAGE, perMessageDeflate: false },
    errorHandler: (_error, socket) => socket.terminate(),
    preClose: (done) => {
      app.websocketServer.close();
      void streams.stop().then(() => done());
    },
  });
  // The plugin would open a socket at any address and then close it.
  app.after(() => {
    app.addHook('onRequest', async (request) => {
      if (request.ws && request.routeOptions.url !== LIVE_PATH) throw new Refusal('not_found');
    });
  });
  void app.register(async (api) => addApi(api, deps, { streams, gate, room, onlookers, editor }));
  void app.register(async (operator) => {
    const known = collectMethods(operator);
    addOperatorRoutes(operator, deps, streams, editor);
    refuseOtherMethods(operator, known);
  });
  void app.register(async (doh) => {
    const known = collectMethods(doh);
    addDnsQueryRoutes(doh, deps);
    refuseOtherMethods(doh, known);
  });
  void app.register(async (health) => addHealthRoutes(health, deps));
  servePages(app, settings.webDir);
  return app;
}

function refuseSchema(): never {
  throw new Error('routes have no schemas');
}

/** What routes have in common. */
interface Shared {
  readonly streams: LiveStreams;
  readonly gate: SessionGate;
  readonly room: Room;
  readonly onlookers: Onlookers;
  readonly editor: Editor;
}

/** What the page talks to: for whoever comes from the page, or from no page at all, so many times a minute. */
function addApi(api: FastifyInstance, deps: HttpDeps, { streams, gate, room, onlookers, editor }: Shared): void {
  const known = collectMethods(api);
  api.addHook('onRequest', async (request) => {
    checkOrigin(request);
    room.takeCall(request.ip);
  });
  const asker = new PracticeAsker(deps);
  addSessionRoutes(api, deps, gate, streams, room);
  addRecordRoutes(api, deps, gate, editor);
  addRrsetRoutes(api, deps, gate, editor);
  addZoneRoutes(api, deps, gate, editor);
  addQueryRoutes(api, deps, gate);
  addExportRoutes(api, deps, gate);
  addShareRoutes(api, deps, gate);
  addKeyRoutes(api, deps, gate);
  addTailRoutes(api, deps, gate, onlookers);
  addAskRoutes(api, deps, gate, asker);
  addPracticeRoutes(api, deps, gate, asker);
  addAsnRoutes(api, deps);
  addAboutRoute(api, deps);
  addLiveRoute(api, gate, streams, onlookers);
  refuseOtherMethods(api, known);
  for (const addRoutes of [addPowerDnsRoutes, addAcmeDnsRoutes]) {
    void api.register(async (other) => {
      const others = collectMethods(other);
      addRoutes(other, deps, gate, editor);
      refuseOtherMethods(other, others);
    });
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Keeps which methods each address of `app` has, as its routes are added. */
function collectMethods(app: FastifyInstance): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    known.set(url, methods);
  });
  return known;
}

/** Answers 405 where an address is right and the method is not. */
function refuseOtherMethods(app: FastifyInstance, known: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, methods] of [...known]) {
    const allow = [...methods].join(', ');
    const handler = () => {
      throw new Refusal('method_not_allowed', { headers: { allow } });
    };
    app.route({ method: METHODS.filter((method) => !methods.has(method)), url, handler });
  }
}
