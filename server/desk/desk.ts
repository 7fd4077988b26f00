import type { Exchange } from '../answer/exchange.ts';
import { isStream, TRANSPORT, type Transport } from '../answer/transport.ts';
import { judge, type Refused, type Right } from '../keys/grant.ts';
import type { Report, Respond } from '../net/endpoint.ts';
import type { KeyStore, RefusedSignature, StoredKey } from '../store/keys.ts';
import type { ZoneStore } from '../store/zones.ts';
import { findTsig, type TsigRecord } from '../tsig/record.ts';
import { appendUnsigned, Signer, signatureSize, unsigned, verify } from '../tsig/signature.ts';
import { readUpdate, readZone, UpdateFault } from '../update/message.ts';
import { formatAddress } from '../wire/address.ts';
import { OPCODE, RCODE, TSIG_ERROR, TYPE } from '../wire/codes.ts';
import { AT, FLAG, RCODE_MASK, u16At } from '../wire/header.ts';
import { CLASSIC_UDP_SIZE, HEADER_SIZE, MAX_MESSAGE } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import { opcodeOf } from '../wire/response.ts';
import { Writer } from '../wire/writer.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import type { HeldKey, Keyring } from './keyring.ts';
import { transferMessages } from '../transfer/messages.ts';
import { Replays } from './replays.ts';
import { endOfQuestion, makeReply, optAt, withOpt } from './replies.ts';
import { readTransfer, type TransferQuestion, type Transfers } from './transfers.ts';
import type { Updates } from './updates.ts';

export interface DeskDeps {
  readonly keyring: Keyring;
  readonly keys: KeyStore;
  readonly zones: ZoneStore;
  readonly zoneSet: ZoneSet;
  readonly updates: Updates;
  readonly transfers: Transfers;
  /** Answers questions, as for everybody. */
  readonly respond: Respond;
  readonly report: Report;
  /** Whether an answer with so many octets more than its message goes to nobody, because its like went there too often. */
  holdsBack(exchange: Exchange, octets: number): boolean;
  /** Counts a call for a zone. Returns whether it is one too many. */
  isTooOften(zoneId: number): boolean;
  /** Counts a message and its answer. */
  count(transport: Transport, rcode: number): void;
  readonly clock: { now(): number };
}

const TOO_OFTEN = 'That was too often in a short time. Try again in a minute.';

/** A signed message, understood as far as its signature goes. */
interface Signed {
  readonly message: Uint8Array;
  readonly tsig: TsigRecord;
  readonly key: HeldKey;
  readonly exchange: Exchange;
}

/**
 * Where messages go that are more than a question: those that are signed (RFC 8945), and those that ask for a zone to be changed
 * (RFC 2136). They are few, and each is answered in one run; what came of it is logged like any query.
 */
export class Desk {
  private readonly deps: DeskDeps;
  private readonly replays = new Replays();
  private readonly out = new Uint8Array(MAX_MESSAGE);

  constructor(deps: DeskDeps) {
    this.deps = deps;
  }

  /** The messages that answer a message: one, but for a transfer. */
  *handle(octets: Uint8Array, exchange: Exchange): Generator<Uint8Array> {
    const start = performance.now();
    // A copy, and never one of Node's buffers, whose slices would share their octets.
    const message = new Uint8Array(octets);
    exchange.zone = this.zoneOf(message);
    exchange.reason = exchange.encloser = 0;
    let isCounted = false;
    for (const answer of this.answer(message, exchange)) {
      exchange.rcode = u16At(answer, AT.FLAGS) & RCODE_MASK;
      exchange.took = Math.round((performance.now() - start) * 1000);
      // Anybody can have a key and sign, in the name of any address.
      if (this.deps.holdsBack(exchange, Math.max(answer.length - message.length, 0))) continue;
      yield answer;
      if (!isCounted) this.deps.count(exchange.transport, exchange.rcode);
      isCounted = true;
      if (exchange.zone !== 0) this.deps.report(exchange, message, message.length, answer, answer.length);
      // Of a transfer the beginning is enough to see that there was one.
      exchange.zone = 0;
    }
  }

  private answer(message: Uint8Array, exchange: Exchange): Iterable<Uint8Array> {
    const tsig = findTsig(message);
    if (tsig === 'malformed') return [makeReply(message, RCODE.FORMERR)];
    if (tsig === null) {
      return [makeReply(message, RCODE.REFUSED, { text: 'Updates have to be signed with a key of the zone (RFC 8945).' })];
    }
    const key = this.deps.keyring.find(tsig);
    if (key === undefined) return [appendUnsigned(makeReply(message, RCODE.NOTAUTH), tsig, TSIG_ERROR.BADKEY)];
    // What is asked of a zone stands in its own log, whatever the key; what is about no visitor's zone in that of the key.
    if (key.owner !== null) exchange.zone ||= key.owner.zoneId;
    const verdict = verify(message, tsig, { key: key.tsig, now: this.seconds });
    if (verdict === 'malformed') return [makeReply(message, RCODE.FORMERR)];
    const signed = { message, tsig, key, exchange };
    return verdict === TSIG_ERROR.NONE ? this.act(signed) : [this.refuseSignature(signed, verdict)];
  }

  /** RFC 8945 §5.3.2: who has the key learns in a signed answer what our clock says; who has not gets nothing that is signed. */
  private refuseSignature({ message, tsig, key, exchange }: Signed, error: number): Uint8Array {
    this.note(key.owner, exchange, error === TSIG_ERROR.BADTIME ? 'time' : 'signature');
    const reply = makeReply(message, RCODE.NOTAUTH);
    if (error === TSIG_ERROR.BADSIG) return appendUnsigned(reply, tsig, error);
    const signer = new Signer(key.tsig, tsig.mac);
    return error === TSIG_ERROR.BADTIME
      ? signer.sign(reply, tsig.time, error, timeOctets(this.seconds))
      : signer.sign(reply, this.seconds, error);
  }

  /** Does what a message asks for whose signature is right. */
  private act(signed: Signed): Iterable<Uint8Array> {
    switch (opcodeOf(signed.message)) {
      case OPCODE.QUERY: {
        const transfer = readTransfer(signed.message);
        return transfer === null ? [this.query(signed)] : this.transfer(signed, transfer);
      }
      case OPCODE.UPDATE:
        return [this.update(signed)];
      default:
        return [this.sign(signed, makeReply(signed.message, RCODE.NOTIMP))];
    }
  }

  /** The answer that everybody gets, signed. Over UDP room is kept for the signature. */
  private query(signed: Signed): Uint8Array {
    const { exchange, tsig, key } = signed;
    const soa = key.owner === null ? this.deps.transfers.catalogSoa(signed.message) : null;
    if (soa !== null) return this.sign(signed, this.answerSoa(signed, soa));
    const { zone } = exchange;
    const question = unsigned(signed.message, tsig);
    const isUdp = exchange.transport === TRANSPORT.UDP;
    const opt = optAt(question);
    const size = opt < 0 ? CLASSIC_UDP_SIZE : Math.max(CLASSIC_UDP_SIZE, u16At(question, opt + 2));
    const room = size - signatureSize(key.tsig);
    if (isUdp && opt >= 0) new Writer(question).patchU16(opt + 2, Math.max(CLASSIC_UDP_SIZE, room));
    const length = this.deps.respond(question, question.length, this.out, exchange);
    exchange.zone ||= zone;
    if (length === 0) return this.sign(signed, makeReply(question, RCODE.REFUSED));
    const answer = this.out.slice(0, length);
    return this.sign(signed, isUdp && length > room ? truncate(answer) : answer);
  }

  private answerSoa({ message, key }: Signed, soa: ZoneRecord): Uint8Array {
    const asked = message.subarray(0, endOfQuestion(message));
    const [answer] = transferMessages(asked, [soa], signatureSize(key.tsig));
    return optAt(message) < 0 ? answer! : withOpt(answer!);
  }

  /** RFC 5936 §2.2 and RFC 1995 §2. */
  private *transfer(signed: Signed, question: TransferQuestion): Generator<Uint8Array> {
    const { message, tsig, key, exchange } = signed;
    const zone = this.deps.transfers.find(question.zone);
    const fault = this.refuseTransfer(signed, question, zone);
    const counts = this.deps.transfers.counts[question.type === TYPE.AXFR ? 'axfr' : 'ixfr'];
    if (zone === null || fault !== null) {
      counts.refused++;
      yield this.sign(signed, makeReply(message, fault?.rcode ?? RCODE.NOTAUTH, { text: fault?.message }));
      return;
    }
    const signer = new Signer(key.tsig, tsig.mac);
    const records = this.deps.transfers.contents(zone, question, !isStream(exchange.transport));
    const asked = message.subarray(0, endOfQuestion(message));
    let result: 'done' | 'left' = 'left';
    try {
      for (const part of transferMessages(asked, records, signatureSize(key.tsig))) yield signer.sign(part, this.seconds);
      result = 'done';
    } finally {
      counts[result]++;
    }
  }

  private refuseTransfer({ key, exchange }: Signed, question: TransferQuestion, zone: Zone | null): UpdateFault | null {
    if (zone === null) return new UpdateFault(RCODE.NOTAUTH);
    // A whole zone goes over TCP only, RFC 5936 §4.2, or what is like it, RFC 9103 §7.
    if (question.serial === null && !isStream(exchange.transport)) return new UpdateFault(RCODE.FORMERR);
    const { owner } = key;
    if (owner === null) return null;
    if (owner.zoneId !== zone.id) {
      this.note(owner, exchange, 'zone');
      return new UpdateFault(RCODE.REFUSED, 'This key is of another zone.');
    }
    const refused = this.judge(owner, 'transfer', exchange);
    if (refused !== null) return new UpdateFault(RCODE.REFUSED, `This key may not do that: ${refused}.`);
    return this.deps.isTooOften(zone.id) ? new UpdateFault(RCODE.REFUSED, TOO_OFTEN) : null;
  }

  private update(signed: Signed): Uint8Array {
    const { message, tsig, exchange } = signed;
    const source = `${exchange.transport} ${formatAddress(exchange.address.subarray(0, exchange.addressLength))} ${exchange.port}`;
    const known = this.replays.look(tsig.mac, tsig.time, source);
    if (known === 'replay') {
      this.note(signed.key.owner, exchange, 'replay');
      const reply = makeReply(message, RCODE.NOTAUTH, { text: 'This very message came before, from elsewhere.' });
      return new Signer(signed.key.tsig, tsig.mac).sign(reply, tsig.time, TSIG_ERROR.BADTIME, timeOctets(this.seconds));
    }
    if (known !== 'new') return known;
    const fault = this.tryUpdate(signed);
    const answer = this.sign(signed, makeReply(message, fault?.rcode ?? RCODE.NOERROR, { text: fault?.message }));
    this.replays.remember(tsig.mac, { time: tsig.time, source, answer }, this.seconds);
    return answer;
  }

  private tryUpdate({ message, key, exchange }: Signed): UpdateFault | null {
    const update = readUpdate(message);
    if (update instanceof UpdateFault) return update;
    const zone = this.deps.zoneSet.closest(update.zone);
    if (zone === null || !zone.origin.equals(update.zone)) return new UpdateFault(RCODE.NOTAUTH);
    const { owner } = key;
    if (owner === null || owner.zoneId !== zone.id) {
      this.note(owner, exchange, 'zone');
      return new UpdateFault(RCODE.REFUSED, 'This key is of another zone.');
    }
    const refused = this.judge(owner, 'update', exchange);
    if (refused !== null) return new UpdateFault(RCODE.REFUSED, `This key may not do that: ${refused}.`);
    if (this.deps.isTooOften(zone.id)) return new UpdateFault(RCODE.REFUSED, TOO_OFTEN);
    const stored = this.deps.zones.find(owner.zoneId)!;
    const fault = this.deps.updates.run(update, stored, owner);
    if (fault !== null && fault.limit !== null) this.note(owner, exchange, fault.limit);
    this.deps.zones.touch(stored, this.deps.clock.now());
    return fault;
  }

  /** Whether a key may be used as it is; what came of it is noted for its owner. */
  private judge(key: StoredKey, right: Right, exchange: Exchange): Refused | null {
    const now = this.deps.clock.now();
    const address = exchange.address.subarray(0, exchange.addressLength);
    const refused = judge(key.grant, { right, address, now, usedAt: key.used?.at ?? key.createdAt });
    if (refused === null) this.use(key, exchange);
    else this.note(key, exchange, refused);
    return refused;
  }

  private use(key: StoredKey | null, exchange: Exchange): void {
    if (key !== null) this.deps.keys.noteUse(key, this.useOf(exchange));
  }

  private note(key: StoredKey | null, exchange: Exchange, why: Refused | RefusedSignature): void {
    if (key !== null) this.deps.keys.noteRefusal(key, this.useOf(exchange), why);
  }

  private useOf({ address, addressLength }: Exchange) {
    return { at: this.deps.clock.now(), from: formatAddress(address.subarray(0, addressLength)) };
  }

  private sign({ key, tsig }: Signed, answer: Uint8Array): Uint8Array {
    return new Signer(key.tsig, tsig.mac).sign(answer, this.seconds);
  }

  private get seconds(): number {
    return Math.floor(this.deps.clock.now() / 1000);
  }

  /** The visitor's zone that a message is about, so that its owner sees the message; 0 for none. */
  private zoneOf(message: Uint8Array): number {
    if (endOfQuestion(message) === HEADER_SIZE) return 0;
    const name = readZone(message) ?? Name.fromOctets(new Reader(message, HEADER_SIZE).name());
    return this.deps.zoneSet.closest(name)?.id ?? 0;
  }
}

/** What a client is told to ask for over TCP: no records, TC, and OPT if there was one. */
function truncate(answer: Uint8Array): Uint8Array {
  return makeReply(answer, u16At(answer, AT.FLAGS) & RCODE_MASK, { flags: FLAG.TC | (u16At(answer, AT.FLAGS) & FLAG.AA) });
}

/** Other Data of BADTIME: our clock in 48 bits, RFC 8945 §5.2.3. */
function timeOctets(seconds: number): Uint8Array {
  const writer = new Writer(new Uint8Array(6));
  writer.u16(Math.floor(seconds / 2 ** 32));
  writer.u32(seconds % 2 ** 32);
  return writer.octets;
}
