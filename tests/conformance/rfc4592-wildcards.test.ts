import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

/** The zone of RFC 4592 §2.2.1. */
const zones = zoneSet(
  makeZone(
    'example.',
    `@ 3600 NS ns.example.com.
     @ 3600 NS ns.example.net.
     * 3600 TXT "this is a wildcard"
     * 3600 MX 10 host1.example.
     sub.* 3600 TXT "this is not a wildcard"
     host1 3600 A 192.0.2.1
     _ssh._tcp.host1 3600 SRV 0 0 22 host1
     _ssh._tcp.host2 3600 SRV 0 0 22 host1
     subdel 3600 NS ns.example.com.
     subdel 3600 NS ns.example.net.`,
  ),
);

describe('RFC 4592 §2.2.1, answers made from the wildcard', () => {
  it.each([
    ['host3.example.', 'MX', 'host3.example. 3600 MX 10 host1.example.'],
    ['foo.bar.example.', 'TXT', 'foo.bar.example. 3600 TXT "this is a wildcard"'],
  ])('%s %s', (qname, qtype, expected) => {
    const answer = ask(zones, qname, qtype);
    expect([answer.rcode, lines(answer.answer)]).toEqual(['NOERROR', [expected]]);
    expect(answer.flags).toContain('AA');
  });

  it('host3.example. A is NODATA: the wildcard exists but has no A', () => {
    const answer = ask(zones, 'host3.example.', 'A');
    expect([answer.rcode, answer.answer, answer.authority.length]).toEqual(['NOERROR', [], 1]);
  });
});

describe('RFC 4592 §2.2.1, answers not made from the wildcard', () => {
  it.each([
    ['host1.example.', 'MX', 'NOERROR', 'because host1.example. exists'],
    ['sub.*.example.', 'MX', 'NOERROR', 'because sub.*.example. exists'],
    ['_telnet._tcp.host1.example.', 'SRV', 'NXDOMAIN', 'because _tcp.host1.example. exists and has no wildcard'],
    ['host2.example.', 'MX', 'NOERROR', 'because it is an empty non-terminal, §2.2.2'],
    ['ghost.*.example.', 'MX', 'NXDOMAIN', 'because *.example. exists and has no wildcard below it'],
  ])('%s %s is %s without data, %s', (qname, qtype, rcode) => {
    const answer = ask(zones, qname, qtype);
    expect([answer.rcode, answer.answer]).toEqual([rcode, []]);
    expect(lines(answer.authority)[0]).toMatch(/^example\. 900 SOA/);
  });

  it('host.subdel.example. A is a referral, because subdel.example. is a cut', () => {
    const answer = ask(zones, 'host.subdel.example.', 'A');
    expect(lines(answer.authority)).toEqual([
      'subdel.example. 3600 NS ns.example.com.',
      'subdel.example. 3600 NS ns.example.net.',
    ]);
  });
});

describe('RFC 4592 §3.3 and §4, the fine print', () => {
  it('a wildcard asked for by its own name answers as itself', () => {
    expect(lines(ask(zones, '*.example.', 'TXT').answer)).toEqual(['*.example. 3600 TXT "this is a wildcard"']);
  });

  it('§4.4: a CNAME at a wildcard is followed under the name that was asked', () => {
    const answer = ask(zoneSet(makeZone('example.', '* 60 CNAME www\nwww 60 A 192.0.2.1')), 'any.thing.example.', 'A');
    expect(lines(answer.answer)).toEqual(['any.thing.example. 60 CNAME www.example.', 'www.example. 60 A 192.0.2.1']);
  });

  it('§3.3.1: the wildcard of the closest encloser counts, not one further up', () => {
    const deep = zoneSet(makeZone('example.', '* 60 A 192.0.2.1\n*.b 60 A 192.0.2.2\nc.a.b 60 A 192.0.2.3'));
    expect(lines(ask(deep, 'x.b.example.', 'A').answer)).toEqual(['x.b.example. 60 A 192.0.2.2']);
    expect(ask(deep, 'x.a.b.example.', 'A').rcode).toBe('NXDOMAIN');
    expect(lines(ask(deep, 'x.y.z.example.', 'A').answer)).toEqual(['x.y.z.example. 60 A 192.0.2.1']);
  });

  it('a CNAME from a wildcard to a name below itself ends', () => {
    const answer = ask(zoneSet(makeZone('example.', '* 60 CNAME x.y')), 'a.example.', 'A');
    expect(lines(answer.answer)).toEqual(['a.example. 60 CNAME x.y.example.', 'x.y.example. 60 CNAME x.y.example.']);
  });
});

describe('RFC 8020, there is nothing below a name that is not there', () => {
  it('a name with names below it is there: NODATA', () => {
    const tree = zoneSet(makeZone('example.', 'a.b.c 60 TXT x'));
    for (const qname of ['b.c.example.', 'c.example.']) expect(ask(tree, qname, 'TXT').rcode).toBe('NOERROR');
    expect(ask(tree, 'x.b.c.example.', 'TXT').rcode).toBe('NXDOMAIN');
  });
});
