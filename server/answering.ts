import type { Logger } from 'pino';
import { Counters } from './answer/counters.ts';
import type { Exchange } from './answer/exchange.ts';
import { RateLimit, VERDICT } from './answer/rate-limit.ts';
import { Responder, type ResponderSettings } from './answer/responder.ts';
import { TRANSPORT, type Transport } from './answer/transport.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { DeskDeps } from './desk/desk.ts';
import { sayOnceAMinute } from './logger.ts';
import type { Calls, Desk, Endpoint, Listener, Report, Respond } from './net/endpoint.ts';
import { Libc } from './net/libc.ts';
import { listenAll } from './net/listeners.ts';
import { listenTls, TlsIdentity } from './net/tls.ts';
import { listenUdp } from './net/udp.ts';
import { breatheBy } from './querylog/breath.ts';
import { Recorder, timed } from './querylog/recorder.ts';
import { Ring } from './querylog/ring.ts';
import { Waker } from './querylog/waker.ts';
import { UdpThreads } from './threads/udp-threads.ts';
import type { ZoneSet } from './zone/zone-set.ts';

/** The rings take a fortieth of our memory: a sixth of a second of the fastest flood that we can answer. */
const RING_SHARE = 40;
const MAX_RINGS = 4 << 20;
/** Of that, what TCP, HTTPS and plain UDP sockets get where threads do the rest. */
const OWN_SHARE = 8;
/** Octets that each thread keeps prepared answers in: a hundredth of our memory, at most 4 MB. */
const PREPARED_SHARE = 100;
const MAX_PREPARED = 4 << 20;
/** Of our memory, what each thread may take for objects; the octets of zones are shared, and not among them. */
const THREAD_SHARE = 4;

/** The side that answers: sockets, threads, and the rings that they leave what they did in. */
export class Answering {
  /** Answers a message of this thread, which comes by another way than UDP or TCP. */
  readonly respond: Respond;
  readonly report: Report;
  /** What is to be carried away: none when nothing is logged. */
  readonly rings: readonly Ring[];
  /** What each thread did. */
  readonly counters: readonly Counters[];
  /** Wakes whoever carries away what is in the rings. */
  readonly waker = new Waker();
  /** Where signed messages and updates go. To be set before `listen`. */
  desk: Desk = () => [];
  private readonly zones: ZoneSet;
  private readonly config: Config;
  private readonly settings: ResponderSettings;
  private readonly threads: UdpThreads | null;
  private readonly identity: TlsIdentity | null;
  private listeners: readonly Listener[] = [];

  private constructor(zones: ZoneSet, config: Config, settings: ResponderSettings, threads: UdpThreads | null) {
    this.zones = zones;
    this.config = config;
    this.settings = settings;
    this.threads = threads;
    const { tlsCert, tlsKey } = config;
    this.identity = tlsCert === null || tlsKey === null ? null : new TlsIdentity(tlsCert, tlsKey);
    const counters = new Counters();
    this.counters = [counters, ...(threads?.counters ?? [])];
    this.rings = config.logMaxBytes === 0 ? [] : makeRings(config.memoryBytes, this.counters.length);
    // Where threads do the work, what is left over needs no answers in stock.
    const own = threads === null ? settings : { ...settings, preparedSize: 0 };
    const responder = new Responder(zones, counters, own, systemClock);
    this.respond = responder.respond.bind(responder);
    const recorder = this.rings.length === 0 ? null : new Recorder(this.rings[0]!, this.waker.wake, systemClock);
    this.report = timed(counters, recorder);
  }

  /** Prepares the way that the settings ask for; says it in the log when that cannot be had. */
  static async prepare(zones: ZoneSet, config: Config, cookieSecret: Uint8Array, logger: Logger): Promise<Answering> {
    const preparedSize = Math.min(MAX_PREPARED, config.memoryBytes / PREPARED_SHARE);
    const settings = { ...config, udpSize: config.udpMaxSize, cookieSecret, preparedSize };
    const libc = config.udp === 'dgram' ? null : await Libc.load();
    if (typeof libc === 'string') logger.warn(`UDP is read one packet at a time, because ${libc}`);
    const threads = libc instanceof Libc ? new UdpThreads(libc, config.udpWorkers) : null;
    if (libc instanceof Libc) breatheBy(() => libc.giveWay());
    return new Answering(zones, config, pickSettings(settings), threads);
  }

  /** Answers on every address from now on. Returns where. Rejects with the first address that cannot be had. */
  async listen(logger: Logger): Promise<Endpoint[]> {
    const { threads, config } = this;
    const onError = sayOnceAMinute(logger, 'answering failed');
    const desk: Desk = (message, exchange) => this.desk(message, exchange);
    const calls: Calls = { respond: this.respond, report: this.report, desk, onError };
    this.listeners = await listenAll(
      config.dnsHosts.map((address) => ({ address, port: config.dnsPort })),
      calls,
      (at) => threads?.listen(at) ?? listenUdp(at, calls),
    );
    if (this.identity !== null) await this.listenTls(this.identity, calls);
    threads?.start({
      zones: this.zones,
      settings: this.settings,
      rings: this.rings.slice(1),
      heapMegabytes: Math.floor(config.memoryBytes / THREAD_SHARE / (1 << 20)),
      waker: this.waker,
      desk,
      onError,
      onDeath: (error) => {
        logger.fatal({ err: error }, 'a thread that answers ended; so does the server');
        process.exit(1);
      },
    });
    return this.listeners.filter(({ transport }) => transport === 'udp').map(({ address, port }) => ({ address, port }));
  }

  private async listenTls(identity: TlsIdentity, calls: Calls): Promise<void> {
    const { dnsHosts, tlsPort } = this.config;
    for (const address of dnsHosts) {
      this.listeners = [...this.listeners, await listenTls({ address, port: tlsPort }, calls, identity)];
    }
  }

  /** Where DNS is answered over TLS. */
  get tls(): Endpoint[] {
    return this.listeners.filter(({ transport }) => transport === 'tls').map(({ address, port }) => ({ address, port }));
  }

  /** The ports that people are told. */
  get ports(): { port: number; tlsPort?: number } {
    const [tls] = this.tls;
    return { port: this.listeners[0]!.port, ...(tls !== undefined && { tlsPort: tls.port }) };
  }

  /** Reads the certificate again; one that cannot be used leaves the old one in its place. */
  reload(logger: Logger): void {
    try {
      this.identity?.reload();
    } catch (error) {
      logger.error({ err: error }, 'the certificate stays what it was');
    }
  }

  /**
   * What the desk needs of this side: it answers questions as for everybody, and counts by itself. Its answers are held back when they are
   * signed, so a real client is not sent to TCP, but asks again.
   */
  atDesk(): Pick<DeskDeps, 'respond' | 'report' | 'count' | 'holdsBack'> {
    const settings = { ...this.settings, preparedSize: 0, rrlPerSecond: 0 };
    const responder = new Responder(this.zones, new Counters(), settings, systemClock);
    const [counters] = this.counters;
    const count = (transport: Transport, rcode: number) => {
      counters!.queries[transport]!++;
      counters!.answered(rcode);
    };
    const { rrlPerSecond, udpSize } = this.settings;
    const limit = rrlPerSecond === 0 ? null : new RateLimit(rrlPerSecond, udpSize);
    const holdsBack = (exchange: Exchange, octets: number) => {
      if (limit === null || exchange.transport !== TRANSPORT.UDP) return false;
      if (limit.judge(exchange, exchange.zone, octets, systemClock.monotonic()) === VERDICT.SEND) return false;
      counters!.limited++;
      return true;
    };
    return { respond: responder.respond.bind(responder), report: this.report, count, holdsBack };
  }

  /** Whether threads answer, rather than this one. */
  get hasThreads(): boolean {
    return this.threads !== null;
  }

  /** Queries that were answered but not logged. */
  get unlogged(): number {
    return this.rings.reduce((sum, { dropped }) => sum + dropped, 0);
  }

  /** Packets over UDP that the kernel threw away, in either direction, as far as it tells us. */
  get lost(): number {
    return this.threads?.lost ?? 0;
  }

  /** Stops taking queries and lets answers go out. */
  async stop(): Promise<void> {
    await Promise.all(this.listeners.map((listener) => listener.close()));
  }
}

/** What is given to threads can only be what a message may hold. */
function pickSettings(settings: ResponderSettings): ResponderSettings {
  const { udpSize, rrlPerSecond, cookieSecret, rotate, preparedSize, serverId, version, reportAgent } = settings;
  return { udpSize, rrlPerSecond, cookieSecret, rotate, preparedSize, serverId, version, reportAgent };
}

/** The first is this thread's own. */
function makeRings(memoryBytes: number, count: number): Ring[] {
  const all = Math.min(MAX_RINGS, memoryBytes / RING_SHARE);
  const own = count === 1 ? all : all / OWN_SHARE;
  return Array.from({ length: count }, (_, i) => new Ring(Math.floor((i === 0 ? own : (all - own) / (count - 1)) / 4) * 4));
}
