const NEVER = new Int32Array(new SharedArrayBuffer(4));
/** Milliseconds; the system makes a tenth of one of it. */
const BREATH = 0.05;

/**
 * Sleeps for a moment, so that a thread that answers on the same core need not wait for the end of a long piece of work: Linux
 * takes the core from whoever does not sleep only every few milliseconds. To be called about once in a millisecond of such work.
 */
export function breathe(): void {
  Atomics.wait(NEVER, 0, 0, BREATH);
}
