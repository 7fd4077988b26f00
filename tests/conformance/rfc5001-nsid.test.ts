import { describe, expect, it } from 'vitest';
import { ask, exchange, makeQuery, makeZone, name, PLAIN, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
const settings = { serverId: 'amber-1' };
const asking = { udpSize: 1232, options: Uint8Array.of(0, 3, 0, 0) };
const nsid = (message: ReturnType<typeof ask>) => message.edns?.options.find(({ code }) => code === 3)?.value;

describe('RFC 5001, NSID', () => {
  it('§2.2: goes to who asks for it, when there is one, with every kind of answer', () => {
    const hex = Buffer.from('amber-1').toString('hex');
    for (const qname of ['www.example.', 'nothing.example.', 'elsewhere.test.'])
      expect(nsid(ask(zones, qname, 'A', { edns: asking, settings }))).toBe(hex);
    expect(nsid(ask(zones, 'www.example.', 'A', { edns: asking }))).toBeUndefined();
  });

  it('§2.1: who does not ask gets none, nor who cannot, without EDNS', () => {
    expect(nsid(ask(zones, 'www.example.', 'A', { edns: { udpSize: 1232 }, settings }))).toBeUndefined();
    expect(ask(zones, 'www.example.', 'A', { settings }).edns).toBeUndefined();
  });

  it('gives way to the answer: what finds no room beside a long name in 512 octets is left out', () => {
    const label = 'x'.repeat(63);
    const long = `${label}.${label}.${label}.${'y'.repeat(61)}.`;
    const agent = name(`${label}.${label}.${label}.agent.`);
    const query = makeQuery(long, 'A', { edns: { udpSize: 512, options: asking.options } });
    const all = { ...PLAIN, ...settings, reportAgent: agent };
    expect(exchange(zoneSet(), query, 'udp', all)!.length).toBeLessThanOrEqual(512);
  });
});
