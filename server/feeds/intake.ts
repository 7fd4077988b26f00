import { TRANSPORT, type Transport } from '../answer/transport.ts';
import type { Clock } from '../clock.ts';
import { FRAME, MAX_BEHIND, MAX_SERVER, pad, QUERY_UNSEEN } from '../querylog/event.ts';
import type { Ring } from '../querylog/ring.ts';
import { AT, FLAG, OPCODE_MASK, u16At } from '../wire/header.ts';
import { HEADER_SIZE, MAX_MESSAGE } from '../wire/limits.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { MESSAGE_TYPE, SOCKET_PROTOCOL, type DnstapMessage } from './dnstap.ts';
import { Pairing } from './pairing.ts';
import type { Outcome, Tally } from './tally.ts';

/** A clock of somebody's that is further behind is not believed: the log forgets by time. */
const MAX_BEHIND_MS = 3_600_000;
/** One frame with all in it at its largest. */
const LARGEST_FRAME = pad(FRAME.HEADER + 2 * MAX_MESSAGE + MAX_BEHIND);

const TRANSPORTS: ReadonlyMap<number, Transport> = new Map([
  [SOCKET_PROTOCOL.UDP, TRANSPORT.UDP],
  [SOCKET_PROTOCOL.TCP, TRANSPORT.TCP],
  [SOCKET_PROTOCOL.DOT, TRANSPORT.DOT],
  [SOCKET_PROTOCOL.DOH, TRANSPORT.DOH],
  [SOCKET_PROTOCOL.DNSCRYPT_UDP, TRANSPORT.UDP],
  [SOCKET_PROTOCOL.DNSCRYPT_TCP, TRANSPORT.TCP],
  [SOCKET_PROTOCOL.DOQ, TRANSPORT.DOT],
]);

/** Who reports: the number of the connection, and what the server is called unless it says otherwise. */
export interface Reporter {
  readonly id: number;
  readonly name: Uint8Array;
}

/** Puts what other servers answered into a ring, as the recorder does with what we answer ourselves. */
export class Intake {
  private readonly zones: ZoneSet;
  private readonly ring: Ring;
  private readonly wake: () => void;
  private readonly clock: Clock;
  private readonly tally: Tally;
  private readonly pairing: Pairing;
  private readonly query = new Query();

  constructor({ zones, ring, wake, clock, tally }: IntakeDeps) {
    this.zones = zones;
    this.ring = ring;
    this.wake = wake;
    this.clock = clock;
    this.tally = tally;
    this.pairing = new Pairing(() => tally.message('unanswered'));
  }

  /** The ring may have no room for the next message: who reports has to wait. */
  get isCrowded(): boolean {
    const { used, size } = this.ring;
    // The end of the ring, where a frame does not fit any more, counts as much as the frame.
    return size - used < 2 * LARGEST_FRAME;
  }

  /** Takes what was reported, and counts what becomes of it. */
  take(said: DnstapMessage, reporter: Reporter): void {
    this.tally.message(this.sort(said, reporter));
  }

  private sort(said: DnstapMessage, reporter: Reporter): Outcome {
    const isQuery = said.type === MESSAGE_TYPE.AUTH_QUERY || said.type === MESSAGE_TYPE.CLIENT_QUERY;
    const isResponse = said.type === MESSAGE_TYPE.AUTH_RESPONSE || said.type === MESSAGE_TYPE.CLIENT_RESPONSE;
    if (!isQuery && !isResponse) return 'other';
    const message = isQuery ? said.query : said.response;
    if (!isAddress(said.address) || !isMessage(message) || said.query.length > MAX_MESSAGE) return 'malformed';
    const zone = this.zoneOf(message);
    if (zone === null) return 'malformed';
    if (zone === 0) return 'foreign';
    const key = keyOf(said, message, reporter);
    if (isQuery) {
      this.pairing.put(key, message, said.queryTime);
      return 'paired';
    }
    const waiting = this.pairing.take(key);
    const query = said.query.length >= HEADER_SIZE ? said.query : waiting?.query;
    if (said.queryTime === 0) said.queryTime = waiting?.time ?? 0;
    this.write(said, zone, query ?? questionOf(message, this.query.questionEnd), nameOf(said, reporter), query === undefined);
    return 'kept';
  }

  /** The visitor's zone that a question belongs to; 0 for none, null when there is no question. */
  private zoneOf(message: Uint8Array): number | null {
    decodeQuery(message, message.length, this.query);
    return this.query.hasQuestion ? (this.zones.closest(this.query.qname)?.id ?? 0) : null;
  }

  private write(said: DnstapMessage, zone: number, query: Uint8Array, server: Uint8Array, isUnseen: boolean): void {
    const { octets, view } = this.ring;
    const { address, response } = said;
    const length = FRAME.HEADER + query.length + response.length + 1 + server.length;
    const at = this.ring.reserve(length);
    if (at < 0) return;
    view.setUint32(at + FRAME.LENGTH, length);
    view.setUint32(at + FRAME.ZONE, zone);
    view.setFloat64(at + FRAME.TIME, this.timeOf(said));
    view.setUint8(at + FRAME.TRANSPORT, TRANSPORTS.get(said.protocol) ?? TRANSPORT.UDP);
    view.setUint8(at + FRAME.ADDRESS_LENGTH, address.length);
    view.setUint16(at + FRAME.PORT, said.port);
    view.setUint16(at + FRAME.QUERY_LENGTH, query.length);
    view.setUint16(at + FRAME.RESPONSE_LENGTH, response.length);
    // What the other server looked at, it does not say.
    view.setUint8(at + FRAME.REASON, 0);
    view.setUint8(at + FRAME.ENCLOSER, 0);
    view.setUint32(at + FRAME.TOOK, tookOf(said));
    octets.set(address, at + FRAME.ADDRESS);
    let to = at + FRAME.HEADER;
    octets.set(query, to);
    octets.set(response, (to += query.length));
    octets[(to += response.length)] = isUnseen ? QUERY_UNSEEN : 0;
    octets.set(server, to + 1);
    if (this.ring.commit(length)) this.wake();
  }

  private timeOf({ queryTime, responseTime }: DnstapMessage): number {
    const now = this.clock.now();
    const time = queryTime > 0 ? queryTime : responseTime;
    return time > now - MAX_BEHIND_MS && time <= now ? time : now;
  }
}

export interface IntakeDeps {
  readonly zones: ZoneSet;
  readonly ring: Ring;
  /** Is called when a frame came while the reader of the ring slept. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly tally: Tally;
}

function isAddress({ length }: Uint8Array): boolean {
  return length === 4 || length === 16;
}

function isMessage({ length }: Uint8Array): boolean {
  return length >= HEADER_SIZE && length <= MAX_MESSAGE;
}

/** Both sides of an exchange have these in common, and hardly anything else at the same time. */
function keyOf({ address, port, protocol }: DnstapMessage, message: Uint8Array, { id }: Reporter): string {
  return `${id} ${protocol} ${Buffer.from(address).toString('latin1')} ${port} ${u16At(message, AT.ID)}`;
}

/** Microseconds between both; 0 when that is not known. */
function tookOf({ queryTime, responseTime }: DnstapMessage): number {
  const took = queryTime > 0 ? Math.round((responseTime - queryTime) * 1000) : 0;
  return took > 0 && took < 2 ** 32 ? took : 0;
}

/** What a response repeats of its query: id, opcode, RD and CD, and the question. */
function questionOf(response: Uint8Array, questionEnd: number): Uint8Array {
  const query = response.slice(0, questionEnd);
  const view = new DataView(query.buffer);
  view.setUint16(AT.FLAGS, u16At(query, AT.FLAGS) & (OPCODE_MASK | FLAG.RD | FLAG.CD));
  for (const count of [AT.ANCOUNT, AT.NSCOUNT, AT.ARCOUNT]) view.setUint16(count, 0);
  return query;
}

/** What the server calls itself, without what nobody could look for. */
function nameOf({ identity }: DnstapMessage, { name }: Reporter): Uint8Array {
  const octets = identity.length === 0 ? name : identity.subarray(0, MAX_SERVER);
  return octets.some(isControl) ? octets.map((octet) => (isControl(octet) ? QUESTION_MARK : octet)) : octets;
}

const QUESTION_MARK = 0x3f;

function isControl(octet: number): boolean {
  return octet < 0x20 || octet === 0x7f;
}
