import type { Counters, HttpDeps, QueryLog } from './deps.ts';
import { LiveViewer, QueryMessages, type LiveSocket } from './live-viewer.ts';
import type { Onlookers } from './onlookers.ts';
import type { OpenSession, SessionGate } from './session-gate.ts';

/** Close code of a session that has ended. */
const SESSION_ENDED = 4401;
/** Close code of a server that stops, RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;
/** How often viewers are told of what came, while little comes at a time. */
const TICK_MS = 100;
/** How often a viewer must show that it is there; also when ended sessions are found that ended elsewhere. */
const PING_MS = 25_000;
/** How long viewers have to say goodbye when the server stops. */
const GOODBYE_MS = 500;

interface Watch {
  readonly viewer: LiveViewer;
  readonly session: OpenSession;
}

/** All open live views: who they belong to, and whether they are still there. */
export class LiveStreams {
  private readonly hub: HttpDeps['hub'];
  private readonly queryLog: QueryLog;
  private readonly counters: Counters;
  private readonly onlookers: Onlookers;
  private readonly gate: SessionGate;
  private readonly messages: QueryMessages;
  private readonly watches = new Set<Watch>();
  private timers: NodeJS.Timeout[] = [];

  constructor({ hub, queryLog, counters, asn }: HttpDeps, gate: SessionGate, onlookers: Onlookers) {
    this.hub = hub;
    this.queryLog = queryLog;
    this.counters = counters;
    this.onlookers = onlookers;
    this.gate = gate;
    this.messages = new QueryMessages(queryLog, asn);
  }

  /** Sends the socket, of who is at `address`, what it missed since query `after` and everything from now on. Nothing can come in between. */
  open(socket: LiveSocket, session: OpenSession, address: string, after: number): void {
    const viewer = new LiveViewer(socket, session.zone.id, this.queryLog, this.messages);
    const watch = { viewer, session };
    const unsubscribe = this.hub.subscribe(session.zone.id, viewer);
    const leave = this.onlookers.enter(session.zone.id, address);
    this.watches.add(watch);
    socket.on('close', () => {
      leave();
      unsubscribe();
      this.watches.delete(watch);
      if (this.watches.size === 0) this.stopTimers();
    });
    if (this.timers.length === 0) this.startTimers();
    viewer.start(after);
    viewer.dropped(this.counters.logDropped());
  }

  closeSession(sessionId: string): void {
    for (const { viewer, session } of this.watches) {
      if (session.id === sessionId) viewer.socket.close(SESSION_ENDED, 'session ended');
    }
  }

  closeZone(zoneId: number): void {
    for (const { viewer, session } of this.watches) {
      if (session.zone.id === zoneId) viewer.socket.close(SESSION_ENDED, 'session ended');
    }
  }

  /** Says goodbye to all and returns when they are gone. */
  async stop(): Promise<void> {
    const sockets = [...this.watches].map(({ viewer }) => viewer.socket);
    const gone = sockets.map((socket) => new Promise<void>((resolve) => void socket.on('close', () => resolve())));
    for (const socket of sockets) socket.close(GOING_AWAY, 'server stops');
    const timer = setTimeout(() => sockets.forEach((socket) => socket.terminate()), GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(timer);
  }

  private startTimers(): void {
    this.timers = [setInterval(() => this.tick(), TICK_MS), setInterval(() => this.ping(), PING_MS)];
  }

  private stopTimers(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    this.messages.forget();
  }

  private tick(): void {
    const dropped = this.counters.logDropped();
    for (const { viewer } of this.watches) {
      viewer.tick();
      viewer.dropped(dropped);
    }
    this.messages.forget();
  }

  private ping(): void {
    for (const { viewer, session } of this.watches) {
      if (!this.gate.stands(session.id)) viewer.socket.close(SESSION_ENDED, 'session ended');
      else if (!viewer.ping()) viewer.socket.terminate();
    }
  }
}
