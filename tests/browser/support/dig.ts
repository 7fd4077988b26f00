import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Dug {
  status: string;
  flags: string[];
  /** Lines of each section, one blank between words. */
  answer: string[];
  authority: string[];
  additional: string[];
  text: string;
  /** Milliseconds since 1970 at which the program ended. */
  endedAt: number;
}

type Tool = 'dig' | 'kdig';

/** Runs the real program against a server of ours and reads what it prints. */
export async function ask(tool: Tool, port: number, ...args: string[]): Promise<Dug> {
  const { code, text } = await run(tool, ['@127.0.0.1', '-p', String(port), '+time=3', '+retry=0', ...args]);
  const endedAt = Date.now();
  const status = /status: (\w+)/.exec(text)?.[1];
  if (code !== 0 || status === undefined) throw new Error(`${tool} ${args.join(' ')} ended with ${code}: ${text}`);
  const flags = /flags: ([a-z ]+)/i.exec(text)?.[1]!.trim().split(' ') ?? [];
  const [answer, authority, additional] = ['ANSWER', 'AUTHORITY', 'ADDITIONAL'].map((name) => section(text, name));
  return { status, flags, answer: answer!, authority: authority!, additional: additional!, text, endedAt };
}

export const dig = (port: number, ...args: string[]): Promise<Dug> => ask('dig', port, ...args);
export const kdig = (port: number, ...args: string[]): Promise<Dug> => ask('kdig', port, ...args);

function section(text: string, name: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`;; ${name} SECTION:`));
  if (start < 0) return [];
  const end = lines.findIndex((line, index) => index > start && line.trim() === '');
  return lines
    .slice(start + 1, end)
    .filter((line) => !line.startsWith(';'))
    .map((line) => line.replaceAll(/[\t ]+/g, ' ').trim());
}

async function run(command: string, args: string[]): Promise<{ code: number | null; text: string }> {
  // No locale, so that letters outside ASCII come out as the server sent them.
  const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}
