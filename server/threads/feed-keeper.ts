import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PackedTable } from '../asn/table.ts';
import { FeedCounts, type Feed } from '../feeds/sink.ts';
import { Ring } from '../querylog/ring.ts';
import type { FeedThreadData, FromFeedThread, ToFeedThread } from './contract.ts';

export interface FeedKeeperDeps extends Pick<
  FeedThreadData,
  'dnstapOut' | 'jsonOut' | 'identity' | 'version' | 'baseDomain' | 'records'
> {
  readonly table: PackedTable;
  readonly heapMegabytes: number;
  /** Something cannot be written at the moment; `name` is the setting that says where it was to go. */
  onFault(name: string, fault: string): void;
  /** The thread ended by itself, which it never should. */
  onDeath(error: Error): void;
}

/** The thread that hands logged queries to other programs, as the main thread sees it. */
export class FeedKeeper {
  /** Where whoever keeps the log leaves copies. */
  readonly ring: Ring;
  private readonly counts = new FeedCounts();
  private worker: Worker | null = null;

  constructor(ringSize: number) {
    this.ring = new Ring(ringSize);
  }

  start({ table, heapMegabytes, onFault, onDeath, ...rest }: FeedKeeperDeps): void {
    const workerData: FeedThreadData = { ...rest, ring: this.ring.memory, counts: this.counts.memory, table: table.parts };
    this.worker = new Worker(new URL('feed-thread.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: heapMegabytes, stackSizeMb: 1 },
    });
    this.worker.on('message', ({ name, fault }: FromFeedThread) => onFault(name, fault));
    this.worker.on('error', onDeath);
  }

  /** Queries that went out. */
  written(feed: Feed): number {
    return this.counts.written(feed);
  }

  /** Queries that found no room on their way, or nobody to take them. */
  dropped(feed: Feed): number {
    return this.ring.dropped + this.counts.dropped(feed);
  }

  /** Networks are looked up in `table` from now on. */
  use(table: PackedTable): void {
    this.post({ table: table.parts });
  }

  /** Begins new files. */
  reopen(): void {
    this.post({ reopen: true });
  }

  /** Hands over what is in the ring, and ends. To be called when nobody fills it any more. */
  async stop(): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.post({ stop: true });
    this.worker = null;
    await once(worker, 'exit');
  }

  private post(message: ToFeedThread): void {
    this.worker?.postMessage(message);
  }
}
