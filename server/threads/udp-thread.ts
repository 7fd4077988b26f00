/**
 * A thread that answers over UDP and does nothing else: it waits in the kernel for packets, with an answering path of its own. What
 * it needs of the rest comes as messages, announced by a bell that wakes it; what it did lies in memory that it shares.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Counters } from '../answer/counters.ts';
import { Responder } from '../answer/responder.ts';
import { BatchedUdp } from '../net/batched-udp.ts';
import { Libc } from '../net/libc.ts';
import { Recorder, timed } from '../querylog/recorder.ts';
import { Ring } from '../querylog/ring.ts';
import { Waker } from '../querylog/waker.ts';
import { Name } from '../wire/name.ts';
import { ZoneSet } from '../zone/zone-set.ts';
import { Zone } from '../zone/zone.ts';
import { CONTROL, MAX_AT_DESK, type FromUdpThread, type ToUdpThread, type UdpThreadData } from './contract.ts';

/** Milliseconds after which the thread comes back from the kernel when nothing happened: until then it cannot be ended from outside. */
const LOOK_UP = 250;

/** Nanoseconds, the least that Linux grants: a client waits for its answer, and nobody for the log. */
const TURN = 100_000;

/** The part of the ring that may be full before its reader goes first. */
const CROWDED = 7 / 8;

/** Octets of zones that come before young objects are collected: what a zone has that was replaced is freed with them only. */
const COLLECT_OCTETS = 1 << 20;

/** One look at the clock serves a batch. */
class BatchClock {
  private time = 0;
  private uptime = 0;

  readonly look = (): void => {
    this.time = Date.now();
    this.uptime = performance.now();
  };

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.uptime;
  }
}

const data = workerData as UdpThreadData;
const port = parentPort!;
const control = new Int32Array(data.control);
const zones = new ZoneSet();
const clock = new BatchClock();
const post = (message: FromUdpThread): void => port.postMessage(message);

const libc = await Libc.load();
if (typeof libc === 'string') throw new Error(libc);
const reportAgent = data.reportAgent === null ? null : Name.fromOctets(data.reportAgent);
const counters = new Counters(data.counters);
const responder = new Responder(zones, counters, { ...data.settings, reportAgent }, clock);
const ring = data.log === null ? null : new Ring(data.log.ring);
const recorder = ring === null ? null : new Recorder(ring, new Waker(data.log!.waker).wake, clock);
const udp = new BatchedUdp(
  libc,
  data.fds,
  {
    respond: responder.respond.bind(responder),
    report: timed(counters, recorder),
    onError: (error) => post({ error }),
    handOver: (fd, message, envelope, { address, addressLength, port: from }) => {
      if (Atomics.load(control, CONTROL.AT_DESK) >= MAX_AT_DESK) return;
      Atomics.add(control, CONTROL.AT_DESK, 1);
      post({ fd, message, envelope, address: address.slice(0, addressLength), port: from });
    },
  },
  { answerRoom: data.settings.udpSize, onBatch: clock.look },
);

let uncollected = 0;
libc.preferShortTurns(TURN);
const readable = libc.makePollSet([data.bell, ...data.fds]);
for (let handled = 0; ;) {
  const posted = Atomics.load(control, CONTROL.POSTED);
  if (posted !== handled) {
    // The bell was rung before the count rose, so it is silent now until the next message.
    libc.silenceBell(data.bell);
    if (!handleMessages()) break;
    handled = posted;
    Atomics.store(control, CONTROL.HANDLED, handled);
    Atomics.notify(control, CONTROL.HANDLED);
  }
  if (!udp.turn()) libc.poll(readable, LOOK_UP);
  // Whoever keeps the log may wait for this core: what we answer faster than that would go unlogged.
  else if (ring !== null && ring.used > ring.size * CROWDED) libc.giveWay();
  Atomics.store(control, CONTROL.UNSENT, udp.unsent);
}
port.close();

/** Returns false when it was told to stop. */
function handleMessages(): boolean {
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
    const message = got.message as ToUdpThread;
    if ('stop' in message) return false;
    if ('set' in message) setZone(message.set);
    else zones.delete(Name.fromOctets(message.deleted));
  }
  return true;
}

function setZone(memory: SharedArrayBuffer): void {
  zones.set(new Zone(memory));
  uncollected += memory.byteLength;
  if (uncollected < COLLECT_OCTETS) return;
  uncollected = 0;
  // V8 does not weigh shared memory, see `limitHeap`, and this thread makes hardly any other objects for which it would look.
  globalThis.gc?.({ type: 'minor' });
}
