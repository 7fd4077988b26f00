import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readColumns } from '../../scripts/bench/asn/columns.ts';
import { ipv4Lines, ipv6Lines } from '../../scripts/bench/asn/generate.ts';
import { writeMmdb } from '../../scripts/bench/asn/mmdb-writer.ts';
import type { RecordOf } from '../../scripts/bench/asn/mmdb-writer.ts';
import { seeded } from '../../scripts/bench/asn/random.ts';
import { parseAddress } from '../../server/asn/address.ts';
import { answerOf, faultsOf, tableOf, withFolder } from './table.ts';

const TSV = [
  '8.8.8.0\t8.8.8.255\t15169\tUS\tGOOGLE',
  '9.9.9.9\t9.9.9.9\t4294901931\tNone\tOne address',
  '2001:4860::\t2001:4860:ffff:ffff:ffff:ffff:ffff:ffff\t15169\tUS\tGOOGLE',
  '2a00::1\t2a00::1\t7\tDE\tOne address of IPv6',
  '',
].join('\n');

/** The file that some maker would make of a TSV. */
async function mmdbOf(
  text: string,
  recordOf: (asn: number, name: string, country: string) => ReturnType<RecordOf>,
): Promise<Buffer> {
  return withFolder(async (folder) => {
    const path = join(folder, 'a.tsv');
    writeFileSync(path, text);
    const columns = await readColumns([path]);
    return writeMmdb(columns, 'test', (network) => {
      const packed = columns.country[network]!;
      const country = packed === 0 ? '' : String.fromCharCode(packed >> 8, packed & 0xff);
      return recordOf(columns.asn[network]!, columns.names[network]!, country);
    });
  });
}

const geoLite = (asn: number, name: string) => ({ autonomous_system_number: asn, autonomous_system_organization: name });
const ipinfo = (asn: number, name: string, country: string) => ({
  asn: `AS${asn}`,
  as_name: name,
  country_code: country,
  country: 'Somewhere',
});

test.each([
  ['GeoLite2-ASN.mmdb', geoLite, '15169||GOOGLE'],
  ['dbip-asn-lite.mmdb', geoLite, '15169||GOOGLE'],
  ['ipinfo_lite.mmdb', ipinfo, '15169|US|GOOGLE'],
] as const)('%s is read', async (name, recordOf, google) => {
  const table = await tableOf({ [name]: await mmdbOf(TSV, recordOf) });
  const ask = (address: string) => answerOf(table, parseAddress(address)!);
  expect(['8.8.8.0', '8.8.8.255', '2001:4860::', '2001:4860:4860::8888', '::ffff:8.8.8.8'].map(ask)).toEqual(
    Array(5).fill(google),
  );
  expect(ask('9.9.9.9')).toBe('4294901931||One address');
  expect(ask('2a00::1')).toMatch(/^7\|(DE)?\|One address of IPv6$/);
  expect(
    ['8.8.7.255', '8.8.9.0', '9.9.9.8', '9.9.9.10', '2a00::', '2a00::2', '::1', '2002:808:808::1', '64:ff9b::808:808'].map(ask),
  ).toEqual(Array(9).fill(''));
});

test('says the same as the TSV that it was made from', async () => {
  const text = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;
  const [v4, v6] = [text(ipv4Lines(2000)), text(ipv6Lines(400))];
  const from = await tableOf({ 'v4.tsv': v4, 'v6.tsv': v6 });
  const mmdb = await tableOf({ 'ipinfo_lite.mmdb': await mmdbOf(v4 + v6, ipinfo) });
  const random = seeded(12);
  for (let i = 0; i < 20_000; i++) {
    const address = Uint8Array.from({ length: i % 2 === 0 ? 4 : 16 }, () => random() * 256);
    if (i % 2 === 1) address.set([0x26, 0x00]);
    if (answerOf(from, address) !== answerOf(mmdb, address))
      expect.fail(`${address.join('.')}: ${answerOf(from, address)}, ${answerOf(mmdb, address)}`);
  }
});

test('what is no such file, or is damaged, is refused', async () => {
  expect(await faultsOf('GeoLite2-ASN.mmdb', 'no such file')).toEqual([
    expect.stringMatching(/cannot be read as an MMDB file/),
  ]);
  const sound = await mmdbOf(TSV, geoLite);
  expect(await faultsOf('GeoLite2-ASN.mmdb', sound.subarray(0, sound.length >> 1))).toHaveLength(1);
  const wrong = await mmdbOf(TSV, () => ({ asn: 'ASX' }));
  expect((await faultsOf('GeoLite2-ASN.mmdb', wrong))[0]).toMatch(
    /network 8\.8\.8\.0\/24: the AS number "ASX" is not a number/,
  );
});

test('a tree that goes round in circles is refused', async () => {
  const file = await mmdbOf(TSV, geoLite);
  // Both children of the root, and of every node after it, are the root: no address ever ends.
  for (let slot = 0; slot < 40; slot++) file.writeUInt32BE(0, slot * 4);
  expect((await faultsOf('GeoLite2-ASN.mmdb', file))[0]).toMatch(/goes round in circles/);
});
