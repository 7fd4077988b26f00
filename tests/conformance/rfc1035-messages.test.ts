import { describe, expect, it } from 'vitest';
import { ask, exchange, lines, makeQuery, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1\nalias 60 CNAME www'));

function header(octets: Uint8Array | null): number[] {
  if (octets === null) throw new Error('no answer');
  return [0, 2, 4, 6, 8, 10].map((at) => (octets[at]! << 8) | octets[at + 1]!);
}

describe('RFC 1035 §4.1.1, what the header alone decides', () => {
  it('gives no answer to a response, nor to anything shorter than a header', () => {
    expect(exchange(zones, makeQuery('www.example.', 'A', { flags: 0x8100 }))).toBeNull();
    expect(exchange(zones, makeQuery('www.example.', 'A').slice(0, 11))).toBeNull();
    expect(exchange(zones, new Uint8Array(0))).toBeNull();
  });

  it('answers NOTIMP to other opcodes and keeps the opcode, RFC 8906 §8.1.5', () => {
    const headerOnly = Uint8Array.of(0xab, 0xcd, 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(header(exchange(zones, headerOnly))).toEqual([0xabcd, 0x8000 | 0x7800 | 4, 0, 0, 0, 0]);
  });

  it('answers FORMERR to no question and to two', () => {
    const query = makeQuery('www.example.', 'A');
    for (const count of [0, 2, 65535]) {
      query[4] = count >> 8;
      query[5] = count & 0xff;
      expect(header(exchange(zones, query))).toEqual([0x1234, 0x8101, 0, 0, 0, 0]);
    }
  });

  it('answers FORMERR when octets are missing or left over', () => {
    const query = makeQuery('www.example.', 'A');
    for (let length = 12; length < query.length; length++) {
      expect(header(exchange(zones, query.slice(0, length)))[1], `${length} octets`).toBe(0x8101);
    }
    expect(header(exchange(zones, Uint8Array.of(...query, 0)))[1]).toBe(0x8101);
  });

  it('answers FORMERR to a compression pointer in the question, which could only point at itself or into the header', () => {
    const query = Uint8Array.of(0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1);
    expect(header(exchange(zones, query))).toEqual([0x1234, 0x8101, 0, 0, 0, 0]);
  });

  it('copies the id and RD, never sets RA, AD or Z', () => {
    expect(header(exchange(zones, makeQuery('www.example.', 'A', { id: 0xffff, flags: 0x0100 })))[1]).toBe(0x8500);
    expect(header(exchange(zones, makeQuery('www.example.', 'A', { id: 0, flags: 0x0060 })))[1]).toBe(0x8400);
  });
});

describe('RFC 1035 §4.1.4, compression', () => {
  it('points at names that stand already, also inside RDATA of RFC 1035 types', () => {
    const { octets } = ask(zones, 'alias.example.', 'A');
    const question = 12 + 'alias.example.'.length + 1 + 4;
    // alias → pointer to the question; its target www + pointer to "example"; the address record → pointer to that target.
    expect([...octets.slice(question, question + 2)]).toEqual([0xc0, 12]);
    expect([...octets.slice(question + 12, question + 18)]).toEqual([3, 0x77, 0x77, 0x77, 0xc0, 18]);
    expect([...octets.slice(question + 18, question + 20)]).toEqual([0xc0, question + 12]);
    expect(octets.length).toBe(question + 18 + 16);
  });

  it('leaves names in newer types whole, RFC 3597 §4', () => {
    const srv = ask(zoneSet(makeZone('example.', '_a._tcp 60 SRV 0 0 80 www.example.')), '_a._tcp.example.', 'SRV');
    expect(Buffer.from(srv.octets).toString('latin1')).toContain('\x03www\x07example\x00');
    expect(lines(srv.answer)).toEqual(['_a._tcp.example. 60 SRV 0 0 80 www.example.']);
  });

  it('writes names beyond the reach of a pointer whole', () => {
    const many = Array.from({ length: 900 }, (_, i) => `@ 60 NS host-number-${i}.somewhere-else-${i}.test.`).join('\n');
    const answer = ask(zoneSet(makeZone('example.', many)), 'example.', 'NS', { transport: 'tcp' });
    expect(answer.octets.length).toBeGreaterThan(0x4000);
    expect(answer.answer).toHaveLength(900);
    expect(answer.answer[899]!.content).toBe('host-number-899.somewhere-else-899.test.');
  });
});

describe('RFC 1035 §2.3.4, limits of names', () => {
  const label = 'x'.repeat(63);
  const longest = `${label}.${label}.${label}.${'y'.repeat(61)}.`;

  it('answers for a name of 255 octets, the longest there is', () => {
    const zone = zoneSet(makeZone('.', `${longest} 60 A 192.0.2.1`));
    expect(ask(zone, longest, 'A').answer).toHaveLength(1);
  });

  it('answers FORMERR to a name of 256 octets', () => {
    const query = makeQuery(longest, 'A');
    const one = Uint8Array.of(...query.slice(0, 12 + 192), 62, ...new Uint8Array(62).fill(0x79), 0, 0, 1, 0, 1);
    expect(one.length).toBe(query.length + 1);
    expect(header(exchange(zones, one))[1]).toBe(0x8101);
  });

  it('answers for a name of 127 labels', () => {
    const deep = 'a.'.repeat(127);
    expect(ask(zoneSet(makeZone('.', `${deep} 60 A 192.0.2.1`)), deep, 'A').answer).toHaveLength(1);
    expect(ask(zoneSet(makeZone('.', '* 60 A 192.0.2.1')), deep, 'A').answer).toHaveLength(1);
  });
});
