import Database from 'better-sqlite3';

/**
 * Holds a lock for as long as this process lives, however it ends: it is the kernel's, on a file that stays behind empty. Null
 * when another process still has it after `patience` milliseconds.
 */
export function takeLock(path: string, patience = 0): { release(): void } | null {
  const db = new Database(path, { timeout: patience });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => void db.close() };
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
}
