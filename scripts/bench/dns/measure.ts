import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What load.c prints; times in microseconds. */
export interface LoadResult {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  readonly qps: number;
  readonly octets: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly rcodes: Readonly<Record<string, number>>;
}

export interface LoadSettings {
  readonly port: number;
  readonly seconds: number;
  readonly queries: string;
  /** Queries a second whatever comes back; 0 for as many as are answered. */
  readonly rate?: number;
}

/** Core of the load, and of whoever looks on. */
export const LOAD_CORE = '1';
const WINDOW = 512;
const SOURCES = 8;

/** Puts load on a server of this machine and waits for the end of it. */
export function load(program: string, { port, seconds, queries, rate = 0 }: LoadSettings): Promise<LoadResult> {
  const numbers = [port, seconds].map(String);
  const args = ['-c', LOAD_CORE, program, '127.0.0.1', ...numbers, queries, String(WINDOW), String(rate), String(SOURCES)];
  const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(said) as LoadResult) : reject(new Error(`load ended with ${code}`)),
    );
  });
}

/** Megabytes that a process has in memory, and has had at most. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)![1]) / 1024;
  return { now: read('VmRSS'), most: read('VmHWM') };
}

/** The middle of some numbers, and the lowest and highest. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
