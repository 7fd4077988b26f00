const NOTHING = new Uint8Array(0);
/** Octets that the first piece of a message gets room for; what a client announces but does not send costs us nothing. */
const FIRST_ROOM = 512;

/**
 * Cuts a TCP stream into messages, each behind two octets of length, RFC 1035 §4.2.2. Octets come in pieces of any size; a
 * message that lies whole in one piece is not copied, and an octet is copied a bounded number of times however small they are.
 */
export class Deframer {
  /** Octets of the length prefix that have come: 0, 1 or 2. */
  private prefix = 0;
  private length = 0;
  private held = NOTHING;
  private filled = 0;

  /** Takes a piece and hands on every message that is now whole. The message is a view, good only until `onMessage` returns. */
  push(piece: Uint8Array, onMessage: (message: Uint8Array) => void): void {
    let at = 0;
    while (at < piece.length || this.isWhole) {
      if (this.prefix < 2) {
        this.length = (this.length << 8) | piece[at++]!;
        this.prefix++;
        continue;
      }
      const taken = Math.min(this.length - this.filled, piece.length - at);
      const end = at + taken;
      if (taken === this.length) this.finish(piece.subarray(at, end), onMessage);
      else if (this.hold(piece, at, end)) this.finish(this.held.subarray(0, this.length), onMessage);
      at = end;
    }
  }

  /** A message without octets is whole as soon as its length is known. */
  private get isWhole(): boolean {
    return this.prefix === 2 && this.length === 0;
  }

  /** Keeps a part of a message. Returns whether that was the last part. */
  private hold(piece: Uint8Array, start: number, end: number): boolean {
    const needed = this.filled + end - start;
    if (needed > this.held.length) {
      const room = new Uint8Array(Math.min(this.length, Math.max(needed, 2 * this.filled, FIRST_ROOM)));
      room.set(this.held.subarray(0, this.filled));
      this.held = room;
    }
    // A copy: the piece belongs to the socket, which will read into it again.
    this.held.set(piece.subarray(start, end), this.filled);
    this.filled = needed;
    return needed === this.length;
  }

  private finish(message: Uint8Array, onMessage: (message: Uint8Array) => void): void {
    this.prefix = this.length = this.filled = 0;
    this.held = NOTHING;
    onMessage(message);
  }
}
