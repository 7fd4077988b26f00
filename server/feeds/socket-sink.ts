import { connect, type Socket } from 'node:net';
import { CONTROL, controlFrame, DNSTAP, FrameReader } from './frame-stream.ts';
import type { Socket as Place } from './place.ts';
import type { Sink } from './sink.ts';

/** Octets that wait for a peer that does not read them, at most. */
const MAX_WAITING = 4 << 20;
/** Milliseconds between attempts to reach it, and until it must have answered a greeting or a farewell. */
const RETRY = 2000;
const PATIENCE = 5000;
const FAREWELL = 1000;

/** Somebody who takes dnstap, by TCP or a socket that is a file. While nobody is there, what was for them is lost, and counted. */
export class SocketSink implements Sink {
  private readonly place: Place;
  private readonly onFault: (fault: unknown) => void;
  private socket: Socket | null = null;
  private isReady = false;
  private isOver = false;
  private isFailing = false;
  private retrying: NodeJS.Timeout | null = null;

  constructor(place: Place, onFault: (fault: unknown) => void) {
    this.place = place;
    this.onFault = onFault;
    this.open();
  }

  write(octets: Uint8Array): boolean {
    const { socket } = this;
    if (socket === null || !this.isReady || socket.writableLength + octets.length > MAX_WAITING) return false;
    socket.write(octets);
    return true;
  }

  /** Nobody takes anything away here. */
  reopen(): void {}

  async close(): Promise<void> {
    this.isOver = true;
    if (this.retrying !== null) clearTimeout(this.retrying);
    const { socket } = this;
    if (socket === null) return;
    if (!this.isReady) {
      socket.destroy();
      return;
    }
    socket.write(controlFrame(CONTROL.STOP));
    await new Promise<void>((resolve) => {
      const hard = setTimeout(() => socket.destroy(), FAREWELL);
      socket.once('close', () => {
        clearTimeout(hard);
        resolve();
      });
    });
  }

  private open(): void {
    const { place } = this;
    const socket = connect('path' in place ? { path: place.path } : { host: place.address, port: place.port });
    const reader = new FrameReader(0);
    this.socket = socket;
    socket.setTimeout(PATIENCE, () => {
      if (!this.isReady) socket.destroy(new Error('it does not answer as a taker of dnstap does'));
    });
    socket.on('connect', () => socket.write(controlFrame(CONTROL.READY)));
    socket.on('data', (piece) => {
      reader.push(piece);
      for (let frame = reader.next(); frame !== null; frame = reader.next()) {
        if (frame.kind !== 'control') return socket.destroy(new Error('it does not speak Frame Streams'));
        if (frame.type === CONTROL.FINISH) return socket.destroy();
        if (frame.type === CONTROL.ACCEPT && frame.contentTypes.includes(DNSTAP)) this.start(socket);
      }
    });
    socket.on('error', (fault) => this.fail(fault));
    socket.on('close', () => this.ended());
  }

  private start(socket: Socket): void {
    socket.write(controlFrame(CONTROL.START));
    this.isReady = true;
    this.isFailing = false;
  }

  private ended(): void {
    this.socket = null;
    this.isReady = false;
    if (!this.isOver) this.retrying = setTimeout(() => this.open(), RETRY);
  }

  /** Says it once, until it works again. */
  private fail(fault: unknown): void {
    if (!this.isFailing && !this.isOver) this.onFault(fault);
    this.isFailing = true;
  }
}
