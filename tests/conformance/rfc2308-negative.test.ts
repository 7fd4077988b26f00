import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

const SOA = 'SOA ns1.example. hostmaster.example. 1 7200 3600 86400';

describe('RFC 2308 §2, kinds of negative answers', () => {
  const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1\nlost 60 CNAME nothing\nempty 60 CNAME www'));

  it('§2.1 NXDOMAIN: the name is not there', () => {
    const answer = ask(zones, 'nothing.example.', 'A');
    expect([answer.rcode, answer.flags, answer.answer]).toEqual(['NXDOMAIN', ['QR', 'AA', 'RD'], []]);
    expect(lines(answer.authority)).toEqual([`example. 900 ${SOA} 900`]);
  });

  it('§2.1 NXDOMAIN behind a CNAME speaks of the target', () => {
    const answer = ask(zones, 'lost.example.', 'A');
    expect([answer.rcode, lines(answer.answer)]).toEqual(['NXDOMAIN', ['lost.example. 60 CNAME nothing.example.']]);
    expect(answer.authority).toHaveLength(1);
  });

  it('§2.2 NODATA: the name is there, the type is not', () => {
    const answer = ask(zones, 'www.example.', 'MX');
    expect([answer.rcode, answer.flags, answer.answer]).toEqual(['NOERROR', ['QR', 'AA', 'RD'], []]);
    expect(lines(answer.authority)).toEqual([`example. 900 ${SOA} 900`]);
    expect(ask(zones, 'empty.example.', 'MX').authority).toHaveLength(1);
  });
});

describe('RFC 2308 §5, how long a negative answer holds', () => {
  it.each([
    [3600, 900, 900],
    [300, 900, 300],
    [60, 60, 60],
    [0, 900, 0],
  ])('SOA TTL %i and MINIMUM %i give %i', (ttl, minimum, expected) => {
    const zones = zoneSet(makeZone('example.', `@ ${ttl} ${SOA} ${minimum}`));
    expect(ask(zones, 'nothing.example.', 'A').authority[0]!.ttl).toBe(expected);
    // Asked for by itself the SOA has its own TTL.
    expect(ask(zones, 'example.', 'SOA').answer[0]!.ttl).toBe(ttl);
  });
});
