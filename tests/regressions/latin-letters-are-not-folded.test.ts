import { expect, it } from 'vitest';
import { TYPE } from '../../server/wire/codes.ts';
import { Zone } from '../../server/zone/zone.ts';
import { name } from '../support/dns.ts';

/** Octets 192 and 224 are À and à in Latin-1. In a name they are two different octets: RFC 4343 §3 folds A–Z alone. */
it('names that differ in an octet outside ASCII are two names', () => {
  const origin = name('example.');
  const record = (owner: string, last: number) => ({
    owner: name(owner),
    type: TYPE.A,
    ttl: 60,
    rdata: Uint8Array.of(192, 0, 2, last),
  });
  const soa = { owner: origin, type: TYPE.SOA, ttl: 60, rdata: new Uint8Array(22) };
  const zone = Zone.of(1, origin, [soa, record('\\192.example.', 1), record('\\224.example.', 2)]);
  for (const [owner, last] of [
    ['\\192.example.', 1],
    ['\\224.example.', 2],
  ] as const) {
    const rdatas = [...zone.records()].filter((record) => record.owner.equals(name(owner))).map(({ rdata }) => rdata[3]);
    expect(rdatas).toEqual([last]);
    expect(zone.find(name(owner), 0)).not.toBe(0);
  }
});
