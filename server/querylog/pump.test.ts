import { describe, expect, it } from 'vitest';
import { Exchange } from '../answer/exchange.ts';
import { exampleTable, recordQuery } from '../../tests/support/querylog.ts';
import { decodeMessage } from '../wire/message.ts';
import { readFrames, type LoggedQuery } from './event.ts';
import type { Batch } from './gatherer.ts';
import { Pump, type BatchStore } from './pump.ts';
import { Recorder } from './recorder.ts';
import { Ring } from './ring.ts';

class MemoryStore implements BatchStore {
  nextId = 1;
  fail = false;
  readonly batches: Batch[] = [];
  append(batches: readonly Batch[], nextId: number): void {
    if (this.fail) throw new Error('disk full');
    // The octets are good until the next run only.
    this.batches.push(...batches.map((batch) => ({ ...batch, octets: batch.octets.slice() })));
    this.nextId = nextId;
  }
  get queries(): LoggedQuery[] {
    return this.batches.flatMap(({ octets }) => readFrames(octets)).sort((a, b) => a.id - b.id);
  }
}

/** A pump over rings of the given sizes, and time that passes as the thread of the log lets it pass. */
function setUp(...sizes: number[]) {
  const store = new MemoryStore();
  const rings = (sizes.length === 0 ? [1 << 16] : sizes).map((size) => new Ring(size));
  const faults: unknown[] = [];
  const kept: (readonly [zone: number, count: number, lastId: number, stored: number])[] = [];
  const pump = new Pump(
    rings,
    exampleTable,
    store,
    (batches) => kept.push(...batches.map(({ zone, count, lastId }) => [zone, count, lastId, store.queries.length] as const)),
    (fault) => faults.push(fault),
  );
  let now = 0;
  let due = pump.step(now);
  const wake = () => (due = now);
  const recorders = rings.map((ring) => new Recorder(ring, wake, { now: () => 1000 }));
  const pass = (milliseconds: number) => {
    const end = now + milliseconds;
    while (due <= end) {
      now = Math.max(now, due);
      due = now + pump.step(now);
    }
    now = end;
  };
  return {
    store,
    pump,
    faults,
    kept,
    pass,
    ring: rings[0]!,
    recorders,
    recorder: recorders[0]!,
    isIdle: () => due === Infinity,
  };
}

const qnames = (queries: readonly LoggedQuery[]) => queries.map(({ query }) => decodeMessage(query).question[0]!.name);

describe('the way of a query from the answer to the disk', () => {
  it('numbers, annotates and stores what was recorded, octet for octet', () => {
    const { store, pass, recorder } = setUp();
    recordQuery(recorder, 7, 'a.test.');
    recordQuery(recorder, 7, 'b.test.', [198, 51, 100, 1]);
    recordQuery(recorder, 7, 'c.test.', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(store.queries).toEqual([]);
    pass(20);
    const [first, second, third] = store.queries;
    expect(first).toMatchObject({ id: 1, zone: 7, time: 1000, port: 5300, asn: 64500, country: 'ZZ', transport: 0 });
    expect(second).toMatchObject({ id: 2, asn: 0, country: '' });
    expect([...third!.address.slice(-2)]).toEqual([0, 1]);
    expect(qnames(store.queries)).toEqual(['a.test.', 'b.test.', 'c.test.']);
    expect(first!.response).toEqual(first!.query);
  });

  it('makes one batch of each zone and cuts batches before they get large', () => {
    const { store, pass, recorder } = setUp(1 << 20);
    for (let i = 0; i < 2000; i++) recordQuery(recorder, 1 + (i % 2), `n${i}.test.`);
    pass(100);
    expect(store.queries).toHaveLength(2000);
    expect(new Set(store.batches.map(({ zone }) => zone))).toEqual(new Set([1, 2]));
    for (const { octets, lastId, count } of store.batches) {
      expect(octets.length).toBeLessThanOrEqual(1 << 16);
      const ids = readFrames(octets).map(({ id }) => id);
      expect([ids.at(-1), ids.length]).toEqual([lastId, count]);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
  });

  it('leaves queries for no visitor’s zone alone', () => {
    const { store, pass, recorder, isIdle } = setUp();
    recordQuery(recorder, 0, 'a.test.');
    pass(100);
    expect([store.queries, isIdle()]).toEqual([[], true]);
  });

  it('counts what finds no room and goes on', () => {
    const { store, pass, ring, recorder } = setUp(1024);
    for (let i = 0; i < 50; i++) recordQuery(recorder, 1, `n${i}.test.`);
    expect(ring.dropped).toBeGreaterThan(30);
    pass(100);
    recordQuery(recorder, 1, 'later.test.');
    pass(100);
    expect(qnames(store.queries).at(-1)).toBe('later.test.');
    expect(store.queries.length + ring.dropped).toBe(51);
  });
});

describe('a store that fails', () => {
  it('is tried again after a second also in a flood', () => {
    const { store, pass, recorder } = setUp(1 << 20);
    store.fail = true;
    for (let i = 0; i < 1000; i++) recordQuery(recorder, 1, `n${i}.test.`);
    pass(200);
    store.fail = false;
    pass(1000);
    expect(store.queries).toHaveLength(1000);
  });

  it('is tried again, said once, and loses nothing that the ring can hold', () => {
    const { store, pass, kept, faults, recorder } = setUp();
    store.fail = true;
    recordQuery(recorder, 1, 'a.test.');
    pass(5000);
    recordQuery(recorder, 1, 'b.test.');
    expect([faults.length, kept]).toEqual([1, []]);
    store.fail = false;
    pass(2000);
    expect(qnames(store.queries)).toEqual(['a.test.', 'b.test.']);
    expect(kept).toEqual([
      [1, 1, 1, 1],
      [1, 1, 2, 2],
    ]);
    expect(store.queries.map(({ id }) => id)).toEqual([1, 2]);
  });
});

it('keeps messages at their largest octet for octet, at the end of a run too', () => {
  const { store, pump, ring } = setUp(1 << 20);
  const recorder = new Recorder(ring, () => {}, { now: () => 1000 });
  const exchange = new Exchange();
  exchange.zone = 1;
  const largest = new Uint8Array(65_535).map((_, i) => i * 7);
  // The four before the last fill the run to four octets below its limit.
  for (let i = 0; i < 3; i++) recorder.record(exchange, largest, 65_535, largest, 65_535);
  recorder.record(exchange, largest, 65_535, largest, 65_293);
  recorder.record(exchange, largest, 65_535, largest, 65_535);
  pump.drain();
  const sizes = [65_535, 65_535, 65_535, 65_293, 65_535];
  expect(store.queries.map(({ response }) => response.length)).toEqual(sizes);
  for (const [i, { query, response }] of store.queries.entries()) {
    expect(Buffer.compare(query, largest)).toBe(0);
    expect(Buffer.compare(response, largest.subarray(0, sizes[i]))).toBe(0);
  }
});

describe('a flood', () => {
  it('gathers for a while longer, so that a zone has few rows', () => {
    const { store, pass, recorder } = setUp(1 << 20);
    for (let i = 0; i < 1000; i++) recordQuery(recorder, 1, `n${i}.test.`);
    pass(60);
    expect(store.queries).toEqual([]);
    pass(10);
    expect(store.queries).toHaveLength(1000);
  });

  it('is not left to gather beyond what the ring has room for', () => {
    const { store, pass, recorder } = setUp(1 << 17);
    for (let i = 0; i < 1000; i++) recordQuery(recorder, 1, `n${i}.test.`);
    pass(20);
    expect(store.queries.length).toBeGreaterThan(500);
    pass(100);
    expect(store.queries).toHaveLength(1000);
  });
});

describe('more than one ring', () => {
  it('is emptied in turn, each query with an id of its own', () => {
    const { store, pass, recorders } = setUp(1 << 12, 1 << 12);
    for (let i = 0; i < 6; i++) recordQuery(recorders[i % 2]!, 1, `n${i}.test.`);
    pass(20);
    expect(store.queries.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(qnames(store.queries).toSorted()).toEqual(['n0.test.', 'n1.test.', 'n2.test.', 'n3.test.', 'n4.test.', 'n5.test.']);
  });
});

it('tells of each batch once it is in the store', () => {
  const { kept, pass, recorder } = setUp();
  recordQuery(recorder, 1, 'a.test.');
  recordQuery(recorder, 2, 'b.test.');
  recordQuery(recorder, 1, 'c.test.');
  pass(20);
  expect(kept).toEqual([
    [1, 2, 3, 3],
    [2, 1, 2, 3],
  ]);
});

it('looks up networks in another table from when it is given one', () => {
  const { store, pump, pass, recorder } = setUp();
  recordQuery(recorder, 1, 'a.test.');
  pass(20);
  pump.table = { ...exampleTable, asnOf: () => 64501 };
  recordQuery(recorder, 1, 'b.test.');
  pass(20);
  expect(store.queries.map(({ asn }) => asn)).toEqual([64500, 64501]);
});

it('at the end everything left in the ring is stored', () => {
  const { store, pump, ring, recorder } = setUp();
  for (let i = 0; i < 100; i++) recordQuery(recorder, 1, `n${i}.test.`);
  pump.drain();
  expect([store.queries.length, ring.isEmpty]).toEqual([100, true]);
});
