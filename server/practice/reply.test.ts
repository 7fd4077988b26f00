import { Packet } from 'dns2';
import { describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, name, zoneSet } from '../../tests/support/dns.ts';
import { findingsOf } from './findings.ts';
import { readReply } from './reply.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1\nalias 60 CNAME www'));
const asked = { qname: name('www.example.'), qtype: 1 };
const sound = (): Buffer => Buffer.from(exchange(zones, makeQuery('www.example.', 'A', { flags: 0 }))!);
const read = (octets: Uint8Array, exact = false) => readReply(Packet.parse(Buffer.from(octets)), asked, exact);

/** The sound answer with some octets changed. */
function forged(change: (octets: Buffer) => void): Buffer {
  const octets = sound();
  change(octets);
  return octets;
}

describe('a reply', () => {
  it('is read, when it is one', () => {
    expect(read(sound())).toMatchObject({
      rcode: 0,
      authoritative: true,
      answer: [{ ttl: 60, rdata: Uint8Array.of(192, 0, 2, 1) }],
    });
  });

  it.each([
    ['a query', (octets: Buffer) => (octets[2]! &= 0x7f)],
    ['another opcode', (octets: Buffer) => (octets[2]! |= 0x10)],
    ['no question', (octets: Buffer) => octets.writeUInt16BE(0, 4)],
    ['two questions', (octets: Buffer) => octets.writeUInt16BE(2, 4)],
    ['another name', (octets: Buffer) => (octets[13] = 0x78)],
    ['another type', (octets: Buffer) => (octets[12 + 13 + 1] = 2)],
    ['another class', (octets: Buffer) => (octets[12 + 13 + 3] = 3)],
    ['more answers than there are', (octets: Buffer) => octets.writeUInt16BE(40_000, 6)],
    ['a name that points at itself', (octets: Buffer) => octets.writeUInt16BE(0xc000 | 29, 29)],
  ])('with %s is none', (_, change) => {
    expect(read(forged(change))).toBeNull();
  });

  it('in another case is none to who mixes case', () => {
    const other = forged((octets) => (octets[13] = 0x57));
    expect([read(other) !== null, read(other, true), read(sound(), true) !== null]).toEqual([true, null, true]);
  });

  it('cut at any octet is none, and never throws', () => {
    const whole = sound();
    for (let length = 12; length < whole.length - 1; length++)
      expect(read(whole.subarray(0, length)), String(length)).toBeNull();
  });

  it.each([0x80000000, 0xffffffff])('with a TTL of %i has the largest that can be (RFC 8767 §4)', (ttl) => {
    expect(read(forged((octets) => octets.writeUInt32BE(ttl, 29 + 2 + 4)))?.answer[0]?.ttl).toBe(0x7fffffff);
  });

  it('of random octets never throws, nor is believed', () => {
    for (let seed = 1; seed < 400; seed++) {
      const octets = forged((all) => {
        for (let i = 12; i < all.length; i += 3) all[i] = (all[i]! * seed + i * 31) & 0xff;
      });
      expect(read(octets)?.answer ?? []).toHaveLength(0);
    }
  });
});

describe('what a reply says', () => {
  const reply = (octets = sound()) => read(octets)!;
  const evil = (owner: string) => ({ owner: name(owner), type: 1, ttl: 60, rdata: Uint8Array.of(6, 6, 6, 6) });

  it('is about the question, not about names that came with it (RFC 5452 §6)', () => {
    const poisoned = { ...reply(), answer: [...reply().answer, evil('bank.example.'), evil('www.other.')] };
    expect(findingsOf(poisoned, asked, name('example.')).map((one) => one.name.toText())).toEqual(['www.example.']);
  });

  it('is nothing when the server cannot know it', () => {
    expect(findingsOf(reply(), asked, name('other.'))).toEqual([]);
  });

  it('is no delegation upwards, sideways or out of the zone', () => {
    const ns = { owner: name('example.'), type: 2, ttl: 60, rdata: name('ns.example.').octets };
    for (const owner of ['.', 'example.', 'ftp.example.', 'other.']) {
      const upward = { ...reply(), authoritative: false, answer: [], authority: [{ ...ns, owner: name(owner) }] };
      expect(findingsOf(upward, asked, name('example.')), owner).toEqual([]);
    }
  });
});
