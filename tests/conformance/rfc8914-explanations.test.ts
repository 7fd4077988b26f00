import { describe, expect, it } from 'vitest';
import { ask, exchange, lines, makeQuery, makeZone, name, zoneSet } from '../support/dns.ts';

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
    expect(ede(ask(zones, 'www.example.', 'SOA', { edns, flags: 0x2800 }))).toEqual([21, '']);
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

describe('RFC 8482 §4.1, ANY', () => {
  it('gets one whole RRset and the reason', () => {
    const answer = ask(zones, 'www.example.', 'ANY', { edns });
    expect(lines(answer.answer)).toEqual(['www.example. 60 A 192.0.2.1', 'www.example. 60 A 192.0.2.2']);
    expect(ede(answer)).toEqual([0, 'ANY gets one RRset here, RFC 8482']);
  });

  it('does not follow aliases, and gets no reason where there is nothing', () => {
    expect(lines(ask(zones, 'alias.example.', 'ANY').answer)).toEqual(['alias.example. 60 CNAME www.example.']);
    const missing = ask(zones, 'nothing.example.', 'ANY', { edns });
    expect([missing.rcode, ede(missing)]).toEqual(['NXDOMAIN', undefined]);
  });
});

describe('what a server says of itself', () => {
  const settings = { serverId: 'amber-1', version: 'Digpit', reportAgent: name('agent.test.') };
  const nsid = { udpSize: 1232, options: Uint8Array.of(0, 3, 0, 0) };
  const option = (message: ReturnType<typeof ask>, code: number) =>
    message.edns?.options.find((one) => one.code === code)?.value;

  it('RFC 5001 §2.2: NSID to who asks for it, when there is one', () => {
    expect(option(ask(zones, 'www.example.', 'A', { edns: nsid, settings }), 3)).toBe(Buffer.from('amber-1').toString('hex'));
    expect(option(ask(zones, 'www.example.', 'A', { edns, settings }), 3)).toBeUndefined();
    expect(option(ask(zones, 'www.example.', 'A', { edns: nsid }), 3)).toBeUndefined();
  });

  it('RFC 9567 §6.1: the reporting agent with every answer to EDNS', () => {
    expect(option(ask(zones, 'www.example.', 'A', { edns, settings }), 18)).toBe(
      Buffer.from(name('agent.test.').octets).toString('hex'),
    );
    expect(ask(zones, 'www.example.', 'A', { settings }).edns).toBeUndefined();
  });

  it('RFC 4892: id.server and version.bind in class CHAOS only when they were switched on', () => {
    const chaos = (qname: string, on: boolean) => ask(zones, qname, 'TXT', { qclass: 3, ...(on && { settings }) });
    expect(chaos('ID.server.', true).answer[0]).toMatchObject({ class: 'CH', ttl: 0, content: '"amber-1"' });
    expect(chaos('version.bind.', true).answer[0]!.content).toBe('"Digpit"');
    for (const qname of ['id.server.', 'version.bind.', 'hostname.bind.']) expect(chaos(qname, false).rcode).toBe('REFUSED');
    expect(chaos('other.bind.', true).rcode).toBe('REFUSED');
  });

  it('gives way to the answer: what finds no room beside a long name in 512 octets is left out', () => {
    const label = 'x'.repeat(63);
    const long = `${label}.${label}.${label}.${'y'.repeat(61)}.`;
    const agent = name(`${label}.${label}.${label}.agent.`);
    const query = makeQuery(long, 'A', { edns: { udpSize: 512, options: Uint8Array.of(0, 3, 0, 0) } });
    const all = { ...settings, reportAgent: agent, udpSize: 1232, rrlPerSecond: 0, cookieSecret: null, rotate: false };
    expect(exchange(zoneSet(), query, 'udp', all)!.length).toBeLessThanOrEqual(512);
  });
});

describe('the order of an RRset', () => {
  it('is that of the zone, or rotates when the operator wants that', () => {
    const order = (rotate: boolean) =>
      ask(zones, 'www.example.', 'A', { settings: { rotate } }).answer.map(({ content }) => content);
    expect(order(false)).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(order(true)).toEqual(['192.0.2.2', '192.0.2.1']);
  });
});
