import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { PACKED_FILE } from './asn/open.ts';
import type { SwappableTable } from './asn/swappable.ts';
import type { Config } from './config.ts';

/** How often to look whether somebody has put a new table in place. */
const INTERVAL = 60_000;
const BUILDER = fileURLToPath(new URL('../scripts/build-asn.js', import.meta.url));

/** Keeps the range table at what the data folder has, and builds that from DIGPIT_ASN_DIR when its files are newer. */
export class AsnRefresh {
  private readonly table: SwappableTable;
  private readonly config: Config;
  private readonly logger: Logger;
  private readonly timer: NodeJS.Timeout;
  private building = false;

  constructor(table: SwappableTable, config: Config, logger: Logger) {
    this.table = table;
    this.config = config;
    this.logger = logger;
    this.timer = setInterval(() => this.run(), INTERVAL);
    this.run();
  }

  run(): void {
    if (this.isStale()) this.build();
    else this.reload();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private reload(): void {
    const result = this.table.reload();
    if (result.outcome === 'swapped') this.logger.info({ ranges: result.ranges, octets: result.octets }, 'range table loaded');
    if (result.outcome === 'refused') this.logger.warn(`${result.problem}; the table from before stays`);
  }

  private isStale(): boolean {
    const { asnDir, dataDir } = this.config;
    if (asnDir === null || this.building) return false;
    const packed = modifiedAt(join(dataDir, PACKED_FILE));
    try {
      return readdirSync(asnDir).some(
        (file) => /^ip2asn-v[46]\.tsv(\.gz)?$/.test(file) && modifiedAt(join(asnDir, file)) > packed,
      );
    } catch (error) {
      this.logger.warn(`DIGPIT_ASN_DIR cannot be read: ${(error as Error).message}`);
      return false;
    }
  }

  /** In a process of its own: building takes seconds and more memory than we have, and both end with it. */
  private build(): void {
    if (!existsSync(BUILDER)) return;
    this.building = true;
    const { asnDir, dataDir } = this.config;
    const child = spawn(process.execPath, [BUILDER, asnDir!], {
      env: { ...process.env, DIGPIT_DATA_DIR: dataDir },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(0, 4000);
    });
    child.on('close', (code) => {
      this.building = false;
      if (code !== 0) this.logger.warn(`the range table could not be built from DIGPIT_ASN_DIR: ${said.trim()}`);
      else this.reload();
    });
  }
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
