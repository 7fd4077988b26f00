import { expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

/**
 * ANY below a DNAME followed the CNAME that it means, and where that led back below the same DNAME went on until the name was too
 * long: YXDOMAIN. The CNAME is among what ANY asks for, so there is nothing to follow; Knot, NSD and BIND stop there too.
 */
it('ANY below a DNAME gets the DNAME and its CNAME, and follows neither', () => {
  const zones = zoneSet(makeZone('example.', 'd 60 DNAME deeper.d\ne 60 DNAME www\nx.www 60 A 192.0.2.1'));
  const loop = ask(zones, 'x.d.example.', 'ANY');
  expect([loop.rcode, lines(loop.answer)]).toEqual([
    'NOERROR',
    ['d.example. 60 DNAME deeper.d.example.', 'x.d.example. 60 CNAME x.deeper.d.example.'],
  ]);
  expect(lines(ask(zones, 'x.e.example.', 'ANY').answer)).toEqual([
    'e.example. 60 DNAME www.example.',
    'x.e.example. 60 CNAME x.www.example.',
  ]);
});
