/** Loaded before the server: the time of day is ahead by the milliseconds in CLOCK_FILE, and what waits a minute waits a second. */
import { readFileSync } from 'node:fs';

const now = Date.now;
const wait = globalThis.setInterval;
const MINUTE = 60_000;

Date.now = () => now() + Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
globalThis.setInterval = (task, time, ...rest) => wait(task, time === MINUTE ? 500 : time, ...rest);
