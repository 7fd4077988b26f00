import { describe, expect, it } from 'vitest';
import { typeFromText, typeToText } from '../../server/wire/codes.ts';
import { rdataFromText, rdataToText } from '../../server/wire/rdata.ts';
import { parseMasterFile } from '../../server/zone/master-file.ts';
import { ask, lines, makeZone, name, zoneSet } from '../support/dns.ts';

const origin = name('example.');
const context = { origin, style: 'zone-file' } as const;
const hex = (type: string, text: string) => {
  const octets = rdataFromText(typeFromText(type)!, text, context);
  return Array.isArray(octets) ? octets[0]!.fault.code : Buffer.from(octets).toString('hex');
};

describe('RFC 3597 §5, text of what nobody knows', () => {
  it('the examples of the document', () => {
    const text = `
      @ 60 SOA ns h 1 2 3 4 5
      a.example.   60 CLASS1  TYPE731  \\# 6 abcd (
                                       ef 01 23 45 )
      b.example.   60 IN      TYPE62347 \\# 0
      e.example.   60 IN      A        \\# 4 0A000001
      f.example.   60 CLASS1  TYPE1    10.0.0.2`.replace(/^ {6}/gm, '');
    const zone = parseMasterFile(text, origin);
    const print = zone.map((one) =>
      'message' in one ? one.message : `${one.owner.toText()} ${typeToText(one.type)} ${rdataToText(one.type, one.rdata)}`,
    );
    expect(print.slice(1)).toEqual([
      'a.example. TYPE731 \\# 6 abcdef012345',
      // TYPE62347 with no octets at all.
      'b.example. TYPE62347 \\# 0',
      'e.example. A 10.0.0.1',
      'f.example. A 10.0.0.2',
    ]);
  });

  it('other classes than IN by number are other classes', () => {
    const [fault] = parseMasterFile('@ 60 SOA ns h 1 2 3 4 5\na 60 CLASS32 TYPE731 \\# 0\n', origin) as { message: string }[];
    expect(fault!.message).toBe('class CLASS32 is not served; only IN is');
  });

  it('the length must be that of the octets, whole ones', () => {
    expect(hex('TYPE731', '\\# 3 abcdef')).toBe('abcdef');
    expect(hex('TYPE731', '\\# 2 abcdef')).toBe('bad_generic');
    expect(hex('TYPE731', '\\# 4 abcdef')).toBe('bad_generic');
    expect(hex('TYPE731', '\\# 3 abcde')).toBe('bad_generic');
    expect(hex('TYPE731', 'abcdef')).toBe('bad_generic');
  });

  it('a type that has a name is known by its number too, and the highest number there can be is 65535', () => {
    expect([typeFromText('TYPE15'), typeFromText('type65535'), typeFromText('TYPE65536')]).toEqual([15, 65535, undefined]);
    expect([typeToText(15), typeToText(65280)]).toEqual(['MX', 'TYPE65280']);
  });
});

describe('RFC 3597 §4 and §3, on the wire', () => {
  it('§3: octets go out as they are, whatever names may be in them', () => {
    const zones = zoneSet(makeZone('example.', 'a 60 TYPE731 \\# 11 03777777c00c07657800cc'));
    const answer = ask(zones, 'a.example.', 'TYPE731');
    expect(lines(answer.answer)).toEqual(['a.example. 60 TYPE731 \\# 11 03777777c00c07657800cc']);
  });

  it('§4: only names in types of RFC 1035 are compressed', () => {
    const records =
      'x 60 SRV 0 0 1 x\nx 60 DNAME x\nx 60 RP x x\nx 60 KX 1 x\nx 60 AFSDB 1 x\nx 60 NAPTR 1 1 "" "" "" x\nx 60 SVCB 1 x';
    const zones = zoneSet(makeZone('example.', `${records}\ny 60 MX 1 y\ny 60 PTR y`));
    const whole = Buffer.from(name('x.example.').octets).toString('hex');
    const sizeOf = (qname: string, qtype: string) => Buffer.from(ask(zones, qname, qtype).octets).toString('hex');
    for (const qtype of ['SRV', 'DNAME', 'RP', 'KX', 'AFSDB', 'NAPTR', 'SVCB'])
      expect(sizeOf('x.example.', qtype).split(whole).length, qtype).toBe(qtype === 'RP' ? 4 : 3);
    for (const qtype of ['MX', 'PTR'])
      expect(sizeOf('y.example.', qtype).split(Buffer.from(name('y.example.').octets).toString('hex')).length).toBe(2);
  });

  it('§7: types are equal when their octets are, case included', () => {
    const zones = zoneSet(makeZone('example.', 'a 60 TYPE731 \\# 1 41\na 60 TYPE731 \\# 1 61'));
    expect(ask(zones, 'a.example.', 'TYPE731').answer).toHaveLength(2);
  });
});
