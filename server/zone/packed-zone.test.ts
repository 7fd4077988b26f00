import { expect, it } from 'vitest';
import { makeZone } from '../../tests/support/dns.ts';
import { packZone, unpackZone } from './packed-zone.ts';
import type { Zone } from './zone.ts';

const lines = (zone: Zone) =>
  [...zone.records()].map(
    ({ owner, type, ttl, rdata }) => `${owner.toText()} ${ttl} ${type} ${Buffer.from(rdata).toString('hex')}`,
  );

it('a packed zone is the same zone again, down to the case of its names and the order of its records', () => {
  const zone = makeZone(
    'Example.',
    `www 60 A 192.0.2.1
www 60 A 192.0.2.2
WWW 300 TXT "text" "more"
*.deep.er 60 MX 10 Mail
\\000\\.x 60 TYPE65280 \\# 3 010203
empty 60 TXT ""`,
    7,
  );
  const again = unpackZone(packZone(zone));
  expect(lines(again)).toEqual(lines(zone));
  expect([again.id, again.origin.toText(), again.serial]).toEqual([7, 'Example.', zone.serial]);
});
