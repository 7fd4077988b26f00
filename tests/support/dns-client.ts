import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import { Deframer } from '../../server/net/framing.ts';
import { compareWithDns2, makeQuery, type Ask } from './dns.ts';

/** Asks a running server over a real socket; the answer is read by dns2 too. */
export async function askServer(port: number, qname: string, qtype: string, options: Ask = {}): Promise<DecodedMessage> {
  const query = makeQuery(qname, qtype, options);
  const octets = options.transport === 'tcp' ? await overTcp(port, query) : await overUdp(port, query);
  const message = decodeMessage(octets);
  compareWithDns2(message, octets);
  return message;
}

async function overUdp(port: number, query: Uint8Array): Promise<Uint8Array> {
  const socket = createSocket('udp4');
  socket.send(query, port, '127.0.0.1');
  const [message] = (await once(socket, 'message', { signal: AbortSignal.timeout(3000) })) as [Buffer];
  socket.close();
  return message;
}

async function overTcp(port: number, query: Uint8Array): Promise<Uint8Array> {
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.from([query.length >> 8, query.length & 0xff, ...query]));
  const deframer = new Deframer();
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (piece: Buffer) => {
      deframer.push(piece, (message) => {
        resolve(message.slice());
        socket.destroy();
      });
    });
  });
}
