/**
 * Frame Streams, as in https://farsightsec.github.io/fstrm: data frames are a length of 32 bits and so many octets. A length of 0 says
 * that a control frame follows: its own length, its type, and fields of a type, a length and octets each. All numbers are big-endian.
 */
export const CONTROL = { ACCEPT: 1, START: 2, STOP: 3, READY: 4, FINISH: 5 } as const;
const CONTENT_TYPE_FIELD = 1;
/** What the library that everybody uses allows for a control frame. */
const MAX_CONTROL = 512;

/** What dnstap is called there. */
export const DNSTAP = 'protobuf:dnstap.Dnstap';

/** What a stream has next. Octets of a data frame are views of what was pushed. */
export type Frame =
  | { readonly kind: 'data'; readonly octets: Uint8Array }
  | { readonly kind: 'control'; readonly type: number; readonly contentTypes: readonly string[] }
  | { readonly kind: 'fault'; readonly fault: 'length' | 'control' };

/** Reads a stream that comes in pieces. It holds one frame that is not whole and one piece at most. */
export class FrameReader {
  private readonly maxFrame: number;
  private buffer: Uint8Array = new Uint8Array(0);
  private at = 0;

  /** Data frames above `maxFrame` octets are a fault. */
  constructor(maxFrame: number) {
    this.maxFrame = maxFrame;
  }

  /** Octets that wait to be read. */
  get waiting(): number {
    return this.buffer.length - this.at;
  }

  /** Takes the next piece of the stream, which is kept as it is. */
  push(piece: Uint8Array): void {
    const { buffer, byteOffset, length } = this.waiting === 0 ? piece : Buffer.concat([this.buffer.subarray(this.at), piece]);
    // No Buffer: what is cut out of one with `slice` is no copy.
    this.buffer = new Uint8Array(buffer, byteOffset, length);
    this.at = 0;
  }

  /** The next frame, when it is whole. After a fault there is nothing more to be read. */
  next(): Frame | null {
    if (this.waiting < 4) return null;
    const view = new DataView(this.buffer.buffer, this.buffer.byteOffset + this.at, this.waiting);
    const length = view.getUint32(0);
    if (length === 0) return this.nextControl(view);
    if (length > this.maxFrame) return { kind: 'fault', fault: 'length' };
    return this.waiting < 4 + length ? null : { kind: 'data', octets: this.take(4, length) };
  }

  private nextControl(view: DataView): Frame | null {
    if (this.waiting < 8) return null;
    const length = view.getUint32(4);
    if (length < 4 || length > MAX_CONTROL) return { kind: 'fault', fault: 'length' };
    return this.waiting < 8 + length ? null : readControl(this.take(8, length));
  }

  private take(skip: number, length: number): Uint8Array {
    const start = this.at + skip;
    this.at = start + length;
    return this.buffer.subarray(start, this.at);
  }
}

function readControl(octets: Uint8Array): Frame {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const contentTypes: string[] = [];
  for (let at = 4; at < octets.length;) {
    if (at + 8 > octets.length) return { kind: 'fault', fault: 'control' };
    const start = at + 8;
    const end = start + view.getUint32(at + 4);
    if (end > octets.length) return { kind: 'fault', fault: 'control' };
    if (view.getUint32(at) === CONTENT_TYPE_FIELD)
      contentTypes.push(Buffer.from(octets.subarray(start, end)).toString('latin1'));
    at = end;
  }
  return { kind: 'control', type: view.getUint32(0), contentTypes };
}

/** A control frame with what precedes it; the content type is named where the other side wants to know it. */
export function controlFrame(type: number): Uint8Array {
  const says = type === CONTROL.READY || type === CONTROL.ACCEPT || type === CONTROL.START;
  const field = says ? 8 + DNSTAP.length : 0;
  const frame = Buffer.alloc(12 + field);
  frame.writeUInt32BE(4 + field, 4);
  frame.writeUInt32BE(type, 8);
  if (!says) return frame;
  frame.writeUInt32BE(CONTENT_TYPE_FIELD, 12);
  frame.writeUInt32BE(DNSTAP.length, 16);
  frame.write(DNSTAP, 20, 'latin1');
  return frame;
}
