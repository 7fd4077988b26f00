import type { QueryJson } from '../protocol.ts';

const COLUMNS: Readonly<Record<string, (query: QueryJson) => string | number | null | undefined>> = {
  id: ({ id }) => id,
  time: ({ time }) => new Date(time).toISOString(),
  name: ({ qname }) => qname,
  type: ({ qtype }) => qtype,
  class: ({ qclass }) => qclass,
  transport: ({ transport }) => transport,
  source: ({ source }) => source.address,
  port: ({ source }) => source.port,
  asn: ({ source }) => source.asn,
  network: ({ source }) => source.name,
  country: ({ source }) => source.country,
  brand: ({ source }) => source.brand,
  subnet: ({ clientSubnet }) => clientSubnet?.subnet,
  subnet_asn: ({ clientSubnet }) => clientSubnet?.asn,
  subnet_network: ({ clientSubnet }) => clientSubnet?.name,
  code: ({ rcode }) => rcode,
  truncated: ({ truncated }) => (truncated ? 'yes' : 'no'),
  answers: ({ answers }) => answers.map(({ name, ttl, type, content }) => `${name} ${ttl} ${type} ${content}`).join('\n'),
  query_octets: ({ querySize }) => querySize,
  response_octets: ({ responseSize }) => responseSize,
  server: ({ server }) => server,
};

/** The first line, RFC 4180 §2. */
export const CSV_HEADER = toLine(Object.keys(COLUMNS));

/** One line for one query. */
export function toCsv(query: QueryJson): string {
  return toLine(Object.values(COLUMNS).map((valueOf) => `${valueOf(query) ?? ''}`));
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** A stranger may ask for a name that a spreadsheet would take for a formula: the mark in front makes it text. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
