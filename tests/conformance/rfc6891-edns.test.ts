import { describe, expect, it } from 'vitest';
import { ask, exchange, lines, makeQuery, makeZone, UDP_SIZE, zoneSet } from '../support/dns.ts';

/** A TXT RRset under `t.example.` whose answer without OPT has just `size` octets. */
function answerOf(size: number) {
  const fixed = 12 + 't.example.'.length + 1 + 4 + 12;
  let rest = size - fixed;
  const strings: string[] = [];
  for (; rest > 256; rest -= 256) strings.push('x'.repeat(255));
  strings.push('x'.repeat(rest - 1));
  return zoneSet(makeZone('example.', `t 60 TXT ${strings.join(' ')}`));
}

describe('RFC 6891 §6.2.3 and §6.2.4, how large an answer may be', () => {
  it('without EDNS 512 octets go over UDP and 513 do not, RFC 1035 §4.2.1', () => {
    const fits = ask(answerOf(512), 't.example.', 'TXT');
    expect([fits.octets.length, fits.flags]).toEqual([512, ['QR', 'AA', 'RD']]);
    const cut = ask(answerOf(513), 't.example.', 'TXT');
    expect([cut.answer, cut.flags]).toEqual([[], ['QR', 'AA', 'TC', 'RD']]);
  });

  it.each([512, 900, UDP_SIZE])('with a size of %i it is that many, OPT included', (udpSize) => {
    const fits = ask(answerOf(udpSize - 11), 't.example.', 'TXT', { edns: { udpSize } });
    expect([fits.octets.length, fits.flags]).toEqual([udpSize, ['QR', 'AA', 'RD']]);
    const cut = ask(answerOf(udpSize - 10), 't.example.', 'TXT', { edns: { udpSize } });
    expect(cut.flags).toContain('TC');
  });

  it('never gives more than our own ceiling, whatever the client claims', () => {
    expect(ask(answerOf(UDP_SIZE - 10), 't.example.', 'TXT', { edns: { udpSize: 65535 } }).flags).toContain('TC');
  });

  it('takes a size below 512 for 512', () => {
    expect(ask(answerOf(501), 't.example.', 'TXT', { edns: { udpSize: 0 } }).flags).not.toContain('TC');
  });

  it('over TCP the whole RRset goes', () => {
    expect(ask(answerOf(4000), 't.example.', 'TXT', { transport: 'tcp' }).octets.length).toBe(4000);
  });
});

describe('RFC 6891 §6 and §7, the OPT record', () => {
  const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));

  it('is in the answer when it was in the query, also when the answer was cut, and not otherwise', () => {
    expect(ask(zones, 'www.example.', 'A').edns).toBeUndefined();
    const edns = { udpSize: 1400, dnssecOk: true };
    expect(ask(zones, 'www.example.', 'A', { edns }).edns).toEqual({
      udpSize: UDP_SIZE,
      version: 0,
      dnssecOk: true,
      options: [],
    });
    expect(ask(answerOf(2000), 't.example.', 'TXT', { edns }).edns).toBeDefined();
    expect(ask(zones, 'elsewhere.test.', 'A', { edns }).edns).toBeDefined();
  });

  it('§6.1.3: an unknown version gets BADVERS and no data', () => {
    const answer = ask(zones, 'www.example.', 'A', { edns: { udpSize: 1232, version: 1 } });
    expect([answer.rcode, answer.answer, answer.edns?.version]).toEqual(['BADVERS', [], 0]);
  });

  it('§6.1.2: unknown options are passed over', () => {
    const options = Uint8Array.of(0xfd, 0xe9, 0, 2, 1, 2, 0xfd, 0xea, 0, 0);
    const answer = ask(zones, 'www.example.', 'A', { edns: { udpSize: 1232, options } });
    expect(lines(answer.answer)).toEqual(['www.example. 60 A 192.0.2.1']);
    expect(answer.edns?.options).toEqual([]);
  });

  it('§6.1.1: two OPT records, one with a name, or options that do not fit get FORMERR', () => {
    const rcode = (query: Uint8Array) => exchange(zones, query)![3]! & 15;
    const query = makeQuery('www.example.', 'A', { edns: { udpSize: 1232 } });
    expect(rcode(query)).toBe(0);
    const opt = query.slice(-11);
    const twice = Uint8Array.of(...query, ...opt);
    twice[11] = 2;
    expect(rcode(twice)).toBe(1);
    const named = Uint8Array.of(...query.slice(0, -11), 1, 0x61, ...opt);
    expect(rcode(named)).toBe(1);
    expect(rcode(makeQuery('www.example.', 'A', { edns: { udpSize: 1232, options: Uint8Array.of(0, 10, 0, 9, 1) } }))).toBe(1);
  });
});

describe('RFC 7871 §7.1.2, client subnet', () => {
  const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
  const rcode = (...option: number[]) => {
    const options = Uint8Array.of(0, 8, 0, option.length, ...option);
    return ask(zones, 'www.example.', 'A', { edns: { udpSize: 1232, options } }).rcode;
  };

  it('is taken when address and prefix fit each other', () => {
    expect(rcode(0, 1, 24, 0, 8, 8, 8)).toBe('NOERROR');
    expect(rcode(0, 1, 0, 0)).toBe('NOERROR');
    expect(rcode(0, 2, 33, 0, 0x20, 1, 0xd, 0xb8, 0x80)).toBe('NOERROR');
  });

  it.each([
    ['too many octets', [0, 1, 24, 0, 8, 8, 8, 8]],
    ['too few octets', [0, 1, 24, 0, 8, 8]],
    ['bits beyond the prefix', [0, 1, 23, 0, 8, 8, 9]],
    ['a scope in a query', [0, 1, 24, 24, 8, 8, 8]],
    ['a prefix longer than the address', [0, 1, 33, 0, 8, 8, 8, 8, 0]],
    ['an unknown family', [0, 3, 8, 0, 8]],
  ])('gets FORMERR with %s', (_, option) => {
    expect(rcode(...option)).toBe('FORMERR');
  });
});
