import { expect, it } from 'vitest';
import { Counters, TIME_BOUNDS } from './counters.ts';

it('sorts times into the bucket that a search for the first bound would find', () => {
  const times = [0, 1, 2, 3, 4, 5, 250, 255, 256, 257, 1000, 65_536, 65_537, 2 ** 20, 2 ** 20 + 1, 2 ** 31, 2 ** 32 - 1];
  const counters = new Counters();
  const expected = TIME_BOUNDS.map(() => 0);
  for (const time of times) {
    counters.took(time);
    expected[TIME_BOUNDS.findIndex((bound) => time <= bound)]!++;
  }
  expect([...counters.times]).toEqual(expected);
  expect(counters.timeSum).toBe(times.reduce((sum, time) => sum + time));
  expect([...new Counters(counters.memory).times]).toEqual(expected);
});
