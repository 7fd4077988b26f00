import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT, runScript } from '../support/script.ts';
import { makeDataDir, removeDir, startServer, until, type RunningServer } from '../support/server.ts';

let server: RunningServer | null = null;
const dirs: string[] = [];
const closing: (() => void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await server?.stop();
  server = null;
  for (const dir of dirs.splice(0)) removeDir(dir);
});

/** A resolver of the world, as far as we are concerned: it asks our server and hands on what that says, or another name. */
async function startResolver(page: () => string, time = Date.now()): Promise<string> {
  const http = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', async () => {
      const headers = { 'content-type': 'application/dns-message' };
      const reply = await fetch(`${page()}/dns-query`, { method: 'POST', headers, body: Buffer.concat(pieces) });
      response.writeHead(200, { ...headers, date: new Date(time).toUTCString() });
      response.end(Buffer.from(await reply.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => http.close());
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/dns-query`;
}

async function start(settings: Record<string, string>): Promise<Record<string, string>> {
  const dataDir = makeDataDir();
  dirs.push(dataDir);
  server = await startServer(settings, dataDir);
  return {
    ...settings,
    DIGPIT_DATA_DIR: dataDir,
    DIGPIT_DNS_PORT: String(server.dnsPort),
    DIGPIT_HTTP_PORT: new URL(server.page).port,
  };
}

it('finds an installation well, but for what it says to do', async () => {
  const resolver = await startResolver(() => server!.page);
  const settings = await start({ DIGPIT_RESOLVERS: resolver });
  const backups = join(settings['DIGPIT_DATA_DIR']!, 'backups');
  expect((await runScript('backup', [backups], settings)).code).toBe(0);
  const { said, code } = await runScript('doctor/main', [`--backup=${backups}`], settings);
  expect(said).toContain('DNS over UDP on 127.0.0.1');
  expect(said).toMatch(/ok {2}DNS over TCP/);
  expect(said).toMatch(/ok {2}page on 127\.0\.0\.1 .* ready/);
  expect(said).toMatch(/ok {2}delegation, as 127\.0\.0\.1/);
  expect(said).toMatch(/ok {2}ns1\.digpit\.test\. at 127\.0\.0\.1/);
  expect(said).toMatch(/ok {2}backup of 0 subdomains/);
  // A test has no table of all networks.
  expect([...said.matchAll(/^TODO {2}(.*)$/gm)].map(([, what]) => what)).toEqual([
    expect.stringContaining('npm run asn:update'),
  ]);
  expect([code, said]).toEqual([1, expect.stringContaining('1 thing is to be done')]);
});

it('says what is wrong with an installation that nobody can reach', async () => {
  const resolver = await startResolver(() => server!.page, Date.now() - 3_600_000);
  const settings = await start({ DIGPIT_RESOLVERS: resolver });
  const { said, code } = await runScript('doctor/main', ['--backup=/nowhere'], {
    ...settings,
    DIGPIT_BASE_DOMAIN: 'play.example.org',
    DIGPIT_DNS_PORT: '1',
    DIGPIT_HTTP_PORT: '1',
  });
  expect(code).toBe(1);
  for (const sentence of [
    'nobody answers at http://127.0.0.1:1/readyz',
    'no answer: DNS over UDP on 127.0.0.1 port 1',
    'no answer: DNS over TCP on 127.0.0.1 port 1',
    'the clock is 36',
    'put play.example.org. NS ns1.play.example.org. into the zone above',
    'DNS is answered on loopback only',
    'set DIGPIT_OPERATOR_TOKEN',
    'set DIGPIT_REPORT_TO',
    'there is no backup in /nowhere',
  ])
    expect(said).toContain(sentence);
});

/** What is to be done about an installation that is otherwise as it was started. */
async function todos(settings: Record<string, string>, args: readonly string[] = []): Promise<string> {
  const { said } = await runScript('doctor/main', args, settings);
  return [...said.matchAll(/^TODO {2}(.*)$/gm)].map(([, what]) => what).join('\n');
}

function age(path: string, days: number): void {
  const then = Date.now() / 1000 - days * 86_400;
  utimesSync(path, then, then);
}

describe('the doctor says what to do', () => {
  it('where other programs have the ports', async () => {
    const settings = await start({});
    const other = createServer((_request, response) => response.end('<p>something else</p>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closing.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    const said = await todos({ ...settings, DIGPIT_BASE_DOMAIN: 'other.test', DIGPIT_HTTP_PORT: String(port) });
    expect(said).toContain(`another server answers: DNS over UDP on 127.0.0.1 port ${server!.dnsPort}: end it, or name`);
    expect(said).toContain('another server answers: DNS over TCP');
    expect(said).toContain(`another program answers at http://127.0.0.1:${port}/readyz: end that one, or set DIGPIT_HTTP_PORT`);
  });

  it('where the table, the backup or the memory is not what it should be', async () => {
    const settings = await start({});
    const dataDir = settings['DIGPIT_DATA_DIR']!;
    const backups = join(dataDir, 'backups');
    expect((await runScript('backup', [backups], settings)).code).toBe(0);
    age(join(backups, 'digpit.sqlite'), 3);
    writeFileSync(join(dataDir, 'asn.bin'), '');
    age(join(dataDir, 'asn.bin'), 40);
    const said = await todos({ ...settings, DIGPIT_MEMORY_MB: '65536' }, [`--backup=${backups}`]);
    expect(said).toContain('the table of networks is 40 days old: run "npm run asn:update"');
    expect(said).toContain(`the backup in ${backups} is 3 days old: make one with "npm run backup -- ${backups}"`);
    expect(said).toMatch(/\d+ MB of memory in all: set DIGPIT_MEMORY_MB, which is 65536, below that/);
    writeFileSync(join(backups, 'digpit.sqlite'), 'SQLite format 3');
    expect(await todos(settings, [`--backup=${backups}`])).toContain('is not sound');
  });

  it.runIf(process.getuid?.() === 0)('where the disk is full', async () => {
    const dir = makeDataDir();
    dirs.push(dir);
    const disk = join(dir, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', disk]);
    closing.push(() => execFileSync('umount', ['-l', disk]));
    const settings = await start({});
    copyFileSync(join(settings['DIGPIT_DATA_DIR']!, 'digpit.sqlite'), join(disk, 'digpit.sqlite'));
    const said = await todos({ ...settings, DIGPIT_DATA_DIR: disk });
    expect(said).toMatch(/\d MB free in .*: make room for \d+ MB, or set a lower DIGPIT_LOG_MAX_BYTES/);
  });

  it('where the clock is wrong', async () => {
    const settings = await start({ DIGPIT_RESOLVERS: await startResolver(() => server!.page) });
    const ahead = join(settings['DIGPIT_DATA_DIR']!, 'ahead');
    writeFileSync(ahead, '3600000');
    const clock = { NODE_OPTIONS: `--import=${ROOT}/tests/support/clock.mjs`, CLOCK_FILE: ahead };
    expect(await todos({ ...settings, ...clock })).toMatch(/the clock is 36\d\d seconds off: let NTP set it/);
  });
});

/** A certificate of its own for a name, good for so many days, as files in a folder. */
function certify(dir: string, name: string, days: number): void {
  const line = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -addext subjectAltName=DNS:${name} -days ${days} -keyout ${dir}/key.pem -out ${dir}/cert.pem`;
  execFileSync('openssl', line.split(' '), { stdio: 'pipe' });
}

describe('the doctor looks at the certificate', () => {
  async function startOverTls(name: string, days: number) {
    const dir = makeDataDir();
    dirs.push(dir);
    certify(dir, name, days);
    const tls = { DIGPIT_TLS_CERT: join(dir, 'cert.pem'), DIGPIT_TLS_KEY: join(dir, 'key.pem') };
    const settings = await start({ ...tls, DIGPIT_TLS_PORT: '0' });
    return { dir, settings: { ...settings, DIGPIT_TLS_PORT: /Over TLS: .* port (\d+)/.exec(server!.told)![1]! } };
  }

  it('of DNS over TLS: its name, its age, and whether the server has read it again', async () => {
    const { dir, settings } = await startOverTls('ns1.digpit.test', 90);
    const { said } = await runScript('doctor/main', [], settings);
    expect(said).toMatch(/ok {2}DNS over TLS on port \d+, certificate good for (89|90) days/);
    certify(dir, 'ns1.digpit.test', 5);
    expect(await todos(settings)).toContain('still shows the certificate from before: send SIGHUP to the server');
    server!.process.kill('SIGHUP');
    await until(async () => ((await todos(settings)).includes('the certificate ends in') ? true : undefined), 20_000);
    const ahead = join(dir, 'ahead');
    writeFileSync(ahead, String(30 * 86_400_000));
    const clock = { NODE_OPTIONS: `--import=${ROOT}/tests/support/clock.mjs`, CLOCK_FILE: ahead };
    expect(await todos({ ...settings, ...clock })).toContain('the certificate ended on');
    certify(dir, 'mail.example', 90);
    server!.process.kill('SIGHUP');
    await until(
      async () => ((await todos(settings)).includes('has a certificate for DNS:mail.example: get one for') ? true : undefined),
      20_000,
    );
    writeFileSync(join(dir, 'cert.pem'), 'no certificate');
    expect(await todos(settings)).toMatch(/cert\.pem cannot be read \(.*\): put the certificate back, in PEM/);
  });

  it('of the page: that browsers believe it', async () => {
    const { dir, settings } = await startOverTls('localhost', 90);
    const page = `--page=localhost:${settings['DIGPIT_TLS_PORT']}`;
    expect(await todos(settings, [page])).toContain('no browser trusts it; look at the proxy');
    const trusting = { ...settings, NODE_EXTRA_CA_CERTS: join(dir, 'cert.pem') };
    const { said } = await runScript('doctor/main', [page], trusting);
    expect(said).toMatch(/ok {2}https:\/\/localhost:\d+, certificate good for (89|90) days/);
    expect(await todos(trusting, [page.replace('localhost', '127.0.0.1')])).toContain('the certificate is for another name');
    expect(await todos(trusting, ['--page=localhost:1'])).toContain('nobody listens: start the proxy');
    expect(await todos(trusting, ['--page=nowhere.invalid'])).toContain('put nowhere.invalid A');
    expect(await todos(trusting, ['--page=localhost:https'])).toContain('https://localhost:https: ');
  });
});
