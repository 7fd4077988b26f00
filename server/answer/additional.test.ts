import { expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../../tests/support/dns.ts';

it('the addresses of a target are added once, however often and in whatever case it is named', () => {
  const zones = zoneSet(
    makeZone(
      'example.',
      `@ 60 MX 10 mail
@ 60 MX 20 MAIL
@ 60 MX 30 other
@ 60 MX 40 mail
mail 60 A 192.0.2.1
other 60 A 192.0.2.2`,
    ),
  );
  expect(lines(ask(zones, 'example.', 'MX', { edns: { udpSize: 1232 } }).additional)).toEqual([
    'mail.example. 60 A 192.0.2.1',
    'other.example. 60 A 192.0.2.2',
  ]);
});
