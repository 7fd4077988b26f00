import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { PACKED_FILE } from './asn/open.ts';
import type { SwappableTable } from './asn/swappable.ts';
import type { Config } from './config.ts';

/** How often to look whether somebody has put a new table in place, and whether it is time to fetch one. */
const INTERVAL = 60_000;
const HOUR = 3_600_000;
/** Age at which a table is fetched anew. */
const MAX_AGE = 7 * 24 * HOUR;
/** So much sooner or later, so that not all servers of the world ask in the same minute of the week. */
const JITTER = 12 * HOUR;
/** The first retry is an hour after a failure; each further one takes twice as long to come, up to this. */
const MAX_RETRY_HOURS = 24;

/** A short young generation: the scripts make few objects, and a container has little memory to spare beside ours. */
const NODE_FLAGS = ['--max-semi-space-size=1'];

const scriptPath = (name: string) => fileURLToPath(new URL(`../scripts/${name}.js`, import.meta.url));

/** What tests have otherwise. */
export interface RefreshTools {
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly now: () => number;
  /** The built scripts. */
  readonly builder: string;
  readonly updater: string;
}

const TOOLS: RefreshTools = {
  random: Math.random,
  now: Date.now,
  builder: scriptPath('build-asn'),
  updater: scriptPath('update-asn'),
};

type Settings = Pick<Config, 'asnDir' | 'asnUpdate' | 'asnUrl' | 'dataDir'>;

/**
 * Keeps the range table at what the data folder has, builds that from DIGPIT_ASN_DIR when its files are newer, and fetches
 * it when it is old and DIGPIT_ASN_UPDATE says so.
 */
export class AsnRefresh {
  private readonly table: SwappableTable;
  private readonly settings: Settings;
  private readonly logger: Logger;
  private readonly tools: RefreshTools;
  private readonly timer: NodeJS.Timeout;
  private child: ChildProcess | null = null;
  private maxAge: number;
  private triedSource = 0;
  private failures = 0;
  private retryAt = 0;

  constructor(table: SwappableTable, settings: Settings, logger: Logger, tools: Partial<RefreshTools> = {}) {
    this.table = table;
    this.settings = settings;
    this.logger = logger;
    this.tools = { ...TOOLS, ...tools };
    this.maxAge = this.drawMaxAge();
    this.timer = setInterval(() => this.run(), INTERVAL);
    this.run();
  }

  run(): void {
    this.reload();
    if (this.child !== null) return;
    if (this.isStale()) this.build();
    else if (this.isOld()) this.update();
  }

  stop(): void {
    clearInterval(this.timer);
    this.child?.removeAllListeners('close').kill();
  }

  private reload(): void {
    const result = this.table.reload();
    if (result.outcome === 'swapped') {
      this.logger.info({ ranges: result.ranges, octets: result.octets }, 'range table loaded');
      // So that there are two tables for a moment only, see `limitHeap`.
      globalThis.gc?.();
    }
    if (result.outcome === 'refused') this.logger.warn(`${result.problem}; the table from before stays`);
  }

  private get packedFile(): string {
    return join(this.settings.dataDir, PACKED_FILE);
  }

  /** Whether DIGPIT_ASN_DIR has files that are newer than the table, and than those that were tried last. */
  private isStale(): boolean {
    return this.newestSource() > Math.max(modifiedAt(this.packedFile), this.triedSource);
  }

  private newestSource(): number {
    const { asnDir } = this.settings;
    if (asnDir === null) return 0;
    try {
      const sources = readdirSync(asnDir).filter((file) => /^ip2asn-v[46]\.tsv(\.gz)?$/.test(file));
      return Math.max(0, ...sources.map((file) => modifiedAt(join(asnDir, file))));
    } catch (error) {
      this.logger.warn(`DIGPIT_ASN_DIR cannot be read: ${(error as Error).message}`);
      return 0;
    }
  }

  private build(): void {
    this.triedSource = this.newestSource();
    this.start(this.tools.builder, [this.settings.asnDir!], (problem) => {
      if (problem === null) this.reload();
      else this.logger.warn(`the range table could not be built from DIGPIT_ASN_DIR: ${problem}`);
    });
  }

  private isOld(): boolean {
    const now = this.tools.now();
    if (this.settings.asnUpdate === 'never' || now < this.retryAt) return false;
    return !this.table.isPacked || now - modifiedAt(this.packedFile) > this.maxAge;
  }

  private update(): void {
    this.start(this.tools.updater, [], (problem) => {
      this.failures = problem === null ? 0 : this.failures + 1;
      const hours = Math.min(2 ** Math.max(0, this.failures - 1), MAX_RETRY_HOURS);
      this.retryAt = this.tools.now() + hours * HOUR;
      if (problem === null) {
        this.maxAge = this.drawMaxAge();
        this.reload();
        return;
      }
      // A server without a way out would otherwise say the same for ever.
      const level = this.failures === 1 ? 'warn' : 'debug';
      this.logger[level](`the range table could not be fetched, next try in ${hours} h: ${problem}`);
    });
  }

  private drawMaxAge(): number {
    return MAX_AGE + (this.tools.random() * 2 - 1) * JITTER;
  }

  /** In a process of its own: building takes seconds and more memory than we have, and both end with it. */
  private start(script: string, args: readonly string[], done: (problem: string | null) => void): void {
    if (!existsSync(script)) return;
    const { asnUrl, dataDir } = this.settings;
    const child = spawn(process.execPath, [...NODE_FLAGS, script, ...args], {
      env: { ...process.env, DIGPIT_DATA_DIR: dataDir, DIGPIT_ASN_URL: asnUrl },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    if (child.pid !== undefined) giveWay(child.pid);
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(0, 4000);
    });
    child.on('error', (error) => {
      said = error.message;
    });
    child.on('close', (code, signal) => {
      this.child = null;
      done(code === 0 ? null : said.trim() || `it ended with ${signal ?? code}`);
    });
  }
}

/** Answers go before tables: the child gets what time is left, and is the one to end when memory runs out (Linux). */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // It has ended already, or the system has no such thing; nothing depends on it.
  }
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
