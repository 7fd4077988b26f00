import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { loadNetworks, networksOf, parseNetworks, parsePrefix } from './networks.ts';

const list = fileURLToPath(new URL('../../db/networks.tsv', import.meta.url));

describe('the list that comes with the program', () => {
  const networks = loadNetworks(list);
  const find = (text: string, asn = 0) => {
    const octets = parseAddress(text)!;
    return networks.known.find(octets, 0, octets.length, asn);
  };

  test('is sound', () => {
    expect(networks.problems).toEqual([]);
    expect(networks.table.size).toBeGreaterThan(500);
  });

  test.each([
    ['8.8.8.0', { asn: 15169, name: 'GOOGLE', country: 'US' }, { brand: 'Google Public DNS', kind: 'public resolver' }],
    ['74.125.16.248', { asn: 15169, name: 'GOOGLE', country: 'US' }, { brand: 'Google Public DNS', kind: 'public resolver' }],
    [
      '2001:4860:4860::8888',
      { asn: 15169, name: 'GOOGLE', country: 'US' },
      { brand: 'Google Public DNS', kind: 'public resolver' },
    ],
    ['1.1.1.1', { asn: 13335, name: 'CLOUDFLARENET', country: 'US' }, { brand: 'Cloudflare 1.1.1.1', kind: 'public resolver' }],
    ['9.9.9.9', { asn: 19281, name: 'QUAD9-AS-1', country: 'US' }, { brand: 'Quad9', kind: 'public resolver' }],
    ['208.67.222.222', { asn: 36692, name: 'OPENDNS', country: 'US' }, { brand: 'Cisco OpenDNS', kind: 'public resolver' }],
    ['94.140.14.14', { asn: 212772, name: 'ADGUARD', country: 'CY' }, { brand: 'AdGuard DNS', kind: 'public resolver' }],
    ['75.75.75.75', { asn: 7922, name: 'COMCAST-7922', country: 'US' }, { brand: 'Comcast', kind: 'access' }],
    ['::ffff:8.8.4.4', { asn: 15169, name: 'GOOGLE', country: 'US' }, { brand: 'Google Public DNS', kind: 'public resolver' }],
  ])('knows %s', (text, entry, known) => {
    const octets = parseAddress(text)!;
    const handle = networks.table.lookup(octets, 0, octets.length);
    expect(networks.table.entry(handle)).toEqual(entry);
    expect(find(text)).toMatchObject(known);
  });

  test('does not know what is in no line', () => {
    expect(find('192.0.2.1')).toBeUndefined();
    expect(find('192.0.2.1', 64496)).toBeUndefined();
  });

  test('goes by the AS where no prefix is listed', () => {
    expect(find('192.0.2.1', 7922)).toMatchObject({ brand: 'Comcast', kind: 'access' });
  });

  test('believes the table where it names another AS than the list, save for resolvers', () => {
    expect(find('75.75.72.1', 64496)).toBeUndefined();
    expect(find('8.8.8.8', 64496)).toMatchObject({ brand: 'Google Public DNS' });
  });
});

test('the longest prefix wins', () => {
  const line = (prefix: string, brand: string) => `${prefix}\t1\tN\tUS\tcloud\t${brand}`;
  const text = [
    line('10.0.0.0/8', 'wide'),
    line('10.0.0.0/16', 'first'),
    line('10.1.2.0/24', 'narrow'),
    line('10.1.2.255/32', 'one'),
    line('10.255.0.0/16', 'last'),
    line('11.0.0.0/8', 'next'),
    line('255.255.255.255/32', 'end'),
    line('0.0.0.0/0', 'all'),
  ].join('\n');
  const { known } = networksOf(parseNetworks(text, 'list').lines);
  const brand = (address: string) => known.find(parseAddress(address)!, 0, 4, 0)?.brand;
  const expected = {
    '9.255.255.255': 'all',
    '10.0.0.0': 'first',
    '10.0.255.255': 'first',
    '10.1.0.0': 'wide',
    '10.1.1.255': 'wide',
    '10.1.2.0': 'narrow',
    '10.1.2.254': 'narrow',
    '10.1.2.255': 'one',
    '10.1.3.0': 'wide',
    '10.254.255.255': 'wide',
    '10.255.255.255': 'last',
    '11.0.0.0': 'next',
    '12.0.0.0': 'all',
    '255.255.255.254': 'all',
    '255.255.255.255': 'end',
    '0.0.0.0': 'all',
  };
  expect(Object.fromEntries(Object.keys(expected).map((address) => [address, brand(address)]))).toEqual(expected);
});

test.each([
  ['8.8.8.8/24\t1\tN\tUS\tcloud\tB', /line 1: the network "8.8.8.8\/24" is neither a prefix/],
  ['8.8.8.0/33\t1\tN\tUS\tcloud\tB', /neither a prefix/],
  ['8.8.8.0/24\t0\tN\tUS\tcloud\tB', /the AS number "0"/],
  ['AS2\t1\tN\tUS\tcloud\tB', /the network "AS2" is neither a prefix such as 8.8.8.0\/24 nor AS1/],
  ['8.8.8.0/24\t1\tN\tUSA\tcloud\tB', /the country "USA"/],
  ['8.8.8.0/24\t1\tN\tUS\thouse\tB', /the kind "house" is none of public resolver, cloud, access/],
  ['8.8.8.0/24\t1\tN\tUS\tcloud\t', /the name or the brand is empty/],
  ['8.8.8.0/24\t1\tN\tUS\tcloud', /5 fields where there are six/],
  ['AS1\t1\tN\tUS\tcloud\tB\nAS1\t1\tN\tUS\tcloud\tC', /line 2: .*twice/],
])('a line %j is left out and told', (text, message) => {
  const { lines, faults } = parseNetworks(text, 'list');
  expect(lines.length).toBeLessThan(2);
  expect(faults.list.map((fault) => `line ${fault.line}: ${fault.problem}`).join()).toMatch(message);
});

test('a list that is not there is an empty one, and told', () => {
  const networks = loadNetworks(join(list, 'nowhere'));
  expect(networks.problems).toEqual([expect.stringMatching(/cannot be read/)]);
  expect(networks.table.lookup(Uint8Array.of(8, 8, 8, 8), 0, 4)).toBe(-1);
});

test('parsePrefix takes no bits behind the length', () => {
  expect(parsePrefix('2001:db8::/32')?.bits).toBe(32);
  for (const text of ['2001:db8::/16', '1.2.3.4', '1.2.3.4/', '1.2.3.4/032', '1.2.3.4/32/32', '/8', 'x/8', '1.2.3.0/-1']) {
    expect(parsePrefix(text)).toBeUndefined();
  }
});
