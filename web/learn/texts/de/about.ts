import type { AboutWords } from '../en/about.ts';

/** Deutsch; siehe texts/en/about.ts. */
export const about: AboutWords = {
  title: 'Über Digpit',
  what: 'Digpit verleiht Subdomains, antwortet für sie wie ein echter Nameserver und zeigt ihren Besitzern, wer fragt. Es ist quelloffen, unter der MIT-Lizenz.',
  version: (version) => `Dies ist Version ${version}.`,
  kept: 'Was aufbewahrt wird',
  seen: 'Wer es sehen kann',
  sent: 'Was von hier hinausgeht',
  limits: 'Wie viel jeder bekommt',

  log: (age, size) =>
    `Jede Frage nach einer Subdomain: wann sie kam, von welcher Adresse und welchem Port, und beide Nachrichten, Oktett für Oktett. Höchstens ${age} lang und höchstens ${size} für alle Subdomains zusammen. Ist das voll, gehen die ältesten, aber nicht von Subdomains mit wenigen: Wird eine überflutet, behalten die anderen die ihren. Wem die Subdomain gehört, kann alles jederzeit löschen.`,
  logOff: 'Fragen werden gezeigt, aber nicht aufbewahrt: Auf diesem Server ist das Protokoll abgeschaltet.',
  notes:
    'Fragen von Leuten kommen über ihre Resolver, also ist die Adresse meist die eines Resolvers. Manche fügen einen Teil der Adresse dahinter an; auch der wird aufbewahrt.',
  zone: (age) =>
    `Eine Subdomain mit Einträgen und Protokoll, bis ${age} nach dem letzten Besuch ihres Besitzers. Ihr Name wird nicht noch einmal vergeben.`,
  zoneForever: 'Eine Subdomain mit ihren Einträgen, solange dieser Server steht.',
  history: 'Die letzten Änderungen jeder Subdomain, damit man sie zurücknehmen kann: höchstens hundert.',
  key: 'Vom Schlüssel einer Subdomain und vom Cookie einer Sitzung nur Hashes. Ein verlorener Schlüssel lässt sich nicht noch einmal ausgeben.',
  browser:
    'In deinem Browser: das Sitzungs-Cookie und was du gewählt hast: Sprache, Farben, wie weit du mit den Experimenten bist.',

  owner: 'Wer den Schlüssel einer Subdomain hat oder sie in einem Browser offen hat, sieht ihre Einträge und ihr Protokoll.',
  shared:
    'Wer einen Link zu einer geteilten Frage hat, sieht diese Frage, bis der Link zurückgenommen ist oder die Frage das Protokoll verlassen hat.',
  world: 'Einträge sind öffentlich: Wer danach fragt, bekommt Antwort. Schreib nichts Geheimes hinein.',
  operator: 'Wer diesen Server betreibt, kann alles Aufbewahrte lesen.',

  nothing: 'Nichts: keine Statistik, keine Schriften, keine Skripte von anderen.',
  resolvers: (hosts) => `Wenn du es sagst, und nur dann, eine Frage nach deinen eigenen Namen, an ${hosts}.`,
  noResolvers: 'Öffentliche Resolver lassen sich von hier nicht fragen.',

  refused: 'Was darüber hinausgeht, wird abgelehnt, mit der Zeit, nach der es wieder geht.',
  ofZone: 'Jede Subdomain',
  ofAddress: 'Von einer Adresse oder einem IPv6-/64',
  ofAll: 'Alle zusammen',
  ofRequest: 'Ein Aufruf',
  limit: {
    recordsPerZone: (count) => `${count} Einträge`,
    namesPerZone: (count) => `${count} Namen`,
    octetsPerZone: (count) => `${count} Oktette Daten in allen Einträgen`,
    sharesPerZone: (count) => `${count} geteilte Fragen gleichzeitig`,
    keysPerZone: (count) => `${count} Schlüssel und Tokens`,
    exportsPerZone: (count) => `${count} Dateien aus dem Protokoll gleichzeitig`,
    viewersPerZone: (count) => `${count} offene Live-Ansichten`,
    callsPerZone: (count) => `${count} Aufrufe und Updates pro Minute`,
    callsPerMinute: (count) => `${count} Aufrufe pro Minute`,
    viewersPerAddress: (count) => `${count} offene Live-Ansichten`,
    sessionsPerHour: (count) => `${count} neue Subdomains oder Sitzungen pro Stunde`,
    zonesPerDay: (count) => `${count} neue Subdomains am Tag`,
    asksPerHour: (count) => `${count} Fragen pro Stunde an öffentliche Resolver`,
    practiceAsksPerHour: (count) => `${count} Fragen pro Stunde an Übungs-Resolver`,
    viewers: (count) => `${count} offene Live-Ansichten`,
    zones: (count) => `${count} Subdomains`,
    zoneOctets: (count) => `${count} Oktette Speicher für alle ihre Einträge`,
    allZonesPerDay: (count) => `${count} neue Subdomains am Tag`,
    logOctetsForSmall: (count) => `${count} Oktette Protokoll für die Subdomains, die wenige Fragen haben`,
    bodyBytes: (count) => `${count} Oktette`,
    zoneBodyBytes: (count) => `${count} Oktette mit einer ganzen Zone darin`,
  },
  lures: 'Keine Namen, die nach Banken, Läden und anderen großen Seiten aussehen.',
  report: 'Etwas stimmt hier nicht?',
  reportWhat: 'Wer sieht, dass ein Name dieses Servers missbraucht wird, schreibt an',
};
