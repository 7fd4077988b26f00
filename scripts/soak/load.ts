import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Name } from '../../server/wire/name.ts';
import { PageSide } from '../bench/dns/page-side.ts';
import { writeDistinct, writeSkewed, writeWatched, type BenchZone } from '../bench/dns/workload.ts';
import type { Slice } from './report.ts';

/** Queries a second outside floods, and what PowerDNS is asked, for the same time. */
const RATE = 5000;
const POWERDNS_RATE = 500;
/** What comes after what, and for how many seconds. */
const COURSE: readonly { kind: Slice['kind']; file: string; seconds: number }[] = [
  { kind: 'steady', file: 'watched', seconds: 5 },
  { kind: 'steady', file: 'skewed', seconds: 5 },
  { kind: 'random names', file: 'distinct', seconds: 5 },
  { kind: 'flood', file: 'skewed', seconds: 3 },
];
/** Queries in a file, which is asked from its beginning again. */
const QUERIES = 100_000;
const SIDES = 10;
const VIEWERS_PER_SIDE = 20;
/** How long the page side rests between two things that it does, in milliseconds. */
const REST = 1000;

const run = promisify(execFile);

/** Compiles the program that asks. */
export function compileLoad(root: string, dir: string): string {
  const program = join(dir, 'load');
  const { status, stderr } = spawnSync('gcc', ['-O2', '-o', program, join(root, 'scripts/bench/dns/load.c')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gcc: ${stderr}`);
  return program;
}

/** People with subdomains, each with an editor, a reader, and twenty who watch. */
export async function openSides(httpPort: number): Promise<PageSide[]> {
  const sides = Array.from({ length: SIDES }, () => new PageSide(httpPort));
  for (const side of sides) {
    await side.begin();
    side.start(VIEWERS_PER_SIDE, REST);
  }
  return sides;
}

export interface Asking {
  readonly program: string;
  readonly dir: string;
  readonly ports: { readonly digpit: number; readonly powerDns: number };
  readonly zones: readonly BenchZone[];
  readonly watched: readonly string[];
}

/**
 * Asks by the course, again and again, until told to stop. Returns what came of each stretch. What else the machine does shows in what
 * PowerDNS takes for answers at the same time.
 */
export async function ask({ program, dir, ports, zones, watched }: Asking, isOver: () => boolean): Promise<Slice[]> {
  const names = watched.map((zone) => Name.fromText(zone) as Name);
  writeWatched(join(dir, 'watched'), zones, names, QUERIES);
  writeSkewed(join(dir, 'skewed'), zones, QUERIES);
  writeDistinct(join(dir, 'distinct'), zones, QUERIES);
  const load = async (port: number, file: string, seconds: number, rate: number) => {
    const { stdout } = await run(program, [
      '127.0.0.1',
      String(port),
      String(seconds),
      join(dir, file),
      '256',
      String(rate),
      '8',
    ]);
    const { sent, answered, p99 } = JSON.parse(stdout) as { sent: number; answered: number; p99: number };
    return { asked: sent, answered, p99: p99 / 1000 };
  };
  const slices: Slice[] = [];
  for (let i = 0; !isOver(); i++) {
    const { kind, file, seconds } = COURSE[i % COURSE.length]!;
    const [digpit, powerDns] = await Promise.all([
      load(ports.digpit, file, seconds, kind === 'flood' ? 0 : RATE),
      load(ports.powerDns, 'skewed', seconds, POWERDNS_RATE),
    ]);
    slices.push({ kind, ...digpit, powerDnsP99: powerDns.p99 });
  }
  return slices;
}

/** Accounts that somebody makes by the thousand, from as many addresses as they please. */
export class AccountMaker {
  made = 0;
  /** What the server said when it had enough. */
  refusal = '';
  private readonly page: string;
  private tried = 0;

  constructor(httpPort: number) {
    this.page = `http://127.0.0.1:${httpPort}`;
  }

  /** As fast as it goes, up to `most`, until it is refused. */
  async makeMany(most: number, atOnce: number, isOver: () => boolean): Promise<void> {
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (!isOver() && this.tried < most && (await this.make()));
      }),
    );
  }

  /** Returns whether there was one more. */
  async make(): Promise<boolean> {
    const n = this.tried++;
    const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const reply = await fetch(`${this.page}/api/session`, { method: 'POST', headers, body: '{}' });
    const body = (await reply.json()) as { error?: { message: string } };
    if (reply.status === 201) this.made++;
    else this.refusal = `${reply.status}, come back in ${reply.headers.get('retry-after')} s: ${body.error?.message}`;
    return reply.status === 201;
  }
}
