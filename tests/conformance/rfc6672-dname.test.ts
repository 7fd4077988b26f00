import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

const long = `${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.`;
const zones = zoneSet(
  makeZone(
    'example.com.',
    `www 60 A 192.0.2.1
     sub 60 DNAME example.net.
     sub 60 A 192.0.2.2
     hidden.sub 60 A 192.0.2.66
     in 60 DNAME target
     a.target 60 A 192.0.2.3
     out 60 DNAME elsewhere.test.
     loop 60 DNAME loop
     far 60 DNAME ${long}`,
  ),
  makeZone('example.net.', 'a 60 A 198.51.100.1\nc 60 CNAME a', 2),
  makeZone('apex.test.', '@ 60 DNAME example.net.\n@ 60 MX 10 a.example.net.', 3),
);

describe('RFC 6672 §2 and §3, redirection', () => {
  it('gives the DNAME, a CNAME made from it with the TTL of the DNAME, and what the new name has', () => {
    expect(lines(ask(zones, 'a.sub.example.com.', 'A').answer)).toEqual([
      'sub.example.com. 60 DNAME example.net.',
      'a.sub.example.com. 60 CNAME a.example.net.',
      'a.example.net. 60 A 198.51.100.1',
    ]);
  });

  it('follows chains of DNAME and CNAME', () => {
    expect(lines(ask(zones, 'c.sub.example.com.', 'A').answer)).toEqual([
      'sub.example.com. 60 DNAME example.net.',
      'c.sub.example.com. 60 CNAME c.example.net.',
      'c.example.net. 60 CNAME a.example.net.',
      'a.example.net. 60 A 198.51.100.1',
    ]);
  });

  it('keeps the labels in front, however many, and their case', () => {
    expect(lines(ask(zones, 'X.y.Z.out.example.com.', 'A').answer)).toEqual([
      'out.example.com. 60 DNAME elsewhere.test.',
      'X.y.Z.out.example.com. 60 CNAME X.y.Z.elsewhere.test.',
    ]);
  });

  it('says NXDOMAIN of the new name', () => {
    const answer = ask(zones, 'nothing.in.example.com.', 'A');
    expect([answer.rcode, answer.answer.length, answer.authority.length]).toEqual(['NXDOMAIN', 2, 1]);
  });

  it('§2.3: does not touch the name of the DNAME itself', () => {
    expect(lines(ask(zones, 'sub.example.com.', 'A').answer)).toEqual(['sub.example.com. 60 A 192.0.2.2']);
    expect(lines(ask(zones, 'sub.example.com.', 'DNAME').answer)).toEqual(['sub.example.com. 60 DNAME example.net.']);
    expect(ask(zones, 'sub.example.com.', 'MX').rcode).toBe('NOERROR');
  });

  it('§2.4: hides everything below', () => {
    const answer = ask(zones, 'hidden.sub.example.com.', 'A');
    expect(lines(answer.answer)[1]).toBe('hidden.sub.example.com. 60 CNAME hidden.example.net.');
  });

  it('works at the top of a zone, beside SOA and NS', () => {
    expect(lines(ask(zones, 'a.apex.test.', 'A').answer)[2]).toBe('a.example.net. 60 A 198.51.100.1');
    expect(lines(ask(zones, 'apex.test.', 'MX').answer)).toEqual(['apex.test. 60 MX 10 a.example.net.']);
  });

  it('§2.2: answers YXDOMAIN when the new name would have more than 255 octets, and not when it has 255', () => {
    const room = 255 - (long.length + 1);
    const fits = ask(zones, `${'y'.repeat(room - 1)}.far.example.com.`, 'A', { transport: 'tcp' });
    expect([fits.rcode, fits.answer.length]).toEqual(['NOERROR', 2]);
    const over = ask(zones, `${'y'.repeat(room)}.far.example.com.`, 'A', { transport: 'tcp' });
    expect([over.rcode, lines(over.answer)]).toEqual(['YXDOMAIN', [`far.example.com. 60 DNAME ${long}`]]);
  });

  it('ends when a DNAME leads to itself', () => {
    const answer = ask(zones, 'a.loop.example.com.', 'A');
    expect(answer.answer.length).toBeLessThan(50);
    expect(lines(answer.answer).slice(0, 2)).toEqual([
      'loop.example.com. 60 DNAME loop.example.com.',
      'a.loop.example.com. 60 CNAME a.loop.example.com.',
    ]);
  });
});
