/** Milliseconds between two drawings. */
export const FLUSH_GAP_MS = 100;

export interface FlushClock {
  now: () => number;
  /** Calls back before the next drawing; in a tab nobody sees, soon. */
  frame: (callback: () => void) => void;
  delay: (callback: () => void, milliseconds: number) => void;
}

/**
 * Asks for `run` at most once per gap: at the next frame after a quiet time, so that a lone query is seen at once, and
 * together with what follows it in a flood.
 */
export function createFlush(run: () => void, clock: FlushClock): () => void {
  let asked = false;
  let last = -Infinity;
  const draw = (): void => {
    asked = false;
    last = clock.now();
    run();
  };
  return () => {
    if (asked) return;
    asked = true;
    const wait = last + FLUSH_GAP_MS - clock.now();
    if (wait <= 0) clock.frame(draw);
    else clock.delay(() => clock.frame(draw), wait);
  };
}

export const pageClock: FlushClock = {
  now: () => performance.now(),
  // A hidden tab gets no frames: what arrives there would pile up.
  frame: (callback) => void (document.hidden ? setTimeout(callback) : requestAnimationFrame(callback)),
  delay: (callback, milliseconds) => void setTimeout(callback, milliseconds),
};
