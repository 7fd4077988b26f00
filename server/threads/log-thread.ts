/**
 * The thread that keeps the log and does nothing else: it carries what the others answered from the rings to the disk, and deletes
 * what is too old. So neither a long reply of the page keeps queries from being stored, nor a flood of them the page from answering.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { TableParts } from '../asn/parts.ts';
import { PackedTable } from '../asn/table.ts';
import { ClockWatch, GRACE_MS, systemClock } from '../clock.ts';
import { copyFrames } from '../feeds/copy.ts';
import { Libc } from '../net/libc.ts';
import { breatheBy } from '../querylog/breath.ts';
import type { Batch } from '../querylog/gatherer.ts';
import { Pump } from '../querylog/pump.ts';
import { Ring } from '../querylog/ring.ts';
import { Waker } from '../querylog/waker.ts';
import { openDatabase } from '../store/database.ts';
import { attachLogForWriting, leaveLog } from '../store/log-file.ts';
import { LogClearing } from '../store/log-clearing.ts';
import { LogWriter } from '../store/log-writer.ts';
import { takeTable, type FromLogThread, type LogThreadData, type ToLogThread } from './contract.ts';

/** How often we look for what is too old, in milliseconds. */
const RETENTION_INTERVAL = 10_000;

const data = workerData as LogThreadData;
const port = parentPort!;
const post = (message: FromLogThread): void => port.postMessage(message);

const feed = data.feed === null ? null : new Ring(data.feed);
const rings = data.rings.map((memory) => new Ring(memory));
const waker = new Waker(data.waker);
const nextId = new BigInt64Array(data.nextId);
const db = openDatabase(data.files.records);
attachLogForWriting(db, data.files.log);
const writer = new LogWriter(db);
const clearing = new LogClearing(db, writer.fresh, writer.shares);
const pump = new Pump(rings, takeTable(data), writer, tell, (fault) => post({ fault, isPaused: true }));
if (data.isShared) await shareCore();

const watch = new ClockWatch(systemClock);
/** What is too much is deleted at the pace at which more comes; but after a fault only at the next interval. */
let canPrune = true;
/** Something may have been cleared that is still in the file. */
let isUncleared = true;
let nextPrune = performance.now() + RETENTION_INTERVAL;
Atomics.store(nextId, 0, BigInt(writer.nextId));
for (;;) {
  const { wakes } = waker;
  if (!handleMessages()) break;
  const idle = pump.step(performance.now());
  if (isUncleared) clear();
  prune();
  waker.sleep(wakes, Math.min(idle, isUncleared ? 0 : Math.max(nextPrune - performance.now(), 0)));
}
pump.drain();
leaveLog(db);
db.close();
port.close();

function tell(batches: readonly Batch[]): void {
  Atomics.store(nextId, 0, BigInt(writer.nextId));
  const came = new Float64Array(batches.length * 3);
  for (const [i, { zone, count, lastId }] of batches.entries()) came.set([zone, count, lastId], i * 3);
  post({ came });
  if (feed !== null) copyFrames(batches, feed);
}

/** One step of it; after a fault the next one comes with retention. */
function clear(): void {
  try {
    isUncleared = clearing.step();
  } catch (fault) {
    isUncleared = false;
    post({ fault, isPaused: false });
  }
}

/** One step of it, when it is time or the log is too large; the next one soon, when there is more to do. */
function prune(): void {
  const isTime = performance.now() >= nextPrune;
  if (!isTime && !canPrune) return;
  try {
    if (!isTime && writer.byteLength <= data.bounds.maxBytes) return;
    const oldest = watch.steadyFor() < GRACE_MS ? 0 : Date.now() - data.bounds.maxAge;
    const more = writer.prune(data.bounds.maxBytes, oldest);
    canPrune = true;
    isUncleared ||= clearing.isNeeded;
    nextPrune = performance.now() + (more ? 0 : RETENTION_INTERVAL);
  } catch (fault) {
    canPrune = false;
    nextPrune = performance.now() + RETENTION_INTERVAL;
    post({ fault, isPaused: false });
  }
}

/** Lets those who answer go first, unless so much waits that queries would be lost. */
async function shareCore(): Promise<void> {
  const libc = await Libc.load();
  const isCrowded = () => rings.some(({ used, size }) => used > (size * 3) / 4);
  if (libc instanceof Libc) breatheBy(() => isCrowded() || libc.giveWay());
}

function useTable(parts: TableParts): void {
  pump.table = new PackedTable(parts);
  // So that there are two tables for a moment only, see `limitHeap`.
  globalThis.gc?.();
}

/** Returns false when it was told to stop. */
function handleMessages(): boolean {
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
    const message = got.message as ToLogThread;
    if ('stop' in message) return false;
    if ('cleared' in message) isUncleared = true;
    else useTable(message.table);
  }
  return true;
}
