import { describe, expect, it } from 'vitest';
import { ask, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1\nwww 60 A 192.0.2.2\nwww 60 TXT x\nalias 60 CNAME www'));
const edns = { udpSize: 1232 };

/** Code and text of the extended error of an answer. */
function ede(message: ReturnType<typeof ask>): [number, string] | undefined {
  const value = message.edns?.options.find(({ code }) => code === 15)?.value;
  if (value === undefined) return undefined;
  const octets = Buffer.from(value, 'hex');
  return [octets.readUInt16BE(), octets.subarray(2).toString()];
}

describe('RFC 8914, extended errors', () => {
  it('§4.21: 20, not authoritative, outside our zones', () => {
    expect(ede(ask(zones, 'www.test.', 'A', { edns }))).toEqual([20, '']);
  });

  it('§4.19: 18, prohibited, for transfers', () => {
    expect(ede(ask(zones, 'example.', 'AXFR', { edns, transport: 'tcp' }))).toEqual([18, '']);
  });

  it('§4.22: 21, not supported, for other classes, other opcodes and meta-types', () => {
    expect(ede(ask(zones, 'www.example.', 'A', { edns, qclass: 3 }))).toEqual([21, '']);
    expect(ede(ask(zones, 'www.example.', 'MAILB', { edns }))).toEqual([21, '']);
    expect(ede(ask(zones, 'www.example.', 'SOA', { edns, flags: 0x2000 }))).toEqual([21, '']);
  });

  it('has none when all is well', () => {
    for (const [qname, qtype] of [
      ['www.example.', 'A'],
      ['nothing.example.', 'A'],
      ['www.example.', 'MX'],
    ] as const) {
      expect(ede(ask(zones, qname, qtype, { edns }))).toBeUndefined();
    }
  });
});
