/** The thread that hands logged queries to other programs, so that none of them, nor their making, keeps the log waiting. */
import { parentPort, workerData } from 'node:worker_threads';
import type { TableParts } from '../asn/parts.ts';
import { PackedTable } from '../asn/table.ts';
import { FileSink } from '../feeds/file-sink.ts';
import { CONTROL, controlFrame } from '../feeds/frame-stream.ts';
import { dnstapEncoder, lineEncoder, pour, type Outlet } from '../feeds/outlet.ts';
import { FeedCounts } from '../feeds/sink.ts';
import { SocketSink } from '../feeds/socket-sink.ts';
import { Ring } from '../querylog/ring.ts';
import { openDatabase } from '../store/database.ts';
import { ZoneLabels } from '../store/zone-labels.ts';
import { takeTable, type FeedThreadData, type FromFeedThread, type ToFeedThread } from './contract.ts';

/** Milliseconds between looks at the ring. */
const TICK = 50;

const data = workerData as FeedThreadData;
const port = parentPort!;
const ring = new Ring(data.ring);
const counts = new FeedCounts(data.counts);
const db = openDatabase(data.records);
const labels = new ZoneLabels(db);
let table = takeTable(data);

const outlets: Outlet[] = [];
const files: FileSink[] = [];
/** A fault as text: what a message may hold of an error does not say more. */
const fail = (name: string) => (fault: unknown) =>
  port.postMessage({ name, fault: (fault as Error).message } satisfies FromFeedThread);

if (data.dnstapOut !== null) {
  const onFault = fail('DIGPIT_DNSTAP_OUT');
  const ends = { begin: controlFrame(CONTROL.START), end: controlFrame(CONTROL.STOP) };
  const sink =
    'file' in data.dnstapOut
      ? openFile(new FileSink(data.dnstapOut.file, ends, onFault))
      : new SocketSink(data.dnstapOut, onFault);
  outlets.push({ feed: 'dnstap', sink, encode: dnstapEncoder(data.identity, data.version) });
}
if (data.jsonOut !== null) {
  const sink = openFile(new FileSink(data.jsonOut, null, fail('DIGPIT_JSON_OUT')));
  const zoneOf = (id: number) => {
    const label = labels.labelOf(id);
    return label === null ? null : `${label}.${data.baseDomain}`;
  };
  outlets.push({ feed: 'json', sink, encode: lineEncoder({ table: () => table, zoneOf }) });
}

const looking = setInterval(look, TICK);
port.on('message', (message: ToFeedThread) => {
  if ('table' in message) useTable(message.table);
  else if ('reopen' in message) for (const { sink } of outlets) sink.reopen();
  else void end();
});

function useTable(parts: TableParts): void {
  table = new PackedTable(parts);
  // So that there are two tables for a moment only, see `limitHeap`.
  globalThis.gc?.();
}

function openFile(sink: FileSink): FileSink {
  files.push(sink);
  return sink;
}

function look(): void {
  while (pour(ring, outlets, counts));
  for (const file of files) file.flush();
}

async function end(): Promise<void> {
  clearInterval(looking);
  look();
  for (const { sink } of outlets) await sink.close();
  db.close();
  port.close();
}
