import type { PackedTable } from '../asn/table.ts';
import { FeedCounts, type Feed } from '../feeds/sink.ts';
import { Ring } from '../querylog/ring.ts';
import { Companion } from './companion.ts';
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
  private thread: Companion<ToFeedThread, FromFeedThread> | null = null;

  constructor(ringSize: number) {
    this.ring = new Ring(ringSize);
  }

  start({ table, heapMegabytes, onFault, onDeath, ...rest }: FeedKeeperDeps): void {
    const data: FeedThreadData = { ...rest, ring: this.ring.memory, counts: this.counts.memory, table: table.parts };
    const settings = { file: 'feed-thread.js', data, heapMegabytes, youngMegabytes: 4, onDeath };
    this.thread = new Companion(settings, ({ name, fault }) => onFault(name, fault));
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
    this.thread?.post({ table: table.parts });
  }

  /** Begins new files. */
  reopen(): void {
    this.thread?.post({ reopen: true });
  }

  /** Hands over what is in the ring, and ends. To be called when nobody fills it any more. */
  async stop(): Promise<void> {
    await this.thread?.stop();
  }
}
