/** Numbers ↔ names of the DNS parameters, from the IANA registry https://www.iana.org/assignments/dns-parameters. */

export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  NSEC: 47,
  SVCB: 64,
  HTTPS: 65,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
} as const;

export const CLASS = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 } as const;

export const OPCODE = { QUERY: 0, IQUERY: 1, STATUS: 2, NOTIFY: 4, UPDATE: 5, DSO: 6 } as const;

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
  BADCOOKIE: 23,
} as const;

/** Errors that a TSIG record itself carries, RFC 8945 §3. The first has the number of BADVERS, which only OPT carries. */
export const TSIG_ERROR = { NONE: 0, BADSIG: 16, BADKEY: 17, BADTIME: 18, BADTRUNC: 22 } as const;

export const OPTION = {
  NSID: 3,
  CLIENT_SUBNET: 8,
  EXPIRE: 9,
  COOKIE: 10,
  KEEPALIVE: 11,
  PADDING: 12,
  CHAIN: 13,
  EDE: 15,
  REPORT_CHANNEL: 18,
} as const;

/** Extended DNS errors that we send, RFC 8914 §4. */
export const EDE = { OTHER: 0, PROHIBITED: 18, NOT_AUTHORITATIVE: 20, NOT_SUPPORTED: 21 } as const;

/** Mnemonics of the registry, also of the types that have no row in the RDATA table. */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  ...registry(1, 'A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY'),
  ...registry(26, 'PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC'),
  ...registry(48, 'DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA'),
  ...registry(55, 'HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC HHIT BRID'),
  ...registry(99, 'SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64'),
  ...registry(249, 'TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA AVC DOA AMTRELAY RESINFO WALLET CLA IPN'),
  ...registry(32768, 'TA DLV'),
]);
const TYPE_CODES: ReadonlyMap<string, number> = new Map([...TYPE_NAMES].map(([code, name]) => [name, code]));

function registry(first: number, names: string): [number, string][] {
  return names.split(' ').map((name, i) => [first + i, name]);
}

const CLASS_NAMES = invert(CLASS);
const OPCODE_NAMES = invert(OPCODE);
const RCODE_NAMES: ReadonlyMap<number, string> = new Map([
  ...registry(0, 'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI'),
  ...registry(16, 'BADVERS BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC BADCOOKIE'),
]);
const OPTION_NAMES = invert(OPTION);

function invert(codes: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(codes).map(([name, code]) => [code, name]));
}

/** `A`, or `TYPE65280` when the registry has no name for it, RFC 3597 §5. */
export function typeToText(code: number): string {
  return TYPE_NAMES.get(code) ?? `TYPE${code}`;
}

/** A mnemonic or `TYPEnnn`, in any case; undefined when it is neither. */
export function typeFromText(text: string): number | undefined {
  const upper = text.toUpperCase();
  const generic = /^TYPE(\d{1,5})$/.exec(upper);
  if (generic === null) return TYPE_CODES.get(upper);
  const code = Number(generic[1]);
  return code <= 0xffff ? code : undefined;
}

export function classToText(code: number): string {
  return CLASS_NAMES.get(code) ?? `CLASS${code}`;
}

export function opcodeToText(code: number): string {
  return OPCODE_NAMES.get(code) ?? `OPCODE${code}`;
}

export function rcodeToText(code: number): string {
  return RCODE_NAMES.get(code) ?? `RCODE${code}`;
}

/** `NXDOMAIN`, or `RCODE` and a number; undefined for what is neither. */
export function rcodeFromText(text: string): number | undefined {
  const known = [...RCODE_NAMES].find(([, name]) => name === text);
  const generic = /^RCODE(\d{1,4})$/.exec(text);
  return known?.[0] ?? (generic === null ? undefined : Number(generic[1]));
}

export function optionToText(code: number): string {
  return OPTION_NAMES.get(code) ?? `OPT${code}`;
}

/**
 * Whether a type can stand in a zone. The others exist only in messages: OPT, and the range that RFC 6895 §3.1 sets aside
 * for questions and meta-types; 0 and 65535 are reserved.
 */
export function isDataType(code: number): boolean {
  return code !== 0 && code !== TYPE.OPT && !(code >= 128 && code <= 255) && code !== 65535;
}
