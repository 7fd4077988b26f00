/** Alles, was die Seite auf Deutsch sagt. */
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
  close: 'Schließen',
  dismiss: 'Ausblenden',
  cancel: 'Abbrechen',

  theme: { label: 'Farben', system: 'wie das System', light: 'hell', dark: 'dunkel' },

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
    end: 'Sitzung beenden',
    endTitle: 'Diese Sitzung beenden?',
    endWhy:
      'Die Subdomain und ihre Einträge bleiben und werden beantwortet wie bisher. Zurück kommst du nur mit dem Schlüssel: Ohne ihn führt kein Weg dorthin.',
    endYes: 'Sitzung beenden',
    endNo: 'Hierbleiben',
    toRecords: 'Einträge',
    toLog: 'Live-Protokoll',
    zone: 'die Subdomain',
  },

  records: {
    title: 'Einträge',
    caption: 'Einträge dieser Subdomain, nach Namen geordnet, die Subdomain selbst zuerst',
    columns: { type: 'Typ', content: 'Inhalt', ttl: 'TTL', actions: 'Aktionen' },
    loading: 'Die Einträge werden gelesen…',
    retry: 'Noch einmal versuchen',
    count: (count) => many(count, 'Eintrag', 'Einträge'),
    edit: 'Ändern',
    editThing: (thing) => `${thing} ändern`,
    remove: 'Löschen',
    removeThing: (thing) => `${thing} löschen`,
    removed: (thing) => `${thing} gelöscht.`,
    removedMany: (count) => `${many(count, 'Eintrag', 'Einträge')} gelöscht.`,
    undo: 'Rückgängig',
    undone: 'Wieder da.',
    added: (thing) => `${thing} hinzugefügt. Der Eintrag wird schon beantwortet.`,
    saved: (thing) => `${thing} gespeichert. Der Eintrag wird schon beantwortet.`,
    removeAll: 'Alle löschen',
    removeAllTitle: 'Alle Einträge löschen?',
    removeAllWhy: 'Ein frischer SOA und NS bleiben, denn ohne sie kann keine Zone sein. Das Live-Protokoll bleibt, wie es ist.',
    removeAllYes: 'Alle löschen',
    removeAllNo: 'Behalten',
    apex: 'die Subdomain selbst',
  },

  form: {
    addTitle: 'Eintrag hinzufügen',
    editTitle: (thing) => `${thing} ändern`,
    name: 'Name',
    nameHint: '@ ist die Subdomain selbst, * jeder andere Name.',
    type: 'Typ',
    otherType: 'Anderer Typ…',
    typeName: 'Typ als Kürzel oder Nummer',
    typeNameHint: 'Ein Kürzel, oder TYPE und eine Nummer.',
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
        ? `Name und Typ haben nur eine TTL: Der andere Eintrag ändert sich mit auf ${words}.`
        : `Name und Typ haben nur eine TTL: Die ${formatNumber(count)} anderen Einträge ändern sich mit auf ${words}.`,
    choose: (value) => `${value} nehmen`,
    didYouMean: 'Was meinst du?',
  },

  types: {
    A: {
      about: 'Eine IPv4-Adresse: wo ein Name zu finden ist.',
      fields: { address: { label: 'IPv4-Adresse', hint: 'Vier Zahlen von 0 bis 255.' } },
    },
    AAAA: {
      about: 'Eine IPv6-Adresse: dasselbe wie A, für das größere Internet.',
      fields: { address: { label: 'IPv6-Adresse', hint: 'Gruppen von Hexadezimalziffern; :: steht für Nullen.' } },
    },
    CAA: {
      about: 'Wer TLS-Zertifikate für diesen Namen ausstellen darf.',
      fields: {
        flags: { label: 'Flags', hint: '0, oder 128 für „kritisch“.' },
        tag: { label: 'Tag', hint: 'Was geregelt wird.' },
        value: { label: 'Wert', hint: 'Eine Zertifizierungsstelle, oder ; für niemanden.' },
      },
    },
    CNAME: {
      about: 'Ein anderer Name für etwas: Such dort. Er verträgt keine anderen Einträge neben sich.',
      fields: { target: { label: 'Ziel', hint: 'Der Name, der stattdessen nachgeschlagen wird.' } },
    },
    HTTPS: {
      about: 'Wie ein Browser diese Seite erreicht: Protokolle, Port, Adresshinweise.',
      fields: {
        priority: { label: 'Priorität', hint: '0 macht einen Alias daraus; sonst kommt die kleinste zuerst.' },
        target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt meint diesen Namen.' },
        params: { label: 'Parameter', hint: 'schlüssel=wert, durch Leerzeichen getrennt. Darf leer sein.' },
      },
    },
    MX: {
      about: 'Wohin Post für diesen Namen zugestellt wird.',
      fields: {
        preference: { label: 'Vorrang', hint: 'Der kleinste kommt zuerst.' },
        exchange: { label: 'Mailserver', hint: 'Ein Name mit einer Adresse, keine Adresse.' },
      },
    },
    NS: {
      about: 'Übergibt diesen Namen und alles darunter einem anderen Nameserver.',
      fields: { target: { label: 'Nameserver', hint: 'Der Server, der weiß, was darunter liegt.' } },
    },
    PTR: {
      about: 'Zeigt auf einen anderen Namen; macht meist aus Adressen wieder Namen.',
      fields: { target: { label: 'Ziel', hint: 'Der Name, auf den er zeigt.' } },
    },
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
    SRV: {
      about: 'Welcher Server und Port einen Dienst anbieten, etwa _imaps._tcp.',
      fields: {
        priority: { label: 'Priorität', hint: 'Die kleinste kommt zuerst.' },
        weight: { label: 'Gewicht', hint: 'Anteil unter Gleichen.' },
        port: { label: 'Port', hint: '0 bis 65535.' },
        target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt: nicht angeboten.' },
      },
    },
    SVCB: {
      about: 'Wie ein Dienst erreicht wird: HTTPS für alles, was nicht das Web ist.',
      fields: {
        priority: { label: 'Priorität', hint: '0 macht einen Alias daraus; sonst kommt die kleinste zuerst.' },
        target: { label: 'Ziel', hint: 'Der Server. Ein einzelner Punkt meint diesen Namen.' },
        params: { label: 'Parameter', hint: 'schlüssel=wert, durch Leerzeichen getrennt. Darf leer sein.' },
      },
    },
    TXT: {
      about: 'Beliebiger Text: Besitznachweise, SPF, DKIM, Gedichte.',
      fields: {
        text: { label: 'Text', hint: 'So geschrieben, wie er ist. Beginnt er mit ", teilst du die Zeichenketten selbst ein.' },
      },
    },
    other: {
      about: 'Jeder andere Typ: DS, NAPTR, TLSA, SSHFP, LOC … oder TYPE und seine Nummer.',
      fields: {
        content: {
          label: 'Daten',
          hint: 'Wie eine Zonendatei es schreibt; oder \\#, die Anzahl der Oktette und ihre Hexadezimalziffern (RFC 3597).',
        },
      },
    },
  },

  live: {
    title: 'Live-Protokoll',
    list: 'Anfragen, die neuesten zuerst',
    state: { starting: 'Verbindet…', open: 'Live', waiting: 'Verbindet neu…', paused: 'Angehalten' },
    pause: 'Anhalten',
    resume: 'Weiter',
    waiting: (count) => `${many(count, 'neue Anfrage', 'neue Anfragen')} · zeigen`,
    paused: 'Angehalten: noch nichts Neues',
    clear: 'Protokoll leeren',
    clearTitle: 'Das Protokoll leeren?',
    clearWhy: 'Jede Anfrage, die für diese Subdomain protokolliert wurde, wird gelöscht, in allen Tabs. Die Einträge bleiben.',
    clearYes: 'Protokoll leeren',
    clearNo: 'Behalten',
    announce: 'Ansagen',
    announceWhy: 'Neue Anfragen dem Screenreader ansagen',
    announcement: (count, newest) => `${many(count, 'neue Anfrage', 'neue Anfragen')}, die letzte nach ${newest}.`,
    empty: 'Noch hat niemand gefragt.',
    emptyTry: 'Frag selbst. Versuch es mit:',
    emptyNote:
      'Dann schau hierher. Jede Frage kommt an, sobald sie gestellt ist, mit ihrer Antwort und dem Netz, aus dem sie kam.',
    digLine: 'die dig-Zeile',
    loading: 'Das Protokoll wird gelesen…',
    older: 'Ältere Anfragen zeigen',
    loadingOlder: 'Ältere Anfragen werden gelesen…',
    end: 'Hier beginnt das Protokoll.',
    full: 'Weiter reicht eine Seite nicht zurück. „Weiter“ ganz oben macht Platz.',
    dropped: (count) =>
      `${many(count, 'Anfrage wurde', 'Anfragen wurden')} seit dem Start des Servers beantwortet, aber nicht protokolliert: Das Antworten geht vor.`,
    noAnswers: 'keine Einträge',
    moreAnswers: (count) => `und ${many(count, 'weiterer Eintrag', 'weitere Einträge')}`,
    subnetFor: 'für',
    truncated: 'gekürzt',
    networkKinds: { 'public resolver': 'ein öffentlicher Resolver', cloud: 'eine Cloud', access: 'ein Zugangsnetz' },
    noNetwork: { loopback: 'dieser Server selbst', private: 'ein privates Netz', global: 'unbekanntes Netz' },
  },

  detail: {
    loading: 'Die Nachrichten werden gelesen…',
    gone: 'Diese Anfrage steht nicht mehr im Protokoll.',
    query: 'Anfrage',
    response: 'Antwort',
    size: (octets) => many(octets, 'Oktett', 'Oktette'),
    source: 'Von',
    port: (port) => `Port ${port}`,
    subnet: 'Im Namen von',
    asked: 'Gefragt',
    id: 'ID',
    flags: 'Flags',
    noFlags: 'keine',
    sections: { question: 'Frage', answer: 'Antwort', authority: 'Authority', additional: 'Additional' },
    edns: 'EDNS',
    ednsLine: (version, udpSize, dnssecOk) => `Version ${version} · bis ${udpSize} Oktette über UDP${dnssecOk ? ' · DO' : ''}`,
    option: (code) => `Option ${code}`,
    octets: 'Oktette',
    fault: 'Ab hier unlesbar:',
  },
};
