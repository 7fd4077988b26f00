import { describe, expect, it } from 'vitest';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet } from '../../tests/support/dns.ts';
import { Counters } from './counters.ts';
import { Exchange } from './exchange.ts';
import { LIMITED, REASON, SYNTHESIZED } from './reason.ts';
import { Responder } from './responder.ts';

const ZONES = zoneSet(
  makeZone('test.', 'other.test. 60 A 192.0.2.1'),
  makeZone(
    'a.test.',
    `www 60 A 192.0.2.1
alias 60 CNAME www
*.wild 60 A 192.0.2.2
*.alias 60 CNAME www
deep.er 60 A 192.0.2.3
cut 60 NS ns.cut
ns.cut 60 A 192.0.2.4
old 60 DNAME new`,
    1,
  ),
);

function reasonOf(qname: string, qtype: string, settings = PLAIN): [reason: number, encloser: number] {
  const responder = new Responder(ZONES, new Counters(), settings, CLOCKS);
  const exchange = new Exchange();
  exchange.address.set([192, 0, 2, 1]);
  const query = makeQuery(qname, qtype);
  // Twice, so that nothing of the first answer may stay.
  for (let i = 0; i < 2; i++) responder.respond(query, query.length, new Uint8Array(65_535), exchange);
  return [exchange.reason, exchange.encloser];
}

describe('the reason of an answer', () => {
  it.each([
    ['www.a.test.', 'A', REASON.EXACT, 3],
    ['alias.a.test.', 'A', REASON.CNAME, 3],
    ['x.y.wild.a.test.', 'A', REASON.EXACT | SYNTHESIZED, 4],
    ['x.wild.a.test.', 'TXT', REASON.NODATA | SYNTHESIZED, 4],
    ['x.alias.a.test.', 'A', REASON.CNAME | SYNTHESIZED, 4],
    ['www.a.test.', 'TXT', REASON.NODATA, 3],
    ['er.a.test.', 'A', REASON.EMPTY_NON_TERMINAL, 3],
    ['x.deep.er.a.test.', 'A', REASON.NXDOMAIN, 4],
    ['x.y.cut.a.test.', 'A', REASON.REFERRAL, 3],
    ['x.old.a.test.', 'A', REASON.DNAME, 3],
    ['a.test.', 'DS', REASON.PARENT, 1],
    ['www.elsewhere.', 'A', REASON.NONE, 0],
    ['www.a.test.', 'AXFR', REASON.NONE, 0],
  ])('%s %s', (qname, qtype, reason, encloser) => {
    expect(reasonOf(qname, qtype)).toEqual([reason, encloser]);
  });

  it('says too when the answer was cut short by rate limiting', () => {
    const responder = new Responder(ZONES, new Counters(), { ...PLAIN, rrlPerSecond: 1 }, CLOCKS);
    const exchange = new Exchange();
    exchange.address.set([192, 0, 2, 1]);
    const query = makeQuery('www.a.test.', 'A');
    const reasons = Array.from({ length: 3 }, () => {
      responder.respond(query, query.length, new Uint8Array(65_535), exchange);
      return exchange.reason;
    });
    expect(reasons).toEqual([REASON.EXACT, REASON.EXACT, REASON.EXACT | LIMITED]);
  });
});
