import type { Piece } from '../rich.ts';
import type { TermId } from './terms.ts';

/** What a language calls terms, in small letters: every form that appears. */
export type Spoken = Readonly<Record<string, TermId>>;

export const NOTHING: Spoken = {};

/** Words that are the same in every language, written like this. `A`, `ANY` and `HTTPS` are left out: they mean other things, too. */
const CODES: Readonly<Record<string, TermId>> = {
  '0x20': 'case-mixing',
  AA: 'aa',
  AAAA: 'aaaa',
  ACME: 'acme',
  AD: 'ad',
  AXFR: 'axfr',
  CAA: 'caa',
  CNAME: 'cname',
  DKIM: 'dkim',
  DMARC: 'dmarc',
  DNAME: 'dname',
  DNSKEY: 'dnskey',
  DNSSEC: 'dnssec',
  'DNS-01': 'acme',
  DoH: 'doh',
  DS: 'ds',
  EDNS: 'edns',
  FORMERR: 'formerr',
  MX: 'mx',
  NODATA: 'nodata',
  NOERROR: 'noerror',
  NS: 'ns',
  NSEC: 'nsec',
  NXDOMAIN: 'nxdomain',
  OPT: 'edns',
  PTR: 'ptr',
  'QNAME minimisation': 'qname-minimisation',
  RA: 'rd',
  RCODE: 'rcode',
  RD: 'rd',
  RDATA: 'rdata',
  REFUSED: 'refused',
  RRset: 'rrset',
  RRSIG: 'rrsig',
  SERVFAIL: 'servfail',
  SOA: 'soa',
  SPF: 'spf',
  SRV: 'srv',
  TC: 'tc',
  TCP: 'tcp',
  TTL: 'ttl',
  TXT: 'txt',
};

/** Splits a text at the terms that appear in it, each at its first place only. Those of `done` are left alone, and it grows. */
export function linkTerms(text: string, spoken: Spoken, done: Set<string>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(patternOf(spoken))) {
    const [found] = match;
    const term = CODES[found] ?? spoken[found.toLowerCase()];
    if (term === undefined || done.has(term)) continue;
    done.add(term);
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'term', text: found, term });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

const patterns = new WeakMap<Spoken, RegExp>();

/** Whole words, and no labels of names; the longest first: a name server is more than a server. */
function patternOf(spoken: Spoken): RegExp {
  const known = patterns.get(spoken);
  if (known) return known;
  const words = [...Object.keys(CODES), ...Object.keys(spoken)].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${words.join('|')})(?![\\p{L}\\p{N}_-]|\\.\\p{L})`, 'giu');
  patterns.set(spoken, pattern);
  return pattern;
}
