import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { answerOf, faultsOf, tableOf } from '../../tests/asn/table.ts';
import { parseAddress } from './address.ts';

const LINE = '1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n';

test.each([
  ['reversed ends', '1.0.0.9\t1.0.0.1\t1\tUS\tA\n', /line 1: the range begins at 1\.0\.0\.9, after its end 1\.0\.0\.1/],
  [
    'an overlap',
    `${LINE}1.0.0.128\t1.0.1.255\t1\tUS\tA\n`,
    /line 2: the range from 1\.0\.0\.128 overlaps .*free is 1\.0\.1\.0 onwards/,
  ],
  ['the same line twice', `${LINE}${LINE}`, /line 2: the range from 1\.0\.0\.0 overlaps/],
  ['lines out of order', `${LINE}0.0.0.0\t0.0.0.255\t1\tUS\tA\n`, /line 2: .*out of order/],
  [
    'more after the end',
    '0.0.0.0\t255.255.255.255\t1\tUS\tA\n255.255.255.255\t255.255.255.255\t1\tUS\tA\n',
    /line 2: .*the whole address space is taken/,
  ],
  ['a missing field', '1.0.0.0\t1.0.0.255\t13335\n', /line 1: 3 fields where there are five/],
  ['no fields', 'hello\n', /line 1: 1 fields where there are five/],
  ['a wrong first address', '1.0.0\t1.0.0.255\t1\tUS\tA\n', /line 1: the first address "1\.0\.0" is no address/],
  ['a wrong last address', '1.0.0.0\t1.0.0.256\t1\tUS\tA\n', /line 1: the last address "1\.0\.0\.256" is no address/],
  ['two families', '1.0.0.0\t::1\t1\tUS\tA\n', /line 1: one of the addresses is IPv4 and the other IPv6/],
  ['an AS number that is too large', '1.0.0.0\t1.0.0.1\t4294967296\tUS\tA\n', /line 1: the AS number "4294967296"/],
  ['a negative AS number', '1.0.0.0\t1.0.0.1\t-1\tUS\tA\n', /line 1: the AS number "-1"/],
  ['a country of three letters', '1.0.0.0\t1.0.0.1\t1\tUSA\tA\n', /line 1: the country "USA" is neither/],
  [
    'a name without end',
    `1.0.0.0\t1.0.0.1\t1\tUS\t${'x'.repeat(20_000)}\n`,
    /line 1: the name has 20000 octets; 16384 is the most/,
  ],
  ['a line without end', 'x'.repeat(100_000), /line 1: the line is longer than 65536 octets/],
  [
    'no end of the last line',
    `${LINE}1.0.4.0\t1.0.7.255\t38803\tAU\tWPL`,
    /line 2: the last line has no end: the file looks cut short/,
  ],
  ['nothing', '', /no ranges are in it/],
  ['another format', '\u0000\u0001\u0002\n'.repeat(1000), /line 1: 1 fields/],
])('a TSV with %s is refused', async (_, content, message) => {
  const faults = await faultsOf('ip2asn-v4.tsv', content);
  expect(faults.join('\n')).toMatch(message);
});

test('every fault is told, up to twenty', async () => {
  const faults = await faultsOf('ip2asn-v4.tsv', 'wrong\n'.repeat(5));
  expect(faults).toHaveLength(5);
  expect(faults[4]).toMatch(/^ip2asn-v4.tsv, line 5: /);
  expect(await faultsOf('ip2asn-v4.tsv', 'wrong\n'.repeat(500))).toHaveLength(20);
});

test('a compressed file that is cut short or damaged is refused', async () => {
  const content = Array.from(
    { length: 2000 },
    (_, i) => `10.${i >> 8}.${i & 255}.0\t10.${i >> 8}.${i & 255}.255\t${i}\tUS\tN${i}\n`,
  ).join('');
  const whole = gzipSync(content);
  expect((await faultsOf('ip2asn-v4.tsv.gz', whole.subarray(0, whole.length - 9))).join()).toMatch(
    /compressed data ends in the middle/,
  );
  const damaged = Buffer.from(whole);
  damaged[whole.length >> 1]! ^= 0xff;
  await expect(faultsOf('ip2asn-v4.tsv.gz', damaged)).resolves.not.toHaveLength(0);
  expect((await tableOf({ 'ip2asn-v4.tsv.gz': whole })).size).toBe(2000);
});

test('more countries than there are is refused', async () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXY';
  const lines = Array.from(
    { length: 300 },
    (_, i) => `10.0.${i >> 8}.${i & 255}\t10.0.${i >> 8}.${i & 255}\t1\t${letters[i % 25]}${letters[Math.floor(i / 25)]}\tA\n`,
  );
  expect((await faultsOf('a.tsv', lines.join('')))[0]).toMatch(/line 256: more than 255 different countries/);
});

test('a file of an unknown kind, or none, is refused', async () => {
  expect(await faultsOf('table.xlsx', 'x')).toEqual([expect.stringMatching(/table.xlsx: its name ends neither in/)]);
});

test('lines may end as on Windows, and empty ones do not matter', async () => {
  const table = await tableOf({ 'a.tsv': '\r\n1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\r\n\r\n' });
  expect(answerOf(table, parseAddress('1.0.0.1')!)).toBe('13335|US|CLOUDFLARENET');
});

test('a CSV of ip-location-db is read, dotted and in numbers', async () => {
  const dotted =
    '1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."\n1.0.4.0,1.0.7.255,38803,"The ""Wireless"" Co"\n8.8.8.0,8.8.8.255,15169,Google\n';
  const table = await tableOf({
    'asn-ipv4.csv': dotted,
    'asn-ipv6-num.csv': '42541956123769884636017138956568135816,42541956123769884636017138956568135816,15169,Google LLC\n',
  });
  expect(answerOf(table, parseAddress('1.0.0.7')!)).toBe('13335||Cloudflare, Inc.');
  expect(answerOf(table, parseAddress('1.0.5.0')!)).toBe('38803||The "Wireless" Co');
  expect(answerOf(table, parseAddress('8.8.8.8')!)).toBe('15169||Google');
  expect(answerOf(table, parseAddress('2001:4860:4860::8888')!)).toBe('15169||Google LLC');
  const numbers = await tableOf({ 'asn-ipv4-num.csv': '16777216,16777471,13335,Cloudflare\n' });
  expect(answerOf(numbers, parseAddress('1.0.0.255')!)).toBe('13335||Cloudflare');
});

test.each([
  ['1.0.0.0,1.0.0.255,13335,"Cloudflare\n', /quotes that do not pair up/],
  ['1.0.0.0,1.0.0.255,13335,"Cloudflare" x\n', /quotes that do not pair up/],
  ['1.0.0.0,1.0.0.255,13335,Cloudflare, Inc.\n', /comma without them/],
  ['1.0.0.0,1.0.0.255\n', /2 fields where there are four/],
  ['network,asn,name,x\n', /line 1: the first address "network" is no address/],
])('a CSV line %j is refused', async (line, message) => {
  expect((await faultsOf('asn-ipv4.csv', line))[0]).toMatch(message);
});
