/**
 * The part of the contract between page and server that is about asking: this server, public resolvers, the practice resolvers, and
 * the sites to point names at. Types only, as in protocol.ts.
 */
import type { MessageJson, ResourceRecordJson, WhyJson } from './protocol.ts';

/**
 * POST /api/ask/query: the octets of the query that this describes, `{ octets }`. 422 `invalid_question` with faults. `udpSize`
 * null is a query without EDNS, where the members after it mean nothing.
 */
export interface QuestionJson {
  name: string;
  type: string;
  recursionDesired: boolean;
  checkingDisabled: boolean;
  udpSize: number | null;
  dnssecOk: boolean;
  /** An address or `192.0.2.0/24`, for the EDNS client subnet; empty for none. */
  subnet: string;
}

/** `octets` in hex, either way. */
export interface OctetsJson {
  octets: string;
}

/**
 * POST /api/ask: asks with `octets`, and answers AskedJson. With `transport` this server itself, which does not log it; with
 * `resolver`, one of GET /api/resolvers, that one over DNS over HTTPS, for names of the session's zone only; with `practice` a
 * practice resolver, which answers from the session's cache. 502 `resolver_failed` says why there is no answer. POST
 * /api/ask/message with OctetsJson takes a message apart: MessageJson.
 */
export type AskJson = OctetsJson & ({ transport: 'udp' | 'tcp' } | { resolver: string } | { practice: PracticeId });

export interface AskedJson {
  query: MessageJson;
  /** Null when the server keeps silent, as it does when it holds answers back. */
  response: MessageJson | null;
  /** Microseconds. */
  took: number;
  /** Of this server only: others do not say. */
  why?: WhyJson;
  /** Of a practice resolver: what it did for the answer. */
  practice?: Pick<PracticeAnswerJson, 'cached' | 'steps'>;
}

/** The three practice resolvers. */
export type PracticeId = 'amber' | 'basil' | 'coral';

/**
 * GET /api/practice: the practice resolvers with what each remembers for the session's zone, and the target sites. With
 * `?after=REVISION` 204 when nothing has changed since. PUT /api/practice/clock with `{ speed }` lets time run faster for the
 * caches of this zone: PracticeJson. DELETE /api/practice/cache empties all three, DELETE /api/practice/:resolver/cache one: 204.
 */
export interface PracticeJson {
  /** Counts on with every change but the mere passing of time. */
  revision: number;
  /** Seconds of the caches that pass in a second. All TTLs here are in theirs. */
  speed: PracticeSpeed;
  resolvers: PracticeResolverJson[];
  targets: TargetJson[];
}

export type PracticeSpeed = 1 | 10 | 60;

export interface PracticeResolverJson {
  id: PracticeId;
  name: string;
  /** Where its queries come from, in the log. */
  address: string;
  /** Where a real `dig` can ask it, on the loopback address of the server; null when the operator has not opened it. */
  port: number | null;
  traits: {
    /** Asks label by label, RFC 9156. */
    minimises: boolean;
    /** Asks in random case and wants it back. */
    mixesCase: boolean;
    /** Believes that nothing is below a name that is not there, RFC 8020. */
    cutsBelowNxdomain: boolean;
    /** Lets the records of an RRset take turns in coming first. */
    rotates: boolean;
    /** The client subnet that it tells, RFC 7871: one of the documentation. Null: none. */
    clientSubnet: string | null;
    /** Octets that it takes over UDP; 512 without EDNS. */
    udpSize: number;
    /** Seconds for which it keeps records, and negative answers, at most. */
    maxTtl: number;
    maxNegativeTtl: number;
  };
  /** The newest first. */
  cache: CacheEntryJson[];
}

/** Something that a practice resolver remembers. */
export interface CacheEntryJson {
  name: string;
  /** Null for `nxdomain`, which is about every type. */
  type: string | null;
  kind: 'records' | 'nodata' | 'nxdomain' | 'delegation';
  /** What is remembered: for negative answers the SOA, for a delegation its NS records and their glue. */
  records: ResourceRecordJson[];
  /** Seconds for which it was to be kept when it came, and those that are left. */
  ttl: number;
  remaining: number;
  /** How many answers it has served since. */
  hits: number;
}

/**
 * POST /api/practice/ask with PracticeAskJson. Names outside all zones of this server are REFUSED. 422 `invalid_question` for
 * what is no question, 429 `too_many_asks`.
 */
export interface PracticeAskJson {
  resolver: PracticeId;
  name: string;
  type: string;
}

export interface PracticeAnswerJson extends PracticeAskJson {
  rcode: string;
  /** With the TTLs that are left. */
  answer: ResourceRecordJson[];
  /** The SOA of a negative answer. */
  authority: ResourceRecordJson[];
  /** How much of it was in the cache. `part`: an alias was, what it leads to was not, or the other way round. */
  cached: 'all' | 'part' | 'none';
  steps: PracticeStepJson[];
  /** Microseconds. */
  took: number;
}

/** What a practice resolver did, in this order. `name` is what it was about. */
export type PracticeStepJson =
  /** Found in the cache. */
  | { kind: 'cache'; name: string; type: string; held: CacheEntryJson['kind']; remaining: number }
  /** Asked this server, which logged it. `took` in microseconds. `server` is where it asked when a delegation led there. */
  | PracticeQueryJson
  | { kind: 'alias'; name: string; target: string }
  | { kind: 'referral'; name: string; nameservers: string[]; glue: string[] }
  /** Here it gave up. `detail` is an address, a name or an RCODE. */
  | { kind: 'stop'; name: string; reason: PracticeStop; detail?: string };

export interface PracticeQueryJson {
  kind: 'query';
  name: string;
  type: string;
  transport: 'udp' | 'tcp';
  server?: string;
  /** Null when no answer came. */
  rcode: string | null;
  answers: number;
  truncated: boolean;
  took: number;
}

/**
 * `foreign`: outside the zones of this server. `elsewhere`: delegated to name servers that are not ours. `lame`: those who should
 * know the zone do not. `loop`: an alias leads back, or the address of a name server hangs on itself. `limit`: too long a way.
 * `silence`: no answer came. `rcode`: the server refused or failed. `unreadable`: the answer was not to the question, or not
 * whole. `unaskable`: a type or a name that these resolvers cannot ask for.
 */
export type PracticeStop =
  'foreign' | 'elsewhere' | 'lame' | 'loop' | 'limit' | 'silence' | 'rcode' | 'unreadable' | 'unaskable';

/** A site to point names at: answered by this server for any Host. */
export interface TargetJson {
  id: TargetId;
  /** What to write into an A or AAAA record. */
  address: string;
  /** Where a browser reaches it, when it stands at that address. */
  port: number;
}

export type TargetId = 'orange' | 'teal';

/**
 * POST /api/practice/visit with `{ resolver, name }`: looks the name up as a browser would, and connects to the first of its
 * addresses that is a target. Any other address is not connected to.
 */
export interface VisitJson {
  name: string;
  answers: PracticeAnswerJson[];
  /**
   * `site`: one answered. `nxdomain`, `nodata`, `failed`, `refused`: there is no address, as the resolver says. `nobody`: none of
   * the addresses is a target. `unreachable`: the target did not answer.
   */
  outcome: 'site' | 'nxdomain' | 'nodata' | 'failed' | 'refused' | 'nobody' | 'unreachable';
  /** Every address that was tried, in this order. */
  tried: { address: string; target: TargetId | null }[];
  site?: { id: TargetId; status: number; host: string; title: string };
}

/** GET /api/resolvers. `fault` is there when the last try failed, not long ago. */
export interface ResolversJson {
  resolvers: { url: string; fault?: string }[];
}
