import type { QueryDetailJson, SessionJson } from '../../server/http/protocol.ts';
import { digLine } from '../format.ts';

type Dns = SessionJson['dns'];

/** The line that asks what this query asked, in the same way. `page` is where the page is, for DNS over HTTPS. */
export function digCommand(
  { qname, qtype, qclass, transport, query, clientSubnet }: QueryDetailJson,
  dns: Dns,
  page: URL,
): string {
  const place = placeOf(transport, dns, page);
  const { edns, flags } = query;
  const has = (name: string): boolean => edns?.options.some((option) => option.name === name) ?? false;
  const words = [
    qclass !== 'IN' && `-c ${qclass}`,
    transport === 'tcp' && '+tcp',
    transport === 'tls' && '+tls',
    transport === 'https' && (page.protocol === 'https:' ? '+https' : '+http-plain'),
    !flags.includes('RD') && '+norecurse',
    !flags.includes('AD') && '+noadflag',
    flags.includes('CD') && '+cdflag',
    !edns && '+noedns',
    edns && edns.udpSize !== 1232 && `+bufsize=${edns.udpSize}`,
    edns?.dnssecOk && '+dnssec',
    edns && !has('COOKIE') && '+nocookie',
    has('NSID') && '+nsid',
    has('KEEPALIVE') && '+keepalive',
    clientSubnet && `+subnet=${clientSubnet.subnet}`,
  ];
  return [digLine(place, qname, qtype), ...words.filter(Boolean)].join(' ');
}

function placeOf(transport: QueryDetailJson['transport'], dns: Dns, page: URL): Dns {
  if (transport === 'https') return { host: page.hostname, port: Number(page.port) || (page.protocol === 'https:' ? 443 : 80) };
  return transport === 'tls' && dns.tlsPort !== undefined ? { host: dns.host, port: dns.tlsPort } : dns;
}
