/** What the form says about record types, their fields and the values that have a meaning. */

/** What is said about a field: its label, and what belongs into it. */
export interface FieldWords {
  label: string;
  hint: string;
}

/** What is said about a record type in a line, and about those of its fields that mean something of their own there. */
export interface TypeWords {
  about: string;
  fields?: Record<string, FieldWords>;
}

export const groups = {
  common: 'The common ones',
  service: 'Services and mail',
  trust: 'Keys and certificates',
  network: 'Networks and places',
  dnssec: 'DNSSEC',
  rare: 'Seldom seen',
};

/** By key; a type may say something else about its own. */
export const fields = {
  address: { label: 'Address', hint: 'Where the name is to be found.' },
  target: { label: 'Target', hint: 'A whole name; its final dot may be left out.' },
  preference: { label: 'Preference', hint: 'The lowest is tried first.' },
  priority: { label: 'Priority', hint: 'The lowest is tried first.' },
  weight: { label: 'Weight', hint: 'Share among those of the same priority.' },
  port: { label: 'Port', hint: '0 to 65535.' },
  exchange: { label: 'Server', hint: 'A name that has an address, not an address.' },
  flags: { label: 'Flags', hint: 'A number; each bit means something.' },
  algorithm: { label: 'Algorithm', hint: 'Of the key.' },
  publicKey: { label: 'Public key', hint: 'Base64; blanks do no harm.' },
  keyTag: { label: 'Key tag', hint: 'The number by which the key is found.' },
  digestType: { label: 'Digest', hint: 'How the digest was made.' },
  digest: { label: 'Digest value', hint: 'Hexadecimal digits.' },
  protocol: { label: 'Protocol', hint: 'Always 3.' },
  serial: { label: 'Serial', hint: 'Of the zone.' },
  types: { label: 'Types', hint: 'Mnemonics with blanks between.' },
  usage: { label: 'Usage', hint: 'What the certificate has to be.' },
  selector: { label: 'Selector', hint: 'What of it is compared.' },
  matchingType: { label: 'Matching', hint: 'How it is compared.' },
  data: { label: 'Data', hint: 'Hexadecimal digits.' },
  hashAlgorithm: { label: 'Hash', hint: 'How names are hashed.' },
  iterations: { label: 'Iterations', hint: '0 is best (RFC 9276).' },
  salt: { label: 'Salt', hint: 'Hexadecimal digits, or - for none.' },
  params: { label: 'Parameters', hint: 'key=value, with blanks between. May be empty.' },
  text: { label: 'Text', hint: 'Written as it is. Begin with a quote to part the strings yourself.' },
  locator: { label: 'Locator', hint: 'Where the network is.' },
  content: {
    label: 'Data',
    hint: 'As a zone file says it; or \\# then the number of octets and their hexadecimal digits (RFC 3597).',
  },
};

/** Values that mean something, by the name of the list. */
export const choices = {
  caaTag: {
    issue: 'who may issue certificates',
    issuewild: 'who may issue wildcard certificates',
    issuemail: 'who may issue certificates for mail',
    iodef: 'where to report a violation',
    contactemail: 'mail address for questions',
  },
  caaFlags: { 0: 'may be ignored by who does not know the tag', 128: 'critical: who does not know the tag must not issue' },
  tlsaUsage: {
    0: 'a CA that must be in the chain, and trusted',
    1: 'this very certificate, and trusted',
    2: 'a CA of our own',
    3: 'this very certificate, whoever made it',
  },
  tlsaSelector: { 0: 'the whole certificate', 1: 'its public key' },
  tlsaMatching: { 0: 'as it is', 1: 'its SHA-256', 2: 'its SHA-512' },
  sshAlgorithm: { 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'Ed25519', 6: 'Ed448' },
  sshFingerprint: { 1: 'SHA-1', 2: 'SHA-256' },
  certType: {
    1: 'PKIX: an X.509 certificate',
    2: 'SPKI',
    3: 'OpenPGP',
    4: 'address of a PKIX certificate',
    5: 'address of an SPKI certificate',
    6: 'address of an OpenPGP key',
    7: 'attribute certificate',
    8: 'address of an attribute certificate',
    253: 'URI: a kind named by a URI',
    254: 'OID: a kind named by an OID',
  },
  dnssecAlgorithm: {
    0: 'none given',
    5: 'RSA/SHA-1, out of use',
    7: 'RSA/SHA-1 for NSEC3, out of use',
    8: 'RSA/SHA-256',
    10: 'RSA/SHA-512',
    13: 'ECDSA P-256',
    14: 'ECDSA P-384',
    15: 'Ed25519',
    16: 'Ed448',
  },
  dsDigest: { 1: 'SHA-1, out of use', 2: 'SHA-256', 4: 'SHA-384' },
  keyFlags: { 256: 'signs the zone (ZSK)', 257: 'signs the keys (KSK)', 385: 'signs the keys, and is revoked' },
  deleteKeyFlags: { 0: 'asks to remove DNSSEC', 256: 'signs the zone (ZSK)', 257: 'signs the keys (KSK)' },
  deleteDigest: { 0: 'asks to remove DNSSEC', 1: 'SHA-1, out of use', 2: 'SHA-256', 4: 'SHA-384' },
  csyncFlags: {
    0: 'wait until the parent is told to',
    1: 'at once',
    2: 'from this serial on',
    3: 'at once, from this serial on',
  },
  gatewayType: { 0: 'none', 1: 'an IPv4 address', 2: 'an IPv6 address', 3: 'a name' },
  ipsecAlgorithm: { 0: 'no key', 1: 'DSA', 2: 'RSA', 3: 'ECDSA', 4: 'EdDSA' },
  hipAlgorithm: { 1: 'DSA', 2: 'RSA', 3: 'ECDSA', 4: 'ECDSA, low strength', 5: 'EdDSA' },
  naptrFlags: { S: 'go on with SRV', A: 'go on with an address', U: 'the result is a URI', P: 'as the protocol says' },
  nsec3Hash: { 1: 'SHA-1' },
  nsec3Flags: { 0: 'every name is covered', 1: 'unsigned delegations may be left out' },
  afsdbSubtype: { 1: 'AFS cell database', 2: 'DCE name server' },
  zonemdScheme: { 1: 'the whole zone' },
  zonemdHash: { 1: 'SHA-384', 2: 'SHA-512' },
};

export const types = {
  A: {
    about: 'An IPv4 address: where a name is to be found.',
    fields: { address: { label: 'IPv4 address', hint: 'Four numbers from 0 to 255.' } },
  },
  AAAA: {
    about: 'An IPv6 address: the same as A, for the larger internet.',
    fields: { address: { label: 'IPv6 address', hint: 'Groups of hexadecimal digits; :: stands for zeros.' } },
  },
  AFSDB: {
    about: 'The servers of an AFS cell.',
    fields: { subtype: { label: 'Subtype', hint: 'What the server is for.' } },
  },
  APL: {
    about: 'A list of networks, for whoever wants one.',
    fields: { prefixes: { label: 'Prefixes', hint: '1: before IPv4, 2: before IPv6, ! for “but not”. May be empty.' } },
  },
  CAA: {
    about: 'Who may issue TLS certificates for this name.',
    fields: {
      tag: { label: 'Tag', hint: 'What is being ruled.' },
      value: { label: 'Value', hint: 'A certificate authority, or ; for nobody.' },
    },
  },
  CDNSKEY: { about: 'Tells the parent zone which DNSKEY it shall trust.' },
  CDS: { about: 'Tells the parent zone which DS record it shall have.' },
  CERT: {
    about: 'A certificate, or where to find it.',
    fields: {
      certType: { label: 'Kind', hint: 'What the certificate is.' },
      certificate: { label: 'Certificate', hint: 'Base64.' },
    },
  },
  CNAME: {
    about: 'Another name for something: look there instead. It cannot stand beside other records.',
    fields: { target: { label: 'Target', hint: 'The name to look up instead.' } },
  },
  CSYNC: { about: 'Tells the parent zone which records to copy from here.' },
  DHCID: {
    about: 'Which DHCP client a name belongs to, so that two do not fight over it.',
    fields: { data: { label: 'Identifier', hint: 'Base64.' } },
  },
  DNAME: {
    about: 'Everything below this name is to be looked up below another.',
    fields: { target: { label: 'Target', hint: 'What takes the place of this name.' } },
  },
  DNSKEY: { about: 'A public key with which the zone is signed.' },
  DS: { about: 'Vouches for the key of a zone below, so that trust goes on.' },
  EUI48: {
    about: 'A MAC address of 48 bits. Keep it private in the real world.',
    fields: { address: { label: 'MAC address', hint: 'Six pairs of hexadecimal digits with dashes.' } },
  },
  EUI64: {
    about: 'A hardware address of 64 bits.',
    fields: { address: { label: 'EUI-64', hint: 'Eight pairs of hexadecimal digits with dashes.' } },
  },
  HINFO: {
    about: 'The machine and its system, as it was polite to say in 1987.',
    fields: {
      cpu: { label: 'Machine', hint: 'Whatever you like.' },
      os: { label: 'System', hint: 'Whatever you like.' },
    },
  },
  HIP: {
    about: 'Who a host is, apart from where it is: the Host Identity Protocol.',
    fields: {
      hit: { label: 'Host identity tag', hint: 'Hexadecimal digits.' },
      servers: { label: 'Rendezvous servers', hint: 'Names with blanks between. May be empty.' },
    },
  },
  HTTPS: {
    about: 'How a browser should reach this site: protocols, port, address hints.',
    fields: {
      priority: { label: 'Priority', hint: '0 makes it an alias; else the lowest is tried first.' },
      target: { label: 'Target', hint: 'The server. A single dot means this name.' },
    },
  },
  IPSECKEY: {
    about: 'The key and gateway for IPsec with this host.',
    fields: {
      precedence: { label: 'Precedence', hint: 'The lowest is tried first.' },
      gatewayType: { label: 'Gateway is', hint: 'What stands in the next field.' },
      gateway: { label: 'Gateway', hint: 'A dot for none.' },
    },
  },
  KX: { about: 'Who exchanges keys on behalf of this name.' },
  L32: {
    about: 'The network of a host in ILNP, 32 bits.',
    fields: { locator: { label: 'Locator', hint: 'Written like an IPv4 address.' } },
  },
  L64: {
    about: 'The network of a host in ILNP, 64 bits.',
    fields: { locator: { label: 'Locator', hint: 'Four groups of hexadecimal digits.' } },
  },
  LOC: {
    about: 'Where on earth it is. Sandpits have been found with it.',
    fields: {
      latitude: { label: 'Latitude', hint: 'Degrees, minutes, seconds, N or S.' },
      longitude: { label: 'Longitude', hint: 'Degrees, minutes, seconds, E or W.' },
      altitude: { label: 'Altitude', hint: 'Metres above the sea, roughly.' },
      size: { label: 'Size', hint: 'Diameter. Empty: 1m.' },
      horizontalPrecision: { label: 'Precision, flat', hint: 'Empty: 10000m.' },
      verticalPrecision: { label: 'Precision, height', hint: 'Empty: 10m.' },
    },
  },
  LP: { about: 'Points to the locators of a network in ILNP.' },
  MX: {
    about: 'Where mail for this name is delivered.',
    fields: { exchange: { label: 'Mail server', hint: 'A name that has an address, not an address.' } },
  },
  NAPTR: {
    about: 'Rewrites a name or number into where to go on: telephone numbers, SIP.',
    fields: {
      order: { label: 'Order', hint: 'The lowest is taken first.' },
      preference: { label: 'Preference', hint: 'Among those of the same order.' },
      flags: { label: 'Flag', hint: 'What the result is. May be empty.' },
      services: { label: 'Services', hint: 'Such as E2U+sip.' },
      regexp: { label: 'Substitution', hint: 'Delimiter, what to find, delimiter, what to put, delimiter. Or empty.' },
      replacement: { label: 'Replacement', hint: 'A name instead, or a dot.' },
    },
  },
  NID: {
    about: 'Who a host is in ILNP, apart from where.',
    fields: { nodeId: { label: 'Node identifier', hint: 'Four groups of hexadecimal digits.' } },
  },
  NS: {
    about: 'Hands this name, and all below it, to another name server.',
    fields: { target: { label: 'Name server', hint: 'The server that knows what is below.' } },
  },
  NSEC: {
    about: 'Proves that between two names there is nothing.',
    fields: { nextName: { label: 'Next name', hint: 'The one that comes after this in the zone.' } },
  },
  NSEC3: {
    about: 'The same, with hashed names, so that nobody reads them off.',
    fields: { nextHashedOwner: { label: 'Next hashed owner', hint: 'Base32hex.' } },
  },
  NSEC3PARAM: { about: 'How the names of this zone are hashed.' },
  OPENPGPKEY: { about: 'The OpenPGP key of a person; the name is a hash of the mailbox.' },
  PTR: {
    about: 'Points at another name; mostly used to turn addresses back into names.',
    fields: { target: { label: 'Target', hint: 'The name it points at.' } },
  },
  RP: {
    about: 'Who is responsible for this name.',
    fields: {
      mailbox: { label: 'Mailbox', hint: 'Who to write to; the @ may be a dot.' },
      textName: { label: 'More at', hint: 'A name with a TXT record, or a dot.' },
    },
  },
  RRSIG: {
    about: 'A signature over an RRset. Made by machines.',
    fields: {
      typeCovered: { label: 'Signed type', hint: 'Of the RRset that is signed.' },
      labels: { label: 'Labels', hint: 'Of the owner, without a *.' },
      originalTtl: { label: 'Original TTL', hint: 'Seconds.' },
      expiration: { label: 'Expires', hint: 'YYYYMMDDHHmmSS, in UTC.' },
      inception: { label: 'Valid from', hint: 'YYYYMMDDHHmmSS, in UTC.' },
      signer: { label: 'Signer', hint: 'The zone of the key.' },
      signature: { label: 'Signature', hint: 'Base64.' },
    },
  },
  SMIMEA: { about: 'The S/MIME certificate of a person; the name is a hash of the mailbox.' },
  SOA: {
    about: 'The start of the zone: who keeps it, and for how long a “no” may be remembered. Exactly one.',
    fields: {
      mname: { label: 'Primary server', hint: 'The server with the original.' },
      rname: { label: 'Mailbox', hint: 'Who to write to; the @ may be a dot.' },
      serial: { label: 'Serial', hint: 'Goes up with every edit.' },
      refresh: { label: 'Refresh', hint: 'Seconds between looks of a secondary.' },
      retry: { label: 'Retry', hint: 'Seconds until it looks again after failing.' },
      expire: { label: 'Expire', hint: 'Seconds until it gives up.' },
      minimum: { label: 'Negative TTL', hint: 'Seconds for which “no” may be remembered.' },
    },
  },
  SPF: { about: 'Who may send mail for this name, in a type of its own that nobody asks for: use TXT.' },
  SRV: {
    about: 'Which server and port offer a service, as in _imaps._tcp.',
    fields: { target: { label: 'Target', hint: 'The server. A single dot: not offered.' } },
  },
  SSHFP: {
    about: 'The fingerprint of an SSH server, so that “are you sure?” can be answered.',
    fields: {
      fingerprintType: { label: 'Fingerprint is', hint: 'How it was made.' },
      fingerprint: { label: 'Fingerprint', hint: 'Hexadecimal digits; ssh-keygen -r prints them.' },
    },
  },
  SVCB: {
    about: 'How to reach a service: HTTPS for everything that is not the web.',
    fields: {
      priority: { label: 'Priority', hint: '0 makes it an alias; else the lowest is tried first.' },
      target: { label: 'Target', hint: 'The server. A single dot means this name.' },
    },
  },
  TLSA: { about: 'Which certificate a TLS server has, as in _443._tcp (DANE).' },
  TXT: { about: 'Any text: proofs of ownership, SPF, DKIM, poems.' },
  URI: {
    about: 'A web address for a service, as in _http._tcp.',
    fields: { target: { label: 'URI', hint: 'With its scheme.' } },
  },
  ZONEMD: {
    about: 'A digest of the whole zone, to see that a copy is complete.',
    fields: {
      scheme: { label: 'Scheme', hint: 'What is digested.' },
      hashAlgorithm: { label: 'Digest', hint: 'How it was made.' },
    },
  },
} satisfies Record<string, TypeWords>;

/** About a type that the server has no form for. */
export const otherType = 'A type without a form of its own: its octets, as RFC 3597 writes them.';
