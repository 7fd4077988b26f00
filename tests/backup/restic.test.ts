import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillDatabase, withDatabase } from '../support/accounts.ts';
import { begin, environment, ROOT, runScript, type Ended } from '../support/script.ts';
import { makeDataDir, removeDir, until } from '../support/server.ts';

const hasRestic = (() => {
  try {
    return execFileSync('restic', ['version']).length > 0;
  } catch {
    return false;
  }
})();

let dir: string;
let settings: Record<string, string>;

beforeEach(() => {
  dir = makeDataDir();
  for (const folder of ['data', 'backup']) mkdirSync(join(dir, folder));
  settings = {
    DIGPIT_DATA_DIR: join(dir, 'data'),
    RESTIC_REPOSITORY: join(dir, 'repository'),
    RESTIC_PASSWORD: 'of the tests',
    RESTIC_CACHE_DIR: join(dir, 'cache'),
  };
  if (hasRestic) restic('init');
});
afterEach(() => removeDir(dir));

function restic(...args: string[]): string {
  return execFileSync('restic', args, { env: environment(settings), encoding: 'utf8' });
}

const night = (): { child: ReturnType<typeof begin>['child']; ended: Promise<Ended> } =>
  begin(join(ROOT, 'scripts/backup-restic.sh'), [join(dir, 'backup')], settings);

const locks = () => readdirSync(join(dir, 'repository/locks'));

/** The files that restic keeps what it saw in. */
function packFiles(): string[] {
  const entries = readdirSync(join(dir, 'repository/data'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
const packs = () => packFiles().length;
const octets = () => packFiles().reduce((sum, path) => sum + statSync(path).size, 0);

/** Whether a process group has anybody in it, dead ones included that nobody has buried yet: restic asks the same. */
function isThere(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}

describe.runIf(hasRestic)('nights with restic', { timeout: 300_000 }, () => {
  it('store what changed, and carry on after kill -9 in the middle, with nobody taking locks away', async () => {
    fillDatabase(join(dir, 'data'), 2000);
    expect(await night().ended).toEqual({ code: 0, said: expect.stringContaining('2000 subdomains') });
    const first = octets();

    // Something that restic has to do for a while.
    const ballast = Array.from({ length: 6 }, (_, i) => join(dir, 'backup', `ballast${i}`));
    for (const path of ballast) writeFileSync(path, randomBytes(8 << 20));
    const before = packs();
    const { child, ended } = night();
    await until(() => (locks().length > 0 && packs() > before ? true : undefined), 120_000);
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    await until(() => (isThere(-child.pid!) ? undefined : true), 60_000);
    expect(locks().length).toBeGreaterThan(0);
    const left = octets();

    for (const path of ballast) rmSync(path);
    withDatabase(join(dir, 'data'), (db) => db.exec('UPDATE records SET ttl = 61 WHERE id = 10000'));
    expect(await night().ended).toEqual({ code: 0, said: expect.stringContaining('2000 subdomains') });
    expect(locks()).toEqual([]);
    // What did not change in the database is there once.
    expect(octets() - left).toBeLessThan(first / 2);
    expect(restic('check')).toContain('no errors were found');

    restic('restore', 'latest', '--target', join(dir, 'restored'));
    const target = { DIGPIT_DATA_DIR: join(dir, 'elsewhere') };
    const from = join(dir, 'restored', dir, 'backup');
    expect(await runScript('restore', [from, '--yes'], target)).toMatchObject({
      code: 0,
      said: expect.stringContaining('2000 subdomains with 24000 records'),
    });
  });
});
