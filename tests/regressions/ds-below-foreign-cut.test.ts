import { expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

/**
 * We serve example. and c.a.example., but not a.example. between them, to which example. delegates. DS of c.a.example. is for
 * a.example. to answer; we said with authority that there is none. Knot, NSD and BIND refer to a.example.
 */
it('DS of a zone whose parent is somebody else is referred to that parent', () => {
  const zones = zoneSet(
    makeZone(
      'example.',
      'a 60 NS ns.a\nns.a 60 A 192.0.2.1\nd 60 NS ns.d\nd 60 DS 1 8 2 00'.replace('2 00', `2 ${'00'.repeat(32)}`),
    ),
    makeZone('c.a.example.', '@ 60 A 192.0.2.2'),
    makeZone('d.example.', '@ 60 A 192.0.2.3'),
  );
  const referral = ask(zones, 'c.a.example.', 'DS');
  expect([referral.flags.includes('AA'), lines(referral.authority), lines(referral.additional)]).toEqual([
    false,
    ['a.example. 60 NS ns.a.example.'],
    ['ns.a.example. 60 A 192.0.2.1'],
  ]);
  expect(ask(zones, 'd.example.', 'DS').answer).toHaveLength(1);
});

it('DS of a zone at whose place the zone above has an alias follows the alias', () => {
  const zones = zoneSet(makeZone('example.', 'c 60 CNAME nothing'), makeZone('c.example.', '@ 60 A 192.0.2.2'));
  const answer = ask(zones, 'c.example.', 'DS');
  expect([answer.rcode, lines(answer.answer)]).toEqual(['NXDOMAIN', ['c.example. 60 CNAME nothing.example.']]);
});
