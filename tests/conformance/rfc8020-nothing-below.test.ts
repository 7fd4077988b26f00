import { describe, expect, it } from 'vitest';
import { ask, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'a.b.c 60 A 192.0.2.1\n_sip._tcp.srv 60 SRV 0 0 5060 a.b.c'));
const outcome = (qname: string) => {
  const { rcode, answer, authority } = ask(zones, qname, 'A');
  return [rcode, answer.length, authority.map(({ type }) => type)];
};

describe('RFC 8020, NXDOMAIN: there really is nothing underneath', () => {
  it('§2: a name with names below it is there, though it has no records', () => {
    for (const qname of ['b.c.example.', 'c.example.', 'srv.example.', '_tcp.srv.example.'])
      expect(outcome(qname)).toEqual(['NOERROR', 0, ['SOA']]);
  });

  it('§2: a name that is not there has nothing below it', () => {
    for (const qname of ['x.example.', 'y.x.example.', 'x.c.example.', 'z.y.x.b.c.example.', 'below.a.b.c.example.'])
      expect(outcome(qname)).toEqual(['NXDOMAIN', 0, ['SOA']]);
  });

  it('§3.1: the SOA of both is that of the zone, with the TTL of negative answers', () => {
    for (const qname of ['c.example.', 'x.example.']) {
      const [soa] = ask(zones, qname, 'A').authority;
      expect([soa!.name, soa!.ttl]).toEqual(['example.', 900]);
    }
  });
});
