/** Where queries go that other programs want. None of these calls waits. */
export interface Sink {
  /** Takes what one query has become; false when there is no room for it, or nobody to take it. */
  write(octets: Uint8Array): boolean;
  /** Begins anew, because somebody wants to take away what was written. */
  reopen(): void;
  /** Ends it, with what an end has to have. */
  close(): Promise<void>;
}

/** What became of queries on their way to other programs. Written by the thread that sends them, read by /metrics. */
export class FeedCounts {
  readonly memory: SharedArrayBuffer;
  private readonly counts: Float64Array;

  /** Over memory that another thread made, or over new memory. */
  constructor(memory = new SharedArrayBuffer(8 * 2 * FEEDS.length)) {
    this.memory = memory;
    this.counts = new Float64Array(memory);
  }

  count(feed: Feed, isWritten: boolean): void {
    this.counts[2 * FEEDS.indexOf(feed) + (isWritten ? 0 : 1)]!++;
  }

  written(feed: Feed): number {
    return this.counts[2 * FEEDS.indexOf(feed)]!;
  }

  dropped(feed: Feed): number {
    return this.counts[2 * FEEDS.indexOf(feed) + 1]!;
  }
}

export const FEEDS = ['dnstap', 'json'] as const;
export type Feed = (typeof FEEDS)[number];
