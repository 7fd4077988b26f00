import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(
  makeZone(
    'example.',
    `www 60 A 192.0.2.1
     www 60 A 192.0.2.2
     www 60 AAAA 2001:db8::1
     alias 60 CNAME www
     chain 60 CNAME alias
     away 60 CNAME host.elsewhere.test.
     over 60 CNAME www.other.
     lost 60 CNAME nothing.other.
     loop1 60 CNAME loop2
     loop2 60 CNAME loop1
     self 60 CNAME self
     deep 60 CNAME host.sub
     sub 60 NS ns.sub
     sub 60 NS ns.other.
     ns.sub 60 A 192.0.2.53
     hidden.sub 60 A 192.0.2.66
     @ 60 MX 10 www`,
  ),
  makeZone('other.', 'www 60 A 198.51.100.7', 2),
);

describe('RFC 1034 §4.3.2, the algorithm of a name server', () => {
  it('step 3a: gives the RRset of the name, all of it', () => {
    const answer = ask(zones, 'www.example.', 'A');
    expect(lines(answer.answer)).toEqual(['www.example. 60 A 192.0.2.1', 'www.example. 60 A 192.0.2.2']);
    expect(answer.flags).toEqual(['QR', 'AA', 'RD']);
    expect(answer.authority).toEqual([]);
  });

  it('step 3a: follows a CNAME unless CNAME was asked for', () => {
    expect(lines(ask(zones, 'chain.example.', 'AAAA').answer)).toEqual([
      'chain.example. 60 CNAME alias.example.',
      'alias.example. 60 CNAME www.example.',
      'www.example. 60 AAAA 2001:db8::1',
    ]);
    expect(lines(ask(zones, 'chain.example.', 'CNAME').answer)).toEqual(['chain.example. 60 CNAME alias.example.']);
  });

  it('step 3a goes back to step 1, so a CNAME leads into another zone of ours', () => {
    expect(lines(ask(zones, 'over.example.', 'A').answer)).toEqual([
      'over.example. 60 CNAME www.other.',
      'www.other. 60 A 198.51.100.7',
    ]);
    const lost = ask(zones, 'lost.example.', 'A');
    expect(lost.rcode).toBe('NXDOMAIN');
    expect(lines(lost.authority)).toEqual(['other. 900 SOA ns1.other. hostmaster.other. 1 7200 3600 86400 900']);
  });

  it('gives a CNAME that leads out of our zones by itself', () => {
    const answer = ask(zones, 'away.example.', 'A');
    expect(lines(answer.answer)).toEqual(['away.example. 60 CNAME host.elsewhere.test.']);
    expect([answer.rcode, answer.authority]).toEqual(['NOERROR', []]);
  });

  it('gives each CNAME of a loop once', () => {
    expect(lines(ask(zones, 'loop1.example.', 'A').answer)).toEqual([
      'loop1.example. 60 CNAME loop2.example.',
      'loop2.example. 60 CNAME loop1.example.',
    ]);
    expect(lines(ask(zones, 'self.example.', 'A').answer)).toEqual(['self.example. 60 CNAME self.example.']);
  });

  it('stops after 16 links of a chain and leaves the rest to the resolver', () => {
    const chain = Array.from({ length: 40 }, (_, i) => `c${i} 60 CNAME c${i + 1}`).join('\n');
    expect(ask(zoneSet(makeZone('example.', chain)), 'c0.example.', 'A').answer).toHaveLength(17);
  });

  it('step 3b: refers to the servers of a cut with their glue, without AA', () => {
    for (const qname of ['sub.example.', 'hidden.sub.example.', 'x.y.sub.example.']) {
      const answer = ask(zones, qname, 'A');
      expect(answer.flags).toEqual(['QR', 'RD']);
      expect(answer.answer).toEqual([]);
      expect(lines(answer.authority)).toEqual(['sub.example. 60 NS ns.sub.example.', 'sub.example. 60 NS ns.other.']);
      expect(lines(answer.additional)).toEqual(['ns.sub.example. 60 A 192.0.2.53']);
    }
  });

  it('step 3b: a CNAME into a cut gives the CNAME with AA and the referral behind it', () => {
    const answer = ask(zones, 'deep.example.', 'A');
    expect(answer.flags).toContain('AA');
    expect(lines(answer.answer)).toEqual(['deep.example. 60 CNAME host.sub.example.']);
    expect(lines(answer.authority)[0]).toBe('sub.example. 60 NS ns.sub.example.');
  });

  it('step 6: adds addresses that the client will want next', () => {
    expect(lines(ask(zones, 'example.', 'MX').additional)).toEqual([
      'www.example. 60 A 192.0.2.1',
      'www.example. 60 A 192.0.2.2',
      'www.example. 60 AAAA 2001:db8::1',
    ]);
  });

  it('refuses what lies outside all zones, and classes other than IN', () => {
    const outside = ask(zones, 'elsewhere.test.', 'A');
    expect([outside.rcode, outside.flags, outside.authority]).toEqual(['REFUSED', ['QR', 'RD'], []]);
    expect(ask(zones, 'www.example.', 'A', { qclass: 3 }).rcode).toBe('REFUSED');
  });

  it('refuses transfers and does not implement meta-types', () => {
    expect(ask(zones, 'example.', 'AXFR', { transport: 'tcp' }).rcode).toBe('REFUSED');
    expect(ask(zones, 'example.', 'MAILB').rcode).toBe('NOTIMP');
  });

  it('RFC 4035 §3.1.4.1: DS at the top of a zone is answered by the parent zone, and exists there as a name', () => {
    const both = zoneSet(makeZone('example.', '* 60 A 192.0.2.9'), makeZone('child.example.', '', 2));
    const answer = ask(both, 'child.example.', 'DS');
    expect([answer.rcode, answer.flags]).toEqual(['NOERROR', ['QR', 'AA', 'RD']]);
    expect(lines(answer.authority)[0]).toMatch(/^example\. 900 SOA/);
  });
});
