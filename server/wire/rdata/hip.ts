import type { Name } from '../name.ts';
import type { Reader } from '../reader.ts';
import { base64, hex } from './binary.ts';
import type { RdataType } from './field.ts';
import { names, readWholeName } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * HIP: RFC 8005 §5, the identity of a host and its rendezvous servers. The lengths stand in front, but not in text.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       HIT LENGTH      |      PK ALGORITHM     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PK LENGTH                   |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                      HIT                      /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   PUBLIC KEY                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /               RENDEZVOUS SERVERS              /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const hip: RdataType = {
  code: 55,
  mnemonic: 'HIP',
  fields: [
    unsigned('algorithm', 8),
    { ...hex('hit', { max: 255 }), rest: false },
    { ...base64('publicKey'), rest: false },
    names('servers'),
  ],
  wire: {
    encode: (values, writer) => {
      const [algorithm, hit, publicKey, servers] = values as [number, Uint8Array, Uint8Array, Name[]];
      writer.u8(hit.length);
      writer.u8(algorithm);
      writer.u16(publicKey.length);
      writer.bytes(hit);
      writer.bytes(publicKey);
      for (const server of servers) writer.bytes(server.octets);
    },
    decode: (reader) => {
      const hitLength = reader.u8();
      const algorithm = reader.u8();
      const keyLength = reader.u16();
      if (hitLength === 0 || keyLength === 0) return null;
      const hit = reader.bytes(hitLength);
      const publicKey = reader.bytes(keyLength);
      return [algorithm, hit, publicKey, readServers(reader)];
    },
  },
  compress: false,
};

function readServers(reader: Reader): Name[] | null {
  const servers: Name[] = [];
  while (reader.remaining > 0) {
    const server = readWholeName(reader);
    if (server === null) return null;
    servers.push(server);
  }
  return servers;
}
