import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeZone, name, record, zoneSet } from '../../tests/support/dns.ts';
import { nameToText } from '../wire/name.ts';
import { makeApexRecords, nextSerial, serialOf, withSerial } from './apex.ts';
import { Lookup, lookup, OUTCOME } from './lookup.ts';
import { Zone } from './zone.ts';

describe('a zone', () => {
  it('has a node for every name and for the names between it and the apex', () => {
    const zone = makeZone('example.', 'a.b.c 60 A 192.0.2.1');
    for (const text of ['a.b.c.example.', 'b.c.example.', 'C.example.', 'example.'])
      expect(zone.nameOf(zone.find(name(text), 0)).labelCount).toBe(name(text).labelCount);
    expect(zone.find(name('x.c.example.'), 0)).toBe(0);
  });

  it('cannot be without an SOA, and takes no names from outside', () => {
    const origin = name('example.');
    expect(() => Zone.of(1, origin, [])).toThrow('no SOA');
    expect(() => makeZone('example.', 'www.test. 60 A 192.0.2.1')).toThrow('outside');
  });

  it('gives all records of an RRset the lowest TTL of them, RFC 2181 §5.2', () => {
    const zone = makeZone('example.', 'a 60 A 192.0.2.1\nA 30 A 192.0.2.2');
    expect([...zone.records()].filter(({ type }) => type === 1).map(({ ttl }) => ttl)).toEqual([30, 30]);
  });
});

it('a zone is the same in another thread, down to the case of its names and the order of its records', () => {
  const zone = makeZone(
    'Example.',
    `www 60 A 192.0.2.1
www 60 A 192.0.2.2
WWW 300 TXT "text" "more"
*.deep.er 60 MX 10 Mail
\\000\\.x 60 TYPE65280 \\# 3 010203
empty 60 TXT ""`,
    7,
  );
  const lines = (of: Zone) =>
    [...of.records()].map(
      ({ owner, type, ttl, rdata }) => `${owner.toText()} ${ttl} ${type} ${Buffer.from(rdata).toString('hex')}`,
    );
  const again = new Zone(zone.memory);
  expect(lines(again)).toEqual(lines(zone));
  expect(lines(again)).toHaveLength(8);
  expect([again.id, again.origin.toText(), again.serial]).toEqual([7, 'Example.', zone.serial]);
});

it('a zone may have many names, and many records at one', () => {
  const origin = name('example.');
  const [soa] = makeApexRecords(origin, [name('ns.')], name('h.'));
  const rdata = (i: number) => Uint8Array.of(10, i >> 16, i >> 8, i);
  const names = Array.from({ length: 60_000 }, (_, i) => ({ owner: name(`n${i}`, origin), type: 1, ttl: 60, rdata: rdata(i) }));
  const many = Array.from({ length: 30_000 }, (_, i) => ({ owner: origin, type: 1, ttl: 60, rdata: rdata(i) }));
  const zone = Zone.of(1, origin, [soa!, ...names, ...many]);
  const found = new Lookup();
  lookup(zone, name('n59999.example.'), 1, found);
  expect(found.outcome).toBe(OUTCOME.HIT);
  expect([...zone.records()]).toHaveLength(90_001);
});

describe('the set of zones', () => {
  it('finds the nearest, sees replacements at once, and forgets', () => {
    const parent = makeZone('example.', '');
    const child = makeZone('sub.example.', '', 2);
    const set = zoneSet(parent, child);
    expect(set.closest(name('a.SUB.example.'))).toBe(child);
    expect(set.closest(name('sub.example.'), 1)).toBe(parent);
    expect(set.closest(name('test.'))).toBeNull();
    const again = makeZone('sub.example.', '', 2);
    set.set(again);
    expect([set.closest(name('sub.example.')), set.size]).toEqual([again, 2]);
    set.delete(again.origin);
    expect([set.closest(name('sub.example.')), set.size]).toEqual([parent, 1]);
  });
});

describe('serials', () => {
  it('step by one, and to what the editor wrote when that is an increase, RFC 1982 §3.2', () => {
    expect(nextSerial(1)).toBe(2);
    expect(nextSerial(4294967295)).toBe(0);
    expect(nextSerial(7, 2026112301)).toBe(2026112301);
    expect(nextSerial(7, 7)).toBe(8);
    expect(nextSerial(7, 6)).toBe(8);
    expect(nextSerial(4294967295, 5)).toBe(5);
  });

  it('are read and written in SOA RDATA', () => {
    const [soa] = makeApexRecords(name('a.test.'), [name('ns.test.')], name('h.test.'));
    expect(serialOf(soa!.rdata)).toBe(1);
    expect(serialOf(withSerial(soa!.rdata, 4294967295))).toBe(4294967295);
    expect(serialOf(soa!.rdata)).toBe(1);
  });
});

function textOf(zone: Zone, node: number): string {
  const { octets, words, at, labelCount } = zone.nameOf(node);
  return nameToText(octets.slice(words[at], words[at + labelCount]! + 1));
}

/** The rules of RFC 1034 §4.3.2 and RFC 4592 said in the slowest way: by looking at all records for each question. */
function slowLookup(origin: string, records: { owner: string; type: number }[], qname: string, qtype: number): string {
  const isWithin = (a: string, b: string) => a === b || a.endsWith(`.${b}`);
  const exists = (text: string) => text === origin || records.some(({ owner }) => isWithin(owner, text));
  const has = (owner: string, type: number) => records.some((rr) => rr.owner === owner && rr.type === type);
  const labels = qname.slice(0, -origin.length).split('.').filter(Boolean);
  const path = labels.map((_, i) => [...labels.slice(labels.length - 1 - i), origin].join('.'));
  const cut = path.find((text) => has(text, 2));
  if (cut !== undefined) return `referral ${cut}`;
  let source = qname;
  if (!exists(qname)) {
    const encloser = [origin, ...path].findLast(exists)!;
    source = `*.${encloser}`;
    if (!exists(source)) return 'nxdomain';
  }
  if (has(source, qtype)) return `hit ${source}`;
  return has(source, 5) ? `cname ${source}` : 'nodata';
}

it('a look-up agrees with its slow twin on any zone', () => {
  const label = fc.constantFrom('a', 'b', '*');
  const owner = fc.array(label, { minLength: 1, maxLength: 4 }).map((list) => list.join('.'));
  const type = fc.constantFrom('A 192.0.2.1', 'NS ns.test.', 'CNAME a.test.');
  const zones = fc.array(fc.tuple(owner, type), { maxLength: 8 });
  const found = new Lookup();
  const words = ['hit', 'cname', 'referral', 'nodata', 'nxdomain'];
  fc.assert(
    fc.property(zones, owner, (list, asked) => {
      // A CNAME stands alone; NS below a wildcard name is undefined, RFC 4592 §4.2.
      const sound = list.filter(
        ([text, data]) =>
          !(data.startsWith('NS') && text.includes('*')) &&
          (!data.startsWith('CNAME') || list.every(([other, some]) => other !== text || some === data)),
      );
      const zone = makeZone('z.', sound.map(([text, data]) => `${text} 60 ${data}`).join('\n'));
      const records = sound.map(([text, data]) => ({ owner: `${text}.z.`, type: { A: 1, N: 2, C: 5 }[data[0]!]! }));
      lookup(zone, name(`${asked}.z.`), 1, found);
      const source = found.outcome <= OUTCOME.REFERRAL ? ` ${textOf(zone, found.node)}` : '';
      expect(`${words[found.outcome]}${source}`).toBe(slowLookup('z.', records, `${asked}.z.`, 1));
    }),
    { seed: 11, numRuns: 4000 },
  );
});

it('record lines of the tests are what they say', () => {
  expect(record('www 60 A 192.0.2.1', name('z.')).rdata).toEqual(Uint8Array.of(192, 0, 2, 1));
});
