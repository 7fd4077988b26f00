import { describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet } from '../../tests/support/dns.ts';
import { exampleTable } from '../../tests/support/querylog.ts';
import { Exchange } from '../answer/exchange.ts';
import { readFilter } from '../http/query-filter.ts';
import { parseAddress } from '../wire/address.ts';
import { readFrames } from './event.ts';
import { Gatherer } from './gatherer.ts';
import { Recorder } from './recorder.ts';
import { Ring } from './ring.ts';
import { mayHold, summarize, termsOfName } from './summary.ts';

const ZONES = zoneSet(makeZone('otter1.digpit.test.', 'www 60 A 192.0.2.1'));

/** The frames of queries as one batch. */
function batchOf(...queries: { qname: string; qtype?: string; address?: string; transport?: 0 | 1 | 2 }[]): Uint8Array {
  const ring = new Ring(1 << 20);
  const recorder = new Recorder(ring, () => {}, { now: () => 0 });
  for (const { qname, qtype = 'A', address = '192.0.2.1', transport = 0 } of queries) {
    const asked = new Exchange();
    const octets = parseAddress(address)!;
    asked.zone = 1;
    asked.transport = transport;
    asked.address.set(octets);
    asked.addressLength = octets.length;
    const query = makeQuery(qname, qtype);
    const response = exchange(ZONES, query)!;
    recorder.record(asked, query, query.length, response, response.length);
  }
  return new Gatherer(exampleTable, 1 << 20).gather(ring.peek(1 << 20), 1)[0]!.octets.slice();
}

const BATCHES = [
  batchOf({ qname: 'www.otter1.digpit.test.' }, { qname: 'WWW.Otter1.digpit.test.', qtype: 'AAAA' }),
  batchOf({ qname: 'nope.otter1.digpit.test.', qtype: 'TYPE65280', address: '2001:db8::1', transport: 1 }),
  batchOf({ qname: 'a\\046b.otter1.digpit.test.' }, { qname: 'x\\255.otter1.digpit.test.' }),
  batchOf(...Array.from({ length: 300 }, (_, i) => ({ qname: `${(i * 7919).toString(36)}x${i}.otter1.digpit.test.` }))),
];

describe('a summary', () => {
  it.each<Record<string, string | string[]>>([
    { name: 'www.ot' },
    { name: 'WW' },
    { name: 'nope' },
    { name: '046' },
    { name: '\\255' },
    { name: 'b.otter1' },
    { name: 'x299.' },
    { name: '!nope' },
    { type: 'TYPE65280' },
    { type: ['MX', 'AAAA'] },
    { code: 'NXDOMAIN' },
    { source: '2001:db8::1' },
    { source: '192.0.' },
    { asn: '64500', type: 'A' },
    { country: 'ZZ' },
    { transport: 'tcp' },
  ])('never hides a batch that holds what is sought: %j', (parameters) => {
    const { passes, sought } = readFilter(parameters, exampleTable)!;
    for (const octets of BATCHES) {
      if (readFrames(octets).some(passes)) expect(mayHold(summarize(octets), sought)).toBe(true);
    }
  });

  it('has the letters of every name, whatever names of the batch have in common', () => {
    const long = '0'.repeat(48);
    const names = ['', 'a.', 'www.', 'www.', 'w.www.', `${long}.`, `x${long}.`, `b.${long}.`, 'www.a.', 'a.www.a.'].map(
      (name) => `${name}otter1.digpit.test.`,
    );
    for (let first = 0; first < names.length; first++) {
      const asked = [...names.slice(first), ...names.slice(0, first)];
      const summary = summarize(batchOf(...asked.map((qname) => ({ qname }))));
      for (const qname of asked) expect([qname, mayHold(summary, [[termsOfName(qname)]])]).toEqual([qname, true]);
    }
  });

  it('passes over nearly all that does not, however many names a batch has', () => {
    for (const octets of BATCHES.filter((_, i) => i !== 2)) {
      const summary = summarize(octets);
      const words = Array.from({ length: 200 }, (_, i) => `qz${(i * 104_729).toString(36)}vk`);
      expect(words.filter((word) => mayHold(summary, [[termsOfName(word)]])).length).toBeLessThan(10);
    }
  });

  it('takes a thirtieth of what it sums up, and 16 octets at least', () => {
    expect(BATCHES.map((octets) => summarize(octets).length)).toEqual([16, 16, 16, 1024]);
  });

  it('is right about octets that are no query at all', () => {
    const octets = batchOf({ qname: 'www.otter1.digpit.test.' });
    for (let i = 60; i < octets.length; i++) {
      const broken = octets.slice().fill(0xff, i);
      expect(summarize(broken)).toHaveLength(16);
    }
  });
});
