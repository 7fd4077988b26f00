import { expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { exchange, makeQuery, makeZone, PLAIN, zoneSet } from '../support/dns.ts';

/**
 * A cookie of a length that cookies cannot have was refused with FORMERR, but eight octets from where it began came back as a
 * cookie: those behind a shorter one were whatever lay there in memory.
 */
it('a cookie of a wrong length gets FORMERR and no cookie', () => {
  const settings = { ...PLAIN, cookieSecret: new Uint8Array(16) };
  for (const length of [0, 1, 7, 9, 15, 41]) {
    const options = Uint8Array.of(0, 10, 0, length, ...Array<number>(length).fill(1));
    const query = makeQuery('www.example.', 'A', { edns: { udpSize: 1232, options } });
    const answer = decodeMessage(exchange(zoneSet(makeZone('example.', 'www 60 A 192.0.2.1')), query, 'udp', settings)!);
    expect([length, answer.rcode, answer.edns!.options]).toEqual([length, 'FORMERR', []]);
  }
});
