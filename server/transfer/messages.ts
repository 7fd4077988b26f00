import { AT, FLAG, OPCODE_MASK, u16At } from '../wire/header.ts';
import { HEADER_SIZE, MAX_MESSAGE } from '../wire/limits.ts';
import { Writer } from '../wire/writer.ts';
import type { ZoneRecord } from '../zone/rrset.ts';

/** Octets of a message, unless one record is longer: as far as compression pointers reach, and little enough to be made in one go. */
const COMFORTABLE = 16_384;

/**
 * The messages of a transfer, RFC 5936 §2.2: its records in their order, as many to a message as are comfortable, made one by one as
 * they are asked for. The first has the question and one record only, so that it says what follows without being long. `question` is the message that
 * asked, up to where its question ends; `signature` the octets that every message will need besides.
 */
export function* transferMessages(
  question: Uint8Array,
  records: Iterable<ZoneRecord>,
  signature: number,
): Generator<Uint8Array> {
  const writer = new Writer(new Uint8Array(MAX_MESSAGE - signature));
  let count = 0;
  begin(writer, question, true);
  let isFirst = true;
  for (const record of records) {
    const mark = writer.position;
    writer.record(record);
    // A message that would become too long goes out without the record; one with nothing else in it has to take it.
    if (count > 0 && (writer.overflow || writer.position > COMFORTABLE || isFirst)) {
      writer.rollback(mark);
      yield finish(writer, count);
      isFirst = false;
      begin(writer, question, false);
      writer.record(record);
      count = 0;
    }
    if (writer.overflow) throw new Error('a record that fits no message');
    count++;
  }
  if (count > 0) yield finish(writer, count);
}

function begin(writer: Writer, question: Uint8Array, withQuestion: boolean): void {
  writer.reset(writer.octets, writer.octets.length);
  writer.u16(u16At(question, AT.ID));
  writer.u16(FLAG.QR | FLAG.AA | (u16At(question, AT.FLAGS) & OPCODE_MASK));
  writer.u16(withQuestion ? 1 : 0);
  writer.u32(0);
  writer.u16(0);
  if (withQuestion) writer.range(question, HEADER_SIZE, question.length);
}

function finish(writer: Writer, count: number): Uint8Array {
  writer.patchU16(AT.ANCOUNT, count);
  return writer.octets.slice(0, writer.position);
}
