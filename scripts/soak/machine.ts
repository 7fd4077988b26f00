import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTables } from '../bench/asn/generate.ts';
import { startPowerDns } from '../bench/dns/servers.ts';
import { makeZones } from '../bench/dns/workload.ts';
import { Stop } from '../settings.ts';
import { AccountMaker, ask, compileLoad, openSides } from './load.ts';
import { MemoryGroup, residentOctets } from './memory-group.ts';
import type { Sample, Soak } from './report.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MEGABYTE = 1 << 20;
export const MACHINE_MB = 465;
const ZONES = 500;
/** Accounts that somebody tries to make. */
const ACCOUNTS = 100_000;
/** Small enough to be full soon, so that retention is at work. */
const LOG_OCTETS = '32M';
const PORTS = { dns: 5854, http: 8854, powerDns: 5855 };
/** New tables of networks in a run. */
const TABLES = 4;

/** The machine, and everybody on it. */
export class Machine {
  private readonly dir = mkdtempSync(join(tmpdir(), 'digpit-soak-'));
  private readonly group = new MemoryGroup(`digpit-soak-${process.pid}`, MACHINE_MB * MEGABYTE);
  private readonly asnDir = join(this.dir, 'asn');
  private readonly dataDir = join(this.dir, 'data');
  private readonly started: ChildProcess[] = [];
  private readonly samples: Sample[] = [];
  private readonly names = new Map<string, number>();
  private over = false;
  /** New tables of networks that Digpit said it has. */
  private tables = 0;

  /** With the table of networks in `asnDir`, or one made up in the shape and size of the real one. */
  constructor(asnDir: string | undefined) {
    if (asnDir === undefined) {
      writeTables(this.asnDir);
      return;
    }
    mkdirSync(this.asnDir);
    for (const file of readdirSync(asnDir).filter((name) => name.startsWith('ip2asn'))) {
      copyFileSync(join(asnDir, file), join(this.asnDir, file));
    }
  }

  async run(seconds: number): Promise<Soak> {
    const stopped = new Promise<never>((_, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Stop('stopped')));
    });
    try {
      return await Promise.race([this.soak(seconds), stopped]);
    } finally {
      this.over = true;
      for (const child of this.started) child.kill('SIGKILL');
      for (const pid of this.group.members) process.kill(pid, 'SIGKILL');
      for (let i = 0; i < 50 && this.group.members.length > 0; i++) await sleep(100);
      this.group.remove();
      rmSync(this.dir, { recursive: true, force: true });
    }
  }

  private async soak(seconds: number): Promise<Soak> {
    const program = compileLoad(ROOT, this.dir);
    const zones = makeZones(this.dataDir, ROOT, ZONES);
    await this.build();
    const isOver = () => this.over;
    say('Digpit, PowerDNS and a neighbour begin');
    await this.group.startInside(() => this.begin(zones));
    say('the backups begin');
    const backups = await this.group.startInside(() => this.backUp(isOver));
    const timer = setInterval(() => this.look(performance.now() - start), 1000);
    const start = performance.now();

    say(`200 viewers and the load begin, for ${seconds} seconds`);
    const maker = new AccountMaker(PORTS.http);
    const sides = await openSides(PORTS.http);
    const ports = { digpit: PORTS.dns, powerDns: PORTS.powerDns };
    const slices = ask({ program, dir: this.dir, ports, zones, watched: sides.map(({ zone }) => zone) }, isOver);
    const making = maker.makeMany(ACCOUNTS, 8, isOver).then(() => {
      const refused = Math.round((performance.now() - start) / 1000);
      return this.keepTrying(maker).then(() => refused);
    });
    const tables = this.renewTables(seconds);
    await sleep(seconds * 1000);
    this.over = true;
    clearInterval(timer);
    const [refused] = await Promise.all([making, tables]);
    const stopped = await Promise.allSettled(sides.map((side) => side.stop()));
    const failed = stopped.flatMap((one) =>
      one.status === 'rejected' ? [`somebody who edits (${(one.reason as Error).message})`] : [],
    );
    const gone = [...this.names].filter(([, pid]) => residentOctets(pid) === 0).map(([name]) => name);
    return {
      samples: this.samples,
      slices: await slices,
      kills: this.group.kills,
      gone: [...gone, ...failed],
      accounts: maker.made,
      refusal: maker.refusal,
      refused,
      backups: await backups.done,
      tables: this.tables,
      edits: sides.reduce((sum, { edits }) => sum + 2 * edits, 0),
    };
  }

  /** Everybody who stays: Digpit, PowerDNS, and a neighbour who does nothing but be there, as Node alone does in 40 MB. */
  private async begin(zones: ReturnType<typeof makeZones>): Promise<void> {
    const digpit = this.start(['dist/server/main.js'], {
      DIGPIT_DATA_DIR: this.dataDir,
      DIGPIT_ASN_DIR: this.asnDir,
      DIGPIT_DNS_PORT: String(PORTS.dns),
      DIGPIT_HTTP_PORT: String(PORTS.http),
      DIGPIT_TARGET_PORT: '0',
      DIGPIT_LOG_MAX_BYTES: LOG_OCTETS,
      DIGPIT_TRUST_PROXY: 'yes',
    });
    digpit.stderr!.on('data', (text: Buffer) => {
      process.stderr.write(text);
      this.tables += text.toString().split('range table loaded').length - 1;
    });
    await ready(digpit);
    const place = { dir: join(this.dir, 'pdns'), port: PORTS.powerDns };
    mkdirSync(place.dir);
    const powerDns = await startPowerDns(place, zones);
    const neighbour = this.start(['-e', 'setInterval(() => {}, 1000)'], {});
    this.names.set('Digpit', digpit.pid!).set('PowerDNS', powerDns.pids[0]!).set('the neighbour', neighbour.pid!);
  }

  private start(args: readonly string[], settings: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...bare(), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.started.push(child);
    child.once('exit', (code, signal) => {
      if (!this.over) say(`${args[0]} ended: ${signal ?? code}`);
    });
    return child;
  }

  /** The promise is in an object, so that waiting for the start is not waiting for the end. */
  private async backUp(isOver: () => boolean): Promise<{ done: Promise<number> }> {
    const env = {
      ...bare(),
      DIGPIT_DATA_DIR: this.dataDir,
      RESTIC_REPOSITORY: join(this.dir, 'repository'),
      RESTIC_PASSWORD: randomBytes(8).toString('hex'),
      RESTIC_CACHE_DIR: join(this.dir, 'cache'),
    };
    const init = spawn('restic', ['init', '--quiet'], { env, stdio: 'inherit' });
    await new Promise((resolve) => init.once('exit', resolve));
    // A shell that stays in the group runs them all.
    const loop = `while :; do ${join(ROOT, 'scripts/backup-restic.sh')} "$1" >/dev/null && echo done; done`;
    const shell = spawn('sh', ['-c', loop, 'sh', join(this.dir, 'backup')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.started.push(shell);
    let done = 0;
    shell.stdout!.on('data', (text: Buffer) => (done += text.toString().split('done').length - 1));
    const ended = (async () => {
      while (!isOver()) await sleep(200);
      return done;
    })();
    return { done: ended };
  }

  private async build(): Promise<void> {
    const child = spawn(process.execPath, ['dist/scripts/build-asn.js', this.asnDir], {
      cwd: ROOT,
      env: { ...bare(), DIGPIT_DATA_DIR: this.dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Stop('the table of networks cannot be built');
  }

  private async keepTrying(maker: AccountMaker): Promise<void> {
    while (!this.over) {
      await maker.make();
      await sleep(1000);
    }
  }

  /** Lets Digpit build its table anew every now and then. */
  private async renewTables(seconds: number): Promise<void> {
    for (let i = 0; i < TABLES && !this.over; i++) {
      await this.rest((seconds * 1000) / (TABLES + 1));
      if (this.over) return;
      for (const file of readdirSync(this.asnDir)) utimesSync(join(this.asnDir, file), new Date(), new Date());
      process.kill(this.names.get('Digpit')!, 'SIGHUP');
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    for (const end = performance.now() + milliseconds; !this.over && performance.now() < end;) await sleep(200);
  }

  private look(elapsed: number): void {
    const of = (name: string) => residentOctets(this.names.get(name) ?? 0) / MEGABYTE;
    const known = new Set(this.names.values());
    const others = this.group.members.filter((pid) => !known.has(pid)).map((pid) => residentOctets(pid));
    this.samples.push({
      second: Math.round(elapsed / 1000),
      digpit: of('Digpit'),
      powerDns: of('PowerDNS'),
      neighbour: of('the neighbour'),
      restic: others.reduce((sum, octets) => sum + octets, 0) / MEGABYTE,
      group: this.group.used / MEGABYTE,
    });
  }
}

const say = (what: string) => process.stderr.write(`${what}\n`);
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The environment without settings of ours. */
function bare(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DIGPIT_')));
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (text: Buffer) => {
      if (text.toString().includes('is ready')) resolve();
    });
    child.once('exit', () => reject(new Stop('Digpit does not start')));
  });
}
