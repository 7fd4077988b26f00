import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeQuery } from '../../tests/support/dns.ts';
import { decodeMessage } from './message.ts';
import { decodeQuery, Query } from './query.ts';

it('reads question and OPT', () => {
  const query = new Query();
  const octets = makeQuery('Www.Example.', 'MX', { edns: { udpSize: 1400, dnssecOk: true } });
  expect(decodeQuery(octets, octets.length, query)).toBe(true);
  expect(query).toMatchObject({
    qtype: 15,
    qclass: 1,
    udpSize: 1400,
    ednsVersion: 0,
    dnssecOk: true,
    hasEdns: true,
    questionEnd: 29,
  });
  expect(query.qname.labelCount).toBe(2);
});

it('forgets the query before', () => {
  const query = new Query();
  const first = makeQuery('a.b.c.', 'A', { edns: { udpSize: 4096, version: 1, dnssecOk: true } });
  const second = makeQuery('a.', 'A');
  decodeQuery(first, first.length, query);
  decodeQuery(second, second.length, query);
  expect(query).toMatchObject({ udpSize: 512, ednsVersion: 0, dnssecOk: false, hasEdns: false });
});

it('only counts the first `length` octets of a larger buffer', () => {
  const octets = Uint8Array.of(...makeQuery('a.', 'A'), 1, 2, 3);
  expect(decodeQuery(octets, octets.length - 3, new Query())).toBe(true);
  expect(decodeQuery(octets, octets.length, new Query())).toBe(false);
});

it('lets IXFR bring its SOA in the authority section, RFC 1995 §3, and nobody else anything', () => {
  const soa = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 0];
  for (const [qtype, sound] of [
    ['IXFR', true],
    ['A', false],
  ] as const) {
    const octets = Uint8Array.of(...makeQuery('a.', qtype), ...soa);
    octets[9] = 1;
    expect(decodeQuery(octets, octets.length, new Query())).toBe(sound);
  }
});

it('whatever it takes for sound, the slow reader of whole messages can read too', () => {
  const query = new Query();
  const valid = makeQuery('www.example.test.', 'A', {
    edns: { udpSize: 1232, options: Uint8Array.of(0, 8, 0, 7, 0, 1, 24, 0, 8, 8, 8) },
  });
  const edit = fc.record({ at: fc.nat(valid.length - 1), octet: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.nat(valid.length), (edits, cut) => {
      const octets = valid.slice();
      for (const { at, octet } of edits) octets[at] = octet;
      for (const length of [cut, valid.length]) {
        const sound = decodeQuery(octets, length, query);
        if (sound) expect(decodeMessage(octets.slice(0, length)).fault).toBeUndefined();
      }
    }),
    { seed: 3, numRuns: 20_000 },
  );
});
