import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { exchange, makeQuery, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));

/** A query for www.example. A with the question as often as it says, `told` being what the header says. */
function asking(times: number, told = times) {
  const query = makeQuery('www.example.', 'A');
  const question = query.slice(12);
  const octets = Uint8Array.of(...query.slice(0, 12), ...Array.from({ length: times }, () => [...question]).flat());
  octets[4] = told >> 8;
  octets[5] = told & 0xff;
  return decodeMessage(exchange(zones, octets)!);
}

describe('RFC 9619, one question', () => {
  it('§4: one is answered, two and more get FORMERR, whether they are there or only said to be', () => {
    expect(asking(1).rcode).toBe('NOERROR');
    for (const count of [2, 3, 100]) expect(asking(count).rcode).toBe('FORMERR');
    for (const told of [2, 65_535]) expect(asking(1, told).rcode).toBe('FORMERR');
  });

  it('§4: the refusal repeats no question, for it is not clear which', () => {
    expect(asking(2).question).toEqual([]);
  });

  it('none is FORMERR too, unless it asks for a cookie', () => {
    expect(asking(0).rcode).toBe('FORMERR');
  });
});
