import { describe, expect, it } from 'vitest';
import { Counters } from '../../server/answer/counters.ts';
import { Exchange } from '../../server/answer/exchange.ts';
import { Responder } from '../../server/answer/responder.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { compareWithDns2, makeQuery, makeZone, PLAIN, zoneSet } from '../support/dns.ts';

const CLIENT = '0102030405060708';
const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));

function cookieOption(hex: string): Uint8Array {
  const value = Buffer.from(hex, 'hex');
  return Uint8Array.of(0, 10, 0, value.length, ...value);
}

/** A server with cookies, a clock to turn, and a client at 192.0.2.7. */
function setUp(settings = {}) {
  let now = 1_700_000_000_000;
  const responder = new Responder(
    zones,
    new Counters(),
    { ...PLAIN, cookieSecret: new Uint8Array(16).fill(7), ...settings },
    { now: () => now, monotonic: () => 0 },
  );
  const source = new Exchange();
  source.address.set([192, 0, 2, 7]);
  const out = new Uint8Array(65535);
  const send = (query: Uint8Array) => {
    const length = responder.respond(query, query.length, out, source);
    if (length === 0) return null;
    const message = decodeMessage(out.slice(0, length));
    compareWithDns2(message, out.slice(0, length));
    return message;
  };
  const ask = (cookie: string) =>
    send(makeQuery('www.example.', 'A', { edns: { udpSize: 1232, options: cookieOption(cookie) } }));
  const cookieOf = (message: ReturnType<typeof send>) => message?.edns?.options.find(({ code }) => code === 10)?.value;
  return { send, ask, cookieOf, later: (ms: number) => (now += ms), source };
}

describe('RFC 7873 §5.2, what a server does with cookies', () => {
  it('§5.2.1: gives none to who brings none', () => {
    const { send, cookieOf } = setUp();
    expect(cookieOf(send(makeQuery('www.example.', 'A', { edns: { udpSize: 1232 } })))).toBeUndefined();
    expect(send(makeQuery('www.example.', 'A'))?.edns).toBeUndefined();
  });

  it.each([0, 1, 7, 9, 15, 41])('§5.2.2: answers FORMERR to a cookie of %i octets', (length) => {
    expect(setUp().ask('00'.repeat(length))?.rcode).toBe('FORMERR');
  });

  it.each([16, 23, 24, 40])('§5.2.2: takes one of %i octets', (length) => {
    expect(setUp().ask('00'.repeat(length))?.rcode).toBe('NOERROR');
  });

  it('§5.2.3: gives a server cookie to a client cookie, with the answer', () => {
    const { ask, cookieOf } = setUp();
    const answer = ask(CLIENT);
    expect(answer?.answer).toHaveLength(1);
    expect(cookieOf(answer)).toMatch(new RegExp(`^${CLIENT}01000000[\\da-f]{24}$`));
  });

  it('§5.4: answers a question-less query for a cookie, and only for that', () => {
    const { send, cookieOf } = setUp();
    const whole = makeQuery('.', 'A', { edns: { udpSize: 1232, options: cookieOption(CLIENT) } });
    const query = Uint8Array.of(...whole.slice(0, 12), ...whole.slice(17));
    query[5] = 0;
    const answer = send(query);
    expect([answer?.rcode, answer?.question, cookieOf(answer)?.slice(0, 16)]).toEqual(['NOERROR', [], CLIENT]);
  });

  it('§5.4: says BADCOOKIE to a question-less query with a server cookie that is not right', () => {
    const { send, ask, cookieOf } = setUp();
    const alone = (cookie: string) => {
      const whole = makeQuery('.', 'A', { edns: { udpSize: 1232, options: cookieOption(cookie) } });
      const query = Uint8Array.of(...whole.slice(0, 12), ...whole.slice(17));
      query[5] = 0;
      return send(query);
    };
    const good = cookieOf(ask(CLIENT))!;
    expect(alone(good)?.rcode).toBe('NOERROR');
    const bad = alone(`${good.slice(0, -2)}00`);
    expect([bad?.rcode, cookieOf(bad)]).toEqual(['BADCOOKIE', good]);
  });

  it('§5.2: of several cookies the first counts', () => {
    const { send, cookieOf } = setUp();
    const options = Uint8Array.of(...cookieOption(CLIENT), ...cookieOption('ffffffffffffffff'));
    const answer = send(makeQuery('www.example.', 'A', { edns: { udpSize: 1232, options } }));
    expect([answer?.rcode, cookieOf(answer)?.slice(0, 16)]).toEqual(['NOERROR', CLIENT]);
  });

  it('a proven client is not rate-limited, one with a stale, foreign or made-up cookie is', () => {
    const { ask, cookieOf, later, source } = setUp({ rrlPerSecond: 2 });
    const good = cookieOf(ask(CLIENT))!;
    const sent = (cookie: string) =>
      Array.from({ length: 20 }, () => ask(cookie)).filter((answer) => answer !== null && !answer.flags.includes('TC')).length;
    expect(sent(good)).toBe(20);
    expect(sent(`${good.slice(0, -2)}00`)).toBeLessThan(3);
    source.address[3] = 8;
    expect(sent(good)).toBeLessThan(3);
    source.address[3] = 7;
    later(3_601_000);
    expect(sent(good)).toBeLessThan(3);
  });
});
