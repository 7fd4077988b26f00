import type { PackedTable } from '../asn/table.ts';
import type { Hub } from '../querylog/hub.ts';
import type { Ring } from '../querylog/ring.ts';
import type { Waker } from '../querylog/waker.ts';
import { Companion } from './companion.ts';
import type { FromLogThread, LogBounds, LogFiles, LogThreadData, ToLogThread } from './contract.ts';

export interface LogKeeperDeps {
  readonly rings: readonly Ring[];
  readonly waker: Waker;
  readonly files: LogFiles;
  readonly bounds: LogBounds;
  readonly table: PackedTable;
  /** Whether other threads answer, so that long work of this one gives way to them. */
  readonly isShared: boolean;
  /** Where copies go of what was kept; null when nobody wants any. */
  readonly feed: Ring | null;
  readonly heapMegabytes: number;
  /** Is told what came, once it can be read. */
  readonly hub: Hub;
  onFault(fault: unknown): void;
  /** The thread ended by itself, which it never should. */
  onDeath(error: Error): void;
}

/** The thread that keeps the log, as the main thread sees it. */
export class LogKeeper {
  private readonly thread: Companion<ToLogThread, FromLogThread>;
  private readonly nextId = new BigInt64Array(new SharedArrayBuffer(8));
  private paused = false;

  constructor({ rings, waker, files, bounds, table, isShared, feed, heapMegabytes, hub, onFault, onDeath }: LogKeeperDeps) {
    const data: LogThreadData = {
      rings: rings.map(({ memory }) => memory),
      waker: waker.memory,
      nextId: this.nextId.buffer as SharedArrayBuffer,
      files,
      bounds,
      table: table.parts,
      isShared,
      feed: feed?.memory ?? null,
    };
    const wake = () => waker.wake();
    const settings = { file: 'log-thread.js', data, heapMegabytes, youngMegabytes: 2, wake, onDeath };
    this.thread = new Companion(settings, (message) => {
      this.paused = 'came' in message ? false : this.paused || message.isPaused;
      if ('came' in message) tellViewers(hub, message.came);
      else onFault(message.fault);
    });
  }

  /** Queries that were kept since the first start ever. */
  get stored(): number {
    return Math.max(Number(Atomics.load(this.nextId, 0)) - 1, 0);
  }

  /** Whether what came last could not be kept. */
  get isPaused(): boolean {
    return this.paused;
  }

  /** Networks are looked up in `table` from now on. */
  use(table: PackedTable): void {
    this.thread.post({ table: table.parts });
  }

  /** The log of a zone was cleared, and is to be taken out of the file. */
  cleared(): void {
    this.thread.post({ cleared: true });
  }

  /** Keeps what is in the rings and ends. To be called when nobody answers any more. */
  stop(): Promise<void> {
    return this.thread.stop();
  }
}

function tellViewers(hub: Hub, came: Float64Array): void {
  for (let i = 0; i < came.length; i += 3) {
    for (const viewer of hub.viewersOf(came[i]!)) viewer.queriesCame(came[i + 1]!, came[i + 2]!);
  }
}
