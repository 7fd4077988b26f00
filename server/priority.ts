import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Where Linux lists the threads of this process. */
const THREADS = '/proc/self/task';
/** A third of the time that a thread gets that answers or keeps the log, when all of them want it. */
const BEHIND = 5;

/**
 * Notes which threads there are by now. The function that it returns puts them behind those that were started since, for as long as
 * they live: only a privileged process could take that back. Elsewhere than on Linux nothing happens.
 */
export function noteThreads(): () => void {
  const threads = listThreads();
  return () => {
    for (const thread of threads) {
      try {
        setPriority(Number(thread), BEHIND);
      } catch {
        // It has ended meanwhile.
      }
    }
  };
}

function listThreads(): readonly string[] {
  try {
    return readdirSync(THREADS);
  } catch {
    return [];
  }
}
