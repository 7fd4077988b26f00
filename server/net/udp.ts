import { createSocket, type RemoteInfo } from 'node:dgram';
import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT } from '../answer/transport.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Calls, Endpoint, Listener } from './endpoint.ts';
import { SourceOctets } from './source.ts';

/** What the kernel may hold for us while we are busy storing or collecting garbage, in octets. */
const RECEIVE_BUFFER = 1 << 20;

/** Answers over UDP with Node's own sockets, wherever Node runs. Rejects when the address cannot be had. */
export function listenUdp(at: Endpoint, { respond, report, onError, desk }: Calls): Promise<Listener> {
  const socket = createSocket({
    type: at.address.includes(':') ? 'udp6' : 'udp4',
    recvBufferSize: RECEIVE_BUFFER,
    lookup: takeAsIs,
  });
  const exchange = new Exchange();
  const sources = new SourceOctets();
  const out = new Uint8Array(MAX_MESSAGE);
  exchange.transport = TRANSPORT.UDP;

  const send = (answer: Uint8Array, { address, port }: RemoteInfo): void => socket.send(answer, port, address, ignore);
  const onMessage = (message: Uint8Array, from: RemoteInfo): void => {
    try {
      sources.describe(exchange, from.address, from.port);
      const start = performance.now();
      const length = respond(message, message.length, out, exchange);
      exchange.took = Math.round((performance.now() - start) * 1000);
      if (length === 0) {
        if (exchange.isForDesk && desk !== undefined) for (const answer of desk(message, exchange)) send(answer, from);
        return;
      }
      // The socket reads the answer later than we return, and `out` is used again at once: hence the copy.
      send(Buffer.from(out.subarray(0, length)), from);
      report(exchange, message, message.length, out, length);
    } catch (error) {
      onError(error);
    }
  };

  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(at.port, at.address, () => {
      socket.off('error', reject).on('error', onError).on('message', onMessage);
      const { address, port } = socket.address();
      resolve({ transport: 'udp', address, port, close: () => new Promise((done) => socket.close(done)) });
    });
  });
}

/** An answer that could not be sent is as good as one that was lost on the way: the client asks again. */
function ignore(): void {}

/** We only ever send to addresses. Node would still ask its resolver about each, and answer a turn of the event loop later. */
function takeAsIs(address: string, _: unknown, done: (error: null, address: string, family: number) => void): void {
  done(null, address, address.includes(':') ? 6 : 4);
}
