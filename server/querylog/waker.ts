/** Wakes the thread that empties the rings, from any thread: one number that all share. */
export class Waker {
  readonly memory: SharedArrayBuffer;
  private readonly count: Int32Array;

  /** Over memory that another thread made, or over new memory. */
  constructor(memory = new SharedArrayBuffer(4)) {
    this.memory = memory;
    this.count = new Int32Array(memory);
  }

  readonly wake = (): void => {
    Atomics.add(this.count, 0, 1);
    Atomics.notify(this.count, 0);
  };

  /** How often somebody woke us. To be read before looking whether there is anything to do. */
  get wakes(): number {
    return Atomics.load(this.count, 0);
  }

  /** Waits until somebody wakes us again after `wakes`, or until so many milliseconds have passed. */
  sleep(wakes: number, milliseconds: number): void {
    Atomics.wait(this.count, 0, wakes, milliseconds);
  }
}
