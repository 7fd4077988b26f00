import { describe, expect, test } from 'vitest';
import type { QueryJson } from '../../server/http/protocol.ts';
import {
  EMPTY_WINDOW,
  KEPT_ROWS,
  addOlder,
  arrive,
  clear,
  fillGap,
  firstPage,
  release,
  reset,
  type LogWindow,
} from './window.ts';

const query = (id: number) => ({ id }) as QueryJson;
const upwards = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => query(from + index));
const downwards = (from: number, to: number) => upwards(to, from).toReversed();
const ids = (window: LogWindow) => window.rows.map(({ id }) => id);

describe('arriving', () => {
  test('puts the newest first', () => {
    const window = arrive(
      firstPage(EMPTY_WINDOW, { queries: downwards(3, 1), more: false }),
      { queries: upwards(4, 6), skipped: 0 },
      false,
    );
    expect(ids(window)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(window.newest).toBe(6);
  });

  test('shows each query exactly once, whatever is repeated', () => {
    const window = arrive(
      arrive(EMPTY_WINDOW, { queries: upwards(1, 4), skipped: 0 }, false),
      { queries: upwards(3, 5), skipped: 0 },
      false,
    );
    expect(ids(window)).toEqual([5, 4, 3, 2, 1]);
    expect(arrive(window, { queries: upwards(1, 5), skipped: 0 }, false)).toBe(window);
  });

  test('keeps a bounded number of rows and remembers that there are more', () => {
    const window = arrive(EMPTY_WINDOW, { queries: upwards(1, KEPT_ROWS + 5), skipped: 0 }, false);
    expect(window.rows).toHaveLength(KEPT_ROWS);
    expect(window.rows[0]).toEqual(query(KEPT_ROWS + 5));
    expect(window.more).toBe(true);
  });
});

describe('while held', () => {
  const held = arrive(
    firstPage(EMPTY_WINDOW, { queries: downwards(2, 1), more: false }),
    { queries: upwards(3, 5), skipped: 0 },
    true,
  );

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
    const flooded = release(arrive(held, { queries: upwards(6, KEPT_ROWS + 100), skipped: 0 }, true));
    expect(flooded.rows).toHaveLength(KEPT_ROWS);
    expect(flooded.rows.at(-1)).toEqual(query(101));
    expect(flooded.more).toBe(true);
  });

  test('a reset leaves the rows to the reader until release', () => {
    const missed = arrive(reset(held, true), { queries: upwards(50, 51), skipped: 0 }, true);
    expect(ids(missed)).toEqual([2, 1]);
    expect(missed.waitingCount).toBe(2);
    const shown = release(missed);
    expect(ids(shown)).toEqual([51, 50]);
    expect(shown.more).toBe(true);
  });
});

test('a reset forgets the rows', () => {
  const window = arrive(
    reset(firstPage(EMPTY_WINDOW, { queries: downwards(2, 1), more: false }), false),
    { queries: upwards(50, 51), skipped: 0 },
    false,
  );
  expect(ids(window)).toEqual([51, 50]);
  expect(window.more).toBe(true);
});

test('an older page goes behind the last row, without repeating it', () => {
  const window = addOlder(firstPage(EMPTY_WINDOW, { queries: downwards(9, 7), more: true }), {
    queries: downwards(7, 5),
    more: false,
  });
  expect(ids(window)).toEqual([9, 8, 7, 6, 5]);
  expect(window.more).toBe(false);
});

test('clearing empties everything but goes on counting', () => {
  const window = clear(
    arrive(firstPage(EMPTY_WINDOW, { queries: downwards(2, 1), more: true }), { queries: upwards(3, 3), skipped: 0 }, true),
  );
  expect(window).toEqual({ ...EMPTY_WINDOW, newest: 3 });
});

describe('a gap', () => {
  const flooded = arrive(
    firstPage(EMPTY_WINDOW, { queries: downwards(2, 1), more: false }),
    { queries: upwards(10, 12), skipped: 7 },
    false,
  );

  test('lies between what came before and what came after', () => {
    expect(flooded.gaps).toEqual([{ after: 2, before: 10, count: 7 }]);
    expect(ids(flooded)).toEqual([12, 11, 10, 2, 1]);
  });

  test('is filled from its upper end, and shrinks', () => {
    const half = fillGap(flooded, flooded.gaps[0]!, { queries: downwards(9, 6), more: true });
    expect(half.gaps).toEqual([{ after: 2, before: 6, count: 3 }]);
    const whole = fillGap(half, half.gaps[0]!, { queries: downwards(5, 1), more: false });
    expect(whole.gaps).toEqual([]);
    expect(ids(whole)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('goes on where a filter ended the search', () => {
    const searched = fillGap(flooded, flooded.gaps[0]!, { queries: [], more: true, next: 5 });
    expect(searched.gaps).toEqual([{ after: 2, before: 5, count: 7 }]);
  });

  test('goes with the rows below it when the window is full', () => {
    const full = arrive(flooded, { queries: upwards(13, KEPT_ROWS + 20), skipped: 0 }, false);
    expect(full.gaps).toEqual([]);
    expect(full.cursor).toBe(full.rows.at(-1)!.id);
  });
});

describe('a filter', () => {
  const isEven = ({ id }: { id: number }): boolean => id % 2 === 0;

  test('lets through what passes, and counts on with all', () => {
    const window = arrive(EMPTY_WINDOW, { queries: upwards(1, 5), skipped: 0 }, false, isEven);
    expect(ids(window)).toEqual([4, 2]);
    expect(window.newest).toBe(5);
    expect(arrive(window, { queries: upwards(6, 9), skipped: 0 }, true, isEven).waitingCount).toBe(2);
  });

  test('begins anew under what arrived meanwhile', () => {
    const meanwhile = arrive(EMPTY_WINDOW, { queries: upwards(8, 9), skipped: 0 }, false);
    const window = firstPage(meanwhile, { queries: downwards(8, 6), more: true, next: 3 });
    expect(ids(window)).toEqual([9, 8, 7, 6]);
    expect([window.newest, window.cursor]).toEqual([9, 3]);
  });
});
