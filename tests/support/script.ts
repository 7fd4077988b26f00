import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  /** Both streams. */
  readonly said: string;
}

/** Our own settings of whoever runs the tests are none of theirs. */
export function environment(settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DIGPIT_'));
  return { ...Object.fromEntries(inherited), ...settings };
}

/** Starts a program in a process group of its own, so that all of it can be killed. */
export function begin(
  command: string,
  args: readonly string[],
  settings: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, said })) };
}

/** Runs one of our built scripts to its end. */
export function runScript(name: string, args: readonly string[], settings: Record<string, string> = {}): Promise<Ended> {
  return begin(process.execPath, [`${ROOT}/dist/scripts/${name}.js`, ...args], settings).ended;
}
