import { FRAME, pad } from '../querylog/event.ts';
import type { Batch } from '../querylog/gatherer.ts';
import type { Ring } from '../querylog/ring.ts';

/** Copies frames that are in the log now into a ring, for other programs. What finds no room is counted there and forgotten. */
export function copyFrames(batches: readonly Batch[], ring: Ring): void {
  for (const { octets } of batches) {
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    for (let at = 0; at < octets.length;) {
      const length = view.getUint32(at + FRAME.LENGTH);
      const to = ring.reserve(length);
      if (to >= 0) {
        ring.octets.set(octets.subarray(at, at + length), to);
        ring.commit(length);
      }
      at += pad(length);
    }
  }
}
