/**
 * Every JSON body and WebSocket message that crosses between server and page.
 * Imports nothing; the page imports only types from here.
 *
 * Conventions: domain names are in presentation form with a final dot (RFC 1035 §5.1), except `RecordJson.name`, which is
 * relative to the zone (`@` is the apex). Times are milliseconds since 1970-01-01T00:00Z. Ids are positive integers.
 */

/** Body of every 4xx and 5xx. `field` names the input at fault; `faults` lists them all when there is more than one field. */
export interface ErrorJson {
  error: { code: string; message: string; field?: string; faults?: FaultJson[] };
}

/** One thing wrong with one field. `choices` are values of that field that would have been accepted, when we had to ask. */
export interface FaultJson {
  field: string;
  code: string;
  message: string;
  choices?: string[];
  /** Where it lies in a text, both from 1; of POST /api/zone only. */
  line?: number;
  column?: number;
}

/** GET /api/session from somebody who has no zone: 200, for it is an answer like any other. */
export interface NoSessionJson {
  zone: null;
}

/** GET /api/session; POST /api/session with `{ key }`, 401 `wrong_key`. DELETE /api/session: 204, 401 `no_session`. */
export interface SessionJson {
  /** Origin of the zone, such as `otter1.digpit.test.` */
  zone: string;
  createdAt: number;
  /** When the zone is deleted unless its owner comes back before; null: never. Every visit and every edit puts it off. */
  expiresAt: number | null;
  /** Where this server answers DNS, for the `dig` lines that the page shows; `tlsPort`: over TLS too. `host` is an address or a name. */
  dns: { host: string; port: number; tlsPort?: number };
  /** What the query log keeps at most, over all zones. */
  log: { maxBytes: number; maxAgeSeconds: number };
}

/** POST /api/session with `{}`: 201. The key is shown this once and brings the zone back in another browser. */
export interface NewSessionJson extends SessionJson {
  key: string;
}

/**
 * A record. Beside the common members stands one typed member per RDATA field (`address`, `preference`, `exchange` …, see
 * `RECORD_FIELDS`), or the single member `rdata` in RFC 3597 form when the type has no form of its own.
 * `content` is the presentation form of the whole RDATA.
 */
export interface RecordJson {
  id: number;
  name: string;
  type: string;
  ttl: number;
  content: string;
  [field: string]: string | number;
}

/**
 * Body of POST /api/records (201 with RecordJson) and PUT /api/records/:id (200 with RecordJson): `name`, `type`, `ttl`
 * and either the typed fields or `content`. Numbers may be sent as text. 422 with faults when DNS does not allow it,
 * 404 `no_such_record`. DELETE /api/records/:id answers 204; DELETE /api/records 204, leaving a fresh SOA and NS.
 */
export interface RecordInput {
  name: string;
  type: string;
  ttl: number | string;
  [field: string]: string | number;
}

/** GET /api/records. Sorted by name (apex first), then type. */
export interface RecordsJson {
  zone: string;
  serial: number;
  records: RecordJson[];
}

/**
 * An RRset. GET /api/rrsets?name=&type=&limit=&cursor=: RrsetsJson. GET /api/rrsets/:name/:type: RrsetJson, 404 `no_such_rrset`. PUT
 * there with `{ ttl, records }` makes it what it is to be, DELETE takes it away: 204.
 *
 * PUT /api/rrsets with RrsetsInput does so with many: all of them, or none when anything speaks against one: 422 with faults, each
 * naming its place, as `rrsets.2.records.0`. Without records an RRset goes away. 200 with RrsetsJson: those that were named.
 */
export interface RrsetJson {
  name: string;
  type: string;
  ttl: number;
  /** RDATA in presentation form. */
  records: string[];
}

/** `next` is the cursor of the next page, when there is one. At most 500 to a page, 100 unless said. */
export interface RrsetsJson {
  serial: number;
  rrsets: RrsetJson[];
  next?: string;
}

/** `serial` is that of the zone the RRsets were written for: 409 `zone_changed` when it has another by now. */
export interface RrsetsInput {
  rrsets: { name: string; type: string; ttl?: number; records: string[] }[];
  serial?: number;
}

/** A record in a difference: as in `RecordJson`, without what only a form needs. */
export interface RecordLineJson {
  name: string;
  type: string;
  ttl: number;
  content: string;
}

/**
 * Body of POST /api/zone/preview and POST /api/zone, which changes the zone by a text in master-file form, at most 256 KiB: `add`
 * its records (`undo` too: the history says so), let it `replace` all, or `import` the records of the zone `from` (guessed when
 * it is not there), moved to this zone. `serial` is that of the zone the text was written for: 409 `zone_changed` when it has
 * another by now.
 */
export interface ZoneEditInput {
  mode: 'add' | 'replace' | 'import' | 'undo';
  text: string;
  from?: string;
  serial?: number;
}

/**
 * What such a text does. From the preview with everything that speaks against it, from POST /api/zone only when nothing does:
 * otherwise 422 `invalid_zone` with the faults. All of it is done or nothing. `serial` is that of the zone now.
 */
export interface ZoneEditJson {
  serial: number;
  from: string;
  removed: RecordLineJson[];
  added: RecordLineJson[];
  skipped: SkippedJson[];
  faults: FaultJson[];
}

/** A record of a text that is left out: there already, not of that zone, or of no use in another zone. */
export interface SkippedJson extends RecordLineJson {
  line: number;
  reason: 'duplicate' | 'outside' | 'soa' | 'apex_ns' | 'signature';
}

/** GET /api/history: the newest edits, newest first. POST /api/history/:id/restore: ZoneEditJson. 404 `no_such_edit`. */
export interface HistoryJson {
  edits: EditJson[];
}

/** An edit: on which road it came, and how many records it took away and brought. One that changed counts as both. */
export interface EditJson {
  id: number;
  time: number;
  kind: 'add' | 'change' | 'delete' | 'clear' | 'paste' | 'text' | 'import' | 'undo' | 'restore' | 'update';
  /** What the key or token is called that it was made with; @operator: made by who runs this server; absent: made in the page. */
  key?: string;
  /** Of the zone after it. */
  serial: number;
  removed: number;
  added: number;
  /** Names and types of the first few. */
  about: string[];
}

/** GET /api/history/:id. To restore is to make the zone what it was before this edit. */
export interface EditDetailJson {
  id: number;
  removed: RecordLineJson[];
  added: RecordLineJson[];
}

/** The network that an address belongs to; the members are null together when the table does not know it. */
export interface NetworkJson extends BrandJson {
  asn: number | null;
  name: string | null;
  country: string | null;
}

/**
 * What people call a network, where we know: "Google Public DNS" beside GOOGLE. Both members are there or none is. A practice
 * resolver is of no AS; its brand is its name.
 */
export interface BrandJson {
  brand?: string;
  kind?: 'public resolver' | 'cloud' | 'access' | 'practice resolver';
}

/** One query as the log shows it. */
export interface QueryJson {
  id: number;
  time: number;
  qname: string;
  qtype: string;
  qclass: string;
  transport: 'udp' | 'tcp' | 'https' | 'tls';
  /** What the name server is called that answered, where it was another one, which reported it. */
  server?: string;
  source: NetworkJson & { address: string; port: number };
  /** EDNS Client Subnet of the query (RFC 7871), `subnet` as `8.8.8.0/24`. */
  clientSubnet?: NetworkJson & { subnet: string };
  rcode: string;
  authoritative: boolean;
  truncated: boolean;
  answers: ResourceRecordJson[];
  querySize: number;
  responseSize: number;
  /** What the client said of itself with EDNS (RFC 6891), if anything. */
  edns?: { udpSize: number; dnssecOk: boolean; cookie: boolean };
  /** Seconds for which a resolver may keep the answer; absent for what nobody keeps. */
  heldFor?: number;
}

export interface ResourceRecordJson {
  name: string;
  type: string;
  class: string;
  ttl: number;
  content: string;
}

/**
 * GET /api/queries?before=ID&limit=N (N ≤ 500, default 100): newest first. `more` says that older ones exist; go on with
 * the id of the last one as `before`.
 *
 * Narrowed by any of `name` (a part of it), `type`, `code`, `source` (an address, or its beginning up to a dot or colon),
 * `asn` and `country` (when the query came; `asn=0`: of no AS that we knew), `brand`, `transport` and `server` (`server=-`: this one). A parameter given twice
 * takes either value, one that begins with `!` takes all but that, and different ones must all hold. At most 2,000 queries are
 * looked at for one reply. Where that ends the search, `more` is true, though no older one may match, there may be fewer than
 * `limit` or none, and `next` is the id to go on with as `before`.
 *
 * GET /api/queries.csv, .json (RFC 8427) and .pcapng give all of them as a file, narrowed in the same way.
 *
 * GET /api/tail?after=ID: the log as it grows, one QueryJson to a line, or server-sent events for `Accept: text/event-stream`, and
 * narrowed like GET /api/queries. Without `after` it begins with what comes next. A line `{"skipped":true}`, an event `skipped`: more
 * came than is told. GET /api/wait?timeout=SECONDS (1 to 300, 30 unless said), with the same parameters: the first QueryJson, or
 * 204 when none came. 429 `too_many_viewers`.
 */
export interface QueriesJson {
  queries: QueryJson[];
  more: boolean;
  next?: number;
}

/** Why an answer is what it is: what the zone said about the name of the question, before any alias was followed. */
export interface WhyJson {
  /**
   * `none`: no zone was looked into, and the RCODE says why. `parent`: DS at an apex, which the zone above answers. `elsewhere`: another
   * server answered, which does not say.
   */
  reason: 'none' | 'elsewhere' | 'exact' | 'cname' | 'dname' | 'referral' | 'nodata' | 'empty' | 'nxdomain' | 'parent';
  /** The name in the zone that decided: the one found, the closest encloser, the cut, or the wildcard. Empty for `none` and `elsewhere`. */
  encloser: string;
  /** A wildcard spoke for the name. */
  wildcard: boolean;
  /** Rate limiting cut the answer short. */
  limited: boolean;
  /** Microseconds that answering took; 0 when that is not known. */
  took: number;
}

/** GET /api/queries/:id: the same row with both messages, octets in lower-case hex. GET /api/queries/:id/pair: RFC 8427 §4. */
export interface QueryDetailJson extends QueryJson {
  why: WhyJson;
  query: MessageJson;
  response: MessageJson;
}

export interface MessageJson {
  /** The server that answered did not report this message: it is what the response repeats of it. */
  unseen?: true;
  octets: string;
  id: number;
  opcode: string;
  rcode: string;
  /** Of QR AA TC RD RA AD CD, those that are set, in that order. */
  flags: string[];
  question: { name: string; type: string; class: string }[];
  answer: ResourceRecordJson[];
  authority: ResourceRecordJson[];
  additional: ResourceRecordJson[];
  edns?: { udpSize: number; version: number; dnssecOk: boolean; options: { code: number; name: string; value: string }[] };
  /** Where reading stopped, when the octets are not a whole message. */
  fault?: string;
  /** Every field in the order of the octets. */
  fields: FieldJson[];
}

/** One field of a message: the octets from `start` up to `end`, and what they say. */
export interface FieldJson {
  /** `edns` is OPT, wherever it stands. */
  section: 'header' | 'question' | 'answer' | 'authority' | 'additional' | 'edns';
  /** Which question or record of the section, from 0. In `edns` OPT itself counts, and then each of its options. */
  index: number;
  key: string;
  start: number;
  end: number;
  value: string;
  /** The compression pointer that a name ends in: where it lies, and where it leads. */
  pointer?: { at: number; to: number };
}

/**
 * A link that shows one query to whoever has it. POST /api/queries/:id/share: 201 with NewShareJson. GET /api/shares: SharesJson,
 * the newest first. DELETE /api/shares/:id takes one back: 204. GET /api/shared/:token: QueryDetailJson, for anybody; 404
 * `no_such_share` once it was taken back, or the query has left the log.
 */
export interface ShareJson {
  id: number;
  createdAt: number;
  query: Pick<QueryJson, 'id' | 'qname' | 'qtype' | 'time'>;
}

/** `path` is relative to the page. It is shown this once: only its hash is kept. */
export interface NewShareJson extends ShareJson {
  path: string;
}

export interface SharesJson {
  shares: ShareJson[];
}

/**
 * WS /api/live?after=ID: what the server sends. The page says with `after` which query it has last seen; everything after
 * it arrives, oldest first, at most once and a few times a second. `skipped` says how many more came before the first of these
 * and after the last that was sent: they are in the log, for the page to ask for. `reset` means that more was missed than is
 * sent before the stream began: the page forgets its rows, shows these, and pages back for older ones. The server sends nothing
 * else and reads nothing. Close code 4401: session ended.
 */
export type LiveMessage =
  | { kind: 'queries'; queries: QueryJson[]; reset: boolean; skipped?: number }
  /** Records were changed, in this tab or another: read them again. */
  | { kind: 'records'; serial: number }
  /** The log of this zone was cleared. */
  | { kind: 'cleared' }
  /** Queries of the whole server that were answered but not logged, since the server started. */
  | { kind: 'dropped'; count: number };

/** GET /api/asn/:address. 404 `no_network` when the table does not know the address. */
export interface AsnJson extends BrandJson {
  asn: number;
  name: string;
  country: string;
}

/** GET /api/about, for anybody: what this server keeps, and for how long, by its settings. */
export interface AboutJson {
  version: string;
  /** What the query log keeps at most, over all zones; no octets: nothing. */
  log: { maxBytes: number; maxAgeSeconds: number };
  /** After the last visit of its owner; null: a zone is never deleted. */
  zoneMaxAgeSeconds: number | null;
  /** Hosts of the public resolvers that visitors may ask through. */
  resolvers: string[];
  /** Where to report what is done with names of this server: a mail address or an https: address. */
  reportTo: string | null;
  limits: LimitsJson;
}

/** How much everybody gets; what is more is refused with 429 and Retry-After. */
export interface LimitsJson {
  /** Of one subdomain; calls of the API in a minute. */
  recordsPerZone: number;
  namesPerZone: number;
  octetsPerZone: number;
  sharesPerZone: number;
  keysPerZone: number;
  /** Files of the log that are written at a time. */
  exportsPerZone: number;
  viewersPerZone: number;
  callsPerZone: number;
  /** From one IPv4 address or IPv6 /64. */
  callsPerMinute: number;
  viewersPerAddress: number;
  sessionsPerHour: number;
  zonesPerDay: number;
  asksPerHour: number;
  practiceAsksPerHour: number;
  /** Of everybody together. */
  viewers: number;
  zones: number;
  zoneOctets: number;
  allZonesPerDay: number;
  /** Octets of the log that are for subdomains which hold little of it; 0 without a log. */
  logOctetsForSmall: number;
  /** Octets of a request, and of one with a whole zone in it. */
  bodyBytes: number;
  zoneBodyBytes: number;
}

/** GET /healthz, GET /readyz (200 or 503). */
export interface HealthJson {
  status: 'ok' | 'failing';
  checks?: Record<string, string>;
}
