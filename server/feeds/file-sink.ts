import { closeSync, constants, existsSync, openSync, renameSync, writeSync } from 'node:fs';
import { STDOUT } from './place.ts';
import type { Sink } from './sink.ts';

/** Octets that wait for a pipe that nobody reads at the moment, at most. */
const MAX_WAITING = 1 << 20;
/** Octets that are written at a time. */
const CHUNK = 1 << 16;
const { O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK, O_WRONLY } = constants;

/** What stands at both ends of a file. */
export interface Ends {
  readonly begin: Uint8Array;
  readonly end: Uint8Array;
}

/**
 * A file, a named pipe, or standard output. Written synchronously, for the thread does nothing else; but a pipe that is full keeps
 * nobody waiting.
 */
export class FileSink implements Sink {
  private readonly path: string;
  private readonly ends: Ends | null;
  private readonly onFault: (fault: unknown) => void;
  private waiting: Uint8Array[] = [];
  private size = 0;
  private fd: number | null = null;
  private isFailing = false;

  /** A file with `ends` is whole in itself: what lies there already is put aside. Otherwise it goes on where it ended. */
  constructor(path: string, ends: Ends | null, onFault: (fault: unknown) => void) {
    this.path = path;
    this.ends = ends;
    this.onFault = onFault;
    this.open();
  }

  write(octets: Uint8Array): boolean {
    if (this.size + octets.length > MAX_WAITING) this.flush();
    if (this.fd === null || this.size + octets.length > MAX_WAITING) return false;
    this.waiting.push(octets);
    this.size += octets.length;
    if (this.size >= CHUNK) this.flush();
    return true;
  }

  /** Writes what waits, as far as it is taken. To be called now and then; it tries anew to open what could not be opened. */
  flush(): void {
    if (this.fd === null) this.open();
    if (this.fd === null || this.size === 0) return;
    const octets = Buffer.concat(this.waiting);
    const written = this.take(octets, this.fd);
    this.waiting = written < octets.length ? [octets.subarray(written)] : [];
    this.size = octets.length - written;
  }

  reopen(): void {
    this.finish();
    this.open();
  }

  close(): Promise<void> {
    this.finish();
    return Promise.resolve();
  }

  private open(): void {
    try {
      if (this.ends !== null && existsSync(this.path)) renameSync(this.path, `${this.path}.${new Date().toISOString()}`);
      this.fd = openSync(
        this.path,
        this.ends === null ? O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK : O_WRONLY | O_CREAT | O_EXCL,
        0o640,
      );
      if (this.ends !== null) this.take(this.ends.begin, this.fd);
      this.isFailing = false;
    } catch (fault) {
      // Where standard output is a socket, as of systemd, it cannot be opened a second time.
      if (this.path === STDOUT) this.fd = 1;
      else this.fail(fault);
    }
  }

  private finish(): void {
    this.flush();
    if (this.fd === null) return;
    if (this.ends !== null) this.take(this.ends.end, this.fd);
    if (this.fd > 2) closeSync(this.fd);
    this.fd = null;
  }

  /** Returns how many of the octets were taken. */
  private take(octets: Uint8Array, fd: number): number {
    let at = 0;
    try {
      while (at < octets.length) at += writeSync(fd, octets, at);
      this.isFailing = false;
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') this.fail(fault);
    }
    return at;
  }

  /** Says it once, until it works again. */
  private fail(fault: unknown): void {
    if (!this.isFailing) this.onFault(fault);
    this.isFailing = true;
  }
}
