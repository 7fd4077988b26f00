import { describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { typeToText } from '../wire/codes.ts';
import { rdataToText } from '../wire/rdata.ts';
import { parseMasterFile, type MasterFault } from './master-file.ts';
import type { ZoneRecord } from './rrset.ts';

const origin = name('example.');
const SOA = '@ 60 SOA ns1 h 1 2 3 4 5\n';

function records(text: string): string[] {
  const result = parseMasterFile(text, origin);
  return result.map((one) => {
    if ('message' in one) throw new Error(`${one.line}:${one.column}: ${one.message}`);
    return `${one.owner.toText()} ${one.ttl} ${typeToText(one.type)} ${rdataToText(one.type, one.rdata)}`;
  });
}
const faults = (text: string) =>
  (parseMasterFile(text, origin) as (MasterFault | ZoneRecord)[]).map((one) =>
    'message' in one ? `${one.line}:${one.column}` : 'ok',
  );

describe('master files, RFC 1035 §5', () => {
  it('takes what people write', () => {
    const text = `$TTL 1h ; a comment
@  IN SOA ns1 host\\.master (
        2026112301 ; serial
        1d 2h 3w 4m )
   NS ns1
   IN 30 A 192.0.2.1
www 30 IN A 192.0.2.2
    IN AAAA 2001:db8::1
$ORIGIN sub.example.
a   CNAME @
b   TXT "a ; ( b" c\\;d "multi
line"
x\\.y A 192.0.2.3
u   TYPE65280 \\# 3 (
      01 02
      03 )
`.replace('1d 2h 3w 4m', '86400 7200 1814400 240');
    expect(records(text)).toEqual([
      'example. 3600 SOA ns1.example. host\\.master.example. 2026112301 86400 7200 1814400 240',
      'example. 3600 NS ns1.example.',
      'example. 30 A 192.0.2.1',
      'www.example. 30 A 192.0.2.2',
      'www.example. 3600 AAAA 2001:db8::1',
      'a.sub.example. 3600 CNAME sub.example.',
      'b.sub.example. 3600 TXT "a ; ( b" "c;d" "multi\\010line"',
      'x\\.y.sub.example. 3600 A 192.0.2.3',
      'u.sub.example. 3600 TYPE65280 \\# 3 010203',
    ]);
  });

  it('takes the TTL of the record before when there is no $TTL, and one record for two that are the same', () => {
    expect(records(`${SOA}a A 192.0.2.1\nA 99 A 192.0.2.1`).slice(1)).toEqual(['a.example. 60 A 192.0.2.1']);
  });

  it.each([
    ['a 60 A 192.0.2.256', '2:8'],
    ['a 60 MX ten mail', '2:9'],
    ['a 60 MX 10', '2:9'],
    ['a 60 A 192.0.2.1 192.0.2.2', '2:8'],
    ['a 60 CH TXT x', '2:6'],
    ['a 60 FOO x', '2:6'],
    ['a 60 ANY x', '2:6'],
    ['a 60', '2:1'],
    ['a..b 60 A 192.0.2.1', '2:1'],
    ['www.test. 60 A 192.0.2.1', '2:1'],
    ['$INCLUDE other', '2:1'],
    ['$GENERATE 1-2 a', '2:1'],
    ['$TTL', '2:1'],
    ['$TTL 99999999999', '2:6'],
    ['$ORIGIN a b', '2:11'],
    ['a 60 TXT "open', '2:10'],
    ['a 60 TXT ( open', '2:10'],
    ['a 60 TXT ) x', '2:10'],
    ['@ 60 CNAME a', '2:1'],
    ['@ 60 SOA ns2 h 2 2 3 4 5', '2:1'],
    ['c 60 CNAME a\nc 60 A 192.0.2.1', '3:1'],
  ])('refuses %j at %s', (line, at) => {
    expect(faults(`${SOA}${line}\n`)[0]).toBe(at);
  });

  it('tells every fault, and refuses a file without SOA or without TTL', () => {
    expect(faults(`${SOA}a 60 A x\nb 60 A 192.0.2.1\nc 60 A y`)).toEqual(['2:8', '4:8']);
    expect(faults('www 60 A 192.0.2.1')).toEqual(['1:1']);
    expect(faults('@ SOA a b 1 2 3 4 5')).toEqual(['1:3']);
    expect(faults(' A 192.0.2.1')).toHaveLength(1);
  });
});
