import type { CDPSession, Page } from 'playwright-core';

/** Notes every task of the page that takes over 50 ms: when it began and how long it took, in milliseconds. */
const WATCH_TASKS = `window.tasks = []; new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) window.tasks.push({ startTime, duration });
}).observe({ type: 'longtask' })`;

/** What Chromium tells of one task, times in microseconds: `tdur` is what the processor spent on it. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

/** How a page bears what it is shown: how long its tasks take, and what it holds on to. */
export class Strain {
  /** Megabytes in use, each time after everything that nobody holds was collected. */
  readonly heap: number[] = [];
  private readonly page: Page;
  private readonly debug: CDPSession;
  private readonly trace: CDPSession;
  private readonly events: TraceEvent[] = [];
  /** Moments of ours: a task that collects garbage because we ask for it is not the page's. */
  private readonly ours: { from: number; to: number }[] = [];
  /** The same by the clock of the trace, in microseconds. */
  private readonly oursInTrace: { from: number; to: number }[] = [];

  private constructor(page: Page, debug: CDPSession, trace: CDPSession) {
    this.page = page;
    this.debug = debug;
    this.trace = trace;
    trace.on('Tracing.dataCollected', ({ value }) => this.events.push(...(value as unknown as TraceEvent[])));
  }

  static async watch(page: Page): Promise<Strain> {
    const debug = await page.context().newCDPSession(page);
    await debug.send('HeapProfiler.enable');
    await debug.send('Performance.enable');
    const trace = await page.context().browser()!.newBrowserCDPSession();
    const strain = new Strain(page, debug, trace);
    await trace.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel'] } });
    await page.evaluate(WATCH_TASKS);
    return strain;
  }

  async weigh(): Promise<void> {
    const before = await this.metrics();
    const from = await this.now();
    await this.debug.send('HeapProfiler.collectGarbage');
    const { heap, ticks } = await this.metrics();
    this.ours.push({ from, to: await this.now() });
    this.oursInTrace.push({ from: before.ticks, to: ticks });
    this.heap.push(heap / 1e6);
  }

  /** Octets in use, and the time of the trace. */
  private async metrics(): Promise<{ heap: number; ticks: number }> {
    const { metrics } = await this.debug.send('Performance.getMetrics');
    const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
    return { heap: valueOf('JSHeapUsedSize'), ticks: 1e6 * valueOf('Timestamp') };
  }

  /** Milliseconds that the processor spent on the longest task of the page, whatever else it had to do meanwhile. */
  async longestWork(): Promise<number> {
    const ended = new Promise((resolve) => this.trace.once('Tracing.tracingComplete', resolve));
    await this.trace.send('Tracing.end');
    await ended;
    const threads = this.events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const tasks = this.events.filter(
      ({ name, pid, tid }) =>
        name === 'ThreadControllerImpl::RunTask' && threads.some((thread) => thread.pid === pid && thread.tid === tid),
    );
    const own = tasks.filter(({ ts, dur = 0 }) => !this.oursInTrace.some(({ from, to }) => ts <= to && ts + dur >= from));
    return own.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
  }

  /** Milliseconds of the page's own tasks that took over 50 ms by the clock. */
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

/**
 * Megabytes by which the heap grows from the first half of the samples to the second. The smallest of each half: a sample in the
 * middle of a message holds a megabyte more, which is gone at the next.
 */
export function growth(heap: readonly number[]): number {
  const half = Math.ceil(heap.length / 2);
  return Math.min(...heap.slice(half)) - Math.min(...heap.slice(0, half));
}
