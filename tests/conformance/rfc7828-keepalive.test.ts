import { describe, expect, it } from 'vitest';
import { ask, makeZone, zoneSet, type TransportName } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
const KEEPALIVE = 11;

/** The value of edns-tcp-keepalive in the answer, in hex; undefined when it is not there. */
function keepalive(options: Uint8Array, transport: TransportName): string | undefined {
  const answer = ask(zones, 'www.example.', 'A', { edns: { udpSize: 1232, options }, transport });
  return answer.edns!.options.find(({ code }) => code === KEEPALIVE)?.value;
}

describe('RFC 7828, edns-tcp-keepalive', () => {
  const asking = Uint8Array.of(0, KEEPALIVE, 0, 0);

  it('§3.3.2: says over TCP for how long an idle connection stays open, in units of 100 milliseconds', () => {
    expect(keepalive(asking, 'tcp')).toBe('0064');
  });

  it('§3.3.1: is ignored over UDP, and over HTTPS, where the connection is not ours', () => {
    expect(keepalive(asking, 'udp')).toBeUndefined();
    expect(keepalive(asking, 'https')).toBeUndefined();
  });

  it('§3.2.1: a client that says a time itself, which it must not, is answered all the same', () => {
    expect(keepalive(Uint8Array.of(0, KEEPALIVE, 0, 2, 0, 1), 'tcp')).toBe('0064');
  });

  it('is not sent to those who did not ask, nor without EDNS', () => {
    expect(keepalive(new Uint8Array(0), 'tcp')).toBeUndefined();
    expect(ask(zones, 'www.example.', 'A', { transport: 'tcp' }).edns).toBeUndefined();
  });
});
