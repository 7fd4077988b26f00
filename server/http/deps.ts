import type { FastifyBaseLogger } from 'fastify';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import type { Sought } from '../querylog/summary.ts';
import type { Practice } from '../practice/practice.ts';
import type { Hub } from '../querylog/hub.ts';
import type { AccountStore } from '../store/accounts.ts';
import type { KeyStore } from '../store/keys.ts';
import type { SessionStore } from '../store/sessions.ts';
import type { ShareStore } from '../store/shares.ts';
import type { Random, ZoneStore } from '../store/zones.ts';
import type { Site } from '../targets/sites.ts';
import type { Name } from '../wire/name.ts';
import type { Lures } from '../zone/lures.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import type { Limits } from './limits.ts';

/** Everything that the HTTP side is given. It opens nothing itself and reads no ambient time or randomness. */
export interface HttpDeps {
  readonly zones: ZoneStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly shares: ShareStore;
  readonly keys: KeyStore;
  readonly queryLog: QueryLog;
  readonly zoneSet: ZoneSet;
  readonly hub: Hub;
  /** Also where the names come from that people know, `asn.known`. */
  readonly asn: AsnTable;
  readonly practice: PracticeDeps;
  /** Names that nobody is given, see db/lures.txt. */
  readonly lures: Lures;
  readonly settings: HttpSettings;
  readonly counters: Counters;
  readonly logger: FastifyBaseLogger;
  /** `monotonic` never jumps, for what is counted by the hour. */
  readonly clock: { now(): number; monotonic(): number };
  readonly random: Random;
  /** Answers a DNS message that came over HTTPS from `address` and `port`; null when it is no query. */
  answerDns(query: Uint8Array, address: string, port: number): Uint8Array | null;
  /** The same for the page, which looks at the answer: nothing of it is logged. */
  answerAside(query: Uint8Array, how: { transport: 'udp' | 'tcp'; address: string }): Aside;
  /** Whether the server does what it is for: null when it does, otherwise the reason in a few words. */
  probe(): Promise<string | null>;
}

/** What people practise with. */
export interface PracticeDeps {
  readonly resolvers: Practice;
  readonly sites: readonly Site[];
}

/** What the server would have answered; null when it would have kept silent. `took` in microseconds. */
export interface Aside extends Pick<LoggedQuery, 'reason' | 'encloser' | 'took'> {
  readonly response: Uint8Array | null;
}

/** The query log as it is read here. All of it is of one zone: an id of another zone's query is not found. */
export interface QueryLog {
  /** Newest first: the newest `limit` below id `before`. */
  page(zone: number, before: number | undefined, limit: number): LoggedQuery[];
  /** Newest first: those below `before` that may be what is sought, about `limit` at a time, and where to go on when there is more. */
  search(zone: number, before: number | undefined, sought: Sought, limit: number): { queries: LoggedQuery[]; next?: number };
  /** Oldest first: the newest `limit` above `id`, and whether there were more. */
  after(zone: number, id: number, limit: number): { queries: LoggedQuery[]; more: boolean };
  find(zone: number, id: number): LoggedQuery | undefined;
  clear(zone: number): void;
}

export interface HttpSettings {
  readonly nameservers: readonly Name[];
  readonly hostmaster: Name;
  /** Where DNS is answered, for the `dig` lines of the page; null when no address is known to reach us from outside. */
  readonly dns: { readonly host: string | null; readonly port: number; readonly tlsPort?: number };
  /** What the query log keeps at most, for the page. */
  readonly log: { readonly maxBytes: number; readonly maxAgeSeconds: number };
  /** Milliseconds after the last visit of its owner at which a zone is deleted; 0: never. */
  readonly zoneMaxAge: number;
  /** Resolvers that visitors may ask through, as addresses of DNS over HTTPS. */
  readonly resolvers: readonly string[];
  /** Whether keys for HMAC-MD5 may be made. */
  readonly tsigMd5: boolean;
  /** Believe the X-Forwarded-* headers of the machine that the connection comes from. */
  readonly trustProxy: boolean;
  /** Signs the session cookie; another secret ends all sessions. */
  readonly cookieSecret: string | Buffer;
  /** Folder of the built page. */
  readonly webDir: string;
  readonly version: string;
  /** Opens the operator's side; null: there is none. */
  readonly operatorToken: string | null;
  /** Where people report what is done with names of this server: a mail address or a page; null: nowhere. */
  readonly reportTo: string | null;
  readonly limits: Limits;
}

/** A histogram; the last bound is Infinity. */
export interface Times {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Counts since the server started, read when somebody asks for them. */
export interface Counters {
  /** DNS messages that came in, by transport. */
  requests(): Iterable<readonly [proto: string, count: number]>;
  /** DNS answers that went out, by RCODE. */
  responses(): Iterable<readonly [rcode: string, count: number]>;
  /** DNS messages that got no answer: too short, or responses themselves. */
  ignored(): number;
  /** Answers that rate limiting held back or cut short. */
  limited(): number;
  /** Queries that were answered but not logged. */
  logDropped(): number;
  /** Whether nothing can be logged at the moment, as when the disk is full. */
  logPaused(): boolean;
  /** DNS answers by the time that they took to make: how many there are up to each of `bounds`, and the sum, all in seconds. */
  times(): Times;
  /** Queries logged since the first start ever, those that are forgotten by now included. */
  logStored(): number;
  /** UDP packets that the kernel threw away because they came faster than they were answered, as far as it tells us. */
  packetsLost(): number;
  /** Zones that were asked for as a whole, or for what is new in them, by what became of it. */
  transfers(): Iterable<readonly [kind: string, result: string, count: number]>;
  /** Messages that tell secondaries of changes: sent, acknowledged; and changes of which one was never told. */
  notify(): Iterable<readonly [outcome: string, count: number]>;
  /** What other name servers reported; null when nobody may. */
  readonly reports: Reports | null;
  /** Logged queries that went out to other programs, or did not, by the way. */
  sent(): readonly { readonly feed: string; readonly written: number; readonly dropped: number }[];
}

/** What became of what other name servers reported, and why connections of theirs were closed. */
export interface Reports {
  readonly connections: number;
  readonly messages: Iterable<readonly [outcome: string, count: number]>;
  readonly faults: Iterable<readonly [fault: string, count: number]>;
}
