/** What the form of each record type asks for. The words about it are in strings/, under the same type and key. */
import type { choices, groups } from '../strings/en.types.ts';

/**
 * How a field is written: `name` completes what lacks its final dot, `mailbox` may have an @, `quoted` is one string and
 * `strings` are several, `long` is a text of many words, everything else goes as it is.
 */
export type FieldKind = 'text' | 'number' | 'long' | 'name' | 'mailbox' | 'quoted' | 'strings';

export type ChoiceList = keyof typeof choices;

export interface FieldForm {
  /** The member of RecordInput that this field fills. */
  key: string;
  kind: FieldKind;
  example: string;
  initial: string;
  optional: boolean;
  /** Values to choose from, by the name of their list in strings/; others may be typed. */
  choices?: ChoiceList;
}

export interface TypeForm {
  type: string;
  fields: readonly FieldForm[];
}

export const DEFAULT_TTL = '60';

interface Extras {
  initial?: string;
  optional?: boolean;
  choices?: ChoiceList;
}

function field(kind: FieldKind, key: string, example: string, extras: Extras = {}): FieldForm {
  return { key, kind, example, initial: '', optional: false, ...extras };
}

const number = (key: string, initial: string, example = initial) => field('number', key, example, { initial });
const chosen = (key: string, choices: ChoiceList, initial: string) => field('number', key, initial, { initial, choices });
const target = (example: string, initial = '') => field('name', 'target', example, { initial });

const PREFERENCE = number('preference', '10');
const PUBLIC_KEY = field(
  'long',
  'publicKey',
  'mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==',
);
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SIGNING = chosen('algorithm', 'dnssecAlgorithm', '13');
const DIGEST = field('long', 'digest', SHA256);
const KEY_TAG = number('keyTag', '', '60485');
const SERVICE_BINDING = [
  number('priority', '1'),
  target('.', '.'),
  field('text', 'params', 'alpn=h2,h3 port=8443', { optional: true }),
];
const CERTIFICATE = [
  chosen('usage', 'tlsaUsage', '3'),
  chosen('selector', 'tlsaSelector', '1'),
  chosen('matchingType', 'tlsaMatching', '1'),
  field('long', 'data', SHA256),
];
const HASHED = [
  chosen('hashAlgorithm', 'nsec3Hash', '1'),
  chosen('flags', 'nsec3Flags', '0'),
  number('iterations', '0'),
  field('text', 'salt', '-', { initial: '-' }),
];

const FORMS: Readonly<Record<string, readonly FieldForm[]>> = {
  A: [field('text', 'address', '192.0.2.7')],
  AAAA: [field('text', 'address', '2001:db8::7')],
  AFSDB: [chosen('subtype', 'afsdbSubtype', '1'), target('afs.example.com.')],
  APL: [field('text', 'prefixes', '1:192.0.2.0/24 !1:192.0.2.64/28', { optional: true })],
  CAA: [
    chosen('flags', 'caaFlags', '0'),
    field('text', 'tag', 'issue', { initial: 'issue', choices: 'caaTag' }),
    field('quoted', 'value', 'letsencrypt.org'),
  ],
  CDNSKEY: [chosen('flags', 'deleteKeyFlags', '257'), number('protocol', '3'), SIGNING, PUBLIC_KEY],
  CDS: [KEY_TAG, SIGNING, chosen('digestType', 'deleteDigest', '2'), DIGEST],
  CERT: [
    chosen('certType', 'certType', '1'),
    number('keyTag', '0'),
    chosen('algorithm', 'dnssecAlgorithm', '0'),
    field('long', 'certificate', 'MIIBszCCAVmgAwIBAgIUE5x7Ww=='),
  ],
  CNAME: [target('www.example.com.')],
  CSYNC: [
    number('serial', '0', '2026112501'),
    chosen('flags', 'csyncFlags', '3'),
    field('text', 'types', 'A NS AAAA', { optional: true }),
  ],
  DHCID: [field('long', 'data', 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=')],
  DNAME: [target('example.net.')],
  DNSKEY: [chosen('flags', 'keyFlags', '257'), number('protocol', '3'), SIGNING, PUBLIC_KEY],
  DS: [KEY_TAG, SIGNING, chosen('digestType', 'dsDigest', '2'), DIGEST],
  EUI48: [field('text', 'address', '00-00-5e-00-53-2a')],
  EUI64: [field('text', 'address', '00-00-5e-ef-10-00-00-2a')],
  HINFO: [field('quoted', 'cpu', 'PDP-11'), field('quoted', 'os', 'UNIX')],
  HIP: [
    chosen('algorithm', 'hipAlgorithm', '2'),
    field('text', 'hit', '200100107B1A74DF365639CC39F1D578'),
    field(
      'long',
      'publicKey',
      'AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D',
    ),
    field('text', 'servers', 'rvs.example.com.', { optional: true }),
  ],
  HTTPS: SERVICE_BINDING,
  IPSECKEY: [
    number('precedence', '10'),
    chosen('gatewayType', 'gatewayType', '1'),
    chosen('algorithm', 'ipsecAlgorithm', '2'),
    field('text', 'gateway', '192.0.2.38'),
    { ...PUBLIC_KEY, optional: true },
  ],
  KX: [PREFERENCE, field('name', 'exchange', 'kx.example.com.')],
  L32: [PREFERENCE, field('text', 'locator', '10.1.2.0')],
  L64: [PREFERENCE, field('text', 'locator', '2001:0db8:1140:1000')],
  LOC: [
    field('text', 'latitude', '52 31 12 N'),
    field('text', 'longitude', '13 24 18 E'),
    field('text', 'altitude', '34m'),
    field('text', 'size', '1m', { optional: true }),
    field('text', 'horizontalPrecision', '10000m', { optional: true }),
    field('text', 'verticalPrecision', '10m', { optional: true }),
  ],
  LP: [PREFERENCE, target('l64.example.com.')],
  MX: [PREFERENCE, field('name', 'exchange', 'mail.example.com.')],
  NAPTR: [
    number('order', '100'),
    PREFERENCE,
    field('quoted', 'flags', 'U', { choices: 'naptrFlags', optional: true }),
    field('quoted', 'services', 'E2U+sip', { optional: true }),
    field('quoted', 'regexp', '!^.*$!sip:info@example.com!', { optional: true }),
    field('name', 'replacement', '.', { initial: '.' }),
  ],
  NID: [PREFERENCE, field('text', 'nodeId', '0014:4fff:ff20:ee64')],
  NS: [target('ns1.example.com.')],
  NSEC: [field('name', 'nextName', 'host.example.com.'), field('text', 'types', 'A MX RRSIG NSEC')],
  NSEC3: [
    ...HASHED,
    field('text', 'nextHashedOwner', '2T7B4G4VSA5SMI47K61MV5BV1A22BOJR'),
    field('text', 'types', 'A RRSIG', { optional: true }),
  ],
  NSEC3PARAM: HASHED,
  OPENPGPKEY: [{ ...PUBLIC_KEY, example: 'mDMEZxyzRhYJKwYBBAHaRw8BAQdA' }],
  PTR: [target('host.example.com.')],
  RP: [field('mailbox', 'mailbox', 'you@example.com'), field('name', 'textName', '.', { initial: '.' })],
  RRSIG: [
    field('text', 'typeCovered', 'A'),
    SIGNING,
    number('labels', '', '3'),
    number('originalTtl', '', '3600'),
    field('text', 'expiration', '20270101000000'),
    field('text', 'inception', '20261201000000'),
    KEY_TAG,
    field('name', 'signer', 'example.com.'),
    field('long', 'signature', 'oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI='),
  ],
  SMIMEA: CERTIFICATE,
  SOA: [
    field('name', 'mname', 'ns1.example.com.'),
    field('mailbox', 'rname', 'you@example.com'),
    number('serial', '', '1'),
    number('refresh', '', '3600'),
    number('retry', '', '600'),
    number('expire', '', '604800'),
    number('minimum', '', '60'),
  ],
  SPF: [field('strings', 'text', 'v=spf1 -all')],
  SRV: [number('priority', '0'), number('weight', '0'), number('port', '', '993'), target('mail.example.com.')],
  SSHFP: [
    chosen('algorithm', 'sshAlgorithm', '4'),
    chosen('fingerprintType', 'sshFingerprint', '2'),
    field('long', 'fingerprint', SHA256),
  ],
  SVCB: SERVICE_BINDING,
  TLSA: CERTIFICATE,
  TXT: [field('strings', 'text', 'v=spf1 -all')],
  URI: [number('priority', '10'), number('weight', '1'), field('quoted', 'target', 'https://www.example.com/')],
  ZONEMD: [
    number('serial', '', '2026112501'),
    chosen('scheme', 'zonemdScheme', '1'),
    chosen('hashAlgorithm', 'zonemdHash', '1'),
    field('long', 'digest', SHA256 + SHA256.slice(0, 32)),
  ],
};

/** Every type with a form of its own, as people look for them. */
export const TYPE_GROUPS: readonly { group: keyof typeof groups; types: readonly string[] }[] = [
  { group: 'common', types: ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'CAA', 'SRV', 'HTTPS'] },
  { group: 'service', types: ['SVCB', 'PTR', 'URI', 'NAPTR', 'DNAME', 'SPF', 'SOA'] },
  { group: 'trust', types: ['TLSA', 'SSHFP', 'SMIMEA', 'OPENPGPKEY', 'CERT', 'IPSECKEY', 'KX', 'DHCID', 'HIP'] },
  { group: 'network', types: ['LOC', 'APL', 'EUI48', 'EUI64', 'NID', 'L32', 'L64', 'LP'] },
  { group: 'dnssec', types: ['DS', 'CDS', 'CDNSKEY', 'CSYNC', 'DNSKEY', 'RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'ZONEMD'] },
  { group: 'rare', types: ['HINFO', 'RP', 'AFSDB'] },
];

const WHOLE: readonly FieldForm[] = [field('long', 'content', '\\# 4 0a000001')];

/** The form for a type. One that has no form here is written as a whole, the way a zone file says it. */
export function formOf(type: string): TypeForm {
  const fields = Object.hasOwn(FORMS, type) ? FORMS[type] : undefined;
  return { type, fields: fields ?? WHOLE };
}

/** What a form holds at first: the record being edited, or what the type begins with. */
export function initialValues(form: TypeForm, record?: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ key, initial }) => [key, record ? String(record[key] ?? '') : initial]));
}
