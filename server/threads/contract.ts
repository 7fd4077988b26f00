import type { ResponderSettings } from '../answer/responder.ts';
import type { TableParts } from '../asn/parts.ts';
import { PackedTable } from '../asn/table.ts';
import type { Place, Socket } from '../feeds/place.ts';
import type { Network } from '../keys/network.ts';
import type { Envelope } from '../net/batch.ts';

/** What a thread begins with. */
export interface UdpThreadData {
  readonly fds: readonly number[];
  readonly bell: number;
  readonly control: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
  /** Where it leaves what it did, and how it wakes whoever carries that away; null when nothing is logged. */
  readonly log: { readonly ring: SharedArrayBuffer; readonly waker: SharedArrayBuffer } | null;
  readonly settings: Omit<ResponderSettings, 'reportAgent'>;
  /** Octets of the name. */
  readonly reportAgent: Uint8Array | null;
}

/** To a thread: the memory of a zone, which is shared, the octets of the origin of one that is gone, or the end. */
export type ToUdpThread = { readonly set: SharedArrayBuffer } | { readonly deleted: Uint8Array } | { readonly stop: true };

/** A message for the desk: who sent it, and what its answer needs to find back through the socket that it came by. */
export interface ForDesk {
  readonly fd: number;
  readonly message: Uint8Array;
  readonly envelope: Envelope;
  /** Four octets or sixteen. */
  readonly address: Uint8Array;
  readonly port: number;
}

/** From a thread: a message for the desk, or a mistake of ours. */
export type FromUdpThread = ForDesk | { readonly error: unknown };

/** Messages of a thread that may wait for the desk; what comes beyond gets no answer, as if it had been lost. */
export const MAX_AT_DESK = 64;

/**
 * Places of the control memory, 32 bits each: messages posted to the thread, messages dealt with, answers that could not be sent,
 * messages that wait for the desk.
 */
export const CONTROL = { POSTED: 0, HANDLED: 1, UNSENT: 2, AT_DESK: 3, LENGTH: 4 } as const;

/** With a range table, which `takeTable` takes out. */
interface WithTable {
  table?: TableParts;
}

/** Takes out the table that a thread begins with: what lies in its data lies there as long as it runs, however many tables follow. */
export function takeTable(data: WithTable): PackedTable {
  const parts = data.table!;
  delete data.table;
  return new PackedTable(parts);
}

/** What the thread that keeps the log begins with. */
export interface LogThreadData extends WithTable {
  readonly rings: readonly SharedArrayBuffer[];
  readonly waker: SharedArrayBuffer;
  /** One 64-bit number: the lowest id that no query has had yet. */
  readonly nextId: SharedArrayBuffer;
  readonly files: LogFiles;
  readonly bounds: LogBounds;
  /** Whether other threads of ours answer, so that long work gives way to them. */
  readonly isShared: boolean;
  /** Where copies go of what was kept, for other programs; null when nobody wants any. */
  readonly feed: SharedArrayBuffer | null;
}

/** The database that says which zones there are, and the file of the log. */
export interface LogFiles {
  readonly records: string;
  readonly log: string;
}

/** What the log keeps: octets, and milliseconds. */
export interface LogBounds {
  readonly maxBytes: number;
  readonly maxAge: number;
}

/** To the thread: another range table, that a zone's log was cleared, or the end. */
export type ToLogThread = { readonly table: TableParts } | { readonly cleared: true } | { readonly stop: true };

/**
 * From it: what came, three numbers for each batch, its zone, how many queries and the newest id; or why nothing can be kept at the
 * moment.
 */
export type FromLogThread = { readonly came: Float64Array } | { readonly fault: unknown; readonly isPaused: boolean };

/** What the thread begins with that takes what other servers report. It is told of zones as those that answer are. */
export interface CollectorThreadData {
  readonly places: readonly Socket[];
  /** Networks that may report over TCP. */
  readonly allowed: readonly Network[];
  readonly ring: SharedArrayBuffer;
  readonly waker: SharedArrayBuffer;
  readonly tally: SharedArrayBuffer;
}

/** From it: where it listens, or why it cannot. */
export type FromCollectorThread = { readonly places: readonly Socket[] } | { readonly fault: string };

/** What the thread begins with that hands logged queries to other programs. */
export interface FeedThreadData extends WithTable {
  readonly ring: SharedArrayBuffer;
  readonly counts: SharedArrayBuffer;
  /** The database that says what zones are called. */
  readonly records: string;
  readonly baseDomain: string;
  readonly dnstapOut: Place | null;
  readonly jsonOut: string | null;
  /** What this server is called there, and its version. */
  readonly identity: string;
  readonly version: string;
}

/** To it: another range table, that files are to begin anew, or the end. */
export type ToFeedThread = { readonly table: TableParts } | { readonly reopen: true } | { readonly stop: true };

/** From it: what cannot be written, and the setting that says where it was to go. */
export interface FromFeedThread {
  readonly name: string;
  readonly fault: string;
}
