/** What shows a term at work in the reader's own zone. Names in braces become full. */
export type Example =
  /** A line that is true of it. */
  | { readonly line: string }
  /** A record of that type, if there is one, or else one that could be there. */
  | { readonly type: string; readonly sample: string }
  /** A question that is asked now, over UDP if nothing else is said, and what came back. */
  | {
      readonly ask: readonly [name: string, type: string];
      readonly whom?: 'tcp';
      readonly subnet?: string;
      readonly udpSize?: number;
    };

/** A term of the dictionary: where it is defined, and an example. What is said of it is in en.ts and every other language. */
export interface Term {
  readonly id: string;
  readonly rfc: string;
  readonly example: Example;
}

const term = (id: string, rfc: string, example: Example): Term => ({ id, rfc, example });

const APEX = '{@}';
const NOBODY = '{nobody-lives-here}';

export const TERMS = [
  term('a', 'RFC 1035 §3.4.1', { type: 'A', sample: '{www}. 60 IN A 192.0.2.7' }),
  term('aa', 'RFC 1035 §4.1.1', { ask: [APEX, 'SOA'] }),
  term('aaaa', 'RFC 3596 §2.1', { type: 'AAAA', sample: '{www}. 60 IN AAAA 2001:db8::7' }),
  term('acme', 'RFC 8555 §8.4', { line: '{_acme-challenge.www}. TXT?' }),
  term('ad', 'RFC 4035 §3.2.3', { ask: [APEX, 'SOA'] }),
  term('additional-section', 'RFC 1035 §4.1', { ask: [APEX, 'NS'] }),
  term('any', 'RFC 8482 §4', { ask: [APEX, 'ANY'] }),
  term('anycast', 'RFC 4786 §2', { line: '{@}. NS?' }),
  term('apex', 'RFC 9499 §7', { line: '{@}.' }),
  term('as-number', 'RFC 1930 §3', { line: 'AS15169' }),
  term('authoritative-server', 'RFC 9499 §6', { ask: [APEX, 'NS'] }),
  term('authority-section', 'RFC 1035 §4.1', { ask: [NOBODY, 'A'] }),
  term('axfr', 'RFC 5936 §2', { ask: [APEX, 'AXFR'] }),
  term('caa', 'RFC 8659 §4', { type: 'CAA', sample: '{@}. 60 IN CAA 0 issue "letsencrypt.org"' }),
  term('cache', 'RFC 1035 §7.4', { ask: [APEX, 'NS'] }),
  term('case-mixing', 'RFC 4343 §4.1', { ask: ['{wWw}', 'A'] }),
  term('class', 'RFC 1035 §3.2.4', { type: 'NS', sample: '{@}. 60 IN NS ns1.example.net.' }),
  term('client-subnet', 'RFC 7871 §6', { ask: [APEX, 'SOA'], subnet: '198.51.100.0/24' }),
  term('closest-encloser', 'RFC 4592 §3.3.1', { ask: ['{not.here.at.all}', 'A'] }),
  term('cname', 'RFC 1034 §3.6.2', { type: 'CNAME', sample: '{www}. 60 IN CNAME {house}.' }),
  term('compression', 'RFC 1035 §4.1.4', { ask: [APEX, 'SOA'] }),
  term('cookie', 'RFC 7873 §4', { line: 'COOKIE: 0123456789abcdef' }),
  term('delegation', 'RFC 1034 §4.2.1', { line: '{team}. 60 IN NS {ns.team}.' }),
  term('dkim', 'RFC 6376 §3.6.1', { line: '{sel._domainkey}. 60 IN TXT "v=DKIM1; k=rsa; p=…"' }),
  term('dmarc', 'RFC 7489 §6.3', { ask: ['{_dmarc}', 'TXT'] }),
  term('dname', 'RFC 6672 §2', { type: 'DNAME', sample: '{old}. 60 IN DNAME {new}.' }),
  term('dnskey', 'RFC 4034 §2', { ask: [APEX, 'DNSKEY'] }),
  term('dnssec', 'RFC 4033 §3', { ask: [APEX, 'DNSKEY'] }),
  term('doh', 'RFC 8484 §4.1', { line: 'POST /dns-query' }),
  term('domain-name', 'RFC 1034 §3.1', { line: '{@}.' }),
  term('ds', 'RFC 4034 §5', { ask: [APEX, 'DS'] }),
  term('ede', 'RFC 8914 §2', { ask: ['example.com', 'A'] }),
  term('edns', 'RFC 6891 §6.1', { ask: [APEX, 'SOA'] }),
  term('empty-non-terminal', 'RFC 4592 §2.2.2', { ask: ['{b.deep}', 'A'] }),
  term('formerr', 'RFC 1035 §4.1.1', { line: 'status: FORMERR' }),
  term('glue', 'RFC 9471 §2', { ask: ['{www.team}', 'A'] }),
  term('header', 'RFC 1035 §4.1.1', { ask: [APEX, 'A'] }),
  term('host-header', 'RFC 9110 §7.2', { line: 'Host: {www}' }),
  term('https-record', 'RFC 9460 §9', { type: 'HTTPS', sample: '{www}. 60 IN HTTPS 1 . alpn=h2,h3' }),
  term('idn', 'RFC 5890 §2.3.2', { line: '{xn--mller-kva}.' }),
  term('label', 'RFC 1035 §2.3.4', { line: '{www}.' }),
  term('master-file', 'RFC 1035 §5.1', {
    type: 'SOA',
    sample: '{@}. 60 IN SOA ns1.example.net. you.example.net. 1 3600 600 604800 60',
  }),
  term('message', 'RFC 1035 §4.1', { ask: [APEX, 'NS'] }),
  term('mx', 'RFC 5321 §5.1', { type: 'MX', sample: '{@}. 60 IN MX 10 {mail}.' }),
  term('negative-caching', 'RFC 2308 §5', { ask: [NOBODY, 'A'] }),
  term('nodata', 'RFC 2308 §2.2', { ask: [APEX, 'LOC'] }),
  term('noerror', 'RFC 1035 §4.1.1', { ask: [APEX, 'SOA'] }),
  term('ns', 'RFC 1035 §3.3.11', { type: 'NS', sample: '{@}. 60 IN NS ns1.example.net.' }),
  term('nsec', 'RFC 4034 §4', { line: '{alpha}. 60 IN NSEC {beta}. A NSEC RRSIG' }),
  term('nxdomain', 'RFC 8020 §2', { ask: [NOBODY, 'A'] }),
  term('ptr', 'RFC 1035 §3.3.12', { type: 'PTR', sample: '7.2.0.192.in-addr.arpa. 60 IN PTR {www}.' }),
  term('qname-minimisation', 'RFC 9156 §2', { line: '{peek}. → {private.peek}. → {very.private.peek}.' }),
  term('question', 'RFC 1035 §4.1.2', { line: '{www}. IN A' }),
  term('rcode', 'RFC 6895 §2.3', { ask: [NOBODY, 'A'] }),
  term('rd', 'RFC 1035 §4.1.1', { ask: [APEX, 'A'] }),
  term('rdata', 'RFC 1035 §3.2.1', {
    type: 'SOA',
    sample: '{@}. 60 IN SOA ns1.example.net. you.example.net. 1 3600 600 604800 60',
  }),
  term('record', 'RFC 1034 §3.6', { type: 'NS', sample: '{@}. 60 IN NS ns1.example.net.' }),
  term('recursion', 'RFC 1034 §4.3.1', { ask: [APEX, 'A'] }),
  term('referral', 'RFC 9499 §4', { ask: ['{www.team}', 'A'] }),
  term('refused', 'RFC 1035 §4.1.1', { ask: ['example.com', 'A'] }),
  term('resolver', 'RFC 1034 §5', { line: '{www}. A?' }),
  term('reverse', 'RFC 1035 §3.5', { line: '192.0.2.7 → 7.2.0.192.in-addr.arpa.' }),
  term('root', 'RFC 1034 §3.1', { line: '{@}.' }),
  term('round-robin', 'RFC 1794 §1', { line: '{twins}. → 192.0.2.1, 192.0.2.2 · 192.0.2.2, 192.0.2.1' }),
  term('rrset', 'RFC 2181 §5', { ask: [APEX, 'NS'] }),
  term('rrsig', 'RFC 4034 §3', { ask: [APEX, 'RRSIG'] }),
  term('serial', 'RFC 1982 §3', { ask: [APEX, 'SOA'] }),
  term('servfail', 'RFC 1035 §4.1.1', { line: 'status: SERVFAIL' }),
  term('soa', 'RFC 1035 §3.3.13', {
    type: 'SOA',
    sample: '{@}. 60 IN SOA ns1.example.net. you.example.net. 1 3600 600 604800 60',
  }),
  term('spf', 'RFC 7208 §3', { line: '{@}. 60 IN TXT "v=spf1 mx -all"' }),
  term('srv', 'RFC 2782', { type: 'SRV', sample: '{_imaps._tcp}. 60 IN SRV 0 1 993 {mail}.' }),
  term('stub-resolver', 'RFC 1034 §5.3.1', { line: '{www}. A?' }),
  term('tc', 'RFC 2181 §9', { ask: ['{big}', 'TXT'], udpSize: 512 }),
  term('tcp', 'RFC 7766 §5', { ask: [APEX, 'SOA'], whom: 'tcp' }),
  term('tld', 'RFC 9499 §2', { line: '{@}.' }),
  term('ttl', 'RFC 2181 §8', { type: 'SOA', sample: '{@}. 60 IN SOA ns1.example.net. you.example.net. 1 3600 600 604800 60' }),
  term('txt', 'RFC 1035 §3.3.14', { type: 'TXT', sample: '{@}. 60 IN TXT "hello, world"' }),
  term('type', 'RFC 1035 §3.2.2', { line: 'A · AAAA · MX · TXT' }),
  term('udp-size', 'RFC 6891 §6.2.3', { ask: [APEX, 'SOA'] }),
  term('unknown-type', 'RFC 3597 §5', { line: '{odd}. 60 IN TYPE65300 \\# 4 c0000207' }),
  term('wildcard', 'RFC 4592 §2.1.1', { line: '{*}. 60 IN A 192.0.2.7' }),
  term('zone', 'RFC 1034 §4.2', { line: '{@}.' }),
  term('zone-cut', 'RFC 2181 §6', { line: '{team}. 60 IN NS {ns.team}.' }),
] as const satisfies readonly Term[];

export type TermId = (typeof TERMS)[number]['id'];
