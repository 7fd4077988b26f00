import { describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { Cache, type CacheKind } from './cache.ts';
import { Memories } from './memories.ts';
import { SpeedClock } from './speed-clock.ts';

const A = 1;
const record = (owner: string, octets = 4) => ({ owner: name(owner), type: A, ttl: 60, rdata: new Uint8Array(octets) });
const entry = (owner: string, kind: CacheKind = 'records', ttl = 60, octets = 4) => ({
  kind,
  name: name(owner),
  type: kind === 'nxdomain' ? null : A,
  records: [record(owner, octets)],
  ttl,
});

describe('a cache', () => {
  it('finds what it keeps, case aside, until its time is over', () => {
    const cache = new Cache({ entries: 10, octets: 10_000 });
    cache.put(entry('www.example.'), 0);
    expect(cache.find('records', name('WWW.Example.'), A, 59_999)).toBeDefined();
    expect(cache.find('records', name('www.example.'), A + 1, 0)).toBeUndefined();
    expect(cache.find('records', name('www.example.'), A, 60_000)).toBeUndefined();
    expect([cache.list(0), cache.octets]).toEqual([[], 0]);
  });

  it('keeps no two things that contradict each other', () => {
    const cache = new Cache({ entries: 10, octets: 10_000 });
    const kinds = () => cache.list(0).map(({ kind }) => kind);
    cache.put(entry('www.example.'), 0);
    cache.put(entry('www.example.', 'nodata'), 0);
    expect(kinds()).toEqual(['nodata']);
    cache.put(entry('www.example.', 'nxdomain'), 0);
    expect(kinds()).toEqual(['nxdomain']);
    cache.put(entry('www.example.'), 0);
    expect(kinds()).toEqual(['records']);
    // What may not be kept puts an end to what was believed all the same.
    cache.put(entry('www.example.', 'records', 0), 0);
    expect([kinds(), cache.octets]).toEqual([[], 0]);
  });

  it('forgets the oldest when there are too many, and what is over before that', () => {
    const cache = new Cache({ entries: 3, octets: 10_000 });
    for (const label of ['a', 'b', 'c']) cache.put(entry(`${label}.`, 'records', label === 'b' ? 1 : 60), 0);
    cache.put(entry('d.'), 2000);
    expect(cache.list(2000).map((one) => one.name.toText())).toEqual(['d.', 'c.', 'a.']);
    cache.put(entry('e.'), 2000);
    expect(cache.list(2000).map((one) => one.name.toText())).toEqual(['e.', 'd.', 'c.']);
  });

  it('stays within its octets, whatever comes, and takes nothing that would fill it alone', () => {
    const cache = new Cache({ entries: 10_000, octets: 20_000 });
    for (let i = 0; i < 10_000; i++) cache.put(entry(`n${i}.example.`, 'records', 60, i % 300), i);
    expect(cache.octets).toBeLessThanOrEqual(20_000);
    expect(cache.list(10_000).length).toBeGreaterThan(20);
    cache.put(entry('huge.example.', 'records', 60, 15_000), 10_000);
    expect(cache.find('records', name('huge.example.'), A, 10_000)).toBeUndefined();
    cache.clear();
    expect(cache.octets).toBe(0);
  });
});

describe('the memories of all zones', () => {
  const LIMITS = { zones: 3, octets: 3000, entriesPerCache: 100, octetsPerCache: 5000 };

  it('are as many as may be, the one unused longest going first', () => {
    const memories = new Memories(() => 0, LIMITS);
    for (const zone of [1, 2, 3, 1, 4]) memories.changed(memories.of(zone));
    expect([1, 2, 3, 4].map((zone) => memories.peek(zone) !== undefined)).toEqual([true, false, true, true]);
  });

  it('take so many octets together, but none is taken from under a look-up', () => {
    const memories = new Memories(() => 0, LIMITS);
    for (const zone of [1, 2, 3]) {
      const memory = memories.of(zone);
      memory.busy = zone === 1 ? 1 : 0;
      for (let i = 0; i < 4; i++) memory.caches.amber.put(entry(`n${i}.example.`), 0);
      memories.changed(memory);
    }
    expect([1, 2, 3].map((zone) => memories.peek(zone) !== undefined)).toEqual([true, false, true]);
  });

  it('count every change with a number that never was', () => {
    const memories = new Memories(() => 0, LIMITS);
    const revisions = [1, 2, 1, 2].map((zone) => {
      const memory = memories.of(zone);
      memories.changed(memory);
      return memory.revision;
    });
    expect(new Set(revisions).size).toBe(4);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(revisions);
  });
});

it('a clock runs faster from now on, and never jumps', () => {
  let real = 1000;
  const clock = new SpeedClock(() => real);
  real += 500;
  expect(clock.now()).toBe(500);
  clock.run(60);
  expect([clock.now(), clock.speed]).toEqual([500, 60]);
  real += 1000;
  expect(clock.now()).toBe(60_500);
  clock.run(1);
  real += 1000;
  expect(clock.now()).toBe(61_500);
});
