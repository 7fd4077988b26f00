import { describe, expect, it } from 'vitest';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet } from '../../tests/support/dns.ts';
import { decodeMessage } from '../wire/message.ts';
import { Counters } from './counters.ts';
import { Exchange } from './exchange.ts';
import { RateLimit, VERDICT } from './rate-limit.ts';
import { Responder } from './responder.ts';
import { TRANSPORT } from './transport.ts';

function from(...address: number[]): Exchange {
  const exchange = new Exchange();
  exchange.address.set(address);
  exchange.addressLength = address.length;
  return exchange;
}
const ipv6 = (text: string) => from(...Buffer.from(text.padEnd(32, '0'), 'hex'));

/** Verdicts of `count` answers, `step` milliseconds apart. */
function judge(
  limit: RateLimit,
  exchange: Exchange,
  count: number,
  { identity = 1, octets = 10, start = 0, step = 0 } = {},
): number[] {
  return Array.from({ length: count }, (_, i) => limit.judge(exchange, identity, octets, start + i * step));
}
const sent = (verdicts: number[]) => verdicts.filter((verdict) => verdict === VERDICT.SEND).length;

describe('response rate limiting', () => {
  it('sends the limit, then slips one in two of the rest and drops the others', () => {
    const verdicts = judge(new RateLimit(10, 1000), from(192, 0, 2, 1), 14);
    expect(verdicts).toEqual([...Array<number>(10).fill(VERDICT.SEND), VERDICT.DROP, VERDICT.SLIP, VERDICT.DROP, VERDICT.SLIP]);
  });

  it('lets through at the limit for as long as it lasts, and not much more than the limit beyond', () => {
    expect(sent(judge(new RateLimit(10, 1000), from(192, 0, 2, 1), 1000, { step: 100 }))).toBe(1000);
    expect(sent(judge(new RateLimit(10, 1000), from(192, 0, 2, 1), 1000, { step: 10 }))).toBeLessThanOrEqual(111);
  });

  it('forgives after a second of silence', () => {
    const limit = new RateLimit(10, 1000);
    judge(limit, from(192, 0, 2, 1), 100);
    expect(sent(judge(limit, from(192, 0, 2, 1), 20, { start: 1000 }))).toBe(10);
  });

  it('counts a network as one: /24 and /56', () => {
    const limit = new RateLimit(10, 1000);
    expect(sent([...judge(limit, from(192, 0, 2, 1), 10), ...judge(limit, from(192, 0, 2, 254), 10)])).toBe(10);
    expect(sent(judge(limit, from(192, 0, 3, 1), 10))).toBe(10);
    expect(sent([...judge(limit, ipv6('20010db8000003'), 10), ...judge(limit, ipv6('20010db8000004'), 10)])).toBe(20);
    expect(sent([...judge(limit, ipv6('20010db8000001aa'), 10), ...judge(limit, ipv6('20010db8000001bb'), 10)])).toBe(10);
  });

  it('lets a network have as many octets as so many of the largest answers, whatever they say', () => {
    const limit = new RateLimit(10, 1000);
    const all = Array.from(
      { length: 100 },
      (_, identity) => judge(limit, from(192, 0, 2, 1), 1, { identity, octets: 500 })[0]!,
    );
    expect(sent(all)).toBe(20);
    expect(all.filter((verdict) => verdict === VERDICT.SLIP)).toHaveLength(40);
    expect(sent(judge(limit, from(192, 0, 3, 1), 1, { octets: 500 }))).toBe(1);
    expect(sent(judge(limit, from(192, 0, 2, 1), 10, { identity: 500, octets: 500, start: 100 }))).toBe(2);
  });

  it('is not filled up anew by whoever sends as somebody else in between', () => {
    const limit = new RateLimit(10, 1000);
    const networks = Array.from({ length: 1 << 16 }, (_, i) => from(10, i >> 8, i & 255, 1));
    const whole = networks.flatMap((network) => judge(limit, network, 20));
    // Each bucket is that of four networks on the average.
    expect(sent(whole)).toBeLessThanOrEqual((1 << 14) * 10);
    expect(sent(judge(limit, networks[0]!, 5))).toBe(0);
  });

  it('counts different answers apart, and leaves this machine alone', () => {
    const limit = new RateLimit(10, 1000);
    expect(
      sent([
        ...judge(limit, from(192, 0, 2, 1), 10, { identity: 1 }),
        ...judge(limit, from(192, 0, 2, 1), 10, { identity: 2 }),
      ]),
    ).toBe(20);
    expect(sent(judge(limit, from(127, 8, 8, 8), 100))).toBe(100);
    expect(sent(judge(limit, ipv6('00000000000000000000000000000001'), 100))).toBe(100);
  });
});

describe('a flood with a forged source', () => {
  const zones = zoneSet(makeZone('example.', '*.w 60 A 192.0.2.1\nwww 60 A 192.0.2.1'));
  const answers = (qname: (i: number) => string, transport: 0 | 1 = TRANSPORT.UDP) => {
    const counters = new Counters();
    const responder = new Responder(zones, counters, { ...PLAIN, rrlPerSecond: 5 }, CLOCKS);
    const source = from(203, 0, 113, 9);
    source.transport = transport;
    const out = new Uint8Array(65535);
    const got = Array.from({ length: 50 }, (_, i) => {
      const query = makeQuery(qname(i), 'A');
      const length = responder.respond(query, query.length, out, source);
      return length === 0 ? null : decodeMessage(out.slice(0, length));
    });
    return {
      whole: got.filter((answer) => answer !== null && !answer.flags.includes('TC')).length,
      slipped: got.filter((a) => a?.flags.includes('TC')),
      counters,
    };
  };

  it.each([
    ['one name', () => 'www.example.'],
    ['random names of one zone', (i: number) => `r${i}.example.`],
    ['random names of one wildcard', (i: number) => `r${i}.w.example.`],
    ['names of others', (i: number) => `r${i}.test.`],
  ])('for %s gets the limit, and of the rest half, empty', (_, qname) => {
    const { whole, slipped, counters } = answers(qname);
    expect([whole, slipped.length, counters.limited]).toEqual([5, 22, 45]);
    for (const answer of slipped) expect([answer!.answer, answer!.authority, answer!.question.length]).toEqual([[], [], 1]);
  });

  it('for the many large answers of one zone gets no more octets than the limit has', () => {
    const text = Array.from({ length: 8 }, () => `"${'x'.repeat(100)}"`).join(' ');
    const large = Array.from({ length: 40 }, (_, i) => `n${i} 60 TXT ${text}`).join('\n');
    const responder = new Responder(
      zoneSet(makeZone('example.', large)),
      new Counters(),
      { ...PLAIN, rrlPerSecond: 5 },
      CLOCKS,
    );
    const out = new Uint8Array(65535);
    const lengths = Array.from({ length: 1000 }, (_, i) => {
      const query = makeQuery(`n${i % 40}.example.`, 'TXT', { edns: { udpSize: 1232 } });
      return responder.respond(query, query.length, out, from(203, 0, 113, 9));
    });
    expect(lengths.filter((length) => length > 512)).toHaveLength(7);
  });

  it('over TCP nobody can forge, so nothing is held back', () => {
    expect(answers(() => 'www.example.', TRANSPORT.TCP).whole).toBe(50);
  });
});
