import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeLock } from './lock.ts';

it('a lock is held by one at a time, until that lets go', () => {
  const dir = mkdtempSync(join(tmpdir(), 'digpit-lock-'));
  const path = join(dir, 'lock');
  const lock = takeLock(path)!;
  expect(takeLock(path)).toBeNull();
  lock.release();
  takeLock(path)!.release();
  rmSync(dir, { recursive: true });
});
