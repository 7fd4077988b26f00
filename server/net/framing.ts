/**
 * Cuts a TCP stream into messages, each behind two octets of length, RFC 1035 §4.2.2. Octets come in pieces of any size; a
 * message that lies whole in one piece is not copied.
 */
export class Deframer {
  private held: Uint8Array = new Uint8Array(0);

  /** Octets that wait for the rest of their message. */
  get pending(): number {
    return this.held.length;
  }

  /** Takes a piece and hands on every message that is now whole. The message is a view, good only until `onMessage` returns. */
  push(piece: Uint8Array, onMessage: (message: Uint8Array) => void): void {
    const octets = this.held.length === 0 ? piece : Buffer.concat([this.held, piece]);
    let at = 0;
    while (at + 2 <= octets.length) {
      const end = at + 2 + ((octets[at]! << 8) | octets[at + 1]!);
      if (end > octets.length) break;
      onMessage(octets.subarray(at + 2, end));
      at = end;
    }
    // A copy: the piece belongs to the socket, which will read into it again.
    this.held = octets.slice(at);
  }
}
