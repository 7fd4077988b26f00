import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Messages of https://github.com/dnstap/dnstap.pb: types that the two sides of a name server have, each query one below its response. */
export const MESSAGE_TYPE = { AUTH_QUERY: 1, AUTH_RESPONSE: 2, CLIENT_QUERY: 5, CLIENT_RESPONSE: 6 } as const;
/** How it came. */
export const SOCKET_PROTOCOL = { UDP: 1, TCP: 2, DOT: 3, DOH: 4, DNSCRYPT_UDP: 5, DNSCRYPT_TCP: 6, DOQ: 7 } as const;
const SOCKET_FAMILY = { INET: 1, INET6: 2 } as const;
/** `Dnstap.Type.MESSAGE`, the only one that there is. */
const MESSAGE = 1;

const DNSTAP_FIELD = { IDENTITY: 1, VERSION: 2, MESSAGE: 14, TYPE: 15 } as const;
const FIELD = {
  TYPE: 1,
  SOCKET_FAMILY: 2,
  SOCKET_PROTOCOL: 3,
  QUERY_ADDRESS: 4,
  QUERY_PORT: 6,
  QUERY_TIME_SEC: 8,
  QUERY_TIME_NSEC: 9,
  QUERY_MESSAGE: 10,
  RESPONSE_TIME_SEC: 12,
  RESPONSE_TIME_NSEC: 13,
  RESPONSE_MESSAGE: 14,
} as const;

/** What we read and write of a dnstap message. Octets are views of what was read; what was not said is empty or 0. */
export interface DnstapMessage {
  identity: Uint8Array;
  type: number;
  protocol: number;
  address: Uint8Array;
  port: number;
  /** Milliseconds since 1970, with their fraction. */
  queryTime: number;
  responseTime: number;
  query: Uint8Array;
  response: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Reads one data frame; null when it is no dnstap message. Fields that we do not know are passed over. */
export function decodeDnstap(octets: Uint8Array): DnstapMessage | null {
  const said: DnstapMessage = {
    identity: NOTHING,
    type: 0,
    protocol: 0,
    address: NOTHING,
    port: 0,
    queryTime: 0,
    responseTime: 0,
    query: NOTHING,
    response: NOTHING,
  };
  try {
    const reader = new BinaryReader(octets);
    let type = 0;
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      const isOctets = wireType === WireType.LengthDelimited;
      if (field === DNSTAP_FIELD.IDENTITY && isOctets) said.identity = reader.bytes();
      else if (field === DNSTAP_FIELD.MESSAGE && isOctets) readMessage(new BinaryReader(reader.bytes()), said);
      else if (field === DNSTAP_FIELD.TYPE && wireType === WireType.Varint) type = reader.uint32();
      else reader.skip(wireType, field);
    }
    return type === MESSAGE && said.type !== 0 ? said : null;
  } catch {
    // What the library throws is about these octets alone.
    return null;
  }
}

function readMessage(reader: BinaryReader, said: DnstapMessage): void {
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) readOctets(reader, field, said);
    else if (wireType === WireType.Varint) readNumber(reader, field, said);
    else if (wireType === WireType.Bit32) readFraction(reader, field, said);
    else reader.skip(wireType, field);
  }
}

function readOctets(reader: BinaryReader, field: number, said: DnstapMessage): void {
  const octets = reader.bytes();
  if (field === FIELD.QUERY_ADDRESS) said.address = octets;
  else if (field === FIELD.QUERY_MESSAGE) said.query = octets;
  else if (field === FIELD.RESPONSE_MESSAGE) said.response = octets;
}

function readNumber(reader: BinaryReader, field: number, said: DnstapMessage): void {
  if (field === FIELD.QUERY_TIME_SEC) said.queryTime += Number(reader.uint64()) * 1000;
  else if (field === FIELD.RESPONSE_TIME_SEC) said.responseTime += Number(reader.uint64()) * 1000;
  else if (field === FIELD.TYPE) said.type = reader.uint32();
  else if (field === FIELD.SOCKET_PROTOCOL) said.protocol = reader.uint32();
  else if (field === FIELD.QUERY_PORT) said.port = reader.uint32();
  else reader.skip(WireType.Varint, field);
}

function readFraction(reader: BinaryReader, field: number, said: DnstapMessage): void {
  const nanoseconds = reader.fixed32();
  if (field === FIELD.QUERY_TIME_NSEC) said.queryTime += nanoseconds / 1e6;
  else if (field === FIELD.RESPONSE_TIME_NSEC) said.responseTime += nanoseconds / 1e6;
}

/** The octets of a data frame; those of `version` follow the identity. */
export function encodeDnstap(said: DnstapMessage, version: Uint8Array): Uint8Array {
  const writer = new BinaryWriter();
  if (said.identity.length > 0) writer.tag(DNSTAP_FIELD.IDENTITY, WireType.LengthDelimited).bytes(said.identity);
  writer.tag(DNSTAP_FIELD.VERSION, WireType.LengthDelimited).bytes(version);
  writer.tag(DNSTAP_FIELD.MESSAGE, WireType.LengthDelimited).fork();
  const family = said.address.length === 4 ? SOCKET_FAMILY.INET : SOCKET_FAMILY.INET6;
  writer.tag(FIELD.TYPE, WireType.Varint).uint32(said.type);
  writer.tag(FIELD.SOCKET_FAMILY, WireType.Varint).uint32(family);
  writer.tag(FIELD.SOCKET_PROTOCOL, WireType.Varint).uint32(said.protocol);
  writer.tag(FIELD.QUERY_ADDRESS, WireType.LengthDelimited).bytes(said.address);
  writer.tag(FIELD.QUERY_PORT, WireType.Varint).uint32(said.port);
  writeTime(writer, FIELD.QUERY_TIME_SEC, said.queryTime);
  if (said.query.length > 0) writer.tag(FIELD.QUERY_MESSAGE, WireType.LengthDelimited).bytes(said.query);
  writeTime(writer, FIELD.RESPONSE_TIME_SEC, said.responseTime);
  if (said.response.length > 0) writer.tag(FIELD.RESPONSE_MESSAGE, WireType.LengthDelimited).bytes(said.response);
  writer.join();
  writer.tag(DNSTAP_FIELD.TYPE, WireType.Varint).uint32(MESSAGE);
  return writer.finish();
}

/** Seconds, and in the field behind them nanoseconds. */
function writeTime(writer: BinaryWriter, field: number, time: number): void {
  const seconds = Math.floor(time / 1000);
  writer.tag(field, WireType.Varint).uint64(seconds);
  writer.tag(field + 1, WireType.Bit32).fixed32(Math.min(Math.round((time - seconds * 1000) * 1e6), 999_999_999));
}
