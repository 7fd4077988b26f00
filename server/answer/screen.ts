import { OPCODE, RCODE } from '../wire/codes.ts';
import { AT, FLAG, u16At } from '../wire/header.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { opcodeOf } from '../wire/response.ts';

/** The message gets no answer at all. */
export const DROP = -1;
/** The message asks for more than an answer. */
export const FOR_DESK = -2;

/**
 * Judges a message on its header alone, before a name is read: DROP, FOR_DESK, the RCODE to refuse it with, or NOERROR to go on.
 * A response is never answered, or two servers could be made to talk to each other for ever.
 */
export function screen(octets: Uint8Array, length: number): number {
  if (length < HEADER_SIZE || (u16At(octets, AT.FLAGS) & FLAG.QR) !== 0) return DROP;
  const opcode = opcodeOf(octets);
  if (opcode !== OPCODE.QUERY) return opcode === OPCODE.UPDATE ? FOR_DESK : RCODE.NOTIMP;
  // One question at most: nobody ever said what several would mean, RFC 9619 §4. None is for cookies, RFC 7873 §5.4.
  return u16At(octets, AT.QDCOUNT) <= 1 ? RCODE.NOERROR : RCODE.FORMERR;
}
