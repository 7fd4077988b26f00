import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { ask, exchange, makeQuery, makeZone, zoneSet } from '../support/dns.ts';

/** The questions of RFC 8906 §8, which servers are asked to see whether they keep silent where they should answer. */
const zones = zoneSet(makeZone('example.', `@ 60 TXT "${'x'.repeat(255)}" "${'y'.repeat(255)}" "${'z'.repeat(255)}"`));
const OPTION_100 = Uint8Array.of(0, 100, 0, 0);

/** Flags of an answer as `AA` and the like, its RCODE, and how many answers it has. */
const summary = (message: ReturnType<typeof ask>) => [message.rcode, message.flags.join(' '), message.answer.length];

describe('RFC 8906 §8.1, without EDNS', () => {
  it('§8.1.1: is the server configured for the zone', () => {
    expect(summary(ask(zones, 'example.', 'SOA', { flags: 0 }))).toEqual(['NOERROR', 'QR AA', 1]);
  });

  it('§8.1.2: an unknown type is answered', () => {
    expect(summary(ask(zones, 'example.', 'TYPE1000', { flags: 0 }))).toEqual(['NOERROR', 'QR AA', 0]);
  });

  it('§8.1.3.1: CD and AD in the query do no harm', () => {
    expect(summary(ask(zones, 'example.', 'SOA', { flags: 0x0010 }))).toEqual(['NOERROR', 'QR AA CD', 1]);
    expect(summary(ask(zones, 'example.', 'SOA', { flags: 0x0020 }))).toEqual(['NOERROR', 'QR AA', 1]);
  });

  it('§8.1.3.2: the reserved flag is not echoed', () => {
    const octets = exchange(zones, makeQuery('example.', 'SOA', { flags: 0x0040 }))!;
    expect([octets[2]! & 0x84, octets[3]]).toEqual([0x84, 0]);
  });

  it('§8.1.3.3: RD is echoed, RA is not set', () => {
    expect(summary(ask(zones, 'example.', 'SOA'))).toEqual(['NOERROR', 'QR AA RD', 1]);
  });

  it('§8.1.4: every unknown opcode gets NOTIMP', () => {
    for (const opcode of [1, 2, 3, 4, 6, 7, 15]) {
      const message = decodeMessage(exchange(zones, Uint8Array.of(0, 1, opcode << 3, 0, 0, 0, 0, 0, 0, 0, 0, 0))!);
      expect([message.rcode, message.question]).toEqual(['NOTIMP', []]);
    }
  });

  it('§8.1.5: TCP', () => {
    expect(summary(ask(zones, 'example.', 'SOA', { flags: 0, transport: 'tcp' }))).toEqual(['NOERROR', 'QR AA', 1]);
  });
});

describe('RFC 8906 §8.2, with EDNS', () => {
  const edns = { udpSize: 1232 };

  it('§8.2.1: is answered with EDNS', () => {
    expect(ask(zones, 'example.', 'SOA', { edns }).edns).toMatchObject({ version: 0, options: [] });
  });

  it.each([
    ['§8.2.2: an unknown version', { ...edns, version: 100 }],
    ['§8.2.6: an unknown version with an unknown option', { ...edns, version: 100, options: OPTION_100 }],
  ])('%s gets BADVERS, version 0 and no data', (_, version) => {
    const answer = ask(zones, 'example.', 'SOA', { flags: 0, edns: version });
    expect([answer.rcode, answer.edns?.version, answer.answer, answer.flags]).toEqual(['BADVERS', 0, [], ['QR']]);
  });

  it('§8.2.3: an unknown option is not echoed', () => {
    expect(ask(zones, 'example.', 'SOA', { edns: { ...edns, options: OPTION_100 } }).edns?.options).toEqual([]);
  });

  it('§8.2.4: unknown EDNS flags are not echoed', () => {
    const query = makeQuery('example.', 'SOA', { edns });
    query[query.length - 3] = 0x80;
    const octets = exchange(zones, query)!;
    expect([...octets.slice(-4, -2)]).toEqual([0, 0]);
  });

  it('§8.2.7: an answer that is cut has OPT', () => {
    const answer = ask(zones, 'example.', 'TXT', { edns: { udpSize: 512 } });
    expect([answer.flags.includes('TC'), answer.edns !== undefined]).toEqual([true, true]);
  });

  it('§8.2.8: DO comes back', () => {
    expect(ask(zones, 'example.', 'SOA', { edns: { ...edns, dnssecOk: true } }).edns?.dnssecOk).toBe(true);
  });

  it('§8.2.9: many options that are known to others do no harm', () => {
    const options = Uint8Array.of(0, 3, 0, 0, 0, 8, 0, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8);
    expect(summary(ask(zones, 'example.', 'SOA', { flags: 0, edns: { ...edns, options } }))).toEqual(['NOERROR', 'QR AA', 1]);
  });
});
