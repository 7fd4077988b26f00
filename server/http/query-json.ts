import { LIMITED, REASON, SYNTHESIZED, type Reason } from '../answer/reason.ts';
import { TRANSPORT_NAMES } from '../answer/transport.ts';
import { NO_ENTRY, type AsnTable } from '../asn/asn.ts';
import { breathe } from '../querylog/breath.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { formatAddress } from '../wire/address.ts';
import { OPTION } from '../wire/codes.ts';
import { decodeMessageFields } from '../wire/fields.ts';
import { decodeMessage, subnetToText, type ClientSubnet, type DecodedMessage } from '../wire/message.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import type { BrandJson, MessageJson, NetworkJson, QueryDetailJson, QueryJson, WhyJson } from './protocol.ts';

/** Queries that are read without a breath. */
const BREATH_QUERIES = 4;

/** Many queries, without keeping the core to ourselves while others wait for their answers. */
export function queriesToJson(queries: readonly LoggedQuery[], table: AsnTable): QueryJson[] {
  return queries.map((query, i) => {
    if (i % BREATH_QUERIES === BREATH_QUERIES - 1) breathe();
    return queryToJson(query, table);
  });
}

/** A logged query as the log shows it. */
export function queryToJson(logged: LoggedQuery, table: AsnTable): QueryJson {
  return toJson(logged, decodeMessage(logged.query), decodeMessage(logged.response), table);
}

/** The same with everything that both messages say, and their octets. */
export function queryToDetailJson(logged: LoggedQuery, table: AsnTable): QueryDetailJson {
  return {
    ...queryToJson(logged, table),
    why: whyToJson(logged),
    query: { ...(logged.isQueryUnseen && { unseen: true as const }), ...messageToJson(logged.query) },
    response: messageToJson(logged.response),
  };
}

function toJson(logged: LoggedQuery, query: DecodedMessage, response: DecodedMessage, table: AsnTable): QueryJson {
  // A query that could not be read to its question is answered without one.
  const [question = { name: '.', type: '', class: '' }] = query.question;
  const subnet = query.edns?.clientSubnet;
  const held = heldFor(response);
  return {
    id: logged.id,
    time: Math.floor(logged.time),
    qname: question.name,
    qtype: question.type,
    qclass: question.class,
    transport: TRANSPORT_NAMES[logged.transport],
    ...(logged.server !== '' && { server: logged.server }),
    source: { address: formatAddress(logged.address), port: logged.port, ...sourceNetwork(logged, table) },
    ...(subnet && { clientSubnet: { subnet: subnetToText(subnet), ...subnetNetwork(subnet, table) } }),
    rcode: response.rcode,
    authoritative: response.flags.includes('AA'),
    truncated: response.flags.includes('TC'),
    answers: response.answer,
    ...(query.edns && { edns: ednsOf(query.edns) }),
    ...(held !== null && { heldFor: held }),
    querySize: logged.query.length,
    responseSize: logged.response.length,
  };
}

/**
 * Seconds for which a resolver may keep the answer: as long as the record that goes first (RFC 2181 §5.2), or what the SOA says
 * where there is none (RFC 2308 §5). Null for what nobody keeps.
 */
function heldFor({ rcode, flags, answer, authority }: DecodedMessage): number | null {
  if ((rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') || flags.includes('TC')) return null;
  const soa = authority.find(({ type }) => type === 'SOA');
  const lives = [...answer.map(({ ttl }) => ttl), ...(soa === undefined ? [] : [soa.ttl])];
  return lives.length === 0 ? null : Math.min(...lives);
}

function ednsOf({ udpSize, dnssecOk, options }: NonNullable<DecodedMessage['edns']>): NonNullable<QueryJson['edns']> {
  return { udpSize, dnssecOk, cookie: options.some(({ code }) => code === OPTION.COOKIE) };
}

const NO_NETWORK: NetworkJson = { asn: null, name: null, country: null };

/**
 * The network as it was when the query came. The log keeps its number and country; the name is today's if the address still
 * belongs to that number.
 */
function sourceNetwork({ asn, country, address }: LoggedQuery, table: AsnTable): NetworkJson {
  if (asn === 0) return { ...NO_NETWORK, ...brandOf(address, 0, table) };
  const handle = table.lookup(address, 0, address.length);
  const same = handle !== NO_ENTRY && table.asnOf(handle) === asn;
  return { asn, name: same ? table.entry(handle).name : `AS${asn}`, country, ...brandOf(address, asn, table) };
}

function subnetNetwork({ address }: ClientSubnet, table: AsnTable): NetworkJson {
  const handle = table.lookup(address, 0, address.length);
  if (handle === NO_ENTRY) return NO_NETWORK;
  const { asn, name, country } = table.entry(handle);
  return { asn, name, country, ...brandOf(address, asn, table) };
}

/** What people call the network of an address that is of AS `asn`. */
export function brandOf(address: Uint8Array, asn: number, { known }: AsnTable): BrandJson {
  const network = known?.find(address, 0, address.length, asn);
  return network === undefined ? {} : { brand: network.brand, kind: network.kind };
}

/** Why a query was answered as it was. */
export function whyToJson({
  reason,
  encloser,
  took,
  query,
  server,
}: Pick<LoggedQuery, 'reason' | 'encloser' | 'took' | 'query' | 'server'>): WhyJson {
  if (server !== '') return { reason: 'elsewhere', encloser: '', wildcard: false, limited: false, took };
  const wildcard = (reason & SYNTHESIZED) !== 0;
  const name = REASON_NAMES.get(reason & ~(SYNTHESIZED | LIMITED)) ?? 'none';
  return {
    reason: name,
    encloser: name === 'none' ? '' : encloserOf(query, encloser, wildcard),
    wildcard,
    limited: (reason & LIMITED) !== 0,
    took,
  };
}

const REASON_NAMES: ReadonlyMap<Reason, WhyJson['reason']> = new Map([
  [REASON.EXACT, 'exact'],
  [REASON.CNAME, 'cname'],
  [REASON.DNAME, 'dname'],
  [REASON.REFERRAL, 'referral'],
  [REASON.NODATA, 'nodata'],
  [REASON.EMPTY_NON_TERMINAL, 'empty'],
  [REASON.NXDOMAIN, 'nxdomain'],
  [REASON.PARENT, 'parent'],
]);

/** The last `labels` labels of the question, the first of them being `*` where a wildcard spoke. */
function encloserOf(query: Uint8Array, labels: number, wildcard: boolean): string {
  const qname = Name.fromOctets(new Reader(query, Math.min(HEADER_SIZE, query.length)).name());
  const kept = Math.min(wildcard ? labels - 1 : labels, qname.labelCount);
  const suffix = qname.suffix(qname.labelCount - kept).toText();
  if (!wildcard) return suffix;
  return suffix === '.' ? '*.' : `*.${suffix}`;
}

/** A whole message, every field with the octets that it was read from. */
export function messageToJson(octets: Uint8Array): MessageJson {
  const {
    message: { edns, ...message },
    fields,
  } = decodeMessageFields(octets);
  const json: MessageJson = { octets: Buffer.from(octets).toString('hex'), ...message, fields };
  if (edns !== undefined) {
    const { udpSize, version, dnssecOk, options } = edns;
    json.edns = { udpSize, version, dnssecOk, options };
  }
  return json;
}
