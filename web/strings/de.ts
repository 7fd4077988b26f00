/** Alles, was die Seite auf Deutsch sagt. */
import { choices, fields, groups, otherType, types } from './de.types.ts';
import { ask, detail, fields as messageFields, filter, live, options, shared, who, why } from './de-log.ts';
import { practice } from './de-practice.ts';
import { formatNumber } from './locale.ts';
import type { Strings } from './strings.ts';

const many = (count: number, one: string, more: string): string => `${formatNumber(count)} ${count === 1 ? one : more}`;

export const strings: Strings = {
  product: 'Digpit',
  title: 'Digpit, ein DNS-Sandkasten',
  language: 'Sprache',
  skip: 'Zum Sandkasten springen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyThing: (thing) => `${thing} kopieren`,
  cancel: 'Abbrechen',

  theme: { label: 'Farben', system: 'wie das System', light: 'hell', dark: 'dunkel' },

  sections: {
    label: 'Bereiche',
    names: {
      playground: 'Sandkasten',
      experiments: 'Experimente',
      practice: 'Resolver',
      keys: 'Schlüssel',
      words: 'Wörter',
      about: 'Über',
    },
    loading: 'Einen Moment…',
  },

  errors: {
    unreachable: 'Der Server ist gerade nicht zu erreichen. Nichts wurde geändert; versuch es noch einmal.',
    unreadable: (status) => `Der Server hat mit Status ${status} geantwortet, ohne Erklärung.`,
  },

  landing: {
    title: ['Grab ein Loch ins DNS.', 'Schau, wer hineinfällt.'],
    what: 'Digpit leiht dir eine Subdomain: Ändere hier ihre Einträge und sieh live zu, wie jede Frage der Welt nach ihnen ankommt, mitsamt dem Netz, aus dem sie kam.',
    dig: 'Subdomain ausgraben',
    digging: 'Wird gegraben…',
    haveKey: 'Ich habe einen Schlüssel',
    keyHint: 'Du hast ihn beim Ausgraben der Subdomain bekommen; er bringt sie in diesen Browser zurück.',
    open: 'Zurückholen',
    opening: 'Wird gesucht…',
    ended: 'Diese Sitzung ist zu Ende. Die Subdomain gibt es noch: Ihr Schlüssel bringt sie zurück.',
    left: 'Du hast die Subdomain verlassen. Sie bleibt, wo sie ist; ihr Schlüssel bringt sie zurück.',
    picture:
      'Ein Spaten steckt in einem Sandhaufen neben einem Eimer. Aus einem frisch gegrabenen Loch schaut eine Krabbe und hält eine Fahne hoch, auf der „A?“ steht.',
  },

  key: {
    title: 'Bewahre diesen Schlüssel auf',
    label: 'den Schlüssel',
    why: 'Er bringt diese Subdomain in einen anderen Browser zurück. Wir behalten keine lesbare Kopie und können ihn dir deshalb kein zweites Mal zeigen.',
    kept: 'Ich habe ihn notiert',
  },

  session: {
    end: 'Beenden',
    endTitle: 'Diese Sitzung beenden?',
    endWhy:
      'Die Subdomain und ihre Einträge bleiben und werden beantwortet wie bisher. Zurück kommst du nur mit dem Schlüssel: Ohne ihn führt kein Weg dorthin.',
    endYes: 'Sitzung beenden',
    endNo: 'Hierbleiben',
    sides: 'Teile des Sandkastens',
    toRecords: 'Einträge',
    toLog: 'Protokoll',
    zone: 'die Subdomain',
  },

  records: {
    title: 'Einträge',
    caption: 'Einträge dieser Subdomain, nach Namen geordnet, die Subdomain selbst zuerst',
    columns: { name: 'Name', type: 'Typ', content: 'Inhalt', ttl: 'TTL', actions: 'Aktionen' },
    loading: 'Die Einträge werden gelesen…',
    retry: 'Noch einmal versuchen',
    count: (count) => many(count, 'Eintrag', 'Einträge'),
    edit: 'Ändern',
    editThing: (thing) => `${thing} ändern`,
    duplicate: 'Noch so einen',
    duplicateThing: (thing) => `Noch einen wie ${thing}`,
    addTo: (name) => `Eintrag zu ${name} hinzufügen`,
    remove: 'Löschen',
    removeThing: (thing) => `${thing} löschen`,
    removed: (thing) => `${thing} gelöscht.`,
    removedMany: (count) => `${many(count, 'Eintrag', 'Einträge')} gelöscht.`,
    undo: 'Rückgängig',
    undone: 'Wieder da.',
    added: (thing) => `${thing} hinzugefügt. Fragen danach werden schon beantwortet.`,
    saved: (thing) => `${thing} gespeichert. Fragen danach werden schon beantwortet.`,
    removeAll: 'Alle löschen',
    removeAllTitle: 'Alle Einträge löschen?',
    removeAllWhy: 'Ein frischer SOA und NS bleiben, denn ohne sie gibt es keine Zone. Das Protokoll bleibt, wie es ist.',
    removeAllYes: 'Alle löschen',
    removeAllNo: 'Behalten',
    apex: 'die Subdomain selbst',
    views: {
      label: 'Ansichten der Einträge',
      table: 'Tabelle',
      add: 'Zeilen einfügen',
      replace: 'Als Text',
      import: 'Importieren',
      history: 'Verlauf',
    },
    download: 'Zonendatei',
    downloadWhy: 'Die Zone als Datei herunterladen, die jeder Nameserver liest',
    bare: 'Ein leerer Sandkasten: Bisher gibt es nur den SOA und den NS, die jede Zone hat.',
    bareTry: 'Versuch es mit einem A-Eintrag für www: Jede Adresse ist recht, etwa 192.0.2.7. Dann frag danach.',
  },

  text: {
    add: {
      title: 'Zeilen einer Zonendatei einfügen',
      what: 'Ein Eintrag pro Zeile: Name, TTL, Typ, Daten. Sie kommen zu dem hinzu, was schon da ist.',
      label: 'Zeilen zum Hinzufügen',
      apply: 'Diese hinzufügen',
    },
    replace: {
      title: 'Die ganze Zone als Text',
      what: 'Ändere, was du willst; was du herausnimmst, wird gelöscht. Die Seriennummer zählt von selbst weiter.',
      label: 'Die Zonendatei',
      apply: 'Zone speichern',
    },
    import: {
      title: 'Die Einträge einer anderen Domain herbringen',
      what: 'Füge ein, was dig über sie ausgibt, oder ihre Zonendatei. Ihre Namen ziehen in deine Subdomain um; drüben ändert sich nichts.',
      label: 'Die Ausgabe von dig oder eine Zonendatei',
      apply: 'Diese importieren',
    },
    from: 'Stammt von',
    fromHint: 'Die Domain, deren Namen deine werden. Leer: Wir raten.',
    fromGuess: (name) => `Sieht nach ${name} aus.`,
    preview: 'Was sich ändern wird',
    nothing: 'Es würde sich nichts ändern.',
    waiting: 'Schreib oder füg etwas ein; hier siehst du, was es bewirken würde.',
    counts: (added, removed) => `${formatNumber(added)} neu, ${formatNumber(removed)} weg`,
    added: 'Neu',
    removed: 'Weg',
    skipped: (count) => `${many(count, 'Zeile bleibt', 'Zeilen bleiben')} außen vor`,
    line: (line) => `Zeile ${line}`,
    reasons: {
      duplicate: 'gibt es schon',
      outside: 'gehört nicht zu dieser Domain',
      soa: 'deine Zone hat ihren eigenen SOA',
      apex_ns: 'deine Zone hat ihre eigenen Nameserver',
      signature: 'signiert eine andere Zone und würde nicht mehr passen',
    },
    faults: (count) => `Erst ${many(count, 'Fehler', 'Fehler')} beheben. Bis dahin ändert sich nichts.`,
    applying: 'Wird gespeichert…',
    applied: (added, removed) =>
      `Erledigt: ${formatNumber(added)} neu, ${formatNumber(removed)} weg. Es wird schon beantwortet.`,
    stale:
      'Die Zone wurde geändert, seit du sie geladen hast, vielleicht in einem anderen Tab. Kopier, was du brauchst, bevor du neu lädst.',
    reload: 'Neu laden',
    loading: 'Die Zone wird geholt…',
  },

  history: {
    title: 'Was bisher geschah',
    what: 'Die Änderungen der letzten Zeit, die neueste zuerst. Jede lässt sich zurücknehmen, mit allem, was danach kam; und auch das lässt sich zurücknehmen.',
    empty: 'Noch wurde nichts geändert. Sobald es so weit ist, lässt es sich hier rückgängig machen.',
    loading: 'Der Verlauf wird gelesen…',
    kinds: {
      add: 'Hinzugefügt',
      change: 'Geändert',
      delete: 'Gelöscht',
      clear: 'Alles gelöscht',
      paste: 'Zeilen eingefügt',
      text: 'Als Text geändert',
      import: 'Importiert',
      undo: 'Löschen rückgängig gemacht',
      restore: 'Früheren Stand zurückgeholt',
      update: 'Von einem Programm geändert',
    },
    and: (count) => `und ${many(count, 'weiterer', 'weitere')}`,
    show: (what) => `Zeigen, was sich geändert hat: ${what}`,
    restore: 'Stand davor zurückholen',
    restoreThing: (what) => `Stand vor dieser Änderung zurückholen: ${what}`,
    restored: 'Die Zone ist wieder, was sie war, und wird schon so beantwortet.',
    serial: (serial) => `Seriennummer ${serial}`,
    by: (key) => `mit dem Schlüssel ${key}`,
    byOperator: 'vom Betreiber dieses Servers',
  },

  expiry: {
    kept: (day, distance) =>
      `Bleibt bis ${day} (${distance}). Mit jedem Besuch und jeder Änderung beginnt diese Zeit von vorn.`,
    soon: (distance) => `Diese Subdomain wird ${distance} gelöscht, mit ihren Einträgen und ihrem Protokoll.`,
    extend: 'Länger behalten',
    extended: (day) => `Bleibt bis ${day}.`,
  },

  form: {
    addTitle: 'Eintrag hinzufügen',
    editTitle: (thing) => `${thing} ändern`,
    name: 'Name',
    fullName: (name) => `Ausgeschrieben: ${name}`,
    nameHint: '@ ist die Subdomain selbst, * jeder andere Name.',
    type: 'Typ',
    types: 'Eintragstypen',
    noType: 'So heißt kein Typ. TYPE mit einer Nummer geht immer.',
    otherValue: 'Anderer Wert…',
    nothing: 'nichts',
    ttl: 'TTL',
    ttlHint: 'Sekunden, die sich Resolver die Antwort merken dürfen.',
    ttlWords: (words) => `Das heißt: ${words}.`,
    add: 'Eintrag hinzufügen',
    adding: 'Wird hinzugefügt…',
    save: 'Speichern',
    saving: 'Wird gespeichert…',
    example: 'Zum Beispiel',
    preview: 'Du schreibst',
    ttlSiblings: (count, words) =>
      count === 1
        ? `Einträge mit gleichem Namen und Typ haben dieselbe TTL: Der andere bekommt auch ${words}.`
        : `Einträge mit gleichem Namen und Typ haben dieselbe TTL: Die ${formatNumber(count)} anderen bekommen auch ${words}.`,
    choose: (value) => `${value} nehmen`,
    webAddress: (text) => `„${text}“ ist die Adresse einer Seite. Hierher gehört nur der Name, ohne das davor und dahinter.`,
    didYouMean: 'Was meinst du?',
  },

  groups,
  fields,
  choices,
  types,
  otherType,

  live,
  filter,
  detail,
  messageFields,
  options,
  why,
  who,
  ask,
  shared,
  practice,
};
