import { resolve } from 'node:path';
import { parsePlace, STDOUT } from './feeds/place.ts';
import { parseNetwork } from './keys/network.ts';
import {
  Wrong,
  parseAddress,
  parseBytes,
  parseDomain,
  parseDuration,
  parseFile,
  parseIdentity,
  parseLevel,
  parseList,
  parseListen,
  parseNumber,
  parsePort,
  parsePracticePorts,
  parseReport,
  parseResolver,
  parseSecondary,
  parseSecret,
  parseToken,
  parseTsigKey,
  parseUdp,
  parseUpTo,
  parseUpdate,
  parseYesNo,
  times,
} from './setting-values.ts';

export interface Setting<V> {
  readonly name: string;
  /** As it would stand in the environment. */
  readonly default: string;
  /** For people, one line or two. */
  readonly help: string;
  /** The value, or what is wrong with the text in words that follow "is not". */
  parse(text: string): V | Wrong;
}

const MEGABYTE = 1 << 20;

/** Every setting, in the order of .env.example. The types of the values make `Config`. */
export const SETTINGS = {
  baseDomain: setting('DIGPIT_BASE_DOMAIN', 'digpit.test', 'The domain below which people get their subdomains.', parseDomain),
  nameservers: setting(
    'DIGPIT_NAMESERVERS',
    '',
    'Names of this server for NS and SOA records, with commas between. Empty: ns1 below the base domain.',
    (text) => parseList(text, parseDomain),
  ),
  nsAddresses: setting(
    'DIGPIT_NS_ADDRESSES',
    '',
    'Addresses that those names get, in turn, when they lie below the base domain: what the rest of the world reaches this server by.\nEmpty: DIGPIT_DNS_HOST, unless that is a wildcard.',
    (text) => parseList(text, parseAddress),
  ),
  dnsHosts: setting('DIGPIT_DNS_HOST', '127.0.0.1', 'Addresses to answer DNS on, UDP and TCP, with commas between.', (text) =>
    parseList(text, parseAddress),
  ),
  dnsPort: setting('DIGPIT_DNS_PORT', '5354', 'Port for DNS. The world expects 53.', parsePort),
  httpHost: setting('DIGPIT_HTTP_HOST', '127.0.0.1', 'Address of the page.', parseAddress),
  httpPort: setting('DIGPIT_HTTP_PORT', '8080', 'Port of the page.', parsePort),
  trustProxy: setting(
    'DIGPIT_TRUST_PROXY',
    'no',
    'yes: believe X-Forwarded-For and X-Forwarded-Proto, because a proxy of yours stands in front and sets them.',
    parseYesNo,
  ),
  dataDir: setting('DIGPIT_DATA_DIR', './data', 'Folder for the database and the range table.', (text) => resolve(text)),
  zonesDir: setting(
    'DIGPIT_ZONES_DIR',
    '',
    'Folder of master files named <origin>.zone, served as they are and read again on SIGHUP. Empty: none.',
    (text) => (text === '' ? null : resolve(text)),
  ),
  asnDir: setting(
    'DIGPIT_ASN_DIR',
    '',
    'Folder with ip2asn-v4.tsv[.gz] and ip2asn-v6.tsv[.gz] to build the range table from at the start, when it is newer than the table.\nEmpty: use what `npm run asn:update` or `npm run asn:build` left in the data folder.',
    (text) => (text === '' ? null : resolve(text)),
  ),
  asnUrl: setting(
    'DIGPIT_ASN_URL',
    'https://iptoasn.com/data/',
    'Where `npm run asn:update` fetches ip2asn-v4.tsv.gz and ip2asn-v6.tsv.gz.',
    (text) => (URL.canParse(text) ? text : new Wrong('a URL')),
  ),
  asnUpdate: setting(
    'DIGPIT_ASN_UPDATE',
    'never',
    'weekly: the server itself fetches from there when the range table is more than seven days old, or there is none.\nnever: it fetches nothing.',
    parseUpdate,
  ),
  logMaxBytes: setting(
    'DIGPIT_LOG_MAX_BYTES',
    '128M',
    'Octets of the query log; when it is full, the oldest queries go of all subdomains but those with few. 0 = no log. K, M and G are understood.',
    (text) => (text === '0' ? 0 : parseBytes(text)),
  ),
  logMaxAge: setting(
    'DIGPIT_LOG_MAX_AGE',
    '7d',
    'Age at which queries are forgotten: s, m, h or d behind the number.',
    parseDuration,
  ),
  zoneMaxAge: setting(
    'DIGPIT_ZONE_MAX_AGE',
    '90d',
    'Time without a visit of its owner after which a subdomain is deleted, with its records and its log: s, m, h or d behind the number;\n0 = never. Its name is not given away again.',
    (text) => (/^0+$/.test(text) ? 0 : parseDuration(text)),
  ),
  rrlPerSecond: setting(
    'DIGPIT_RRL_PER_SECOND',
    '200',
    'How often in a second the same UDP answer goes to the same network (/24, /56) before most are held back, and how many of the\nlargest size may go there whatever they say; 0 = off.\nAddresses of this machine itself (127.0.0.0/8, ::1) are not limited: nobody can forge them from outside.',
    (text) => parseNumber(text, 0, 1_000_000),
  ),
  rotate: setting('DIGPIT_ROTATE', 'no', 'yes: the records of an RRset take turns in coming first.', parseYesNo),
  serverId: setting(
    'DIGPIT_SERVER_ID',
    '',
    'What this server calls itself to those who ask with NSID (RFC 5001) or id.server (RFC 4892). Empty: nothing.',
    parseIdentity,
  ),
  version: setting('DIGPIT_VERSION_BIND', '', 'Answer to version.bind in class CHAOS. Empty: refused.', parseIdentity),
  reportAgent: setting(
    'DIGPIT_REPORT_AGENT',
    '',
    'Name of an agent that resolvers may report our mistakes to (RFC 9567). Empty: none.',
    (text) => (text === '' ? null : parseDomain(text)),
  ),
  cookieSecret: setting(
    'DIGPIT_COOKIE_SECRET',
    '',
    'Secret of DNS cookies (RFC 9018), 32 hex digits, the same for all servers of a fleet. Empty: one of our own, kept in the data folder.',
    parseSecret,
  ),
  transferKey: setting(
    'DIGPIT_TRANSFER_KEY',
    '',
    'Key of your own secondaries, as dig -y has it: hmac-sha256:fleet.example:SECRET. Who signs with it (RFC 8945) may transfer every\nzone, and catalog below the base domain, which lists them all (RFC 9432). Empty: nobody may.',
    parseTsigKey,
  ),
  secondaries: setting(
    'DIGPIT_SECONDARIES',
    '',
    'Name servers that are told when a zone has changed (RFC 1996), with commas between: addresses, each with @ and a port when that is\nnot 53.',
    (text) => parseList(text, parseSecondary),
  ),
  tsigMd5: setting(
    'DIGPIT_TSIG_MD5',
    'no',
    'yes: people may make keys for HMAC-MD5, which RFC 8945 forbids and some old programs know nothing better than.',
    parseYesNo,
  ),
  udpMaxSize: setting(
    'DIGPIT_UDP_MAX_SIZE',
    '1232',
    'Octets of the largest UDP answer, whatever the client says it can take: 1232 passes every network unfragmented.',
    (text) => parseNumber(text, 512, 4096),
  ),
  udp: setting(
    'DIGPIT_UDP',
    'auto',
    "How UDP is read: batched (many packets at a time, in threads of their own; on Linux, with the package koffi), dgram (Node's own\nsockets, one packet at a time), auto for batched where it can be had.",
    parseUdp,
  ),
  udpWorkers: setting(
    'DIGPIT_UDP_WORKERS',
    '1',
    'Threads that answer over batched UDP; more than one is for more than two cores.',
    (text) => parseNumber(text, 1, 16),
  ),
  memoryBytes: setting(
    'DIGPIT_MEMORY_MB',
    '160',
    'Megabytes that this process may take. Half of it is the limit of the heap, a fortieth the buffer of the query log, at most 4 MB.',
    (text) => times(parseNumber(text, 96, 65_536), MEGABYTE),
  ),
  resolvers: setting(
    'DIGPIT_RESOLVERS',
    'https://dns.google/dns-query,https://cloudflare-dns.com/dns-query',
    'Public resolvers through which visitors may ask for their own names, over DNS over HTTPS (RFC 8484), with commas between.\nNothing is sent to them before a visitor says so. Empty: none.',
    (text) => parseList(text, parseResolver),
  ),
  practicePorts: setting(
    'DIGPIT_PRACTICE_PORTS',
    '',
    'Ports of 127.0.0.1 at which dig can ask the practice resolvers over UDP: three, for Amber, Basil and Coral, with commas between.\nEmpty: none; the page asks them without.',
    parsePracticePorts,
  ),
  targetHosts: setting(
    'DIGPIT_TARGET_HOSTS',
    '127.0.0.21,127.0.0.22',
    'Addresses of the two small sites, orange and teal, that names can be pointed at, with a comma between; none for no sites.',
    (text) => (text === 'none' ? [] : parseUpTo(2, parseList(text, parseAddress))),
  ),
  targetPort: setting(
    'DIGPIT_TARGET_PORT',
    '8081',
    'Port of both sites. Browsers expect 80. Where it is taken, a free one is used, and said.',
    parsePort,
  ),
  targetAddresses: setting(
    'DIGPIT_TARGET_ADDRESSES',
    '',
    'What the rest of the world reaches the two sites by, in turn, when that is not DIGPIT_TARGET_HOSTS.',
    (text) => parseUpTo(2, parseList(text, parseAddress)),
  ),
  operatorToken: setting(
    'DIGPIT_OPERATOR_TOKEN',
    '',
    "Opens the operator's page (operator/) and `npm run operator`, which list, search, suspend and delete subdomains: at least 16\ncharacters, such as `openssl rand -hex 16` gives. Empty: there is neither.",
    parseToken,
  ),
  reportTo: setting(
    'DIGPIT_REPORT_TO',
    '',
    'Where people report what is done with names of this server, told in the page: a mail address or the https: address of a page.\nEmpty: nowhere.',
    parseReport,
  ),
  tlsCert: setting(
    'DIGPIT_TLS_CERT',
    '',
    'File with a certificate in PEM, and those that lead to it, for DNS over TLS (RFC 7858); read again on SIGHUP. Empty: not over TLS.',
    parseFile,
  ),
  tlsKey: setting('DIGPIT_TLS_KEY', '', 'File with the key of that certificate, in PEM.', parseFile),
  tlsPort: setting('DIGPIT_TLS_PORT', '8853', 'Port for DNS over TLS. The world expects 853.', parsePort),
  dnstapListen: setting(
    'DIGPIT_DNSTAP_LISTEN',
    '',
    'Where other name servers report what they answer, with dnstap, with commas between: tcp:192.0.2.7@6000 or unix:/run/digpit/dnstap.sock.\nWhat they answer for names in zones of this server stands in the log with what this server answers. Empty: nowhere.',
    (text) => parseList(text, parseListen),
  ),
  dnstapFrom: setting(
    'DIGPIT_DNSTAP_FROM',
    '127.0.0.0/8,::1',
    'Networks that may do so over TCP, with commas between. Whoever can open the socket may do so there.',
    (text) => parseList(text, (item) => parseNetwork(item) ?? new Wrong('a network such as 192.0.2.0/24')),
  ),
  dnstapOut: setting(
    'DIGPIT_DNSTAP_OUT',
    '',
    'Where every logged query goes as dnstap too: tcp:192.0.2.8@6000, unix:/run/collector.sock, or the path of a file, which begins anew at\nthe start and on SIGHUP. Empty: nowhere.',
    (text) =>
      text === ''
        ? null
        : (parsePlace(text) ?? new Wrong('such as tcp:192.0.2.8@6000, unix:/run/collector.sock or /var/log/digpit.tap')),
  ),
  jsonOut: setting(
    'DIGPIT_JSON_OUT',
    '',
    'File to which every logged query goes as a line of JSON too, opened again on SIGHUP; - is standard output. Empty: none.',
    (text) => (text === '' ? null : text === '-' ? STDOUT : resolve(text)),
  ),
  logLevel: setting(
    'DIGPIT_LOG_LEVEL',
    'info',
    'How much the server says of itself: fatal, error, warn, info, debug, trace or silent.',
    parseLevel,
  ),
};

function setting<V>(name: string, fallback: string, help: string, parse: (text: string) => V | Wrong): Setting<V> {
  return { name, default: fallback, help, parse };
}
