import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

/** The built program as a process of its own, on ports that were free and with a data folder of its own. */
export interface RunningServer {
  readonly page: string;
  readonly dnsPort: number;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Everything said on standard error so far. */
  said(): string;
  /** What was said of itself when it was ready. */
  readonly told: string;
  /** Sends a signal and waits for the end. Returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'digpit-test-'));
}

export function removeDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

/** Starts the server and waits until it says that it is ready; throws with what it said when it ends instead. */
export async function startServer(
  settings: Record<string, string> = {},
  dataDir = makeDataDir(),
  /** A command that runs the rest of its line. */
  wrapper: readonly string[] = [],
): Promise<RunningServer> {
  const all = {
    DIGPIT_DATA_DIR: dataDir,
    DIGPIT_DNS_PORT: '0',
    DIGPIT_HTTP_PORT: '0',
    DIGPIT_TARGET_PORT: '0',
    ...settings,
  };
  const { child, said } = launch(all, wrapper);
  const ready = await readUntilReady(child);
  if (ready === null) throw new Error(`the server ended instead of starting: ${said()}`);
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { ...ready, dataDir, process: child, said, stop };
}

/** Starts the server where it must refuse to start. Returns its exit code and what it said. */
export async function startRefused(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { child, said } = launch(settings);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said() };
}

function launch(
  settings: Record<string, string>,
  wrapper: readonly string[] = [],
): { child: ChildProcess; said: () => string } {
  if (!existsSync(MAIN)) throw new Error('build first: npm run build');
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DIGPIT_'));
  const [command, ...args] = [...wrapper, process.execPath, MAIN];
  const child = spawn(command!, args, {
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr!.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  return { child, said: () => text };
}

function readUntilReady(child: ChildProcess): Promise<{ page: string; dnsPort: number; told: string } | null> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout!.on('data', (piece: Buffer) => {
      text += piece.toString();
      const page = /The page: +(\S+)/.exec(text);
      const port = /DNS: +\S+ port (\d+)/.exec(text);
      if (page !== null && port !== null) resolve({ page: page[1]!, dnsPort: Number(port[1]), told: text });
    });
    child.once('exit', () => resolve(null));
  });
}

/** One person's browser as far as the API goes: keeps the session cookie. */
export class Visitor {
  private readonly page: string;
  cookie = '';

  constructor(page: string) {
    this.page = page;
  }

  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const headers: Record<string, string> = { cookie: this.cookie };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${this.page}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** Begins a session. Returns the origin of the zone and its key. */
  async begin(): Promise<{ zone: string; key: string }> {
    return (await this.call<{ zone: string; key: string }>('POST', '/api/session', {})).body;
  }
}

/** Waits until `look` gives something, at most `timeout` milliseconds. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, timeout = 5000): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
