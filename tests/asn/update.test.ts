import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateTable } from '../../scripts/update-asn.ts';
import { openPackedFile } from '../../server/asn/packed-file.ts';
import { withFolder } from './table.ts';

const V4 = '8.8.8.0\t8.8.8.255\t15169\tUS\tGOOGLE\n';
const V6 = '2001:4860::\t2001:4860:ffff:ffff:ffff:ffff:ffff:ffff\t15169\tUS\tGOOGLE\n';
const least = { ipv4: 1, ipv6: 1 };

/** What the stand-in for iptoasn.com serves; a test changes it. */
const served: { v4: Uint8Array; v6: Uint8Array; status: number; cut: boolean } = {
  v4: new Uint8Array(0),
  v6: new Uint8Array(0),
  status: 200,
  cut: false,
};
let server: Server;
let source: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = request.url?.includes('v4') ? served.v4 : served.v6;
    response.writeHead(served.status, { 'content-length': body.length });
    if (served.cut) {
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
      return;
    }
    response.end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`;
});

afterAll(() => server.close());

function serve(v4: string | Buffer, v6: string | Buffer = V6): void {
  served.v4 = typeof v4 === 'string' ? gzipSync(v4) : v4;
  served.v6 = typeof v6 === 'string' ? gzipSync(v6) : v6;
  served.status = 200;
  served.cut = false;
}

test('a table is fetched, and the one before is kept', async () => {
  await withFolder(async (dataDir) => {
    serve(V4);
    expect(await updateTable({ dataDir, source, least })).toMatchObject({ ok: true });
    expect(openPackedFile(join(dataDir, 'asn.bin')).size).toBe(2);
    const first = readFileSync(join(dataDir, 'asn.bin'));

    serve(`${V4}8.8.9.0\t8.8.9.255\t1\tUS\tNEW\n`);
    expect(await updateTable({ dataDir, source, least })).toMatchObject({ ok: true });
    expect(openPackedFile(join(dataDir, 'asn.bin')).size).toBe(3);
    expect(readFileSync(join(dataDir, 'asn.bin.previous')).equals(first)).toBe(true);
    expect(readdirSync(dataDir).sort()).toEqual(['asn.bin', 'asn.bin.previous']);
  });
});

test.each([
  ['the server has no such file', () => void (served.status = 404), /could not be fetched: the server answered 404/],
  ['the connection breaks off', () => void (served.cut = true), /could not be fetched/],
  ['the compressed data is cut short', () => serve(gzipSync(V4).subarray(0, -6)), /compressed data ends in the middle/],
  ['the data is a page of something else', () => serve('<html>\n'), /line 1: 1 fields where there are five/],
  ['the ranges overlap', () => serve(V4 + V4), /line 2: .*overlaps/],
])('the old table stays when %s', async (_, spoil, message) => {
  await withFolder(async (dataDir) => {
    writeFileSync(join(dataDir, 'asn.bin'), 'old');
    serve(V4);
    spoil();
    const { ok, sentences } = await updateTable({ dataDir, source, least });
    expect(ok).toBe(false);
    expect(sentences.join(' ')).toMatch(message);
    expect(sentences.at(-1)).toMatch(/The table from before stays in use\.$/);
    expect(readFileSync(join(dataDir, 'asn.bin'), 'utf8')).toBe('old');
    expect(readdirSync(dataDir)).toEqual(['asn.bin']);
  });
});

test('a table that is far too small for the Internet is not believed', async () => {
  await withFolder(async (dataDir) => {
    serve(V4);
    const { ok, sentences } = await updateTable({ dataDir, source });
    expect(ok).toBe(false);
    expect(sentences).toEqual([expect.stringMatching(/1 IPv4 and 1 IPv6 ranges, and that is not the whole Internet/)]);
    expect(existsSync(join(dataDir, 'asn.bin'))).toBe(false);
  });
});

test('without a network there is a clear sentence', async () => {
  await withFolder(async (dataDir) => {
    const { ok, sentences } = await updateTable({ dataDir, source: 'http://127.0.0.1:1/', least });
    expect(ok).toBe(false);
    expect(sentences).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/ip2asn-v4\.tsv\.gz could not be fetched: .*stays in use\.$/),
    ]);
  });
});
