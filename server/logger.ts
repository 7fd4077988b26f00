import { pino, type Logger } from 'pino';

/**
 * The server's own log: JSON lines on standard error. Queries, names and addresses of visitors never go in at info or above;
 * the query log is for those, and only its owner reads it.
 */
export function makeLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
