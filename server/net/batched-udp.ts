import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT } from '../answer/transport.ts';
import { Batch, BATCH_SIZE, type Envelope } from './batch.ts';
import type { OnError, Report, Respond } from './endpoint.ts';
import type { Libc } from './libc.ts';

/** Takes a message that is for the desk, and what its answer needs to find back. Everything is its own to keep. */
export type HandOver = (fd: number, message: Uint8Array, envelope: Envelope, exchange: Exchange) => void;

export interface BatchedSettings {
  /** Octets of the longest answer. */
  readonly answerRoom: number;
  /** Told before each batch, so that one look at the clock serves all of it. */
  onBatch(): void;
}

/**
 * Answers over UDP many messages at a time: the way of a packet through the system calls, and not the answering, is what costs.
 * Each answer of a batch is on its way before any of them is reported.
 */
export class BatchedUdp {
  /** Answers that the system would not send. */
  unsent = 0;
  private readonly batch: Batch;
  private readonly fds: readonly number[];
  private readonly respond: Respond;
  private readonly report: Report;
  private readonly onError: OnError;
  private readonly handOver: HandOver;
  private readonly onBatch: () => void;
  private readonly exchanges = Array.from({ length: BATCH_SIZE }, () => new Exchange());
  private readonly lengths = new Uint16Array(BATCH_SIZE);

  constructor(
    libc: Libc,
    fds: readonly number[],
    calls: { respond: Respond; report: Report; onError: OnError; handOver?: HandOver },
    settings: BatchedSettings,
  ) {
    this.batch = new Batch(libc, settings.answerRoom);
    this.fds = fds;
    this.respond = calls.respond;
    this.report = calls.report;
    this.onError = calls.onError;
    this.handOver = calls.handOver ?? (() => {});
    this.onBatch = settings.onBatch;
    for (const exchange of this.exchanges) exchange.transport = TRANSPORT.UDP;
  }

  /** Answers one batch of each socket, without waiting for messages. Returns whether more may be there already. */
  turn(): boolean {
    let more = false;
    for (let i = 0; i < this.fds.length; i++) {
      const fd = this.fds[i]!;
      const count = this.batch.receive(fd);
      if (count === 0) continue;
      this.onBatch();
      this.answer(fd, count);
      this.unsent += this.batch.send(fd, count);
      this.tell(count);
      more ||= count === BATCH_SIZE;
    }
    return more;
  }

  private answer(fd: number, count: number): void {
    const { batch, exchanges } = this;
    let start = performance.now();
    for (let i = 0; i < count; i++) {
      const exchange = exchanges[i]!;
      batch.describe(i, exchange);
      const length = (this.lengths[i] = this.tryToAnswer(i, exchange));
      if (length === 0 && exchange.isForDesk)
        this.handOver(fd, batch.queries[i]!.slice(0, batch.lengthOf(i)), batch.envelopeOf(i), exchange);
      batch.reply(i, length);
      const end = performance.now();
      exchange.took = Math.round((end - start) * 1000);
      start = end;
    }
  }

  /** A mistake of ours costs one answer, not the server. */
  private tryToAnswer(i: number, exchange: Exchange): number {
    try {
      return this.respond(this.batch.queries[i]!, this.batch.lengthOf(i), this.batch.answers[i]!, exchange);
    } catch (error) {
      this.onError(error);
      return 0;
    }
  }

  private tell(count: number): void {
    const { batch, exchanges, lengths } = this;
    for (let i = 0; i < count; i++) {
      if (lengths[i]! > 0) this.report(exchanges[i]!, batch.queries[i]!, batch.lengthOf(i), batch.answers[i]!, lengths[i]!);
    }
  }
}
