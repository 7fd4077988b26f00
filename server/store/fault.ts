/** Why the database could not do what it was asked, as far as it is not our mistake. */
export type StorageFault = 'full' | 'busy' | 'unwritable' | 'damaged';

/** By the first part of SQLite's code, which stands for all that begin with it. */
const FAULTS: readonly (readonly [code: string, fault: StorageFault])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_READONLY', 'unwritable'],
  ['SQLITE_CANTOPEN', 'unwritable'],
  ['SQLITE_IOERR', 'unwritable'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
];

/** What is wrong with the disk or the file when a statement threw; null when it threw for another reason. */
export function storageFault(error: unknown): StorageFault | null {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return null;
  return FAULTS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

/** Writes what is good to have and not worth failing for, such as when somebody was last seen. */
export function writeIfPossible(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (storageFault(error) === null) throw error;
  }
}
