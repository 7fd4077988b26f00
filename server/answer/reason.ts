/**
 * Why an answer is what it is: what the zone said about the name of the question, before any alias was followed. The numbers
 * are stored in the query log: never give one another meaning.
 */
export const REASON = {
  /** No zone was looked into; the RCODE says why. */
  NONE: 0,
  /** The name has what was asked for. */
  EXACT: 1,
  /** The name is an alias, RFC 1034 §3.6.2. */
  CNAME: 2,
  /** A name above sends this one elsewhere, RFC 6672. */
  DNAME: 3,
  /** The name lies at or below a zone cut, RFC 1034 §4.2. */
  REFERRAL: 4,
  /** The name is there, the type is not, RFC 2308 §2.2. */
  NODATA: 5,
  /** The name has no records of its own, but there are names below it, RFC 4592 §2.2.2. */
  EMPTY_NON_TERMINAL: 6,
  /** Neither the name is there nor one below it, RFC 8020. */
  NXDOMAIN: 7,
  /** DS at an apex, which the zone above answers, RFC 4035 §3.1.4.1. */
  PARENT: 8,
} as const;
export type Reason = number;

/** Added to a reason when the records of a wildcard spoke for the name, RFC 4592 §3.3. */
export const SYNTHESIZED = 0x40;
/** Added when rate limiting cut the answer short. */
export const LIMITED = 0x80;
