import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeQuery } from '../../tests/support/dns.ts';
import { decodeMessage } from './message.ts';

describe('a whole message for people', () => {
  it('has everything in presentation form', () => {
    const options = Uint8Array.of(0, 8, 0, 7, 0, 1, 24, 0, 8, 8, 8, 0, 3, 0, 0);
    const message = decodeMessage(
      makeQuery('w\\.w.Example.', 'TYPE65280', { flags: 0x0130, edns: { udpSize: 1232, dnssecOk: true, options } }),
    );
    expect(message).toEqual({
      id: 0x1234,
      opcode: 'QUERY',
      rcode: 'NOERROR',
      flags: ['RD', 'AD', 'CD'],
      question: [{ name: 'w\\.w.Example.', type: 'TYPE65280', class: 'IN' }],
      answer: [],
      authority: [],
      additional: [],
      edns: {
        udpSize: 1232,
        version: 0,
        dnssecOk: true,
        clientSubnet: { address: Uint8Array.of(8, 8, 8, 0), prefix: 24 },
        options: [
          { code: 8, name: 'CLIENT_SUBNET', value: '8.8.8.0/24' },
          { code: 3, name: 'NSID', value: '' },
        ],
      },
    });
  });

  it('joins the halves of an extended RCODE, RFC 6891 §6.1.3', () => {
    const octets = makeQuery('a.', 'A', { flags: 0x8007, edns: { udpSize: 1232 } });
    octets[octets.length - 6] = 1;
    expect(decodeMessage(octets).rcode).toBe('BADCOOKIE');
  });

  it('says where it stopped when the octets are no whole message', () => {
    const octets = makeQuery('www.example.', 'A');
    expect(decodeMessage(octets.slice(0, 20)).fault).toBe('ends too early at octet 12');
    expect(decodeMessage(octets.slice(0, 5)).fault).toBe('ends too early at octet 5');
    expect(decodeMessage(Uint8Array.of(...octets, 1)).fault).toBe('1 octets after the end');
  });

  it('shows RDATA that is not what its type wants as octets', () => {
    const octets = Uint8Array.of(0, 1, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 3, 1, 2, 3);
    expect(decodeMessage(octets).answer[0]).toEqual({ name: '.', type: 'A', class: 'IN', ttl: 60, content: '\\# 3 010203' });
  });
});

it('never throws and never takes long, whatever the octets are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      decodeMessage(octets);
    }),
    { seed: 5, numRuns: 20_000 },
  );
  const counts = Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255);
  expect(decodeMessage(counts).fault).toBe('ends too early at octet 12');
});
