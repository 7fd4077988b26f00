/** Was die Seite über die Übungs-Resolver und die Websites zum Draufzeigen sagt. */
import type { practice as english } from './en-practice.ts';
import { formatNumber } from './locale.ts';

const many = (count: number, one: string, more: string): string => `${formatNumber(count)} ${count === 1 ? one : more}`;

export const practice: typeof english = {
  title: 'Übungs-Resolver',
  what: 'Drei Resolver, die in diesem Server wohnen, jeder mit eigenem Gedächtnis. Sie fragen ihn übers Netz, wie es die Resolver draußen tun: Ihre Anfragen stehen in deinem Protokoll. Was sie sich von deinen Namen merken, siehst und löschst nur du.',
  noZone: 'Sie merken sich Antworten zu deinen Namen, also brauchst du welche: Grab zuerst eine Subdomain aus.',
  loading: 'Ein Blick in ihr Gedächtnis…',
  characters: {
    amber: 'Die Schlichte. Fragt nach dem ganzen Namen, ohne EDNS, und behält eine Antwort so lange, wie es darin steht.',
    basil:
      'Der Vorsichtige. Fragt Label für Label und in GeMiScHtEr Schreibung und weiß: Unter einem Namen, den es nicht gibt, gibt es nichts.',
    coral:
      'Die Vielbeschäftigte. Nennt ein Client-Subnetz, nimmt große Antworten an, gibt Einträge reihum aus und vergisst alles nach fünf Minuten.',
  },
  traits: 'Was hier anders ist',
  traitWords: {
    minimises: 'QNAME-Minimierung (RFC 9156)',
    mixesCase: 'Gemischte Schreibung gegen Fälscher (0x20)',
    cutsBelowNxdomain: 'Nichts unterhalb von NXDOMAIN (RFC 8020)',
    rotates: 'Einträge wechseln sich ab',
    clientSubnet: (subnet) => `Nennt das Client-Subnetz ${subnet} (RFC 7871)`,
    udpSize: (size) => `Nimmt ${formatNumber(size)} Oktette über UDP an`,
    maxTtl: (words) => `Behält Einträge höchstens ${words}`,
    maxNegativeTtl: (words) => `Behält „gibt es nicht“ höchstens ${words}`,
  },
  from: (address) => `Fragt von ${address} aus`,
  port: 'Selbst fragen, auf diesem Rechner',

  form: 'Frag sie',
  name: 'Name',
  nameHint: 'Ohne Punkt ist ein Name deiner Subdomain gemeint; @ ist die Subdomain selbst.',
  type: 'Typ',
  whom: 'Wen',
  send: 'Fragen',
  asking: 'Frage läuft…',

  speed: 'Ihre Zeit',
  speedOf: (speed) => `× ${speed}`,
  speedWords: (speed) =>
    speed === 1
      ? 'Ihre Sekunden sind deine.'
      : `Eine Minute bei dir sind bei ihnen ${speed === 10 ? 'zehn Minuten' : 'eine Stunde'}.`,

  answer: 'Die Antwort',
  cached: { all: 'aus dem Gedächtnis', part: 'teils aus dem Gedächtnis', none: 'frisch erfragt' },
  noRecords: 'keine Einträge',
  ttl: (seconds) => `${formatNumber(seconds)} s`,
  steps: 'Wie es dazu kam',
  step: {
    cache: (name, type, seconds) => `${name} ${type} war noch bekannt, für weitere ${many(seconds, 'Sekunde', 'Sekunden')}.`,
    query: (name, type, transport) => `${name} ${type} über ${transport} erfragt`,
    server: (address) => `bei ${address}`,
    got: (rcode, count) => `${rcode}, ${many(count, 'Eintrag', 'Einträge')}`,
    truncated: 'gekürzt',
    silence: 'keine Antwort',
    alias: (name, target) => `${name} ist ein anderer Name für ${target}.`,
    referral: (name, servers) => `${name} ist delegiert an ${servers}.`,
    glue: (addresses) => `Mit Glue: ${addresses}.`,
    noGlue: 'Ohne Glue: Die Adressen müssen erst gefunden werden.',
  },
  stops: {
    foreign: (name) => `${name} liegt nicht auf diesem Server. Diese Resolver fragen niemanden sonst, also ist hier Schluss.`,
    elsewhere: (name, detail) =>
      `Der Nameserver für ${name} steht bei ${detail}, und das ist nicht dieser Server. Diese Resolver fragen niemanden sonst.`,
    lame: (name, detail) =>
      `Niemand, der gefragt wurde, kennt ${detail || name}: Die Delegation ist lahm (lame). Die Server, an die delegiert wird, antworten nicht für diese Zone.`,
    loop: (name, detail) => `Es geht im Kreis: ${detail || name} führt dorthin zurück, wo wir schon waren.`,
    limit: (name) => `Der Weg zu ${name} ist zu lang. Jeder Resolver gibt irgendwann auf.`,
    silence: (name) => `Zu ${name} kam rechtzeitig keine Antwort.`,
    rcode: (name, detail) => `Der Server wollte zu ${name} nicht antworten: ${detail}.`,
    unreadable: (name) =>
      `Die Antwort zu ${name} war nicht vollständig oder passte nicht zur Frage. So etwas verwirft ein Resolver.`,
    unaskable: (name) =>
      `Danach können diese Resolver bei ${name} nicht fragen: ein Typ, den sie nicht kennen, oder ein Punkt mitten in einem Label.`,
  },

  memory: 'Im Gedächtnis',
  memoryEmpty: 'Nichts. Frag etwas.',
  memoryCount: (count) => many(count, 'Eintrag', 'Einträge'),
  left: (words) => `noch ${words}`,
  hits: (count) => `${count === 1 ? 'einmal' : `${formatNumber(count)}-mal`} ausgegeben`,
  kinds: { nodata: 'keine solchen Einträge', nxdomain: 'kein solcher Name', delegation: 'delegiert' },
  anyType: 'jeder Typ',
  flush: 'Leeren',
  flushThing: (name) => `Das Gedächtnis von ${name} leeren`,
  flushed: (name) => `${name} hat alles vergessen.`,
  flushAll: 'Alle drei leeren',
  flushedAll: 'Alle drei haben alles vergessen.',

  targets: 'Websites zum Draufzeigen',
  targetsWhat:
    'Zwei winzige Websites dieses Servers. Schreib eine der Adressen in einen A-Eintrag und besuch dann den Namen: Einer der Resolver schlägt ihn nach, und der Server geht dorthin, wohin die Antwort führt.',
  targetNames: { orange: 'Orange', teal: 'Petrol' },
  targetOpen: (name) => `${name} in einem Tab öffnen`,
  noTargets: 'Wer diesen Server betreibt, hat keine eingerichtet.',
  visitTitle: 'Einen Namen besuchen',
  through: 'Über',
  visit: 'Besuchen',
  visiting: 'Unterwegs…',
  visited: (site, host) => `Du bist bei der Website ${site} angekommen, gefragt nach ${host}.`,
  visitStatus: (status) => `Status ${status}`,
  unknownHost:
    'Eine Website dieses Namens kennt sie nicht: Der Name führt zwar hierher, aber auseinandergehalten werden Websites am Host-Header.',
  outcomes: {
    nxdomain: (name) => `${name} gibt es nicht, sagt der Resolver (NXDOMAIN). Ein Browser zeigt hier seine eigene Fehlerseite.`,
    nodata: (name) =>
      `${name} gibt es, aber ohne Adresse, sagt der Resolver (NODATA). Ein Browser zeigt hier seine eigene Fehlerseite.`,
    failed: (name) => `Der Resolver konnte über ${name} nichts herausfinden (SERVFAIL). Woran es lag, steht darunter.`,
    refused: (name) => `Der Resolver weigert sich, nach ${name} zu fragen (REFUSED): Der Name liegt nicht auf diesem Server.`,
    nobody: (addresses) =>
      `Die Adresse ist ${addresses}. Dort steht keine der beiden Websites, und woandershin verbinden wir uns nicht: Ein Browser würde es versuchen und finden, wer auch immer dort ist.`,
    unreachable: (addresses) => `Die Website bei ${addresses} hat nicht geantwortet.`,
  },
};
