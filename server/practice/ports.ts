import { createSocket } from 'node:dgram';
import type { OnError } from '../net/endpoint.ts';
import { answerMessage } from './message.ts';
import type { Asked } from './reply.ts';
import type { Resolution } from './resolution.ts';

/** Only this machine asks: a resolver that strangers reach answers whoever they pretend to be. */
const HOST = '127.0.0.1';

export interface OpenPort {
  readonly port: number;
  close(): Promise<void>;
}

/** Lets real clients ask a resolver, over UDP at a port of the loopback address. Rejects when the port cannot be had. */
export function openPort(
  port: number,
  resolve: (asked: Asked) => Promise<Resolution | null>,
  onError: OnError,
): Promise<OpenPort> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    answerMessage(query, resolve, true)
      .then((answer) => answer && socket.send(answer.response, from.port, from.address, () => {}))
      .catch(onError);
  });
  return new Promise((done, reject) => {
    socket.once('error', reject);
    socket.bind(port, HOST, () => {
      socket.off('error', reject).on('error', onError);
      done({ port: socket.address().port, close: () => new Promise((closed) => socket.close(closed)) });
    });
  });
}
