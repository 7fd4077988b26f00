import { Libc } from './net/libc.ts';

const MEGABYTE = 1 << 20;
/** Of our memory, what V8 may take for old objects of the main thread; it keeps to it by collecting sooner. */
const HEAP_SHARE = 2;
const HEAP_LIMIT = '--max-old-space-size';
const SETTLED_MS = 2000;
const GIVE_BACK_MS = 30_000;
/** The same as whoever starts us may have written it, on the command line or in NODE_OPTIONS: their limit stands. */
const HAS_LIMIT = /--max[-_]old[-_]space[-_]size/;

/**
 * What `malloc` of Linux is told: two arenas for all threads instead of one for each, and pieces of 128 KB and more from the system and
 * back to it, always, where it would otherwise keep ever larger ones for the next time.
 */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/**
 * Begins this process anew, as the same process of the system, with limits of V8 that fit into `memoryBytes` and those of `malloc`: both are
 * taken only at the start. Returns when it has them, and where there is no way to do that: then V8 takes what it likes.
 *
 * Young objects get 1 MB, so that V8 does not fill 16 MB before it looks at them; V8's helpers are one thread instead of four,
 * because each has an arena of `malloc` to itself, 10 MB in all. Who lets go of memory that threads share may have it collected at once
 * (`gc`): V8 does not weigh it, and would let it lie.
 */
export async function limitHeap(memoryBytes: number, program: string): Promise<void> {
  if ([...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((flags) => HAS_LIMIT.test(flags))) return;
  const heap = Math.floor(memoryBytes / HEAP_SHARE / MEGABYTE);
  const flags = [...process.execArgv, '--max-semi-space-size=1', '--v8-pool-size=1', '--expose-gc', `${HEAP_LIMIT}=${heap}`];
  const libc = await Libc.load();
  if (!(libc instanceof Libc)) return;
  // What whoever starts us says of it stands.
  for (const [name, value] of Object.entries(MALLOC)) process.env[name] ??= value;
  libc.execute(process.execPath, [process.execPath, ...flags, program, ...process.argv.slice(2)]);
}

/**
 * From now on gives back, every now and then, the pages in which nothing lies between what `malloc` gave out, and those of programs
 * and libraries in memory that nobody looked at for a while, half of which were needed for the start alone. Those that are needed again come from the file, which the system most likely has in memory
 * anyway.
 */
export async function giveBack(): Promise<void> {
  const libc = await Libc.load();
  if (!(libc instanceof Libc)) return;
  const give = () => {
    libc.forgetFilePages();
    libc.trimMemory();
  };
  // What is rare at the start, but follows soon, such as the first page, is to be over by then.
  setTimeout(give, SETTLED_MS).unref();
  setInterval(give, GIVE_BACK_MS).unref();
}
