import { expect, it } from 'vitest';
import { seeded } from '../bench/asn/random.ts';
import { trendOf } from './trend.ts';

/** A line with noise on it. */
function line(slope: number, noise: number, count = 400): [number, number][] {
  const random = seeded(5);
  return Array.from({ length: count }, (_, x) => [x, 100 + slope * x + (random() - 0.5) * noise]);
}

it('finds the slope of a line, and that it is one', () => {
  const { slope, low, high } = trendOf(line(0.5, 10))!;
  expect(slope).toBeCloseTo(0.5, 1);
  expect(low).toBeGreaterThan(0);
  expect([low < 0.5, high > 0.5]).toEqual([true, true]);
});

it('is not sure of a slope where there is only noise', () => {
  const { low, high } = trendOf(line(0, 10))!;
  expect([low < 0, high > 0]).toEqual([true, true]);
});

it('says nothing of a few points', () => {
  expect(trendOf(line(1, 0, 39))).toBeNull();
});
