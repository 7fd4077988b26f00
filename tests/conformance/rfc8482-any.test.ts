import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(
  makeZone(
    'example.',
    'www 60 A 192.0.2.1\nwww 60 A 192.0.2.2\nwww 60 TXT x\nalias 60 CNAME www\n*.w 60 TXT x\ncut 60 NS ns.cut',
  ),
);
const edns = { udpSize: 1232 };

/** Text of the extended error of an answer. */
function explanation(message: ReturnType<typeof ask>): string | undefined {
  const value = message.edns?.options.find(({ code }) => code === 15)?.value;
  return value === undefined ? undefined : Buffer.from(value, 'hex').subarray(2).toString();
}

describe('RFC 8482, ANY', () => {
  it.each(['udp', 'tcp', 'https'] as const)('§4.1: gets one whole RRset over %s, and the reason', (transport) => {
    const answer = ask(zones, 'www.example.', 'ANY', { edns, transport });
    expect(lines(answer.answer)).toEqual(['www.example. 60 A 192.0.2.1', 'www.example. 60 A 192.0.2.2']);
    expect(explanation(answer)).toBe('ANY gets one RRset here, RFC 8482');
  });

  it('§4.3: a CNAME is an RRset like others, and is not followed', () => {
    expect(lines(ask(zones, 'alias.example.', 'ANY').answer)).toEqual(['alias.example. 60 CNAME www.example.']);
  });

  it('§4.1: names made from a wildcard have one too', () => {
    expect(lines(ask(zones, 'a.w.example.', 'ANY').answer)).toEqual(['a.w.example. 60 TXT "x"']);
  });

  it('gets no reason where there is nothing to choose from: no such name, no data, a delegation', () => {
    for (const [qname, rcode] of [
      ['nothing.example.', 'NXDOMAIN'],
      ['w.example.', 'NOERROR'],
      ['x.cut.example.', 'NOERROR'],
    ] as const) {
      const answer = ask(zones, qname, 'ANY', { edns });
      expect([qname, answer.rcode, answer.answer, explanation(answer)]).toEqual([qname, rcode, [], undefined]);
    }
  });
});
