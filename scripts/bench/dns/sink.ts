import { createServer, type Socket } from 'node:net';

/** Control frames of Frame Streams. */
const CONTROL = { ACCEPT: 1, READY: 4 } as const;
const CONTENT_TYPE = Buffer.from('protobuf:dnstap.Dnstap');

/** Takes dnstap over a Unix socket and throws it away, which costs as little as taking it can. */
export class DnstapSink {
  /** Octets taken. */
  octets = 0;
  private readonly server = createServer((socket) => this.greet(socket));

  listen(path: string): Promise<void> {
    return new Promise((resolve) => this.server.listen(path, resolve));
  }

  close(): void {
    this.server.close();
  }

  /** The writer says READY and waits for ACCEPT; what it says afterwards is not looked at. */
  private greet(socket: Socket): void {
    let greeted = false;
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      this.octets += piece.length;
      if (greeted) return;
      greeted = true;
      if (piece.readUInt32BE(8) === CONTROL.READY) socket.write(acceptFrame());
    });
  }
}

/** An escape of length 0, the length of the frame, its type, and the content type as a field. */
function acceptFrame(): Buffer {
  const frame = Buffer.alloc(20 + CONTENT_TYPE.length);
  frame.writeUInt32BE(12 + CONTENT_TYPE.length, 4);
  frame.writeUInt32BE(CONTROL.ACCEPT, 8);
  frame.writeUInt32BE(1, 12);
  frame.writeUInt32BE(CONTENT_TYPE.length, 16);
  CONTENT_TYPE.copy(frame, 20);
  return frame;
}
