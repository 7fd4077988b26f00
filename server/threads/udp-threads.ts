import { networkInterfaces } from 'node:os';
import { Counters } from '../answer/counters.ts';
import type { ResponderSettings } from '../answer/responder.ts';
import { Batch } from '../net/batch.ts';
import type { Desk, Endpoint, Listener, OnError } from '../net/endpoint.ts';
import type { Libc } from '../net/libc.ts';
import type { Ring } from '../querylog/ring.ts';
import type { Waker } from '../querylog/waker.ts';
import { parseAddress } from '../wire/address.ts';
import type { Name } from '../wire/name.ts';
import type { ZoneSet, ZoneWatcher } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import { Exchange } from '../answer/exchange.ts';
import { Companion } from './companion.ts';
import { CONTROL, type ForDesk, type FromUdpThread, type ToUdpThread, type UdpThreadData } from './contract.ts';

/** What the kernel may hold for each socket while its thread is busy, in octets. It doubles this for its own use. */
const RECEIVE_BUFFER = 1 << 20;
/** Octets of the longest answer of the desk over UDP: what a client can say it takes, and a signature. */
const DESK_ROOM = 4096;
/** Milliseconds that an edit waits for the threads to take it over; they need a fraction of one. */
const HANDOVER = 200;

export interface UdpThreadsDeps {
  readonly zones: ZoneSet;
  readonly settings: ResponderSettings;
  /** A ring for each thread; none when nothing is logged. */
  readonly rings: readonly Ring[];
  /** Megabytes of old objects that each thread may keep; the octets of zones are not among them. */
  readonly heapMegabytes: number;
  /** Wakes whoever empties the rings. */
  readonly waker: Waker;
  readonly desk: Desk;
  readonly onError: OnError;
  /** A thread ended by itself, which it never should. */
  onDeath(error: Error): void;
}

/**
 * Threads that answer over UDP, each with an answering path of its own. They share the sockets' addresses, the kernel dealing out
 * the clients; each change of a zone is handed to all of them before the edit that made it returns.
 */
export class UdpThreads implements ZoneWatcher {
  /** One for each thread. */
  readonly counters: readonly Counters[];
  private readonly libc: Libc;
  private readonly threads: Thread[];
  private readonly fds: number[] = [];
  private stopping: Promise<void> | null = null;

  constructor(libc: Libc, count: number) {
    this.libc = libc;
    this.threads = Array.from({ length: count }, () => new Thread(libc));
    this.counters = this.threads.map((thread) => thread.counters);
  }

  /** Binds an address, once for each thread. Throws when it cannot be had. Nothing is answered before `start`. */
  listen({ address, port }: Endpoint): Listener {
    const [plain, zone] = address.split('%');
    const place = { address: parseAddress(plain!)!, scope: zone === undefined ? 0 : scopeOf(zone) };
    let bound = port;
    for (const thread of this.threads) {
      try {
        const fd = this.libc.openUdp({ ...place, port: bound }, RECEIVE_BUFFER, this.threads.length > 1);
        thread.fds.push(fd);
        this.fds.push(fd);
        bound = this.libc.portOf(fd);
      } catch (error) {
        throw Object.assign(error as Error, { address, port });
      }
    }
    return { transport: 'udp', address, port: bound, close: () => this.stop() };
  }

  start(deps: UdpThreadsDeps): void {
    const replies = new Batch(this.libc, DESK_ROOM, 1);
    for (const [i, thread] of this.threads.entries()) thread.start(deps, deps.rings[i] ?? null, replies);
    for (const zone of deps.zones) this.post({ set: zone.memory });
    deps.zones.watch(this);
  }

  zoneSet(zone: Zone): void {
    this.post({ set: zone.memory });
    for (const thread of this.threads) thread.waitUntilHandled();
  }

  zoneDeleted(origin: Name): void {
    this.post({ deleted: origin.octets });
    for (const thread of this.threads) thread.waitUntilHandled();
  }

  /** Packets that the kernel threw away because they came faster than they were answered, and answers that it would not send. */
  get lost(): number {
    const unsent = this.threads.reduce((sum, thread) => sum + thread.unsent, 0);
    return this.fds.reduce((sum, fd) => sum + this.libc.dropsOf(fd), unsent);
  }

  /** Ends the threads, lets what they have in hand go out, and closes the sockets. */
  stop(): Promise<void> {
    this.stopping ??= this.endThreads();
    return this.stopping;
  }

  private async endThreads(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
    for (const fd of this.fds.splice(0)) this.libc.close(fd);
  }

  private post(message: ToUdpThread): void {
    for (const thread of this.threads) thread.post(message);
  }
}

/** The number of an interface that is given by name or number, RFC 4007 §11.2; 0, which the system refuses, for one that is not there. */
function scopeOf(zone: string): number {
  const addresses = networkInterfaces()[zone] ?? [];
  const found = addresses.find((one) => one.family === 'IPv6');
  return /^\d+$/.test(zone) ? Number(zone) : (found?.scopeid ?? 0);
}

class Thread {
  readonly fds: number[] = [];
  readonly counters = new Counters();
  private readonly libc: Libc;
  private readonly bell: number;
  private readonly control = new Int32Array(new SharedArrayBuffer(CONTROL.LENGTH * 4));
  /** None before the start, and once it is told to end. */
  private companion: Companion<ToUdpThread, FromUdpThread> | null = null;

  constructor(libc: Libc) {
    this.libc = libc;
    this.bell = libc.openBell();
  }

  get unsent(): number {
    return Atomics.load(this.control, CONTROL.UNSENT);
  }

  start(deps: UdpThreadsDeps, ring: Ring | null, replies: Batch): void {
    const { settings, heapMegabytes, waker, onError, onDeath } = deps;
    const { reportAgent, ...rest } = settings;
    const data: UdpThreadData = {
      fds: this.fds,
      bell: this.bell,
      control: this.control.buffer as SharedArrayBuffer,
      counters: this.counters.memory,
      log: ring === null ? null : { ring: ring.memory, waker: waker.memory },
      settings: rest,
      reportAgent: reportAgent?.octets ?? null,
    };
    const companion = { file: 'udp-thread.js', data, heapMegabytes, youngMegabytes: 2, wake: () => this.wake(), onDeath };
    this.companion = new Companion(companion, (message) => {
      if ('error' in message) onError(message.error);
      else this.answer(message, deps, replies);
    });
  }

  /** Answers what is for the desk, by the socket that it came by. */
  private answer({ fd, message, envelope, address, port }: ForDesk, { desk, onError }: UdpThreadsDeps, replies: Batch): void {
    Atomics.sub(this.control, CONTROL.AT_DESK, 1);
    // Once it is told to end, its sockets may be somebody else's.
    if (this.companion === null) return;
    const exchange = new Exchange();
    exchange.address.set(address);
    exchange.addressLength = address.length;
    exchange.port = port;
    try {
      for (const answer of desk(message, exchange)) replies.sendTo(fd, envelope, answer);
    } catch (error) {
      onError(error);
    }
  }

  post(message: ToUdpThread): void {
    this.companion?.post(message);
  }

  /** Until then a query could still be answered from the zone as it was. A thread that is not up yet is waited for no longer. */
  waitUntilHandled(): void {
    if (this.companion === null) return;
    const posted = Atomics.load(this.control, CONTROL.POSTED);
    const end = performance.now() + HANDOVER;
    for (let left = HANDOVER; left > 0; left = end - performance.now()) {
      const handled = Atomics.load(this.control, CONTROL.HANDLED);
      if (handled - posted >= 0) return;
      Atomics.wait(this.control, CONTROL.HANDLED, handled, left);
    }
  }

  async stop(): Promise<void> {
    const { companion } = this;
    if (companion === null) return;
    this.companion = null;
    await companion.stop();
    this.libc.close(this.bell);
  }

  /** The bell before the count: who sees the count has been rung already, and can silence the bell for good. */
  private wake(): void {
    this.libc.ringBell(this.bell);
    Atomics.add(this.control, CONTROL.POSTED, 1);
  }
}
