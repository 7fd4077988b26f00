import type { Socket } from 'node:net';
import { decodeDnstap } from './dnstap.ts';
import { CONTROL, controlFrame, DNSTAP, FrameReader, type Frame } from './frame-stream.ts';
import type { Intake, Reporter } from './intake.ts';
import type { Fault } from './tally.ts';

/** Octets of the largest dnstap message: a query and a response of 65,535, and some for the rest. */
const MAX_FRAME = 2 * 65_535 + 4096;
/** Milliseconds until a peer must have begun, and until a frame that it has begun must be whole. */
const PATIENCE = 15_000;

/** One peer, from its greeting to its farewell. */
export class Connection {
  /** Why it was closed; null while it goes on, and when it was the peer who ended it. */
  fault: Fault | null = null;
  private readonly socket: Socket;
  private readonly intake: Intake;
  private readonly reporter: Reporter;
  private readonly reader = new FrameReader(MAX_FRAME);
  private stage: 'new' | 'accepted' | 'started' | 'over' = 'new';
  /** The peer greeted, so it expects a farewell. */
  private isTwoWay = false;
  private isHeld = false;
  private readonly crowded: () => void;
  /** Since when we wait for the peer; null when it owes us nothing. */
  private waitsSince: number | null;

  /** `crowded` is called when there is no room for what the peer sent: whoever reads is to `hold`, and to let it `work` again later. */
  constructor(socket: Socket, intake: Intake, reporter: Reporter, crowded: () => void, now: number) {
    this.socket = socket;
    this.intake = intake;
    this.reporter = reporter;
    this.crowded = crowded;
    this.waitsSince = now;
  }

  /** Octets that it holds. */
  get waiting(): number {
    return this.reader.waiting;
  }

  /** Takes what the peer sent. */
  receive(piece: Uint8Array, now: number): void {
    if (this.stage === 'over') return;
    this.reader.push(piece);
    this.work(now);
  }

  /** Reads nothing until there is work again: what the peer sends then waits with the peer. */
  hold(): void {
    this.isHeld = true;
    this.waitsSince = null;
    this.socket.pause();
  }

  /** Does what can be done with what is there, and lets more come. */
  work(now: number): void {
    while (this.stage !== 'over') {
      if (this.intake.isCrowded) return this.crowded();
      const frame = this.reader.next();
      if (frame === null) break;
      const fault = this.handle(frame);
      if (fault !== null) return this.close(fault);
    }
    if (this.isHeld) this.socket.resume();
    this.isHeld = false;
    const owes = this.stage === 'new' || this.stage === 'accepted' || this.reader.waiting > 0;
    this.waitsSince = owes ? (this.waitsSince ?? now) : null;
  }

  /** Closes the connection when the peer has been too slow. */
  check(now: number): void {
    if (!this.isHeld && this.waitsSince !== null && now - this.waitsSince > PATIENCE) this.close('slow');
  }

  /** The peer sends nothing more. */
  ended(): void {
    if (this.stage !== 'over' && this.reader.waiting > 0 && !this.isHeld) this.fault = 'cut';
    this.close(this.fault);
  }

  /** Ends it at once, because we end. */
  drop(): void {
    this.stage = 'over';
    this.socket.destroy();
  }

  /** Ends it; without a fault what was written still goes out. */
  close(fault: Fault | null): void {
    this.fault ??= fault;
    this.stage = 'over';
    if (fault === null) this.socket.end();
    else this.socket.destroy();
  }

  private handle(frame: Frame): Fault | null {
    if (frame.kind === 'fault') return frame.fault;
    if (frame.kind === 'control') return this.control(frame.type, frame.contentTypes);
    if (this.stage !== 'started') return 'control';
    const message = decodeDnstap(frame.octets);
    if (message === null) return 'message';
    this.intake.take(message, this.reporter);
    return null;
  }

  /** A greeting may be left out where the stream goes one way only. */
  private control(type: number, contentTypes: readonly string[]): Fault | null {
    const isOurs = contentTypes.length === 0 || contentTypes.includes(DNSTAP);
    if (type === CONTROL.READY && this.stage === 'new') {
      if (!isOurs) return 'content_type';
      this.isTwoWay = true;
      this.stage = 'accepted';
      this.socket.write(controlFrame(CONTROL.ACCEPT));
      return null;
    }
    if (type === CONTROL.START && (this.stage === 'new' || this.stage === 'accepted')) {
      if (!isOurs) return 'content_type';
      this.stage = 'started';
      return null;
    }
    if (type !== CONTROL.STOP || this.stage !== 'started') return 'control';
    if (this.isTwoWay) this.socket.write(controlFrame(CONTROL.FINISH));
    this.close(null);
    return null;
  }
}
