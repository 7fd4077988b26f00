/** How something grows: per unit of `x`, and the bounds between which that lies with a confidence of 95 of 100. */
export interface Trend {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/** Neighbours are alike, so what counts is the mean of each of so many stretches. */
const STRETCHES = 20;
/** Of Student's distribution with 18 degrees of freedom, 97.5 of 100. */
const STUDENT = 2.101;

/** The straight line that fits best through points in the order of `x`; null when there are too few. */
export function trendOf(points: readonly (readonly [x: number, y: number])[]): Trend | null {
  if (points.length < STRETCHES * 2) return null;
  const means = Array.from({ length: STRETCHES }, (_, i) => {
    const at = (n: number) => Math.floor((n * points.length) / STRETCHES);
    return meanOf(points.slice(at(i), at(i + 1)));
  });
  const [x, y] = meanOf(means);
  const spread = sumOf(means, ([a]) => (a - x) ** 2);
  const slope = sumOf(means, ([a, b]) => (a - x) * (b - y)) / spread;
  const left = sumOf(means, ([a, b]) => (b - y - slope * (a - x)) ** 2);
  const error = Math.sqrt(left / (STRETCHES - 2) / spread);
  return { slope, low: slope - STUDENT * error, high: slope + STUDENT * error };
}

type Point = readonly [number, number];

function meanOf(points: readonly Point[]): Point {
  return [sumOf(points, ([x]) => x) / points.length, sumOf(points, ([, y]) => y) / points.length];
}

function sumOf(points: readonly Point[], of: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + of(point), 0);
}
