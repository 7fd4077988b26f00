import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCKS, makeQuery, makeZone, name, PLAIN, zoneSet } from '../../tests/support/dns.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import { ResponseWriter } from '../wire/response.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { Counters } from './counters.ts';
import { Exchange } from './exchange.ts';
import { Prepared } from './prepared.ts';
import { Responder } from './responder.ts';

const SIZE = 1 << 16;

function responder(zones: ZoneSet, preparedSize: number) {
  const it = new Responder(zones, new Counters(), { ...PLAIN, preparedSize }, CLOCKS);
  const out = new Uint8Array(65_535);
  return (query: Uint8Array) => {
    const exchange = new Exchange();
    const length = it.respond(query, query.length, out, exchange);
    const { zone, rcode, reason, encloser } = exchange;
    return { octets: Buffer.from(out.subarray(0, length)).toString('hex'), zone, rcode, reason, encloser };
  };
}

const LINES = [
  'www 60 A 192.0.2.1',
  'www 60 A 192.0.2.2',
  'www 60 MX 10 mail',
  'mail 60 A 192.0.2.3',
  'mail 60 AAAA 2001:db8::3',
  'alias 60 CNAME www',
  'out 60 CNAME www.b.test.',
  'away 60 CNAME www.example.',
  '*.wild 60 A 192.0.2.4',
  'a.b.c 60 TXT "deep"',
  'cut 60 NS ns.cut',
  'ns.cut 60 A 192.0.2.5',
  `large 60 TXT "${'x'.repeat(250)}"`,
  'old 60 DNAME www',
];

describe('prepared answers', () => {
  it('are octet for octet those that would have been made, whatever is asked and edited in between', () => {
    const owner = fc.constantFrom(
      'www',
      'WWW',
      'mail',
      'alias',
      'out',
      'away',
      'x.wild',
      'b.c',
      'no',
      'x.cut',
      'large',
      'x.old',
      '',
    );
    const edns = fc.constantFrom(undefined, { udpSize: 512 }, { udpSize: 1232 }, { udpSize: 1232, dnssecOk: true });
    const question = fc.record({
      kind: fc.constant('ask' as const),
      qname: fc
        .tuple(owner, fc.constantFrom('a.test.', 'b.test.', 'A.Test.'))
        .map(([own, zone]) => (own ? `${own}.${zone}` : zone)),
      qtype: fc.constantFrom('A', 'A', 'AAAA', 'MX', 'TXT', 'ANY', 'DS', 'NS', 'SOA', 'CNAME'),
      flags: fc.constantFrom(0, 0x0100, 0x0110),
      edns,
    });
    const edit = fc.record({
      kind: fc.constantFrom('set' as const, 'delete' as const),
      origin: fc.constantFrom('a.test.', 'b.test.', 'wild.a.test.', 'test.', 'example.'),
      lines: fc.subarray(LINES),
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: question }, { weight: 1, arbitrary: edit }), { maxLength: 120 }),
        (steps) => {
          const zones = zoneSet(makeZone('a.test.', LINES.join('\n'), 1), makeZone('b.test.', LINES.slice(0, 3).join('\n'), 2));
          const quick = responder(zones, 4096);
          const slow = responder(zones, 0);
          for (const step of steps) {
            if (step.kind === 'ask') {
              const { qname, qtype, flags, edns: opt } = step;
              const query = makeQuery(qname, qtype, { flags, ...(opt && { edns: opt }) });
              expect(quick(query)).toEqual(slow(query));
            } else if (step.kind === 'delete') zones.delete(name(step.origin));
            else zones.set(makeZone(step.origin, step.lines.join('\n'), 3));
          }
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  /** Whether an answer is in stock after `warm` was answered by a responder that shares the stock. */
  function isKept(
    zones: ZoneSet,
    qname: string,
    qtype: string,
    disturb: (ask: (query: Uint8Array) => unknown) => void = () => {},
  ) {
    const prepared = new Prepared(zones, SIZE);
    const it = new Responder(zones, new Counters(), { ...PLAIN, preparedSize: SIZE }, CLOCKS, prepared);
    const ask = (query: Uint8Array) => it.respond(query, query.length, new Uint8Array(65_535), new Exchange());
    const octets = makeQuery(qname, qtype);
    ask(octets);
    disturb(ask);
    const query = new Query();
    const response = new ResponseWriter();
    decodeQuery(octets, octets.length, query);
    response.begin(query, octets, new Uint8Array(512), 512);
    return prepared.recall(query, response);
  }

  it.each([
    ['www', 'A', true],
    ['alias', 'A', true],
    ['www', 'AAAA', true],
    ['www', 'CAA', false],
    ['no', 'A', false],
    ['x.wild', 'A', false],
    ['out', 'A', false],
    ['www', 'ANY', false],
    ['x.cut', 'A', false],
    ['large', 'TXT', false],
  ])('%s %s are kept: %s', (owner, qtype, kept) => {
    const zones = zoneSet(makeZone('a.test.', LINES.join('\n')), makeZone('b.test.', ''));
    expect(isKept(zones, `${owner}.a.test.`, qtype)).toBe(kept);
  });

  it('stay through a flood of names and types that are made up', () => {
    const zones = zoneSet(makeZone('a.test.', LINES.join('\n')));
    const flood = (ask: (query: Uint8Array) => unknown) => {
      for (let i = 0; i < 5000; i++) {
        ask(makeQuery(`x${i}.a.test.`, 'A'));
        ask(makeQuery(`x${i}.wild.a.test.`, 'A'));
        ask(makeQuery('www.a.test.', `TYPE${300 + i}`));
      }
    };
    expect(isKept(zones, 'www.a.test.', 'A', flood)).toBe(true);
  });
});
