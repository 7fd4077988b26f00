import { TRANSPORT } from '../answer/transport.ts';
import { NO_ENTRY, type AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { formatAddress } from '../wire/address.ts';
import { decodeMessage, subnetToText, type ClientSubnet, type DecodedMessage } from '../wire/message.ts';
import type { BrandJson, MessageJson, NetworkJson, QueryDetailJson, QueryJson } from './protocol.ts';

/** A logged query as the log shows it. */
export function queryToJson(logged: LoggedQuery, table: AsnTable): QueryJson {
  return toJson(logged, decodeMessage(logged.query), decodeMessage(logged.response), table);
}

/** The same with everything that both messages say, and their octets. */
export function queryToDetailJson(logged: LoggedQuery, table: AsnTable): QueryDetailJson {
  const query = decodeMessage(logged.query);
  const response = decodeMessage(logged.response);
  return {
    ...toJson(logged, query, response, table),
    query: messageToJson(logged.query, query),
    response: messageToJson(logged.response, response),
  };
}

function toJson(logged: LoggedQuery, query: DecodedMessage, response: DecodedMessage, table: AsnTable): QueryJson {
  // A query that could not be read to its question is answered without one.
  const [question = { name: '.', type: '', class: '' }] = query.question;
  const subnet = query.edns?.clientSubnet;
  return {
    id: logged.id,
    time: Math.floor(logged.time),
    qname: question.name,
    qtype: question.type,
    qclass: question.class,
    transport: TRANSPORT_NAMES[logged.transport],
    source: { address: formatAddress(logged.address), port: logged.port, ...sourceNetwork(logged, table) },
    ...(subnet && { clientSubnet: { subnet: subnetToText(subnet), ...subnetNetwork(subnet, table) } }),
    rcode: response.rcode,
    authoritative: response.flags.includes('AA'),
    truncated: response.flags.includes('TC'),
    answers: response.answer,
    querySize: logged.query.length,
    responseSize: logged.response.length,
  };
}

const TRANSPORT_NAMES = { [TRANSPORT.UDP]: 'udp', [TRANSPORT.TCP]: 'tcp', [TRANSPORT.DOH]: 'https' } as const;

const NO_NETWORK: NetworkJson = { asn: null, name: null, country: null };

/**
 * The network as it was when the query came. The log keeps its number and country; the name is today's if the address still
 * belongs to that number.
 */
function sourceNetwork({ asn, country, address }: LoggedQuery, table: AsnTable): NetworkJson {
  if (asn === 0) return NO_NETWORK;
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

function messageToJson(octets: Uint8Array, { edns, ...message }: DecodedMessage): MessageJson {
  const json: MessageJson = { octets: Buffer.from(octets).toString('hex'), ...message };
  if (edns !== undefined) {
    const { udpSize, version, dnssecOk, options } = edns;
    json.edns = { udpSize, version, dnssecOk, options };
  }
  return json;
}
