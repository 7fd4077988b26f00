import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { makeDataDir, removeDir, startRefused, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

/** A file system of a few megabytes, for which one has to be root. */
const isRoot = process.getuid?.() === 0;

let dir: string;
let disk: string;
let server: RunningServer | null = null;

beforeEach(() => {
  dir = makeDataDir();
  disk = join(dir, 'disk');
  mkdirSync(disk);
  if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', disk]);
});

afterEach(async () => {
  await server?.stop();
  if (isRoot) execFileSync('umount', ['-l', disk]);
  removeDir(dir);
});

function fill(): void {
  const file = openSync(join(disk, 'ballast'), 'w');
  try {
    for (let size = 1 << 20; size >= 1;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}

describe.runIf(isRoot)('a disk that is full', () => {
  it('stops edits and the log, not the answers; all goes on when there is room again', async () => {
    // What the server says goes to the full disk, too.
    server = await startServer({}, disk, ['sh', '-c', `exec "$0" "$@" 2>>${disk}/said`]);
    const { dnsPort, page } = server;
    const visitor = new Visitor(page);
    const { zone } = await visitor.begin();
    const text = 'x'.repeat(3000);
    const { body: record } = await visitor.call<{ id: number }>('POST', '/api/records', {
      name: 'a',
      type: 'TXT',
      ttl: 60,
      text,
    });
    const change = (ttl: number) =>
      visitor.call<{ error?: { code: string; message: string } }>('PUT', `/api/records/${record.id}`, {
        name: 'a',
        type: 'TXT',
        ttl,
        text,
      });
    const ask = () => askServer(dnsPort, `a.${zone}`, 'TXT', { transport: 'tcp' });
    const metric = async (name: string) =>
      Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${page}/metrics`)).text())![1]);
    const logged = () => metric('digpit_log_stored_total');

    fill();
    // What SQLite has room for in its own files still goes.
    let kept = 60;
    const refused = await until(async () => {
      const reply = await change(kept + 1);
      if (reply.status === 200) kept++;
      return reply.status === 200 ? undefined : reply;
    }, 60_000);
    expect([refused.status, refused.body.error!.code]).toEqual([507, 'storage_full']);
    let asked = 0;
    let stood = -1;
    await until(async () => {
      for (let i = 0; i < 50; i++, asked++) expect((await ask()).answer[0]!.ttl).toBe(kept);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = stood;
      stood = await logged();
      return stood === before ? true : undefined;
    }, 60_000);
    expect(stood).toBeLessThan(asked);
    expect(await metric('digpit_log_paused')).toBe(1);
    expect((await visitor.call('GET', '/api/records')).status).toBe(200);
    expect((await new Visitor(page).call('POST', '/api/session', {})).status).toBe(507);
    expect((await fetch(`${page}/readyz`)).status).toBe(200);

    rmSync(join(disk, 'ballast'));
    expect((await change(kept + 1)).status).toBe(200);
    expect((await ask()).answer[0]!.ttl).toBe(kept + 1);
    // What was answered meanwhile was held back, and is there now.
    await until(async () => ((await logged()) >= asked ? true : undefined), 20_000);
    expect(await metric('digpit_log_paused')).toBe(0);
    expect(server.process.exitCode).toBeNull();
  });

  it('before the first start is said in a sentence', async () => {
    fill();
    const { code, said } = await startRefused({ DIGPIT_DATA_DIR: disk, DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: '0' });
    expect([code, said]).toEqual([1, expect.stringContaining('the disk of DIGPIT_DATA_DIR is full')]);
  });
});

describe.runIf(isRoot)('a disk that cannot be written', () => {
  it('is said in a sentence', async () => {
    server = await startServer({}, disk);
    expect(await server.stop()).toBe(0);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const { code, said } = await startRefused({ DIGPIT_DATA_DIR: disk, DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: '0' });
    expect([code, said]).toEqual([1, expect.stringContaining('see to the permissions of DIGPIT_DATA_DIR')]);
  });
});
