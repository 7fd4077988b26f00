import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../server/store/backup.ts';
import { takeLock } from '../../server/store/lock.ts';
import { fillDatabase, withDatabase } from '../support/accounts.ts';
import { askServer } from '../support/dns-client.ts';
import { begin, runScript, ROOT } from '../support/script.ts';
import { makeDataDir, removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

const running: RunningServer[] = [];
const dirs: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const dir of dirs.splice(0)) removeDir(dir);
});

async function start(dataDir: string): Promise<RunningServer> {
  const server = await startServer({}, dataDir);
  running.push(server);
  return server;
}

/** A data folder, and a folder for its backups. */
function makeDirs(): { dataDir: string; backups: string } {
  const dir = makeDataDir();
  dirs.push(dir);
  mkdirSync(join(dir, 'data'));
  return { dataDir: join(dir, 'data'), backups: join(dir, 'backups') };
}

const backUp = (dataDir: string, ...args: string[]) => runScript('backup', args, { DIGPIT_DATA_DIR: dataDir });
const restore = (dataDir: string, ...args: string[]) => runScript('restore', args, { DIGPIT_DATA_DIR: dataDir });
const addText = (visitor: Visitor, name: string) =>
  visitor.call('POST', '/api/records', { name, type: 'TXT', ttl: 60, text: name });

describe('a backup', () => {
  it('is made of a server at work, and brings everything back', async () => {
    const { dataDir, backups } = makeDirs();
    const server = await start(dataDir);
    const visitor = new Visitor(server.page);
    const { zone, key } = await visitor.begin();
    expect((await addText(visitor, 'kept')).status).toBe(201);
    expect(await backUp(dataDir, backups)).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 subdomains with 3 records'),
    });
    expect(readdirSync(backups).sort()).toEqual(['cookie-secret', 'digpit.sqlite', 'dns-cookie-secret', 'lock']);

    expect((await addText(visitor, 'later')).status).toBe(201);
    expect(await restore(dataDir, backups, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('stop it first') });
    await server.stop();
    expect(await restore(dataDir, backups)).toMatchObject({ code: 1, said: expect.stringContaining('With --yes') });
    expect(await restore(dataDir, backups, '--yes')).toMatchObject({ code: 0 });

    const again = await start(dataDir);
    const rcodeOf = async (label: string) => (await askServer(again.dnsPort, `${label}.${zone}`, 'TXT')).rcode;
    expect([await rcodeOf('kept'), await rcodeOf('later')]).toEqual(['NOERROR', 'NXDOMAIN']);
    // The cookie from before holds, and so does the key.
    expect((await new Visitor(again.page).call('POST', '/api/session', { key })).status).toBe(200);
  });

  it('is of one moment, however many edits come meanwhile', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 3000);
    const server = await start(dataDir);
    const visitor = new Visitor(server.page);
    await visitor.begin();
    const made = backUp(dataDir, backups);
    let ended = false;
    void made.then(() => (ended = true));
    let edits = 0;
    for (; !ended && edits < 450; edits++) expect((await addText(visitor, `n${edits}`)).status).toBe(201);
    expect(edits).toBeGreaterThan(10);
    expect((await made).code).toBe(0);
    const { rows } = checkDatabase(join(backups, 'digpit.sqlite'));
    // Each edit is kept together with what it did: a copy from the middle of one would have one without the other.
    const ofEdits = rows.get('edits')! - 3000;
    expect(rows.get('records')! - 3000 * 12 - 2).toBe(ofEdits);
  });

  it('leaves every page that did not change at its place', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 500);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    const before = readFileSync(join(backups, 'digpit.sqlite'));
    withDatabase(dataDir, (db) => db.exec('UPDATE records SET ttl = 61 WHERE id = 100'));
    expect((await backUp(dataDir, backups)).code).toBe(0);
    const after = readFileSync(join(backups, 'digpit.sqlite'));
    const pages = Array.from({ length: after.length / 4096 }, (_, i) => i * 4096);
    const changed = pages.filter((at) => !before.subarray(at, at + 4096).equals(after.subarray(at, at + 4096)));
    expect(after.length).toBe(before.length);
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  it('takes the query log along when that is asked for, and leaves none of another day', async () => {
    const { dataDir, backups } = makeDirs();
    const server = await start(dataDir);
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    await askServer(server.dnsPort, zone, 'NS');
    const queries = async (of: Visitor) => (await of.call<{ queries: unknown[] }>('GET', '/api/queries')).body.queries.length;
    await until(async () => ((await queries(visitor)) === 1 ? true : undefined));
    expect((await backUp(dataDir, backups, '--log')).code).toBe(0);
    await server.stop();
    expect(readdirSync(backups).sort()).toEqual([
      'cookie-secret',
      'digpit.sqlite',
      'dns-cookie-secret',
      'lock',
      'query-log.sqlite',
    ]);
    const target = makeDirs().dataDir;
    expect((await restore(target, backups, '--yes')).code).toBe(0);
    const moved = await start(target);
    const there = new Visitor(moved.page);
    there.cookie = visitor.cookie;
    expect(await queries(there)).toBe(1);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    expect(existsSync(join(backups, 'query-log.sqlite'))).toBe(false);
  });

  it('that is killed leaves the one from before, and no lock', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 2000);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    const good = readFileSync(join(backups, 'digpit.sqlite'));
    withDatabase(dataDir, (db) => db.exec('DELETE FROM zones WHERE id > 1000'));
    const { child, ended } = begin(process.execPath, [`${ROOT}/dist/scripts/backup.js`, backups], { DIGPIT_DATA_DIR: dataDir });
    await until(() => (existsSync(join(backups, 'digpit.sqlite.part')) ? true : undefined));
    child.kill('SIGKILL');
    await ended;
    expect(readFileSync(join(backups, 'digpit.sqlite')).equals(good)).toBe(true);
    expect(await backUp(dataDir, backups)).toMatchObject({ code: 0, said: expect.stringContaining('1000 subdomains') });
    expect(existsSync(join(backups, 'digpit.sqlite.part'))).toBe(false);
  });

  it('waits for no other: a second one at the same time says so', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 1);
    mkdirSync(backups);
    const lock = takeLock(join(backups, 'lock'))!;
    expect(await backUp(dataDir, backups)).toMatchObject({
      code: 1,
      said: expect.stringContaining('another backup is at work'),
    });
    lock.release();
    expect((await backUp(dataDir, backups)).code).toBe(0);
  });

  it('of a damaged database is refused, and the one from before stays', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 200);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    const good = readFileSync(join(backups, 'digpit.sqlite'));
    damage(join(dataDir, 'digpit.sqlite'));
    expect(await backUp(dataDir, backups)).toMatchObject({ code: 1, said: expect.stringContaining('is not sound') });
    expect(readFileSync(join(backups, 'digpit.sqlite')).equals(good)).toBe(true);
  });
});

describe('restoring', () => {
  it.runIf(process.getuid?.() === 0)('brought back by root is of whoever has the folder, as with systemd', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 1);
    await backUp(dataDir, backups);
    chownSync(dataDir, 12_345, 12_345);
    expect(await restore(dataDir, backups, '--yes')).toMatchObject({ code: 0 });
    const { uid, gid, mode } = statSync(join(dataDir, 'digpit.sqlite'));
    expect([uid, gid, mode & 0o777]).toEqual([12_345, 12_345, 0o600]);
  });

  it('puts a damaged database aside, with the log that belongs to it', async () => {
    const { dataDir, backups } = makeDirs();
    const server = await start(dataDir);
    await server.stop();
    fillDatabase(dataDir, 200);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    damage(join(dataDir, 'digpit.sqlite'));
    expect((await restore(dataDir, backups, '--yes')).code).toBe(0);
    expect(existsSync(join(dataDir, 'digpit.sqlite.before'))).toBe(true);
    expect(existsSync(join(dataDir, 'query-log.sqlite.before'))).toBe(true);
    expect(existsSync(join(dataDir, 'query-log.sqlite'))).toBe(false);
    await start(dataDir);
    expect(checkDatabase(join(dataDir, 'digpit.sqlite')).rows.get('zones')).toBe(200);
  });

  it('never gives a name or an id again that was given after the backup', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 30);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    fillDatabase(dataDir, 30);
    const given = (dir: string) =>
      withDatabase(dir, (db) => db.prepare('SELECT id, label FROM zones ORDER BY id').all() as { id: number; label: string }[]);
    const before = given(dataDir);
    expect((await restore(dataDir, backups, '--yes')).code).toBe(0);
    expect(given(dataDir)).toEqual(before.slice(0, 30));
    fillDatabase(dataDir, 30);
    const after = given(dataDir).slice(30);
    expect(Math.min(...after.map(({ id }) => id))).toBeGreaterThan(60);
    expect(after.filter(({ label }) => before.some((one) => one.label === label))).toEqual([]);
  });

  it('refuses a backup that is damaged or made by a newer version, and changes nothing', async () => {
    const { dataDir, backups } = makeDirs();
    fillDatabase(dataDir, 100);
    expect((await backUp(dataDir, backups)).code).toBe(0);
    withDatabase(backups, (db) => db.pragma('user_version = 99'));
    expect(await restore(dataDir, backups, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('newer version') });
    damage(join(backups, 'digpit.sqlite'));
    expect(await restore(dataDir, backups, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('is not sound') });
    expect(existsSync(join(dataDir, 'digpit.sqlite.before'))).toBe(false);
    expect(checkDatabase(join(dataDir, 'digpit.sqlite')).rows.get('zones')).toBe(100);
  });
});

/** Puts a page of nonsense into the middle of a file. */
function damage(path: string): void {
  const octets = readFileSync(path);
  octets.fill(0xaa, Math.floor(octets.length / 2), Math.floor(octets.length / 2) + 8192);
  writeFileSync(path, octets);
}
