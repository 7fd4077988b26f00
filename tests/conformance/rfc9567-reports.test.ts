import { describe, expect, it } from 'vitest';
import { ask, makeZone, name, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
const agent = name('a01.agent-domain.example.');
const settings = { reportAgent: agent };
const edns = { udpSize: 1232 };
const REPORT_CHANNEL = 18;
const value = (message: ReturnType<typeof ask>) => message.edns?.options.find(({ code }) => code === REPORT_CHANNEL)?.value;

describe('RFC 9567, where our mistakes may be reported', () => {
  it('§5 and §6.2: the agent of the document, an uncompressed name, with every answer to EDNS', () => {
    const wire = Buffer.from('036130310c6167656e742d646f6d61696e076578616d706c6500', 'hex').toString('hex');
    for (const qname of ['www.example.', 'nothing.example.', 'elsewhere.test.'])
      expect(value(ask(zones, qname, 'A', { edns, settings }))).toBe(wire);
  });

  it('not without EDNS, nor when the operator named none', () => {
    expect(ask(zones, 'www.example.', 'A', { settings }).edns).toBeUndefined();
    expect(value(ask(zones, 'www.example.', 'A', { edns }))).toBeUndefined();
  });
});
