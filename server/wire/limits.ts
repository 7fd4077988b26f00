/** Every number that the protocol fixes, with where it comes from. */

/** Octets of a label, RFC 1035 §2.3.4. */
export const MAX_LABEL = 63;
/** Octets of a name on the wire, length octets and root included, RFC 1035 §2.3.4. */
export const MAX_NAME = 255;
/** Labels of a name without the root: 127 one-octet labels take 254 octets, the root the last one. */
export const MAX_LABELS = 127;
/** Octets of one <character-string>, RFC 1035 §3.3. */
export const MAX_CHARACTER_STRING = 255;
/** Octets of RDATA, the reach of RDLENGTH, RFC 1035 §3.2.1. */
export const MAX_RDATA = 65535;
/** Largest TTL, RFC 2181 §8. */
export const MAX_TTL = 2 ** 31 - 1;
/** Octets of the header, RFC 1035 §4.1.1. */
export const HEADER_SIZE = 12;
/** Reply over UDP when the query has no OPT, RFC 1035 §4.2.1; an OPT that claims less means this too, RFC 6891 §6.2.3. */
export const CLASSIC_UDP_SIZE = 512;
/** Largest message, the reach of the TCP length prefix, RFC 1035 §4.2.2. */
export const MAX_MESSAGE = 65535;
/** Farthest offset that a compression pointer reaches, RFC 1035 §4.1.4. */
export const MAX_POINTER = 0x3fff;
/** Pointers followed in one name: no name has more labels, and every hop but the last must bring at least one. */
export const MAX_POINTER_HOPS = MAX_LABELS;
/** Octets of an OPT record without options, RFC 6891 §6.1.2. */
export const OPT_SIZE = 11;
/** Answers over an encrypted transport are padded to a multiple of this many octets, RFC 8467 §4.1. */
export const PADDING_BLOCK = 468;
/** Records we look at in the additional section of a query: OPT, TSIG and two to spare. */
export const MAX_QUERY_ADDITIONAL = 4;
/** EDNS options that we look at in one query; no client sends more than a handful, and each costs us time. */
export const MAX_QUERY_OPTIONS = 32;
/**
 * CNAME records followed for one answer. The RFCs name no number: Knot 3.2 gives 5 and leaves the rest to the resolver, BIND 9.18
 * gives up with SERVFAIL after 11, NSD 4.6 goes to the end. We do as Knot does, later.
 */
export const MAX_CNAME_CHAIN = 16;
/** Octets of what a server says it is called: within one <character-string>, and short, for it shares a packet with the answer. */
export const MAX_IDENTITY = 64;
