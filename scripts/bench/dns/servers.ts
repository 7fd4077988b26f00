import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { knotServer, nsdServer } from './configs.ts';
import { typeToText } from '../../../server/wire/codes.ts';
import { encodeQuery } from '../../../server/wire/query.ts';
import { rdataToText } from '../../../server/wire/rdata.ts';
import { BASE_ZONE_TEXT, BENCH_BASE, zoneFileText, type BenchZone } from './workload.ts';

/** A name server that runs, held to one core. */
export interface Server {
  readonly name: string;
  readonly port: number;
  /** Its process, and those that it answers with. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** Core of every server; the load has another. */
const CORE = '0';
const PDNS_SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql';
const START_TIMEOUT = 60_000;

/** Where a server keeps its files, and the port that it answers on. */
export interface Place {
  readonly dir: string;
  readonly port: number;
}

/** Resolves when the server answers for the base domain. Rejects with what it said when it ends before. */
async function launch(name: string, place: Place, command: string[], env: NodeJS.ProcessEnv = process.env): Promise<Server> {
  const child: ChildProcess = spawn('taskset', ['-c', CORE, ...command], {
    cwd: place.dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (text: Buffer) => (said = `${said}${text}`.slice(-3000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (const deadline = performance.now() + START_TIMEOUT; !(await answers(place.port));) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${name} does not start: ${said}`);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(hard);
  };
  return { name, port: place.port, pids: [child.pid!], stop };
}

function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    const finish = (heard: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(heard);
    };
    const timer = setTimeout(finish, 200, false);
    socket.on('error', () => {});
    socket.on('message', (answer) => finish((answer[3]! & 15) === 0));
    socket.send(encodeQuery(1, BENCH_BASE, 6), port, '127.0.0.1');
  });
}

/** The zones as master files. Returns origin and file of each. */
export function writeZoneFiles(dir: string, zones: readonly BenchZone[]): [origin: string, file: string][] {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  const texts = [[BENCH_BASE.toText(), BASE_ZONE_TEXT], ...zones.map((zone) => [zone.origin.toText(), zoneFileText(zone)])];
  return texts.map(([origin, text], i) => {
    const file = join(dir, `${i}.zone`);
    writeFileSync(file, text!);
    return [origin!, file];
  });
}

export function startNsd(place: Place, files: readonly [string, string][]): Promise<Server> {
  const { dir, port } = place;
  const zones = files.map(([origin, file]) => `zone:\n  name: "${origin}"\n  zonefile: "${file}"`);
  const conf = `${nsdServer({ dir, port })}remote-control:
  control-enable: no
${zones.join('\n')}
`;
  writeFileSync(join(dir, 'nsd.conf'), conf);
  return launch('NSD', place, ['nsd', '-d', '-c', join(dir, 'nsd.conf')]);
}

export function startKnot(place: Place, files: readonly [string, string][]): Promise<Server> {
  const { dir, port } = place;
  const zones = files.map(([origin, file]) => `  - domain: ${origin}\n    file: ${file}`);
  const conf = `${knotServer({ dir, port })}template:
  - id: default
    zonefile-sync: -1
    journal-content: none
zone:
${zones.join('\n')}
`;
  writeFileSync(join(dir, 'knot.conf'), conf);
  return launch('Knot', place, ['knotd', '-c', join(dir, 'knot.conf')]);
}

/** PowerDNS with the zones in SQLite and its caches on. */
export function startPowerDns(place: Place, zones: readonly BenchZone[]): Promise<Server> {
  const { dir, port } = place;
  const database = join(dir, 'pdns.sqlite');
  fillPowerDns(database, zones);
  const conf = `launch=gsqlite3
gsqlite3-database=${database}
local-address=127.0.0.1
local-port=${port}
socket-dir=${dir}
receiver-threads=1
distributor-threads=1
cache-ttl=60
query-cache-ttl=60
negquery-cache-ttl=60
max-cache-entries=1000000
loglevel=3
disable-syslog=yes
daemon=no
guardian=no
security-poll-suffix=
`;
  writeFileSync(join(dir, 'pdns.conf'), conf);
  return launch('PowerDNS', place, ['pdns_server', `--config-dir=${dir}`]);
}

function fillPowerDns(file: string, zones: readonly BenchZone[]): void {
  const db = new Database(file);
  db.exec(readFileSync(PDNS_SCHEMA, 'utf8'));
  const addDomain = db.prepare("INSERT INTO domains (name, type) VALUES (?, 'NATIVE')");
  const addRecord = db.prepare(
    'INSERT INTO records (domain_id, name, type, content, ttl, prio, auth) VALUES (?, ?, ?, ?, ?, ?, 1)',
  );
  const bare = (text: string) => text.replace(/\.$/, '').toLowerCase();
  db.transaction(() => {
    const { lastInsertRowid: base } = addDomain.run(bare(BENCH_BASE.toText()));
    for (const line of BASE_ZONE_TEXT.trim().split('\n')) {
      const [name, ttl, , type, ...content] = line.split(' ');
      addRecord.run(base, bare(name!), type, content.map(bare).join(' '), Number(ttl), 0);
    }
    for (const { origin, records } of zones) {
      const { lastInsertRowid: domain } = addDomain.run(bare(origin.toText()));
      for (const { owner, type, ttl, rdata } of records) {
        const text = typeToText(type);
        const words = rdataToText(type, rdata).split(' ');
        const priority = text === 'MX' || text === 'SRV' ? Number(words.shift()) : 0;
        addRecord.run(
          domain,
          bare(owner.toText()),
          text,
          words.map((word) => word.replace(/\.$/, '')).join(' '),
          ttl,
          priority,
        );
      }
    }
  })();
  db.close();
}

/** dnsdist in front of a PowerDNS that runs, telling of every answer by dnstap over a Unix socket. */
export async function startDnsdist(place: Place, behind: Server, socket: string): Promise<Server> {
  const { dir, port } = place;
  const conf = `setLocal('127.0.0.1:${port}')
setACL({'127.0.0.0/8'})
setMaxUDPOutstanding(65535)
newServer({address='127.0.0.1:${behind.port}', checkName='${BENCH_BASE.toText()}', sockets=4})
tap = newFrameStreamUnixLogger('${socket}')
addResponseAction(AllRule(), DnstapLogResponseAction('bench', tap))
`;
  writeFileSync(join(dir, 'dnsdist.conf'), conf);
  const command = ['dnsdist', '--supervised', '--disable-syslog', '-C', join(dir, 'dnsdist.conf')];
  const server = await launch('dnsdist → PowerDNS → dnstap', place, command);
  return { ...server, pids: [...server.pids, ...behind.pids] };
}

export interface DigpitPlace extends Place {
  readonly root: string;
  readonly httpPort: number;
}

export function startDigpit(name: string, place: DigpitPlace, settings: Record<string, string> = {}): Promise<Server> {
  const env = {
    ...process.env,
    DIGPIT_DATA_DIR: place.dir,
    DIGPIT_DNS_PORT: String(place.port),
    DIGPIT_HTTP_PORT: String(place.httpPort),
    DIGPIT_LOG_LEVEL: 'warn',
    ...settings,
  };
  return launch(name, place, [process.execPath, join(place.root, 'dist/server/main.js')], env);
}

/** The version that a program says it is, null where it is not installed. */
export function versionOf(command: string, ...args: string[]): string | null {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) return null;
  return /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? 'unknown';
}
