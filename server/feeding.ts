import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { SwappableTable } from './asn/swappable.ts';
import type { Config } from './config.ts';
import { formatPlace } from './feeds/place.ts';
import { FEEDS } from './feeds/sink.ts';
import type { Tally } from './feeds/tally.ts';
import type { Ring } from './querylog/ring.ts';
import type { Waker } from './querylog/waker.ts';
import { CollectorKeeper } from './threads/collector-keeper.ts';
import { FeedKeeper } from './threads/feed-keeper.ts';
import type { ZoneSet } from './zone/zone-set.ts';

/** Of our memory, what the ring takes that other servers' reports go through, and their thread for objects. */
const RING_SHARE = 160;
const MAX_RING = 4 << 20;
const THREAD_SHARE = 8;

/** What became of queries on one way out. */
export interface Sent {
  readonly feed: string;
  readonly written: number;
  readonly dropped: number;
}

/** What comes from other name servers, and goes to other programs. */
export class Feeding {
  private readonly config: Config;
  private readonly collector: CollectorKeeper | null;
  private readonly out: FeedKeeper | null;

  /** Without a log there is nothing that reports could come into, nor anything that could go out. */
  constructor(config: Config) {
    const { dnstapListen, dnstapOut, jsonOut, logMaxBytes, memoryBytes } = config;
    this.config = config;
    const isWanted = dnstapListen.length > 0 && logMaxBytes > 0;
    const ringSize = Math.min(MAX_RING, memoryBytes / RING_SHARE) & ~3;
    this.collector = isWanted ? new CollectorKeeper(ringSize) : null;
    this.out = (dnstapOut !== null || jsonOut !== null) && logMaxBytes > 0 ? new FeedKeeper(ringSize) : null;
  }

  /** What is to be carried into the log besides what we answer ourselves. */
  get rings(): readonly Ring[] {
    return this.collector === null ? [] : [this.collector.ring];
  }

  /** Where copies go of what is logged; null when nobody wants any. */
  get copies(): Ring | null {
    return this.out?.ring ?? null;
  }

  /** Queries that went out to other programs, or did not, by the way; empty when none go. */
  readonly sent = (): Sent[] => {
    const { config, out } = this;
    if (out === null) return [];
    const feeds = FEEDS.filter((feed) => (feed === 'dnstap' ? config.dnstapOut : config.jsonOut) !== null);
    return feeds.map((feed) => ({ feed, written: out.written(feed), dropped: out.dropped(feed) }));
  };

  /** What became of reports; null when there can be none. */
  get reports(): Tally | null {
    return this.collector?.tally ?? null;
  }

  /** Lets logged queries go out from now on. */
  send(table: SwappableTable, records: string, version: string, logger: Logger): void {
    const { out, config } = this;
    if (out === null) return;
    const { dnstapOut, jsonOut, baseDomain, serverId, memoryBytes } = config;
    out.start({
      dnstapOut,
      jsonOut,
      baseDomain: baseDomain.toText(),
      identity: serverId ?? hostname(),
      version: `Digpit ${version}`,
      records,
      table: table.current,
      heapMegabytes: Math.floor(memoryBytes / THREAD_SHARE / (1 << 20)),
      onFault: (name, fault) => logger.error(`${name}: ${fault}; queries that should go there are lost meanwhile`),
      onDeath: (error) => {
        logger.fatal({ err: error }, 'the thread that hands queries to other programs ended; so does the server');
        process.exit(1);
      },
    });
    table.watch((next) => out.use(next));
  }

  /** Begins new files. */
  reload(): void {
    this.out?.reopen();
  }

  /** Sends what is left. To be called when the rings were emptied for the last time. */
  async finish(): Promise<void> {
    await this.out?.stop();
  }

  /** Lets other name servers report from now on. Returns where. Rejects with the first place that cannot be had. */
  async listen(zones: ZoneSet, waker: Waker, logger: Logger): Promise<string[]> {
    if (this.collector === null) return [];
    const { dnstapListen, dnstapFrom, memoryBytes } = this.config;
    const listening = this.collector.listen({
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
    try {
      return (await listening).map(formatPlace);
    } catch (fault) {
      await this.finish();
      throw fault;
    }
  }

  /** Takes no more reports. To be called before the rings are emptied for the last time. */
  async stop(): Promise<void> {
    await this.collector?.stop();
  }
}
