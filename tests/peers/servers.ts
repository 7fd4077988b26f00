import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { join } from 'node:path';
import { knotServer, nsdServer } from '../../scripts/bench/dns/configs.ts';
import { startServer } from '../support/server.ts';
import type { TestZone } from './zones.ts';

/** A name server of somebody's, serving the test zones on loopback. */
export interface Peer {
  readonly name: string;
  readonly port: number;
  /** What it said before it ended, if it has; null while it runs. */
  ended(): string | null;
  stop(): Promise<void>;
}

/** Below those that the system hands out by itself, or a connection of somebody could sit on one between looking and starting. */
const PORTS = { first: 10_000, count: 20_000 };

/** A port that is free at this moment over UDP and TCP. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if ((await isFree(createSocket('udp4'), port)) && (await isFree(createServer(), port))) return port;
  }
  throw new Error('no free port');
}

async function isFree(socket: DatagramSocket | Server, port: number): Promise<boolean> {
  const free = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false)).once('listening', () => resolve(true));
    if (socket instanceof Server) socket.listen(port, '127.0.0.1');
    else socket.bind(port, '127.0.0.1');
  });
  if (free) await new Promise<void>((resolve) => socket.close(() => resolve()));
  return free;
}

/** Writes the zones as `<origin without final dot>.zone` into `dir`. */
export function writeZones(dir: string, zones: readonly TestZone[]): void {
  mkdirSync(dir, { recursive: true });
  for (const { origin, text } of zones) writeFileSync(zoneFile(dir, origin), text);
}

function zoneFile(dir: string, origin: string): string {
  return join(dir, `${origin.slice(0, -1)}.zone`);
}

export function launch(name: string, port: number, command: string, args: string[], dir: string): Peer {
  const child: ChildProcess = spawn(command, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (piece: Buffer) => (said = `${said}${piece}`.slice(-2000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    name,
    port,
    ended: () => (child.exitCode === null && child.signalCode === null ? null : said),
    stop: async () => {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(hard);
    },
  };
}

export function makeDir(root: string, name: string): string {
  const dir = join(root, name);
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o777);
  return dir;
}

export async function startNsd(root: string, zonesDir: string, zones: readonly TestZone[]): Promise<Peer> {
  const dir = makeDir(root, 'nsd');
  const port = await freePort();
  const list = zones.map(({ origin }) => `zone:\n  name: "${origin}"\n  zonefile: "${zoneFile(zonesDir, origin)}"`);
  const text = `${nsdServer({ dir, port })}  zonefiles-check: no
remote-control:
  control-enable: no
${list.join('\n')}
`;
  writeFileSync(join(dir, 'nsd.conf'), text);
  return launch('NSD', port, 'nsd', ['-d', '-c', join(dir, 'nsd.conf')], dir);
}

export async function startKnot(root: string, zonesDir: string, zones: readonly TestZone[]): Promise<Peer> {
  const dir = makeDir(root, 'knot');
  const port = await freePort();
  const list = zones.map(({ origin }) => `  - domain: ${origin}\n    file: ${zoneFile(zonesDir, origin)}`);
  const text = `${knotServer({ dir, port })}template:
  - id: default
    semantic-checks: soft
    zonefile-sync: -1
    journal-content: none
zone:
${list.join('\n')}
`;
  writeFileSync(join(dir, 'knot.conf'), text);
  return launch('Knot', port, 'knotd', ['-c', join(dir, 'knot.conf')], dir);
}

export async function startBind(root: string, zonesDir: string, zones: readonly TestZone[]): Promise<Peer> {
  const dir = makeDir(root, 'bind');
  const port = await freePort();
  const list = zones.map(({ origin }) => `zone "${origin}" { type primary; file "${zoneFile(zonesDir, origin)}"; };`);
  const text = `options {
  directory "${dir}";
  pid-file "${dir}/pid";
  session-keyfile "${dir}/session.key";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  allow-query { any; };
  notify no;
  check-names primary ignore;
  check-integrity no;
  check-sibling no;
  minimal-responses no-auth;
  minimal-any yes;
  dnssec-validation no;
  empty-zones-enable no;
};
controls { };
${list.join('\n')}
`;
  writeFileSync(join(dir, 'named.conf'), text);
  return launch('BIND', port, 'named', ['-f', '-n', '1', '-c', join(dir, 'named.conf')], dir);
}

export async function startDigpit(root: string, zonesDir: string): Promise<Peer> {
  const server = await startServer({ DIGPIT_ZONES_DIR: zonesDir }, makeDir(root, 'digpit'));
  if (server.said().includes('.zone:')) throw new Error(`zones refused: ${server.said()}`);
  return {
    name: 'Digpit',
    port: server.dnsPort,
    ended: () => (server.process.exitCode === null ? null : server.said()),
    stop: async () => {
      await server.stop();
    },
  };
}

/** The versions that were compared, for the report. */
export function versions(): string {
  const line = (command: string, args: string[]) => {
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    return `${stdout}${stderr}`.split('\n')[0]!.trim();
  };
  return [line('nsd', ['-v']), line('knotd', ['-V']), line('named', ['-v'])].join(', ');
}
