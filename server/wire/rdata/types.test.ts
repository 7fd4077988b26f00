import { describe, expect, it } from 'vitest';
import { typeFromText, typeToText } from '../codes.ts';
import { MAX_RDATA } from '../limits.ts';
import { Name } from '../name.ts';
import {
  embeddedNames,
  RDATA_TYPES,
  rdataFromJson,
  rdataFromText,
  rdataToJson,
  rdataToText,
  type RdataFault,
} from '../rdata.ts';

const origin = Name.fromText('zone.test.') as Name;
const person = { origin, style: 'person' } as const;
const zoneFile = { origin, style: 'zone-file' } as const;

type Json = Record<string, string | number>;

describe.each(RDATA_TYPES.map((row) => [row.mnemonic, row] as const))(
  'the row of %s',
  (_, { code, mnemonic, fields, wire }) => {
    it('has the code of its mnemonic', () => {
      expect([typeToText(code), typeFromText(mnemonic)]).toEqual([mnemonic, code]);
    });

    it('has members that differ from each other and from those that every record has', () => {
      const keys = ['id', 'name', 'type', 'ttl', 'content', ...fields.map(({ key }) => key)];
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('has its names one behind the other, so that they can be found as one run', () => {
      if (wire !== undefined) return;
      const shape = fields.map(({ isName }) => (isName ? 'n' : '.')).join('');
      expect(shape).toMatch(/^\.*n*\.*$/);
    });
  },
);

/** Presentation form and the members that a form has. */
const MEMBERS: [type: string, text: string, json: Json][] = [
  ['AFSDB', '1 a.test.', { subtype: 1, target: 'a.test.' }],
  ['APL', '1:192.0.2.0/24 !2:2001:db8::/32', { prefixes: '1:192.0.2.0/24 !2:2001:db8::/32' }],
  ['CDNSKEY', '0 3 0 AA==', { flags: 0, protocol: 3, algorithm: 0, publicKey: 'AA==' }],
  ['CDS', '0 0 0 00', { keyTag: 0, algorithm: 0, digestType: 0, digest: '00' }],
  ['CERT', 'PKIX 1 RSASHA256 AQID', { certType: 1, keyTag: 1, algorithm: 8, certificate: 'AQID' }],
  ['CSYNC', '66 3 A NS', { serial: 66, flags: 3, types: 'A NS' }],
  ['DHCID', 'AAIB', { data: 'AAIB' }],
  ['DNAME', 'a.test.', { target: 'a.test.' }],
  ['DNSKEY', '257 3 13 AQID', { flags: 257, protocol: 3, algorithm: 13, publicKey: 'AQID' }],
  ['DS', '1 8 9 2BB1', { keyTag: 1, algorithm: 8, digestType: 9, digest: '2BB1' }],
  ['EUI48', '00-00-5e-00-53-2a', { address: '00-00-5e-00-53-2a' }],
  ['EUI64', '00-00-5e-ef-10-00-00-2a', { address: '00-00-5e-ef-10-00-00-2a' }],
  ['HINFO', '"PC" ""', { cpu: 'PC', os: '' }],
  ['HIP', '2 2001 AQID a.test. b.test.', { algorithm: 2, hit: '2001', publicKey: 'AQID', servers: 'a.test. b.test.' }],
  [
    'IPSECKEY',
    '10 1 2 192.0.2.38 AQID',
    { precedence: 10, gatewayType: 1, algorithm: 2, gateway: '192.0.2.38', publicKey: 'AQID' },
  ],
  ['IPSECKEY', '10 0 0 .', { precedence: 10, gatewayType: 0, algorithm: 0, gateway: '.', publicKey: '' }],
  ['KX', '10 a.test.', { preference: 10, exchange: 'a.test.' }],
  ['L32', '10 10.1.2.0', { preference: 10, locator: '10.1.2.0' }],
  ['L64', '10 2001:0db8:1140:1000', { preference: 10, locator: '2001:0db8:1140:1000' }],
  [
    'LOC',
    '42 21 54.000 N 71 6 18.000 W -24.00m 30m 10000m 10m',
    {
      latitude: '42 21 54.000 N',
      longitude: '71 6 18.000 W',
      altitude: '-24.00m',
      size: '30m',
      horizontalPrecision: '10000m',
      verticalPrecision: '10m',
    },
  ],
  ['LP', '10 a.test.', { preference: 10, target: 'a.test.' }],
  [
    'NAPTR',
    '100 10 "u" "E2U+sip" "!^(.*)$!sip:\\\\1@a.test!" .',
    { order: 100, preference: 10, flags: 'u', services: 'E2U+sip', regexp: '!^(.*)$!sip:\\1@a.test!', replacement: '.' },
  ],
  ['NID', '10 0014:4fff:ff20:ee64', { preference: 10, nodeId: '0014:4fff:ff20:ee64' }],
  ['NSEC', 'a.test. A NSEC', { nextName: 'a.test.', types: 'A NSEC' }],
  [
    'NSEC3',
    '1 1 12 AABB 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A',
    {
      hashAlgorithm: 1,
      flags: 1,
      iterations: 12,
      salt: 'AABB',
      nextHashedOwner: '2T7B4G4VSA5SMI47K61MV5BV1A22BOJR',
      types: 'A',
    },
  ],
  ['NSEC3PARAM', '1 0 0 -', { hashAlgorithm: 1, flags: 0, iterations: 0, salt: '-' }],
  ['OPENPGPKEY', 'AQID', { publicKey: 'AQID' }],
  ['RP', 'a.test. .', { mailbox: 'a.test.', textName: '.' }],
  [
    'RRSIG',
    'A 13 3 300 20300131120000 20300101000000 7 test. AQID',
    {
      typeCovered: 'A',
      algorithm: 13,
      labels: 3,
      originalTtl: 300,
      expiration: '20300131120000',
      inception: '20300101000000',
      keyTag: 7,
      signer: 'test.',
      signature: 'AQID',
    },
  ],
  ['SMIMEA', '3 0 0 3082', { usage: 3, selector: 0, matchingType: 0, data: '3082' }],
  ['SPF', '"v=spf1 -all"', { text: 'v=spf1 -all' }],
  ['SSHFP', '4 9 1234', { algorithm: 4, fingerprintType: 9, fingerprint: '1234' }],
  ['TLSA', '3 1 1 92', { usage: 3, selector: 1, matchingType: 1, data: '92' }],
  ['URI', '10 1 "https://a.test/"', { priority: 10, weight: 1, target: 'https://a.test/' }],
  ['ZONEMD', `1 1 9 ${'AB'.repeat(12)}`, { serial: 1, scheme: 1, hashAlgorithm: 9, digest: 'AB'.repeat(12) }],
];

it.each(MEMBERS)('%s %s has these members, both ways', (type, text, json) => {
  const code = typeFromText(type)!;
  const octets = rdataFromText(code, text, zoneFile) as Uint8Array;
  expect(rdataToText(code, octets)).toBe(text);
  expect(rdataToJson(code, octets)).toEqual(json);
  expect(rdataFromJson(code, json, person)).toEqual(octets);
});

const membersOf = (type: string) => MEMBERS.find(([of]) => of === type)![2];
const faultsOf = (type: string, json: Json) => {
  const result = rdataFromJson(typeFromText(type)!, { ...membersOf(type), ...json }, person);
  return Array.isArray(result) ? result.map(({ field, fault }) => `${field} ${fault.code}`) : [];
};

/** Members that are changed in the record above, and what is said; no fault stands for the last value that is right. */
const LIMITS: [type: string, json: Json, faults: string[]][] = [
  ['AFSDB', { subtype: 65536 }, ['subtype out_of_range']],
  ['APL', { prefixes: '1:192.0.2.0/32 2:::/128' }, []],
  ['APL', { prefixes: '1:192.0.2.0/33' }, ['prefixes out_of_range']],
  ['APL', { prefixes: '2:::/129' }, ['prefixes out_of_range']],
  ['APL', { prefixes: '3:192.0.2.0/24' }, ['prefixes bad_prefix']],
  ['APL', { prefixes: '1:192.0.2/24' }, ['prefixes bad_prefix']],
  ['CERT', { certType: 'PKIX', algorithm: 'rsasha1-nsec3-sha1' }, []],
  ['CERT', { certType: 'X', algorithm: 256 }, ['certType unknown_mnemonic', 'algorithm out_of_range']],
  ['CERT', { certType: '', certificate: '' }, ['certType missing', 'certificate missing']],
  ['CSYNC', { types: '' }, []],
  ['CSYNC', { types: 'A TYPE65535' }, []],
  ['CSYNC', { types: 'A TYPE65536' }, ['types unknown_type']],
  ['DHCID', { data: 'AAI' }, ['data bad_base64']],
  ['DHCID', { data: 'AAJ=' }, ['data bad_base64']],
  ['DNSKEY', { algorithm: 'ED25519' }, []],
  ['DNSKEY', { algorithm: 255, publicKey: 'AQ\nID' }, []],
  ['DNSKEY', { algorithm: 'ED25520', publicKey: 'A?ID' }, ['algorithm unknown_mnemonic', 'publicKey bad_base64']],
  ['DS', { digestType: 1, digest: 'ab'.repeat(20) }, []],
  ['DS', { digestType: 1, digest: 'ab'.repeat(21) }, ['digest bad_length']],
  ['DS', { digestType: 2, digest: 'ab'.repeat(31) }, ['digest bad_length']],
  ['DS', { digestType: 4, digest: 'ab'.repeat(49) }, ['digest bad_length']],
  ['DS', { digestType: 256, digest: 'ab' }, ['digestType out_of_range']],
  ['DS', { digest: 'abc' }, ['digest bad_hex']],
  ['DS', { digest: 'xy' }, ['digest bad_hex']],
  ['DS', { digest: '' }, ['digest missing']],
  ['EUI48', { address: '00:00:5e:00:53:2a' }, []],
  ['EUI48', { address: '00-00-5e-00-53' }, ['address bad_eui']],
  ['EUI64', { address: '00-00-5e-00-53-2a' }, ['address bad_eui']],
  ['HINFO', { cpu: 'x'.repeat(255) }, []],
  ['HINFO', { cpu: 'x'.repeat(256), os: '"open' }, ['cpu string_too_long', 'os bad_text']],
  ['HIP', { hit: 'ab'.repeat(255) }, []],
  ['HIP', { hit: 'ab'.repeat(256), servers: 'a' }, ['hit bad_length', 'servers ambiguous_name']],
  ['IPSECKEY', { gatewayType: 4 }, ['gatewayType out_of_range']],
  ['IPSECKEY', { gatewayType: 3, gateway: 'a.test' }, []],
  ['IPSECKEY', { gatewayType: 2 }, ['gateway bad_address']],
  ['IPSECKEY', { gatewayType: 2, gateway: '::1' }, []],
  ['IPSECKEY', { gatewayType: 0 }, ['gateway no_gateway']],
  ['IPSECKEY', { publicKey: '' }, ['publicKey missing']],
  ['L32', { locator: '2001:db8::' }, ['locator bad_address']],
  ['L64', { locator: '2001:db8::' }, ['locator bad_groups']],
  ['L64', { locator: '1:2:3:10000' }, ['locator bad_groups']],
  ['LOC', { latitude: '90 N', longitude: '180 w', altitude: '42849672.95', size: '90000000.00m' }, []],
  ['LOC', { latitude: '90 0 0.001 N', longitude: '180 0 0.001 W' }, ['latitude out_of_range', 'longitude out_of_range']],
  ['LOC', { latitude: '1 60 N', longitude: '1 1 60 W' }, ['latitude bad_coordinate', 'longitude bad_coordinate']],
  ['LOC', { latitude: '42 W', longitude: '42 N' }, ['latitude bad_coordinate', 'longitude bad_coordinate']],
  ['LOC', { latitude: '90', longitude: '-180.0' }, []],
  ['LOC', { latitude: '-90.1', longitude: '180.1' }, ['latitude out_of_range', 'longitude out_of_range']],
  ['LOC', { altitude: '42849672.96' }, ['altitude out_of_range']],
  ['LOC', { altitude: '-100000' }, []],
  ['LOC', { altitude: '-100000.01' }, ['altitude out_of_range']],
  ['LOC', { altitude: 'high', size: '1.234' }, ['altitude bad_metres', 'size bad_metres']],
  ['LOC', { size: '90000000.01', verticalPrecision: '-0' }, ['size out_of_range', 'verticalPrecision bad_metres']],
  ['LOC', { size: '', horizontalPrecision: '', verticalPrecision: '' }, []],
  ['NAPTR', { regexp: '' }, []],
  ['NAPTR', { regexp: '!a!b!ii' }, []],
  ['NAPTR', { regexp: '!a!b!g' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '!a!b' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '!!b!' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '1a1b1' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '!a\\!b!' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '!(a)(b)!\\2\\1!' }, []],
  ['NAPTR', { regexp: '!\\(a(b)!\\2!' }, ['regexp bad_regexp']],
  ['NAPTR', { regexp: '!a!\\1!' }, ['regexp bad_regexp']],
  ['NID', { nodeId: '' }, ['nodeId missing']],
  ['NSEC', { types: '' }, ['types missing']],
  ['NSEC', { types: 'A,MX' }, ['types unknown_type']],
  ['NSEC3', { salt: 'ab'.repeat(255), types: '' }, []],
  ['NSEC3', { salt: 'ab'.repeat(256) }, ['salt bad_length']],
  ['NSEC3', { nextHashedOwner: '2T7B4G4VSA5SMI47K61MV5BV1A22BO' }, ['nextHashedOwner bad_base32hex']],
  ['NSEC3', { hashAlgorithm: 2, nextHashedOwner: '04' }, []],
  ['NSEC3', { hashAlgorithm: 2, nextHashedOwner: '01' }, ['nextHashedOwner bad_base32hex']],
  ['NSEC3', { hashAlgorithm: 2, nextHashedOwner: '0' }, ['nextHashedOwner bad_base32hex']],
  ['NSEC3', { hashAlgorithm: 2, nextHashedOwner: 'V'.repeat(408) }, []],
  ['NSEC3', { hashAlgorithm: 2, nextHashedOwner: 'V'.repeat(416) }, ['nextHashedOwner bad_base32hex']],
  ['NSEC3PARAM', { salt: '' }, ['salt missing']],
  ['OPENPGPKEY', { publicKey: '' }, ['publicKey missing']],
  ['RP', { mailbox: 'first.last@a.test', textName: '' }, ['textName missing']],
  ['RRSIG', { expiration: 4294967295, inception: 0 }, []],
  ['RRSIG', { expiration: 4294967296 }, ['expiration out_of_range']],
  ['RRSIG', { expiration: '21060207062815' }, []],
  [
    'RRSIG',
    { expiration: '21060207062816', inception: '19691231235959' },
    ['expiration out_of_range', 'inception out_of_range'],
  ],
  ['RRSIG', { expiration: '20300229000000', inception: '20300101240000' }, ['expiration bad_time', 'inception bad_time']],
  ['RRSIG', { typeCovered: 'TYPE65536', signature: '' }, ['typeCovered unknown_type', 'signature missing']],
  ['SSHFP', { fingerprintType: 1, fingerprint: 'ab'.repeat(20) }, []],
  ['SSHFP', { fingerprintType: 2, fingerprint: 'ab'.repeat(31) }, ['fingerprint bad_length']],
  ['TLSA', { usage: 256, data: '' }, ['usage out_of_range', 'data missing']],
  ['URI', { target: '' }, ['target missing']],
  ['URI', { target: 'x'.repeat(4096) }, []],
  ['URI', { target: 'x'.repeat(4097) }, ['target text_too_long']],
  ['ZONEMD', { digest: 'ab'.repeat(11) }, ['digest bad_length']],
  ['ZONEMD', { hashAlgorithm: 1, digest: 'ab'.repeat(48) }, []],
  ['ZONEMD', { hashAlgorithm: 2, digest: 'ab'.repeat(65) }, ['digest bad_length']],
];

it.each(LIMITS)('%s with %j: %j', (type, json, faults) => {
  expect(faultsOf(type, json)).toEqual(faults);
});

describe('RDATA at its limit', () => {
  it.each([
    ['TLSA', '3 1 1 ', 'AB', 3],
    ['TYPE65280', `\\# ${MAX_RDATA} `, 'ab', 0],
  ])('%s holds 65535 octets and not one more', (type, start, octet, fixed) => {
    const code = typeFromText(type)!;
    const text = start + octet.repeat(MAX_RDATA - fixed);
    const octets = rdataFromText(code, text, person) as Uint8Array;
    expect(octets.length).toBe(MAX_RDATA);
    expect(rdataToText(code, octets)).toBe(text);
    const more = rdataFromText(code, text.replace(`${MAX_RDATA} `, `${MAX_RDATA + 1} `) + octet, person);
    expect(more).toMatchObject([{ fault: { code: 'rdata_too_long' } }]);
  });

  it('is that of DNS in a zone file, and for people shorter in text, in whatever form they give it', () => {
    const text = Array.from({ length: 255 }, () => `"${'x'.repeat(255)}"`).join(' ');
    const octets = rdataFromText(16, text, zoneFile) as Uint8Array;
    expect(rdataToText(16, octets)).toBe(text);
    const generic = `\\# ${octets.length} ${Buffer.from(octets).toString('hex')}`;
    expect(rdataFromText(16, generic, zoneFile)).toEqual(octets);
    expect(rdataFromText(16, generic, person)).toMatchObject([{ field: 'text', fault: { code: 'text_too_long' } }]);
  });
});

describe('what a zone file may write', () => {
  it.each([
    ['RP', 'a@b .', 'a\\@b.zone.test. .'],
    ['LOC', '1 N 2 E 3', '1 0 0.000 N 2 0 0.000 E 3.00m 1m 10000m 10m'],
    ['NSEC3', '1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr', '1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR'],
    ['HIP', '2 2001 AQID a b.', '2 2001 AQID a.zone.test. b.'],
    ['IPSECKEY', '1 3 2 a AQ ID', '1 3 2 a.zone.test. AQID'],
  ])('%s %s is %s', (type, text, printed) => {
    const code = typeFromText(type)!;
    expect(rdataToText(code, rdataFromText(code, text, zoneFile) as Uint8Array)).toBe(printed);
  });

  it.each([
    ['LOC', '42 N 71 3', 'longitude'],
    ['LOC', '42 71 W 3', 'latitude'],
    ['LOC', '1 N 1 E 1 1 1 1 1', 'content'],
    ['CAA', '0 issue two words', 'value'],
    ['URI', '1 1', 'target'],
    ['HINFO', 'PC', 'os'],
  ])('%s %s is refused', (type, text, field) => {
    const [first] = rdataFromText(typeFromText(type)!, text, zoneFile) as RdataFault[];
    expect(first!.field).toBe(field);
  });
});

describe('embeddedNames', () => {
  it.each([
    ['MX', '10 a.test.', ['a.test.'], 2, 10],
    ['SOA', 'a. b. 1 2 3 4 5', ['a.', 'b.'], 0, 6],
    ['RP', 'a. b.', ['a.', 'b.'], 0, 6],
    ['DNAME', 'a.test.', ['a.test.'], 0, 8],
    ['NAPTR', '1 1 "s" "" "" a.', ['a.'], 8, 11],
    ['NSEC', 'a. A', ['a.'], 0, 3],
    ['RRSIG', 'A 13 3 300 1 0 7 test. AQID', ['test.'], 18, 24],
    ['SVCB', '1 a. port=1', ['a.'], 2, 5],
  ])('finds those of %s %s', (type, text, names, start, end) => {
    const code = typeFromText(type)!;
    const found = embeddedNames(code, rdataFromText(code, text, zoneFile) as Uint8Array)!;
    expect([found.names.map((name) => name.toText()), found.start, found.end]).toEqual([names, start, end]);
  });

  it.each([
    ['A', '192.0.2.1'],
    ['HIP', '2 2001 AQID a. b.'],
    ['IPSECKEY', '1 3 2 a. AQID'],
    ['TYPE65280', '\\# 1 00'],
  ])('finds none in %s %s', (type, text) => {
    const code = typeFromText(type)!;
    expect(embeddedNames(code, rdataFromText(code, text, zoneFile) as Uint8Array)).toBeNull();
  });

  it('finds none in octets that are not RDATA of their type', () => {
    expect(embeddedNames(6, Uint8Array.of(1, 97, 0, 0, 0))).toBeNull();
  });
});

describe('compression', () => {
  it('has no place in RDATA by itself', () => {
    expect(rdataToText(15, Uint8Array.of(0, 0, 1, 97, 0xc0, 0))).toBe('\\# 6 00000161c000');
    expect(rdataFromText(15, '\\# 6 00000161c000', zoneFile)).toMatchObject([{ fault: { code: 'bad_rdata' } }]);
  });

  it('is undone inside a message where RFC 3597 §4 allows it, and refused in types that came later', () => {
    const message = Uint8Array.of(1, 97, 0, 0, 1, 1, 98, 0xc0, 0, 10, 3, 2, 0xc0, 0, 1);
    expect(rdataToText(typeFromText('AFSDB')!, message, 3, 9)).toBe('1 b.a.');
    expect(rdataToText(typeFromText('IPSECKEY')!, message, 9, 15)).toBe('\\# 6 0a0302c00001');
  });
});
