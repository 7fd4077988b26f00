import { TRANSPORT, type Transport } from './transport.ts';

/** Who asked, how, and what came of it: filled by the socket and the responder, read by the log. One object per listener. */
export class Exchange {
  transport: Transport = TRANSPORT.UDP;
  /** Octets of the source address in the first `addressLength` places. */
  readonly address = new Uint8Array(16);
  addressLength = 4;
  port = 0;
  /** Milliseconds that a connection is kept without a query; 0 for transports that have none of ours. */
  idle = 0;
  /** The visitor's zone that the question belongs to; 0 for none. */
  zone = 0;
  rcode = 0;
  /** Why, see `REASON`. */
  reason = 0;
  /** Labels of the name in the zone that decided: the node found, the closest encloser, the cut, or the wildcard. */
  encloser = 0;
  /** The message is no question like any other: it gets its answer at the desk, and none from the responder. */
  isForDesk = false;
  /** Microseconds that answering took; the socket measures them. */
  took = 0;
}
