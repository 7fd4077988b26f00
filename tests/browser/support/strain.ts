import type { CDPSession, Page } from 'playwright-core';

/** Notes every task of the page that takes over 50 ms: when it began and how long it took, in milliseconds. */
const WATCH_TASKS = `window.tasks = []; new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) window.tasks.push({ startTime, duration });
}).observe({ type: 'longtask' })`;

export interface HeapSample {
  /** Seconds since the page was opened. */
  readonly time: number;
  /** Megabytes in use after everything that nobody holds was collected. */
  readonly size: number;
}

/** How a page bears what it is shown: how long its tasks take, and what it holds on to. */
export class Strain {
  readonly heap: HeapSample[] = [];
  private readonly page: Page;
  private readonly debug: CDPSession;
  /** Moments of ours: a task that collects garbage because we ask for it is not the page's. */
  private readonly ours: { from: number; to: number }[] = [];

  private constructor(page: Page, debug: CDPSession) {
    this.page = page;
    this.debug = debug;
  }

  static async watch(page: Page): Promise<Strain> {
    const debug = await page.context().newCDPSession(page);
    await debug.send('HeapProfiler.enable');
    await debug.send('Performance.enable');
    await page.evaluate(WATCH_TASKS);
    return new Strain(page, debug);
  }

  async weigh(): Promise<void> {
    const from = await this.now();
    await this.debug.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.debug.send('Performance.getMetrics');
    const to = await this.now();
    this.ours.push({ from, to });
    this.heap.push({ time: to / 1000, size: metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value / 1e6 });
  }

  /** Milliseconds of the page's own tasks that took over 50 ms. */
  async tasks(): Promise<number[]> {
    const tasks = await this.page.evaluate<{ startTime: number; duration: number }[]>('window.tasks');
    const isOurs = ({ startTime, duration }: (typeof tasks)[number]) =>
      this.ours.some(({ from, to }) => startTime <= to && startTime + duration >= from);
    return tasks.filter((task) => !isOurs(task)).map(({ duration }) => duration);
  }

  private now(): Promise<number> {
    return this.page.evaluate<number>('performance.now()');
  }
}

/** Megabytes a minute by which the heap grows, from a straight line through the samples. */
export function growth(heap: readonly HeapSample[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [time, size] = [mean(heap.map((sample) => sample.time)), mean(heap.map((sample) => sample.size))];
  const along = heap.reduce((sum, sample) => sum + (sample.time - time) * (sample.size - size), 0);
  return (60 * along) / heap.reduce((sum, sample) => sum + (sample.time - time) ** 2, 0);
}
