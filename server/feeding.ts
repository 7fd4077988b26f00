import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { formatPlace } from './feeds/place.ts';
import type { Tally } from './feeds/tally.ts';
import type { Ring } from './querylog/ring.ts';
import type { Waker } from './querylog/waker.ts';
import { CollectorKeeper } from './threads/collector-keeper.ts';
import type { ZoneSet } from './zone/zone-set.ts';

/** Of our memory, what the ring takes that other servers' reports go through, and their thread for objects. */
const RING_SHARE = 160;
const MAX_RING = 4 << 20;
const THREAD_SHARE = 8;

/** What comes from other name servers, and goes to other programs. */
export class Feeding {
  private readonly config: Config;
  private readonly collector: CollectorKeeper | null;

  /** Without a log there is nothing that reports could come into. */
  constructor(config: Config) {
    const { dnstapListen, logMaxBytes, memoryBytes } = config;
    this.config = config;
    const isWanted = dnstapListen.length > 0 && logMaxBytes > 0;
    this.collector = isWanted ? new CollectorKeeper(Math.min(MAX_RING, memoryBytes / RING_SHARE) & ~3) : null;
  }

  /** What is to be carried into the log besides what we answer ourselves. */
  get rings(): readonly Ring[] {
    return this.collector === null ? [] : [this.collector.ring];
  }

  /** What became of reports; null when there can be none. */
  get reports(): Tally | null {
    return this.collector?.tally ?? null;
  }

  /** Lets other name servers report from now on. Returns where. Rejects with the first place that cannot be had. */
  async listen(zones: ZoneSet, waker: Waker, logger: Logger): Promise<string[]> {
    if (this.collector === null) return [];
    const { dnstapListen, dnstapFrom, memoryBytes } = this.config;
    const places = await this.collector.listen({
      places: dnstapListen,
      allowed: dnstapFrom,
      zones,
      waker,
      heapMegabytes: Math.floor(memoryBytes / THREAD_SHARE / (1 << 20)),
      onDeath: (error) => {
        logger.fatal({ err: error }, 'the thread that takes reports of other servers ended; so does the server');
        process.exit(1);
      },
    });
    return places.map(formatPlace);
  }

  /** Takes no more reports. To be called before the rings are emptied for the last time. */
  async stop(): Promise<void> {
    await this.collector?.stop();
  }
}
