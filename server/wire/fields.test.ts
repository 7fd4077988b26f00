import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet } from '../../tests/support/dns.ts';
import { decodeMessageFields, type MessageField } from './fields.ts';

const ZONES = zoneSet(
  makeZone(
    'otter1.digpit.test.',
    `www 60 A 192.0.2.1
     @ 60 MX 10 mail.otter1.digpit.test.
     mail 60 AAAA 2001:db8::1
     txt 60 TXT "one" "two"
     site 60 HTTPS 1 . alpn=h2,h3 port=8443`,
  ),
);
const SUBNET = [0, 8, 0, 7, 0, 1, 24, 0, 8, 8, 8];
const COOKIE = [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8];
const EDNS = { udpSize: 1232, options: Uint8Array.of(...SUBNET, ...COOKIE, 0, 12, 0, 3, 0, 0, 0) };

const answer = (qname: string, qtype: string) => exchange(ZONES, makeQuery(qname, qtype, { edns: EDNS }))!;
const find = (fields: MessageField[], section: string, key: string) =>
  fields.filter((field) => field.section === section && field.key === key);

describe('the fields of a message', () => {
  it.each([
    ['www.otter1.digpit.test.', 'A'],
    ['otter1.digpit.test.', 'MX'],
    ['otter1.digpit.test.', 'SOA'],
    ['txt.otter1.digpit.test.', 'TXT'],
    ['site.otter1.digpit.test.', 'HTTPS'],
    ['nothing.otter1.digpit.test.', 'A'],
  ])('of %s %s lie one behind the other and leave no octet out', (qname, qtype) => {
    for (const octets of [makeQuery(qname, qtype, { edns: EDNS }), answer(qname, qtype)]) {
      const { fields } = decodeMessageFields(octets);
      let at = 0;
      for (const { start, end } of fields) {
        expect(start).toBe(at);
        at = end;
      }
      expect(at).toBe(octets.length);
    }
  });

  it('say where a compressed name goes on', () => {
    const octets = answer('otter1.digpit.test.', 'MX');
    const { fields } = decodeMessageFields(octets);
    expect(find(fields, 'answer', 'name')).toMatchObject([{ value: 'otter1.digpit.test.', pointer: { to: 12 } }]);
    const [exchangeName] = find(fields, 'answer', 'exchange');
    expect(exchangeName).toMatchObject({ value: 'mail.otter1.digpit.test.', pointer: { at: exchangeName!.start + 5, to: 12 } });
    // The owner of the glue points into the RDATA of the MX.
    expect(find(fields, 'additional', 'name')).toMatchObject([{ pointer: { to: exchangeName!.start } }]);
  });

  it('take OPT and its options apart', () => {
    const { fields } = decodeMessageFields(makeQuery('a.', 'A', { edns: EDNS }));
    expect(fields.filter(({ section }) => section === 'edns').map(({ index, key, value }) => [index, key, value])).toEqual([
      [0, 'name', '.'],
      [0, 'type', 'OPT'],
      [0, 'udpSize', '1232'],
      [0, 'extendedRcode', '0'],
      [0, 'version', '0'],
      [0, 'ednsFlags', ''],
      [0, 'rdlength', '30'],
      [1, 'option', 'CLIENT_SUBNET'],
      [1, 'optionLength', '7'],
      [1, 'family', 'IPv4'],
      [1, 'sourcePrefix', '/24'],
      [1, 'scopePrefix', '/0'],
      [1, 'address', '8.8.8.0'],
      [2, 'option', 'COOKIE'],
      [2, 'optionLength', '8'],
      [2, 'clientCookie', '0102030405060708'],
      [3, 'option', 'PADDING'],
      [3, 'optionLength', '3'],
      [3, 'padding', '3'],
    ]);
  });

  it('name extended errors', () => {
    const { fields } = decodeMessageFields(
      makeQuery('a.', 'A', { edns: { udpSize: 512, options: Uint8Array.of(0, 15, 0, 5, 0, 20, 0x6e, 0x6f, 0x2e) } }),
    );
    expect(find(fields, 'edns', 'infoCode')[0]!.value).toBe('20 Not Authoritative');
    expect(find(fields, 'edns', 'extraText')[0]!.value).toBe('no.');
  });

  it('never throw, never overlap and never leave the message, whatever the octets are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        let at = 0;
        for (const { start, end } of decodeMessageFields(octets).fields) {
          expect(start).toBeGreaterThanOrEqual(at);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(octets.length);
      }),
      { seed: 5, numRuns: 5_000 },
    );
  });
});
