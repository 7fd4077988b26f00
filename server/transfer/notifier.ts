import { createSocket, type Socket } from 'node:dgram';
import { Signer, type TsigKey } from '../tsig/signature.ts';
import { CLASS, OPCODE, RCODE, TYPE } from '../wire/codes.ts';
import { AT, FLAG, OPCODE_SHIFT, RCODE_MASK, u16At } from '../wire/header.ts';
import { MAX_NAME } from '../wire/limits.ts';
import type { Name } from '../wire/name.ts';
import { opcodeOf } from '../wire/response.ts';
import { Writer } from '../wire/writer.ts';

/** A name server that takes our zones. */
export interface Secondary {
  readonly address: string;
  readonly port: number;
}

export interface NotifierSettings {
  readonly secondaries: readonly Secondary[];
  readonly key: TsigKey | null;
  readonly clock: { now(): number };
  /** Milliseconds to wait after each try. */
  readonly patience?: readonly number[];
  /** Given up: a secondary said nothing, or no, to every try. */
  onGivenUp(secondary: Secondary, zone: Name): void;
}

/** Milliseconds until the first message, so that a row of edits is one; and after each, when no answer came. */
const GATHER = 50;
const PATIENCE = [500, 1000, 2000, 4000, 8000, 16_000];
/** Messages under way to one secondary at a time: a small burst for its socket, and the next go when these are answered. */
const IN_FLIGHT = 32;

/** A zone that a secondary is still to be told of. */
interface Errand {
  readonly zone: Name;
  tries: number;
  /** Changed again since the message that is under way. */
  isStale: boolean;
  /** Of the message under way; null while it waits for its turn. */
  id: number | null;
  timer: NodeJS.Timeout | null;
}

/** Tells secondaries that zones have changed, RFC 1996, again and again until they say that they know. */
export class Notifier {
  private readonly deliveries: readonly Delivery[];
  private isStopped = false;
  readonly counts = { sent: 0, acknowledged: 0, given_up: 0 };

  constructor(settings: NotifierSettings) {
    this.deliveries = settings.secondaries.map((secondary) => new Delivery(secondary, settings, this.counts));
  }

  notify(zone: Name): void {
    if (!this.isStopped) for (const one of this.deliveries) one.notify(zone);
  }

  stop(): void {
    this.isStopped = true;
    for (const one of this.deliveries) one.stop();
  }
}

/** What one secondary is told. */
class Delivery {
  private readonly secondary: Secondary;
  private readonly settings: NotifierSettings;
  private readonly counts: Notifier['counts'];
  private readonly errands = new Map<string, Errand>();
  private readonly underWay = new Map<number, Errand>();
  private readonly waiting: Errand[] = [];
  private socket: Socket | null = null;
  private nextId = Math.floor(Math.random() * 0x10000);

  constructor(secondary: Secondary, settings: NotifierSettings, counts: Notifier['counts']) {
    this.secondary = secondary;
    this.settings = settings;
    this.counts = counts;
  }

  notify(zone: Name): void {
    const known = this.errands.get(zone.key);
    if (known !== undefined) {
      // What it was told before may not have been the last of it.
      known.isStale = known.id !== null;
      known.tries = 0;
      return;
    }
    const errand: Errand = { zone, tries: 0, isStale: false, id: null, timer: null };
    this.errands.set(zone.key, errand);
    errand.timer = setTimeout(() => this.queue(errand), GATHER);
  }

  stop(): void {
    for (const { timer } of this.errands.values()) if (timer !== null) clearTimeout(timer);
    this.errands.clear();
    this.socket?.close();
    this.socket = null;
  }

  private queue(errand: Errand): void {
    errand.timer = null;
    this.waiting.push(errand);
    this.sendMore();
  }

  private sendMore(): void {
    while (this.underWay.size < IN_FLIGHT && this.waiting.length > 0) this.send(this.waiting.shift()!);
  }

  private send(errand: Errand): void {
    const patience = (this.settings.patience ?? PATIENCE)[errand.tries];
    if (patience === undefined) {
      this.giveUp(errand);
      return;
    }
    errand.tries++;
    errand.isStale = false;
    do this.nextId = (this.nextId + 1) & 0xffff;
    while (this.underWay.has(this.nextId));
    errand.id = this.nextId;
    this.underWay.set(errand.id, errand);
    const { key, clock } = this.settings;
    const message = notifyMessage(errand.id, errand.zone);
    const signed = key === null ? message : new Signer(key).sign(message, Math.floor(clock.now() / 1000));
    this.counts.sent++;
    // One that cannot be sent is one that was lost: it is sent again.
    this.open().send(signed, this.secondary.port, this.secondary.address, () => {});
    errand.timer = setTimeout(() => this.tryAgain(errand), patience);
  }

  private tryAgain(errand: Errand): void {
    this.land(errand);
    this.queue(errand);
    this.sendMore();
  }

  private giveUp(errand: Errand): void {
    this.errands.delete(errand.zone.key);
    this.counts.given_up++;
    this.settings.onGivenUp(this.secondary, errand.zone);
  }

  private land(errand: Errand): void {
    if (errand.timer !== null) clearTimeout(errand.timer);
    if (errand.id !== null) this.underWay.delete(errand.id);
    errand.timer = errand.id = null;
  }

  /** An answer counts when it is one to a message under way. */
  private take(answer: Uint8Array): void {
    const errand = answer.length < 12 ? undefined : this.underWay.get(u16At(answer, AT.ID));
    const flags = u16At(answer, AT.FLAGS);
    if (errand === undefined || (flags & FLAG.QR) === 0 || opcodeOf(answer) !== OPCODE.NOTIFY) return;
    // A secondary that does not know the zone yet may be about to hear of it from the catalog: it is told again.
    if ((flags & RCODE_MASK) !== RCODE.NOERROR) return;
    this.counts.acknowledged++;
    this.land(errand);
    if (errand.isStale) this.queue(errand);
    else this.errands.delete(errand.zone.key);
    this.sendMore();
  }

  private open(): Socket {
    if (this.socket !== null) return this.socket;
    const socket = createSocket(this.secondary.address.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', (answer, { address, port }) => {
      if (address === this.secondary.address && port === this.secondary.port) this.take(answer);
    });
    // What comes back as an error is an answer that does not come.
    socket.on('error', () => {});
    socket.unref();
    this.socket = socket;
    return socket;
  }
}

/** RFC 1996 §3: the question is the SOA that has changed, and AA says that we are its primary. */
export function notifyMessage(id: number, zone: Name): Uint8Array {
  const writer = new Writer(new Uint8Array(12 + MAX_NAME + 4));
  for (const number of [id, FLAG.AA | (OPCODE.NOTIFY << OPCODE_SHIFT), 1, 0, 0, 0]) writer.u16(number);
  writer.bytes(zone.octets);
  writer.u16(TYPE.SOA);
  writer.u16(CLASS.IN);
  return writer.octets.slice(0, writer.position);
}
