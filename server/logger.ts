import { pino, type Logger } from 'pino';
import { systemClock } from './clock.ts';

/**
 * The server's own log: JSON lines on standard error. Queries, names and addresses of visitors never go in at info or above;
 * the query log is for those, and only its owner reads it.
 */
export function makeLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}

/** Our own mistakes are logged, but a stranger who has found one must not fill the disk with it. */
export function sayOnceAMinute(logger: Logger, message: string): (error: unknown) => void {
  let silentUntil = 0;
  let unsaid = 0;
  return (error) => {
    if (systemClock.monotonic() < silentUntil) {
      unsaid++;
      return;
    }
    logger.error({ err: error, unsaid }, message);
    silentUntil = systemClock.monotonic() + 60_000;
    unsaid = 0;
  };
}
