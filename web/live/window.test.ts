import { describe, expect, test } from 'vitest';
import type { QueryJson } from '../../server/http/protocol.ts';
import { EMPTY_WINDOW, KEPT_ROWS, addOlder, arrive, clear, firstPage, release, reset, type LogWindow } from './window.ts';

const query = (id: number) => ({ id }) as QueryJson;
const upwards = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => query(from + index));
const downwards = (from: number, to: number) => upwards(to, from).toReversed();
const ids = (window: LogWindow) => window.rows.map(({ id }) => id);

describe('arriving', () => {
  test('puts the newest first', () => {
    const window = arrive(firstPage({ queries: downwards(3, 1), more: false }), upwards(4, 6), false);
    expect(ids(window)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(window.newest).toBe(6);
  });

  test('shows each query exactly once, whatever is repeated', () => {
    const window = arrive(arrive(EMPTY_WINDOW, upwards(1, 4), false), upwards(3, 5), false);
    expect(ids(window)).toEqual([5, 4, 3, 2, 1]);
    expect(arrive(window, upwards(1, 5), false)).toBe(window);
  });

  test('keeps a bounded number of rows and remembers that there are more', () => {
    const window = arrive(EMPTY_WINDOW, upwards(1, KEPT_ROWS + 5), false);
    expect(window.rows).toHaveLength(KEPT_ROWS);
    expect(window.rows[0]).toEqual(query(KEPT_ROWS + 5));
    expect(window.more).toBe(true);
  });
});

describe('while held', () => {
  const held = arrive(firstPage({ queries: downwards(2, 1), more: false }), upwards(3, 5), true);

  test('rows stay and what arrives is counted', () => {
    expect(ids(held)).toEqual([2, 1]);
    expect(held.waitingCount).toBe(3);
    expect(held.newest).toBe(5);
  });

  test('what waited is shown on release', () => {
    const shown = release(held);
    expect(ids(shown)).toEqual([5, 4, 3, 2, 1]);
    expect(shown.waitingCount).toBe(0);
    expect(shown.more).toBe(false);
    expect(release(shown)).toBe(shown);
  });

  test('when more waited than is kept, the rows before the gap go', () => {
    const flooded = release(arrive(held, upwards(6, KEPT_ROWS + 100), true));
    expect(flooded.rows).toHaveLength(KEPT_ROWS);
    expect(flooded.rows.at(-1)).toEqual(query(101));
    expect(flooded.more).toBe(true);
  });

  test('a reset leaves the rows to the reader until release', () => {
    const missed = arrive(reset(held, true), upwards(50, 51), true);
    expect(ids(missed)).toEqual([2, 1]);
    expect(missed.waitingCount).toBe(2);
    const shown = release(missed);
    expect(ids(shown)).toEqual([51, 50]);
    expect(shown.more).toBe(true);
  });
});

test('a reset forgets the rows', () => {
  const window = arrive(reset(firstPage({ queries: downwards(2, 1), more: false }), false), upwards(50, 51), false);
  expect(ids(window)).toEqual([51, 50]);
  expect(window.more).toBe(true);
});

test('an older page goes behind the last row, without repeating it', () => {
  const window = addOlder(firstPage({ queries: downwards(9, 7), more: true }), { queries: downwards(7, 5), more: false });
  expect(ids(window)).toEqual([9, 8, 7, 6, 5]);
  expect(window.more).toBe(false);
});

test('clearing empties everything but goes on counting', () => {
  const window = clear(arrive(firstPage({ queries: downwards(2, 1), more: true }), upwards(3, 3), true));
  expect(window).toEqual({ ...EMPTY_WINDOW, newest: 3 });
});
