import type { ResponderSettings } from '../answer/responder.ts';

/** What a thread begins with. */
export interface UdpThreadData {
  readonly fds: readonly number[];
  readonly bell: number;
  readonly control: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
  /** Null when nothing is logged. */
  readonly ring: SharedArrayBuffer | null;
  readonly settings: Omit<ResponderSettings, 'reportAgent'>;
  /** Octets of the name. */
  readonly reportAgent: Uint8Array | null;
}

/** To a thread: the memory of a zone, which is shared, the octets of the origin of one that is gone, or the end. */
export type ToUdpThread = { readonly set: SharedArrayBuffer } | { readonly deleted: Uint8Array } | { readonly stop: true };

/** From a thread: a frame came into a ring whose reader sleeps, or a mistake of ours. */
export type FromUdpThread = { readonly kind: 'wake' } | { readonly kind: 'error'; readonly error: unknown };

/** Places of the control memory, 32 bits each: messages posted to the thread, messages dealt with, answers that could not be sent. */
export const CONTROL = { POSTED: 0, HANDLED: 1, UNSENT: 2, LENGTH: 3 } as const;
