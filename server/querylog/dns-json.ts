import type { LoggedQuery } from './event.ts';
import { decodeMessageFields, type MessageField } from '../wire/fields.ts';
import { AT, FLAG, OPCODE_MASK, OPCODE_SHIFT, RCODE_MASK, u16At } from '../wire/header.ts';

type Json = Record<string, unknown>;

/** A query and its response as a pair of messages, RFC 8427 §4 and §3. */
export function toDnsJson({ query, response, time }: LoggedQuery): Json {
  const seconds = { dateString: new Date(time).toISOString(), dateSeconds: Math.floor(time) / 1000 };
  return {
    queryMessage: { ...messageToDnsJson(query), ...seconds },
    responseMessage: { ...messageToDnsJson(response), ...seconds },
  };
}

/** One message, RFC 8427 §2. What could not be read is still there as octets. */
export function messageToDnsJson(octets: Uint8Array): Json {
  const messageOctetsHEX = Buffer.from(octets).toString('hex').toUpperCase();
  const { fields } = decodeMessageFields(octets);
  if (fields.length === 0) return { messageOctetsHEX };
  const json: Json = headerToJson(octets);
  const [question] = entriesOf(fields, 'question');
  if (question !== undefined) {
    const { NAME, TYPE, TYPEname, CLASS, CLASSname } = recordToJson(octets, question);
    Object.assign(json, { QNAME: NAME, QTYPE: TYPE, QTYPEname: TYPEname, QCLASS: CLASS, QCLASSname: CLASSname });
  }
  for (const section of ['answer', 'authority', 'additional'] as const) {
    const records = entriesOf(fields, section);
    if (section === 'additional') records.push(...entriesOf(fields, 'edns').filter((entry) => entry[0]!.key === 'name'));
    if (records.length > 0) json[`${section}RRs`] = records.map((record) => recordToJson(octets, record));
  }
  return { ...json, messageOctetsHEX };
}

function headerToJson(octets: Uint8Array): Json {
  const bits = u16At(octets, AT.FLAGS);
  const flag = (name: keyof typeof FLAG) => [name, (bits & FLAG[name]) === 0 ? 0 : 1] as const;
  return {
    ID: u16At(octets, AT.ID),
    QR: flag('QR')[1],
    Opcode: (bits & OPCODE_MASK) >> OPCODE_SHIFT,
    ...Object.fromEntries((['AA', 'TC', 'RD', 'RA', 'AD', 'CD'] as const).map(flag)),
    RCODE: bits & RCODE_MASK,
    QDCOUNT: u16At(octets, AT.QDCOUNT),
    ANCOUNT: u16At(octets, AT.ANCOUNT),
    NSCOUNT: u16At(octets, AT.NSCOUNT),
    ARCOUNT: u16At(octets, AT.ARCOUNT),
  };
}

/** The fields of each question or record of a section. */
function entriesOf(fields: readonly MessageField[], section: MessageField['section']): MessageField[][] {
  const entries: MessageField[][] = [];
  for (const field of fields) if (field.section === section) (entries[field.index] ??= []).push(field);
  return entries;
}

function recordToJson(octets: Uint8Array, fields: readonly MessageField[]): Json {
  const [name, type, rrclass] = fields as [MessageField, MessageField, MessageField];
  const json: Json = {
    NAME: name.value,
    TYPE: u16At(octets, type.start),
    TYPEname: type.value,
    CLASS: u16At(octets, rrclass.start),
    ...(rrclass.key === 'class' && { CLASSname: rrclass.value }),
  };
  const length = fields.find(({ key }) => key === 'rdlength');
  if (length === undefined) return json;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const rdata = octets.subarray(length.end, length.end + u16At(octets, length.start));
  const content = fields
    .slice(fields.indexOf(length) + 1)
    .map(({ value }) => value)
    .filter((value) => value !== '')
    .join(' ');
  return {
    ...json,
    TTL: view.getUint32(length.start - 4),
    RDLENGTH: rdata.length,
    RDATAHEX: Buffer.from(rdata).toString('hex').toUpperCase(),
    ...(type.value !== 'OPT' && content !== '' && { [`rdata${type.value}`]: content }),
  };
}
