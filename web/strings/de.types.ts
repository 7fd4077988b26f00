/** Was das Formular über Eintragstypen, ihre Felder und Werte sagt. */
import type * as english from './en.types.ts';

export const groups: typeof english.groups = {
  common: 'Die üblichen',
  service: 'Dienste und Post',
  trust: 'Schlüssel und Zertifikate',
  network: 'Netze und Orte',
  dnssec: 'DNSSEC',
  rare: 'Selten zu sehen',
};

export const fields: typeof english.fields = {
  address: { label: 'Adresse', hint: 'Wo der Name zu finden ist.' },
  target: { label: 'Ziel', hint: 'Ein ganzer Name; den Punkt am Ende darfst du weglassen.' },
  preference: { label: 'Vorrang', hint: 'Der kleinste kommt zuerst.' },
  priority: { label: 'Priorität', hint: 'Die kleinste kommt zuerst.' },
  weight: { label: 'Gewicht', hint: 'Anteil unter denen gleicher Priorität.' },
  port: { label: 'Port', hint: '0 bis 65535.' },
  exchange: { label: 'Server', hint: 'Ein Name mit einer Adresse, keine Adresse.' },
  flags: { label: 'Flags', hint: 'Eine Zahl; jedes Bit bedeutet etwas.' },
  algorithm: { label: 'Algorithmus', hint: 'Der des Schlüssels.' },
  publicKey: { label: 'Öffentlicher Schlüssel', hint: 'Base64; Leerzeichen schaden nicht.' },
  keyTag: { label: 'Schlüsselnummer', hint: 'Die Zahl, unter der man den Schlüssel findet (key tag).' },
  digestType: { label: 'Prüfsumme', hint: 'Wie sie gebildet wurde.' },
  digest: { label: 'Wert der Prüfsumme', hint: 'Hexadezimalziffern.' },
  protocol: { label: 'Protokoll', hint: 'Immer 3.' },
  serial: { label: 'Seriennummer', hint: 'Die der Zone.' },
  types: { label: 'Typen', hint: 'Kürzel, durch Leerzeichen getrennt.' },
  usage: { label: 'Verwendung', hint: 'Was das Zertifikat sein muss.' },
  selector: { label: 'Auswahl', hint: 'Was davon verglichen wird.' },
  matchingType: { label: 'Vergleich', hint: 'Wie verglichen wird.' },
  data: { label: 'Daten', hint: 'Hexadezimalziffern.' },
  hashAlgorithm: { label: 'Hash', hint: 'Womit Namen gehasht werden.' },
  iterations: { label: 'Durchläufe', hint: 'Am besten 0 (RFC 9276).' },
  salt: { label: 'Salz', hint: 'Hexadezimalziffern, oder - für keines.' },
  params: { label: 'Parameter', hint: 'schlüssel=wert, durch Leerzeichen getrennt. Darf leer sein.' },
  text: { label: 'Text', hint: 'So geschrieben, wie er ist. Beginnt er mit ", teilst du die Zeichenketten selbst ein.' },
  locator: { label: 'Locator', hint: 'Wo das Netz liegt.' },
  content: {
    label: 'Daten',
    hint: 'Wie eine Zonendatei es schreibt; oder \\#, die Anzahl der Oktette und ihre Hexadezimalziffern (RFC 3597).',
  },
};

export const choices: typeof english.choices = {
  caaTag: {
    issue: 'wer Zertifikate ausstellen darf',
    issuewild: 'wer Wildcard-Zertifikate ausstellen darf',
    issuemail: 'wer Zertifikate für Mail ausstellen darf',
    iodef: 'wohin ein Verstoß gemeldet wird',
    contactemail: 'Mailadresse für Rückfragen',
  },
  caaFlags: {
    0: 'wer das Tag nicht kennt, darf es übergehen',
    128: 'kritisch: wer das Tag nicht kennt, darf nicht ausstellen',
  },
  tlsaUsage: {
    0: 'eine CA, die in der Kette stehen und vertraut sein muss',
    1: 'genau dieses Zertifikat, und vertraut',
    2: 'eine eigene CA',
    3: 'genau dieses Zertifikat, wer auch immer es gemacht hat',
  },
  tlsaSelector: { 0: 'das ganze Zertifikat', 1: 'sein öffentlicher Schlüssel' },
  tlsaMatching: { 0: 'wie es ist', 1: 'sein SHA-256', 2: 'sein SHA-512' },
  sshAlgorithm: { 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'Ed25519', 6: 'Ed448' },
  sshFingerprint: { 1: 'SHA-1', 2: 'SHA-256' },
  certType: {
    1: 'PKIX: ein X.509-Zertifikat',
    2: 'SPKI',
    3: 'OpenPGP',
    4: 'Adresse eines PKIX-Zertifikats',
    5: 'Adresse eines SPKI-Zertifikats',
    6: 'Adresse eines OpenPGP-Schlüssels',
    7: 'Attributzertifikat',
    8: 'Adresse eines Attributzertifikats',
    253: 'URI: eine Art, die ein URI benennt',
    254: 'OID: eine Art, die eine OID benennt',
  },
  dnssecAlgorithm: {
    0: 'keiner angegeben',
    5: 'RSA/SHA-1, überholt',
    7: 'RSA/SHA-1 für NSEC3, überholt',
    8: 'RSA/SHA-256',
    10: 'RSA/SHA-512',
    13: 'ECDSA P-256',
    14: 'ECDSA P-384',
    15: 'Ed25519',
    16: 'Ed448',
  },
  dsDigest: { 1: 'SHA-1, überholt', 2: 'SHA-256', 4: 'SHA-384' },
  keyFlags: {
    256: 'signiert die Zone (ZSK)',
    257: 'signiert die Schlüssel (KSK)',
    385: 'signiert die Schlüssel, ist aber widerrufen',
  },
  deleteKeyFlags: { 0: 'bittet, DNSSEC zu entfernen', 256: 'signiert die Zone (ZSK)', 257: 'signiert die Schlüssel (KSK)' },
  deleteDigest: { 0: 'bittet, DNSSEC zu entfernen', 1: 'SHA-1, überholt', 2: 'SHA-256', 4: 'SHA-384' },
  csyncFlags: {
    0: 'warten, bis es der Elternzone gesagt wird',
    1: 'sofort',
    2: 'ab dieser Seriennummer',
    3: 'sofort, ab dieser Seriennummer',
  },
  gatewayType: { 0: 'keines', 1: 'eine IPv4-Adresse', 2: 'eine IPv6-Adresse', 3: 'ein Name' },
  ipsecAlgorithm: { 0: 'kein Schlüssel', 1: 'DSA', 2: 'RSA', 3: 'ECDSA', 4: 'EdDSA' },
  hipAlgorithm: { 1: 'DSA', 2: 'RSA', 3: 'ECDSA', 4: 'ECDSA, schwach', 5: 'EdDSA' },
  naptrFlags: {
    S: 'weiter mit SRV',
    A: 'weiter mit einer Adresse',
    U: 'das Ergebnis ist ein URI',
    P: 'wie das Protokoll es sagt',
  },
  nsec3Hash: { 1: 'SHA-1' },
  nsec3Flags: { 0: 'jeder Name ist erfasst', 1: 'unsignierte Delegationen dürfen fehlen' },
  afsdbSubtype: { 1: 'Datenbank einer AFS-Zelle', 2: 'DCE-Nameserver' },
  zonemdScheme: { 1: 'die ganze Zone' },
  zonemdHash: { 1: 'SHA-384', 2: 'SHA-512' },
};

export const types: typeof english.types = {
  A: {
    about: 'Eine IPv4-Adresse: wo ein Name zu finden ist.',
    fields: { address: { label: 'IPv4-Adresse', hint: 'Vier Zahlen von 0 bis 255.' } },
  },
  AAAA: {
    about: 'Eine IPv6-Adresse: dasselbe wie A, für das größere Internet.',
    fields: { address: { label: 'IPv6-Adresse', hint: 'Gruppen von Hexadezimalziffern; :: steht für Nullen.' } },
  },
  AFSDB: {
    about: 'Die Server einer AFS-Zelle.',
    fields: { subtype: { label: 'Unterart', hint: 'Wofür der Server da ist.' } },
  },
  APL: {
    about: 'Eine Liste von Netzen, für alle, die eine brauchen.',
    fields: { prefixes: { label: 'Präfixe', hint: '1: vor IPv4, 2: vor IPv6, ! für „aber nicht“. Darf leer sein.' } },
  },
  CAA: {
    about: 'Wer TLS-Zertifikate für diesen Namen ausstellen darf.',
    fields: {
      tag: { label: 'Tag', hint: 'Was geregelt wird.' },
      value: { label: 'Wert', hint: 'Eine Zertifizierungsstelle, oder ; für niemanden.' },
    },
  },
  CDNSKEY: { about: 'Sagt der Elternzone, welchem DNSKEY sie vertrauen soll.' },
  CDS: { about: 'Sagt der Elternzone, welchen DS-Eintrag sie haben soll.' },
  CERT: {
    about: 'Ein Zertifikat, oder wo es zu finden ist.',
    fields: {
      certType: { label: 'Art', hint: 'Was für ein Zertifikat es ist.' },
      certificate: { label: 'Zertifikat', hint: 'Base64.' },
    },
  },
  CNAME: {
    about: 'Ein anderer Name für etwas: Such dort. Er verträgt keine anderen Einträge neben sich.',
    fields: { target: { label: 'Ziel', hint: 'Der Name, der stattdessen nachgeschlagen wird.' } },
  },
  CSYNC: { about: 'Sagt der Elternzone, welche Einträge sie von hier übernehmen soll.' },
  DHCID: {
    about: 'Zu welchem DHCP-Client ein Name gehört, damit sich nicht zwei um ihn streiten.',
    fields: { data: { label: 'Kennung', hint: 'Base64.' } },
  },
  DNAME: {
    about: 'Alles unterhalb dieses Namens wird unterhalb eines anderen nachgeschlagen.',
    fields: { target: { label: 'Ziel', hint: 'Was an die Stelle dieses Namens tritt.' } },
  },
  DNSKEY: { about: 'Ein öffentlicher Schlüssel, mit dem die Zone signiert ist.' },
  DS: { about: 'Bürgt für den Schlüssel einer Zone darunter, damit das Vertrauen weiterreicht.' },
  EUI48: {
    about: 'Eine MAC-Adresse mit 48 Bit. Im echten Leben behält man sie für sich.',
    fields: { address: { label: 'MAC-Adresse', hint: 'Sechs Paare von Hexadezimalziffern mit Bindestrichen.' } },
  },
  EUI64: {
    about: 'Eine Hardware-Adresse mit 64 Bit.',
    fields: { address: { label: 'EUI-64', hint: 'Acht Paare von Hexadezimalziffern mit Bindestrichen.' } },
  },
  HINFO: {
    about: 'Die Maschine und ihr System, wie man es 1987 höflicherweise verriet.',
    fields: {
      cpu: { label: 'Maschine', hint: 'Was du magst.' },
      os: { label: 'System', hint: 'Was du magst.' },
    },
  },
  HIP: {
    about: 'Wer ein Host ist, unabhängig davon, wo er ist: das Host Identity Protocol.',
    fields: {
      hit: { label: 'Host Identity Tag', hint: 'Hexadezimalziffern.' },
      servers: { label: 'Rendezvous-Server', hint: 'Namen, durch Leerzeichen getrennt. Darf leer sein.' },
    },
  },
  HTTPS: {
    about: 'Wie ein Browser diese Seite erreicht: Protokolle, Port, Adresshinweise.',
    fields: {
      priority: { label: 'Priorität', hint: '0 macht einen Alias daraus; sonst kommt die kleinste zuerst.' },
      target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt meint diesen Namen.' },
    },
  },
  IPSECKEY: {
    about: 'Schlüssel und Gateway für IPsec mit diesem Host.',
    fields: {
      precedence: { label: 'Vorrang', hint: 'Der kleinste kommt zuerst.' },
      gatewayType: { label: 'Das Gateway ist', hint: 'Was im nächsten Feld steht.' },
      gateway: { label: 'Gateway', hint: 'Ein Punkt für keines.' },
    },
  },
  KX: { about: 'Wer im Namen dieses Namens Schlüssel austauscht.' },
  L32: {
    about: 'Das Netz eines Hosts in ILNP, 32 Bit.',
    fields: { locator: { label: 'Locator', hint: 'Geschrieben wie eine IPv4-Adresse.' } },
  },
  L64: {
    about: 'Das Netz eines Hosts in ILNP, 64 Bit.',
    fields: { locator: { label: 'Locator', hint: 'Vier Gruppen von Hexadezimalziffern.' } },
  },
  LOC: {
    about: 'Wo auf der Erde es ist. Auch Sandkästen hat man damit schon gefunden.',
    fields: {
      latitude: { label: 'Breite', hint: 'Grad, Minuten, Sekunden, N oder S.' },
      longitude: { label: 'Länge', hint: 'Grad, Minuten, Sekunden, E oder W.' },
      altitude: { label: 'Höhe', hint: 'Meter über dem Meer, ungefähr.' },
      size: { label: 'Größe', hint: 'Durchmesser. Leer: 1m.' },
      horizontalPrecision: { label: 'Genauigkeit, flach', hint: 'Leer: 10000m.' },
      verticalPrecision: { label: 'Genauigkeit, Höhe', hint: 'Leer: 10m.' },
    },
  },
  LP: { about: 'Zeigt auf die Locators eines Netzes in ILNP.' },
  MX: {
    about: 'Wohin Post für diesen Namen zugestellt wird.',
    fields: { exchange: { label: 'Mailserver', hint: 'Ein Name mit einer Adresse, keine Adresse.' } },
  },
  NAPTR: {
    about: 'Schreibt einen Namen oder eine Nummer um in das, womit es weitergeht: Telefonnummern, SIP.',
    fields: {
      order: { label: 'Reihenfolge', hint: 'Die kleinste kommt zuerst.' },
      preference: { label: 'Vorrang', hint: 'Unter denen gleicher Reihenfolge.' },
      flags: { label: 'Flag', hint: 'Was das Ergebnis ist. Darf leer sein.' },
      services: { label: 'Dienste', hint: 'Etwa E2U+sip.' },
      regexp: { label: 'Ersetzung', hint: 'Trenner, was gesucht wird, Trenner, was hinkommt, Trenner. Oder leer.' },
      replacement: { label: 'Ersatz', hint: 'Stattdessen ein Name, oder ein Punkt.' },
    },
  },
  NID: {
    about: 'Wer ein Host in ILNP ist, unabhängig davon, wo.',
    fields: { nodeId: { label: 'Knotenkennung', hint: 'Vier Gruppen von Hexadezimalziffern.' } },
  },
  NS: {
    about: 'Übergibt diesen Namen und alles darunter einem anderen Nameserver.',
    fields: { target: { label: 'Nameserver', hint: 'Der Server, der weiß, was darunter liegt.' } },
  },
  NSEC: {
    about: 'Beweist, dass zwischen zwei Namen nichts ist.',
    fields: { nextName: { label: 'Nächster Name', hint: 'Der in der Zone nach diesem kommt.' } },
  },
  NSEC3: {
    about: 'Dasselbe mit gehashten Namen, damit niemand sie abliest.',
    fields: { nextHashedOwner: { label: 'Nächster gehashter Name', hint: 'Base32hex.' } },
  },
  NSEC3PARAM: { about: 'Wie die Namen dieser Zone gehasht werden.' },
  OPENPGPKEY: { about: 'Der OpenPGP-Schlüssel einer Person; der Name ist ein Hash des Postfachs.' },
  PTR: {
    about: 'Zeigt auf einen anderen Namen; macht meist aus Adressen wieder Namen.',
    fields: { target: { label: 'Ziel', hint: 'Der Name, auf den er zeigt.' } },
  },
  RP: {
    about: 'Wer für diesen Namen verantwortlich ist.',
    fields: {
      mailbox: { label: 'Postfach', hint: 'An wen man schreibt; das @ darf ein Punkt sein.' },
      textName: { label: 'Mehr unter', hint: 'Ein Name mit einem TXT-Eintrag, oder ein Punkt.' },
    },
  },
  RRSIG: {
    about: 'Eine Signatur über ein RRset. Von Maschinen gemacht.',
    fields: {
      typeCovered: { label: 'Signierter Typ', hint: 'Der des signierten RRsets.' },
      labels: { label: 'Labels', hint: 'Die des Namens, ohne *.' },
      originalTtl: { label: 'Ursprüngliche TTL', hint: 'Sekunden.' },
      expiration: { label: 'Gültig bis', hint: 'JJJJMMTTHHmmSS, in UTC.' },
      inception: { label: 'Gültig ab', hint: 'JJJJMMTTHHmmSS, in UTC.' },
      signer: { label: 'Unterzeichner', hint: 'Die Zone des Schlüssels.' },
      signature: { label: 'Signatur', hint: 'Base64.' },
    },
  },
  SMIMEA: { about: 'Das S/MIME-Zertifikat einer Person; der Name ist ein Hash des Postfachs.' },
  SOA: {
    about: 'Der Anfang der Zone: wer sie pflegt und wie lange man sich ein „Nein“ merken darf. Es gibt genau einen.',
    fields: {
      mname: { label: 'Erster Server', hint: 'Der Server mit dem Original.' },
      rname: { label: 'Postfach', hint: 'An wen man schreibt; das @ darf ein Punkt sein.' },
      serial: { label: 'Seriennummer', hint: 'Wächst mit jeder Änderung.' },
      refresh: { label: 'Refresh', hint: 'Sekunden, nach denen ein Sekundärserver nachsieht.' },
      retry: { label: 'Retry', hint: 'Sekunden, nach denen er es nach einem Fehlschlag wieder versucht.' },
      expire: { label: 'Expire', hint: 'Sekunden, nach denen er aufgibt.' },
      minimum: { label: 'Negative TTL', hint: 'Sekunden, die man sich ein „Nein“ merken darf.' },
    },
  },
  SPF: { about: 'Wer für diesen Namen Post verschicken darf, in einem Typ, nach dem niemand fragt: Nimm TXT.' },
  SRV: {
    about: 'Welcher Server und Port einen Dienst anbieten, etwa _imaps._tcp.',
    fields: { target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt: nicht angeboten.' } },
  },
  SSHFP: {
    about: 'Der Fingerabdruck eines SSH-Servers, damit „Bist du sicher?“ eine Antwort hat.',
    fields: {
      fingerprintType: { label: 'Der Abdruck ist', hint: 'Wie er gebildet wurde.' },
      fingerprint: { label: 'Fingerabdruck', hint: 'Hexadezimalziffern; ssh-keygen -r gibt sie aus.' },
    },
  },
  SVCB: {
    about: 'Wie ein Dienst erreicht wird: HTTPS für alles, was nicht das Web ist.',
    fields: {
      priority: { label: 'Priorität', hint: '0 macht einen Alias daraus; sonst kommt die kleinste zuerst.' },
      target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt meint diesen Namen.' },
    },
  },
  TLSA: { about: 'Welches Zertifikat ein TLS-Server hat, etwa _443._tcp (DANE).' },
  TXT: { about: 'Beliebiger Text: Besitznachweise, SPF, DKIM, Gedichte.' },
  URI: {
    about: 'Eine Webadresse für einen Dienst, etwa _http._tcp.',
    fields: { target: { label: 'URI', hint: 'Mit seinem Schema.' } },
  },
  ZONEMD: {
    about: 'Eine Prüfsumme der ganzen Zone, um zu sehen, ob eine Kopie vollständig ist.',
    fields: {
      scheme: { label: 'Schema', hint: 'Was erfasst wird.' },
      hashAlgorithm: { label: 'Prüfsumme', hint: 'Wie sie gebildet wurde.' },
    },
  },
};

export const otherType = 'Ein Typ ohne eigenes Formular: seine Oktette, wie RFC 3597 sie schreibt.';
