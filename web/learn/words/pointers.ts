import type { WhyJson } from '../../../server/http/protocol.ts';
import type { TermId } from './terms.ts';

/** Where the playground leads to the dictionary: its own words for things, and the terms that say what they are. */
type Pointers = Readonly<Partial<Record<string, TermId>>>;

export const TERM_OF_TYPE: Pointers = {
  A: 'a',
  AAAA: 'aaaa',
  CAA: 'caa',
  CNAME: 'cname',
  DNAME: 'dname',
  DNSKEY: 'dnskey',
  DS: 'ds',
  HTTPS: 'https-record',
  MX: 'mx',
  NS: 'ns',
  NSEC: 'nsec',
  PTR: 'ptr',
  RRSIG: 'rrsig',
  SOA: 'soa',
  SPF: 'spf',
  SRV: 'srv',
  SVCB: 'https-record',
  TXT: 'txt',
};

/** Of messages as MessageJson has them. An answer section explains itself. */
export const TERM_OF_SECTION: Pointers = {
  header: 'header',
  question: 'question',
  authority: 'authority-section',
  additional: 'additional-section',
  edns: 'edns',
};

export const TERM_OF_FLAG: Pointers = { AA: 'aa', TC: 'tc', RD: 'rd', RA: 'recursion', AD: 'ad', CD: 'dnssec' };

export const TERM_OF_OPTION: Pointers = { OPT: 'udp-size', CLIENT_SUBNET: 'client-subnet', COOKIE: 'cookie', EDE: 'ede' };

export const TERM_OF_RCODE: Pointers = {
  NOERROR: 'noerror',
  FORMERR: 'formerr',
  SERVFAIL: 'servfail',
  NXDOMAIN: 'nxdomain',
  REFUSED: 'refused',
};

/** What the RCODE alone does not say. */
export const TERM_OF_REASON: Readonly<Partial<Record<WhyJson['reason'], TermId>>> = {
  referral: 'referral',
  nodata: 'nodata',
  empty: 'empty-non-terminal',
};
