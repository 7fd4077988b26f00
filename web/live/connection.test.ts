import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection, type Socket } from './connection.ts';
import { FLUSH_GAP_MS, createFlush } from './flush.ts';

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  close() {
    this.closed = true;
  }
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const heard = { states: [] as string[], messages: [] as unknown[], ended: 0, refused: 0 };
  const connection = new Connection({
    open: () => sockets[sockets.push(new FakeSocket()) - 1]!,
    onMessage: (message) => heard.messages.push(message),
    onState: (state) => heard.states.push(state),
    onEnded: () => (heard.ended += 1),
    onRefused: () => (heard.refused += 1),
    random: () => 1,
  });
  connection.start();
  return { connection, sockets, heard, last: () => sockets.at(-1)! };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a connection', () => {
  test('hands on what it hears', () => {
    const { heard, last } = setUp();
    last().onopen?.();
    last().onmessage?.({ data: '{"kind":"cleared"}' });
    expect(heard).toMatchObject({ states: ['open'], messages: [{ kind: 'cleared' }] });
  });

  test('waits longer after each failure, up to a limit', () => {
    const { sockets, heard, last } = setUp();
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure++) {
      const count = sockets.length;
      last().onclose?.({ code: 1006 });
      let waited = 0;
      while (sockets.length === count) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000]);
    expect(heard.refused).toBe(8);
  });

  test('begins small again after it has held', () => {
    const { sockets, heard, last } = setUp();
    for (let failure = 0; failure < 4; failure++) {
      last().onclose?.({ code: 1006 });
      vi.runAllTimers();
    }
    last().onopen?.();
    vi.advanceTimersByTime(10_000);
    const count = sockets.length;
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(400);
    expect(sockets).toHaveLength(count + 1);
    expect(heard.states.at(-1)).toBe('waiting');
  });

  test('does not wait when the tab is seen again', () => {
    const { connection, sockets, last } = setUp();
    last().onclose?.({ code: 1006 });
    connection.wake();
    expect(sockets).toHaveLength(2);
    connection.wake();
    vi.runAllTimers();
    expect(sockets).toHaveLength(2);
  });

  test('leaves a socket whose network has gone', () => {
    const { connection, sockets, heard } = setUp();
    sockets[0]!.onopen?.();
    connection.renew();
    expect(sockets[0]).toMatchObject({ closed: true, onmessage: null });
    expect(sockets).toHaveLength(2);
    expect(heard.states).toEqual(['open']);
  });

  test('ends with the session', () => {
    const { sockets, heard, last } = setUp();
    last().onopen?.();
    last().onclose?.({ code: 4401 });
    vi.runAllTimers();
    expect(heard.ended).toBe(1);
    expect(sockets).toHaveLength(1);
  });

  test('stops when told', () => {
    const { connection, sockets, last } = setUp();
    last().onclose?.({ code: 1006 });
    connection.stop();
    vi.runAllTimers();
    connection.wake();
    expect(sockets).toHaveLength(1);
  });
});

test('drawing comes at once after a quiet time, and at most once per gap in a flood', () => {
  const runs: number[] = [];
  const clock = { now: () => Date.now(), frame: (run: () => void) => void setTimeout(run, 16), delay: setTimeout };
  const ask = createFlush(() => runs.push(Date.now() - begin), clock);
  const begin = Date.now();
  for (let time = 0; time < 500; time++) {
    ask();
    vi.advanceTimersByTime(1);
  }
  expect(runs[0]).toBe(16);
  for (const [index, run] of runs.slice(1).entries()) expect(run - runs[index]!).toBeGreaterThanOrEqual(FLUSH_GAP_MS);
  expect(runs).toHaveLength(5);
});
