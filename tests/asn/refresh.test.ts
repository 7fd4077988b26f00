import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ipv4Lines, ipv6Lines } from '../../scripts/bench/asn/generate.ts';
import { AsnRefresh, type RefreshTools } from '../../server/asn-refresh.ts';
import { openTable } from '../../server/asn/open.ts';
import { encodeParts, writePackedFile } from '../../server/asn/packed-file.ts';
import { partsOf } from './table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The scripts as the build would have them, without the checks of a build, which the tests need not wait for. */
function compile(out: string): void {
  const files = readdirSync(join(root, 'server/asn')).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  mkdirSync(join(out, 'server/asn'), { recursive: true });
  mkdirSync(join(out, 'scripts'));
  const own = ['environment', 'build-asn', 'update-asn'].map((name) => `scripts/${name}.ts`);
  for (const file of [...files.map((name) => `server/asn/${name}`), ...own]) {
    const compilerOptions: ts.CompilerOptions = {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    };
    const { outputText } = ts.transpileModule(readFileSync(join(root, file), 'utf8'), { compilerOptions });
    writeFileSync(join(out, file.replace(/ts$/, 'js')), outputText);
  }
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
}

const gzip = (lines: Iterable<string>) => gzipSync(`${[...lines].join('\n')}\n`, { level: 1 });

/** What the stand-in for iptoasn.com does, and how often it was asked. */
const stand = { v4: Buffer.alloc(0), v6: Buffer.alloc(0), status: 200, asked: 0 };
let server: Server;
let scripts: string;
let folder: string;
let said: { level: number; msg: string }[];
let offset: number;
let refresh: AsnRefresh | undefined;

beforeAll(async () => {
  scripts = mkdtempSync(join(tmpdir(), 'digpit-scripts-'));
  compile(scripts);
  stand.v4 = gzip(ipv4Lines(110_000));
  stand.v6 = gzip(ipv6Lines(32_000));
  server = createServer((request, response) => {
    if (request.url!.includes('v4')) stand.asked++;
    response.writeHead(stand.status).end(stand.status === 200 ? (request.url!.includes('v4') ? stand.v4 : stand.v6) : '');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(scripts, { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digpit-refresh-'));
  Object.assign(stand, { status: 200, asked: 0 });
  said = [];
  offset = 0;
});

afterEach(() => {
  refresh?.stop();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

type Settings = ConstructorParameters<typeof AsnRefresh>[1];

function start(settings: Partial<Settings> = {}, tools: Partial<RefreshTools> = {}) {
  const { table } = openTable({ dataDir: folder, networksFile: join(root, 'db/networks.tsv') });
  const asnUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const logger = pino({ level: 'debug' }, { write: (line: string) => void said.push(JSON.parse(line)) });
  refresh = new AsnRefresh(table, { asnDir: null, asnUpdate: 'weekly', asnUrl, dataDir: folder, ...settings }, logger, {
    random: () => 0.5,
    now: () => Date.now() + offset,
    builder: join(scripts, 'scripts/build-asn.js'),
    updater: join(scripts, 'scripts/update-asn.js'),
    ...tools,
  });
  return { table, refresh };
}

async function packed(name: string): Promise<Uint8Array> {
  return encodeParts(await partsOf({ 'a.tsv': `8.8.8.0\t8.8.8.255\t1\tUS\t${name}\n` }));
}

const file = () => join(folder, 'asn.bin');
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 15_000, interval: 20 });
const warnings = () => said.filter(({ level }) => level >= 40).map(({ msg }) => msg);
const tries = () => said.filter(({ msg }) => msg.includes('could not be fetched')).length;

test('a table that is not there is fetched, and again when it is a week old', async () => {
  const { table, refresh: running } = start();
  expect(table.isPacked).toBe(false);
  await until(() => table.isPacked);
  expect(table.size).toBeGreaterThan(130_000);
  expect(table.known?.find(Uint8Array.of(8, 8, 8, 8), 0, 4, 0)?.brand).toBe('Google Public DNS');

  offset = 7 * DAY - HOUR;
  running.run();
  expect(stand.asked).toBe(1);

  offset = 7 * DAY + HOUR;
  running.run();
  // While the child works, another look changes nothing.
  running.run();
  await until(() => said.filter(({ msg }) => msg === 'range table loaded').length === 2);
  expect(stand.asked).toBe(2);
  expect(readdirSync(folder).sort()).toEqual(['asn.bin', 'asn.bin.previous']);
  expect(warnings()).toEqual([]);
});

test.each([
  [0, 6.5],
  [0.999_999, 7.5],
])('chance %d makes it %d days', async (chance, days) => {
  writePackedFile(file(), await packed('OLD'));
  stand.status = 503;
  offset = days * DAY - HOUR;
  const { refresh: running } = start({}, { random: () => chance });
  expect(stand.asked).toBe(0);
  offset = days * DAY + HOUR;
  running.run();
  await until(() => stand.asked === 1);
});

test('what fails is tried again later and later, said once, and the table from before serves on', async () => {
  writePackedFile(file(), await packed('OLD'));
  const before = readFileSync(file());
  stand.status = 503;
  offset = 8 * DAY;
  const { table, refresh: running } = start();
  await until(() => tries() === 1);
  for (const [failures, hours] of [1, 2, 4, 8, 16, 24, 24].entries()) {
    const failedAt = offset;
    offset = failedAt + hours * HOUR - HOUR / 2;
    running.run();
    expect(stand.asked).toBe(failures + 1);
    offset = failedAt + hours * HOUR + HOUR / 2;
    running.run();
    await until(() => tries() === failures + 2);
  }
  expect(warnings()).toEqual([expect.stringMatching(/^the range table could not be fetched, next try in 1 h: .*answered 503/)]);
  expect(table.entry(table.lookup(Uint8Array.of(8, 8, 8, 8), 0, 4)).name).toBe('OLD');
  expect(readFileSync(file()).equals(before)).toBe(true);

  stand.status = 200;
  offset += 25 * HOUR;
  running.run();
  await until(() => table.size > 130_000);
});

test('with never nothing is fetched, however old the table', async () => {
  writePackedFile(file(), await packed('OLD'));
  offset = 1000 * DAY;
  start({ asnUpdate: 'never' }).refresh.run();
  expect(stand.asked).toBe(0);
});

test('a server that stops takes the child with it, and nothing is left lying about', async () => {
  const { refresh: running } = start();
  await until(() => stand.asked === 1);
  running.stop();
  await until(() => readdirSync(folder).every((name) => !name.startsWith('asn-update-')));
  expect(said).toEqual([]);
});

test('a table that somebody puts in place is taken within a minute', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  writePackedFile(file(), await packed('ONE'));
  const { table } = start({ asnUpdate: 'never' });
  const name = () => table.entry(table.lookup(Uint8Array.of(8, 8, 8, 8), 0, 4)).name;
  expect(name()).toBe('ONE');
  writePackedFile(file(), await packed('TWO'));
  expect(name()).toBe('ONE');
  vi.advanceTimersByTime(60_000);
  expect(name()).toBe('TWO');
});

test('a folder with newer files is built from, once, and a fault in them is told once', async () => {
  const asnDir = join(folder, 'sources');
  mkdirSync(asnDir);
  writeFileSync(join(asnDir, 'ip2asn-v4.tsv'), '8.8.8.0\t8.8.8.255\t1\tUS\tBUILT\n');
  const { table, refresh: running } = start({ asnDir, asnUpdate: 'never' });
  await until(() => table.isPacked);
  const later = Date.now() / 1000 + 60;
  writeFileSync(join(asnDir, 'ip2asn-v4.tsv'), 'nonsense\n');
  utimesSync(join(asnDir, 'ip2asn-v4.tsv'), later, later);
  running.run();
  await until(() => warnings().length === 1);
  running.run();
  running.run();
  expect(warnings()).toEqual([expect.stringMatching(/could not be built from DIGPIT_ASN_DIR: .*line 1: 1 fields/)]);
  expect(table.entry(table.lookup(Uint8Array.of(8, 8, 8, 8), 0, 4)).name).toBe('BUILT');
});
