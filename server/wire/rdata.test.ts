import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeFromText } from './codes.ts';
import { Name } from './name.ts';
import { RDATA_TYPES, rdataFromJson, rdataFromText, rdataToJson, rdataToText, type RdataFault } from './rdata.ts';

const origin = Name.fromText('zone.test.') as Name;
const person = { origin, style: 'person' } as const;
const zoneFile = { origin, style: 'zone-file' } as const;

/** Type, presentation form as `dig` prints it, octets, JSON fields. */
const KNOWN: [string, string, string, Record<string, string | number>][] = [
  ['A', '192.0.2.1', 'c0000201', { address: '192.0.2.1' }],
  ['AAAA', '2001:db8::1', '20010db8000000000000000000000001', { address: '2001:db8::1' }],
  [
    'CAA',
    '0 issue "letsencrypt.org"',
    '000569737375656c657473656e63727970742e6f7267',
    { flags: 0, tag: 'issue', value: 'letsencrypt.org' },
  ],
  ['CNAME', 'a.test.', '01610474657374 00', { target: 'a.test.' }],
  ['NS', 'a.test.', '01610474657374 00', { target: 'a.test.' }],
  ['PTR', 'a.test.', '01610474657374 00', { target: 'a.test.' }],
  ['MX', '10 a.test.', '000a 01610474657374 00', { preference: 10, exchange: 'a.test.' }],
  [
    'SOA',
    'a.test. h\\.m.test. 4294967295 2 3 4 5',
    '0161047465737400 03682e6d047465737400 ffffffff 00000002 00000003 00000004 00000005',
    { mname: 'a.test.', rname: 'h\\.m.test.', serial: 4294967295, refresh: 2, retry: 3, expire: 4, minimum: 5 },
  ],
  ['SRV', '1 2 443 a.test.', '0001 0002 01bb 0161047465737400', { priority: 1, weight: 2, port: 443, target: 'a.test.' }],
  ['TXT', '"hello world"', '0b68656c6c6f20776f726c64', { text: 'hello world' }],
  ['TXT', '"a" "b"', '01610162', { text: '"a" "b"' }],
  ['TXT', '""', '00', { text: '""' }],
  ['TXT', '"\\"\\\\\\000\\255"', '04225c00ff', { text: '"\\"\\\\\\000\\255"' }],
  ['HTTPS', '0 a.test.', '0000 0161047465737400', { priority: 0, target: 'a.test.', params: '' }],
  ['TYPE65280', '\\# 4 0a000001', '0a000001', { rdata: '\\# 4 0a000001' }],
  ['TYPE65281', '\\# 0', '', { rdata: '\\# 0' }],
  ['NULL', '\\# 3 010101', '010101', { rdata: '\\# 3 010101' }],
];

describe.each(KNOWN)('%s %s', (type, text, hex, json) => {
  const code = typeFromText(type)!;
  const octets = new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

  it('is read from text and written to it', () => {
    expect(rdataFromText(code, text, zoneFile)).toEqual(octets);
    expect(rdataToText(code, octets)).toBe(text);
  });

  it('is read from JSON and written to it', () => {
    expect(rdataFromJson(code, json, person)).toEqual(octets);
    expect(rdataToJson(code, octets)).toEqual(json);
  });

  it('is read from the generic form, RFC 3597 §5', () => {
    expect(rdataFromText(code, `\\# ${octets.length} ${hex}`, zoneFile)).toEqual(octets);
  });
});

/** The test vectors of RFC 9460 appendix D. */
describe.each([
  ['1 .', '000100', '1 .'],
  ['16 foo.example.com. port=53', '001003666f6f076578616d706c6503636f6d00000300020035', '16 foo.example.com. port=53'],
  [
    '1 foo.example.com. key667=hello',
    '000103666f6f076578616d706c6503636f6d00029b000568656c6c6f',
    '1 foo.example.com. key667="hello"',
  ],
  [
    '1 foo.example.com. key667="hello\\210qoo"',
    '000103666f6f076578616d706c6503636f6d00029b000968656c6c6fd2716f6f',
    '1 foo.example.com. key667="hello\\210qoo"',
  ],
  [
    '1 foo.example.com. ipv6hint="2001:db8::1,2001:db8::53:1"',
    '000103666f6f076578616d706c6503636f6d0000060020 20010db8000000000000000000000001 20010db8000000000000000000530001',
    '1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1',
  ],
  [
    '16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1',
    '001003666f6f076578616d706c65036f7267 00 0000000400010004 00010009 02683205 68332d3139 0004 0004 c0000201',
    '16 foo.example.org. mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1',
  ],
  [
    '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
    '001003666f6f076578616d706c65036f7267 00 0001000c 08665c6f6f2c62617202 6832',
    '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
  ],
])('SVCB %s', (text, hex, printed) => {
  it('has the octets of RFC 9460 appendix D and prints sorted', () => {
    const octets = rdataFromText(64, text, zoneFile);
    expect(Buffer.from(octets as Uint8Array).toString('hex')).toBe(hex.replaceAll(' ', ''));
    expect(rdataToText(64, octets as Uint8Array)).toBe(printed);
  });
});

const faultsOf = (type: string, json: Record<string, unknown>) => {
  const result = rdataFromJson(typeFromText(type)!, json, person);
  return Array.isArray(result) ? result.map(({ field, fault }) => `${field} ${fault.code}`) : [];
};

describe('what a person may not put into a field', () => {
  it.each([
    ['A', { address: '1.2.3' }, ['address bad_address']],
    ['A', { address: '::1' }, ['address bad_address']],
    ['AAAA', { address: '192.0.2.1' }, ['address bad_address']],
    ['AAAA', { address: '1::2::3' }, ['address bad_address']],
    ['MX', { preference: 65536, exchange: 'a.test' }, ['preference out_of_range']],
    ['MX', { preference: -1, exchange: '' }, ['preference not_a_number', 'exchange missing']],
    ['MX', {}, ['preference missing', 'exchange missing']],
    ['CNAME', { target: 'mail' }, ['target ambiguous_name']],
    ['CNAME', { target: `${'x'.repeat(64)}.test` }, ['target label_too_long']],
    ['CNAME', { target: 'a..b' }, ['target empty_label']],
    ['CAA', { flags: 256, tag: 'is sue', value: '' }, ['flags out_of_range', 'tag bad_tag']],
    ['TXT', { text: '' }, []],
    ['TXT', { text: 'x'.repeat(4096) }, []],
    ['TXT', { text: 'x'.repeat(4097) }, ['text text_too_long']],
    ['TXT', { text: '"open' }, ['text bad_text']],
    ['TXT', { text: `"${'x'.repeat(256)}"` }, ['text string_too_long']],
    ['HTTPS', { priority: 1, target: '.', params: 'port=70000' }, ['params bad_param']],
    ['HTTPS', { priority: 1, target: '.', params: 'port=1 port=2' }, ['params duplicate_param']],
    ['HTTPS', { priority: 1, target: '.', params: 'mandatory=alpn' }, ['params missing_param']],
    ['HTTPS', { priority: 1, target: '.', params: 'hello=1' }, ['params unknown_param']],
    ['TYPE65280', { rdata: '\\# 2 01' }, ['rdata bad_generic']],
    ['TYPE65280', { rdata: 'hello' }, ['rdata bad_generic']],
    ['A', { address: ['192.0.2.1'] }, ['address not_text']],
  ])('%s %j', (type, json, expected) => {
    expect(faultsOf(type, json)).toEqual(expected);
  });

  it('asks about a target without a dot instead of guessing', () => {
    const [first] = rdataFromJson(5, { target: 'mail' }, person) as RdataFault[];
    expect(first!.fault.choices).toEqual(['mail.zone.test.', 'mail.']);
  });

  it('refuses octets that are no RDATA of a type that has fields', () => {
    expect(rdataFromText(1, '\\# 3 010203', person)).toMatchObject([{ field: 'content', fault: { code: 'bad_rdata' } }]);
  });

  it('refuses words after the last field', () => {
    expect(rdataFromText(15, '10 a.test. b.test.', zoneFile)).toMatchObject([{ fault: { code: 'surplus' } }]);
  });
});

describe('what is done for a person', () => {
  const text = (type: string, json: Record<string, unknown>) => {
    const code = typeFromText(type)!;
    return rdataToText(code, rdataFromJson(code, json, person) as Uint8Array);
  };

  it('adds the final dot, trims blanks, turns IDN into punycode, takes @ for the zone', () => {
    expect(text('CNAME', { target: ' www.example.com ' })).toBe('www.example.com.');
    expect(text('MX', { preference: ' 10 ', exchange: 'post.straße.example' })).toBe('10 post.xn--strae-oqa.example.');
    expect(text('CNAME', { target: '@' })).toBe('zone.test.');
  });

  it('turns the @ of a mailbox into a dot and escapes those before it, RFC 1035 §8', () => {
    expect(
      text('SOA', { mname: 'a.b', rname: 'first.last@example.com', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 }),
    ).toBe('a.b. first\\.last.example.com. 1 1 1 1 1');
  });

  it('cuts long text into strings of 255 octets and shows it whole', () => {
    const octets = rdataFromJson(16, { text: 'x'.repeat(300) }, person) as Uint8Array;
    expect([octets[0], octets[256], octets.length]).toEqual([255, 45, 302]);
    expect(rdataToJson(16, octets)).toEqual({ text: 'x'.repeat(300) });
  });

  it('keeps letters outside ASCII in TXT as UTF-8', () => {
    const octets = rdataFromJson(16, { text: 'grüße 🏖' }, person) as Uint8Array;
    expect(rdataToJson(16, octets)).toEqual({ text: 'grüße 🏖' });
    expect(rdataToText(16, octets)).toBe('"gr\\195\\188\\195\\159e \\240\\159\\143\\150"');
  });
});

describe('any octets at all', () => {
  it('print as text that reads back as the same octets, or as the generic form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RDATA_TYPES.map(({ code }) => code), 65280),
        fc.uint8Array({ maxLength: 60 }),
        (code, octets) => {
          const text = rdataToText(code, octets);
          if (!text.startsWith('\\#')) expect(rdataFromText(code, text, zoneFile)).toEqual(octets);
          else expect(text).toBe(`\\# ${octets.length} ${Buffer.from(octets).toString('hex')}`.trimEnd());
        },
      ),
      { seed: 7, numRuns: 3000 },
    );
  });

  it('survive the way through the JSON of a form unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (text) => {
        const octets = Uint8Array.of(text.length, ...text);
        expect(rdataFromJson(16, rdataToJson(16, octets), person)).toEqual(octets);
      }),
      { seed: 8, numRuns: 2000 },
    );
  });
});
