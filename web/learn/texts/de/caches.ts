import type { caches as english } from '../en/caches.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/caches.ts. */
export const caches: Translation<typeof english> = {
  ttl: {
    title: 'Die alte Antwort',
    what: 'Du hast einen Eintrag geändert, und die Welt sieht noch den alten. Nichts ist kaputt: Du hast selbst gesagt, wie lange man ihn sich merken darf.',
    steps: {
      create: [
        'Lass {old} auf die orange Seite zeigen, mit einer TTL von 300.',
        'Eine [TTL](ttl) von fünf Minuten: ein Versprechen, sich so lange nicht über alte Antworten zu beschweren.',
      ],
      first: ['Besuch ihn, mit einem Browser, der Amber fragt.', 'Orange. Und Amber hat sich etwas gemerkt, mit Countdown.'],
      move: ['Lass {old} nun auf die petrolfarbene Seite zeigen.', 'Der Nameserver sagt von diesem Augenblick an Petrol.'],
      still: [
        'Besuch ihn noch einmal, über Amber.',
        'Orange! Amber hat nicht einmal gefragt. Gemerktes lässt sich nicht zurückrufen, es muss ablaufen.',
      ],
      truth: ['Frag den Nameserver selbst.', 'Petrol. „DNS-Propagation“ ist nichts anderes: Gemerktes, das abläuft.'],
      hurry: [
        'Fünf Minuten sind lang. Lass die Uhr der Übungs-Resolver sechzigmal so schnell laufen.',
        'Eine Minute je Sekunde. Das wär’s.',
      ],
      new: [
        'Besuch ihn über Amber, bis er petrolfarben ist. Es dauert fünf Sekunden.',
        'Es war abgelaufen, also fragte Amber. Senk die TTL rechtzeitig vor einem Umzug, mindestens um die alte TTL vorher, und niemand merkt etwas.',
      ],
      calm: ['Lass die Uhr wieder laufen wie gewohnt.', 'Danke.'],
    },
    story: [
      {
        says: ['{old}, A?', '{!orange}. Weiß ich, noch 240 Sekunden.'],
        tells: 'Solange der Countdown läuft, wird der Nameserver gar nicht gefragt.',
      },
      { says: ['{old}, A?', '{old}, A?', '{!teal}'], tells: 'Dann einmal, und der Countdown beginnt von vorn.' },
    ],
  },
  'too-early': {
    title: 'Zu früh',
    what: 'Wer nachsieht, bevor es etwas zu sehen gibt, sieht es vielleicht auch danach eine Weile nicht. Auch ein „Nein“ wird gemerkt.',
    steps: {
      before: [
        'Besuch {early} über Basil. Es gibt den Namen noch nicht.',
        '[NXDOMAIN](nxdomain), und Basil hat es notiert: Der [SOA](soa) sagt, dass ein „Nein“ 60 Sekunden gilt.',
      ],
      create: ['Leg ihn jetzt an, auf die petrolfarbene Seite.', 'Er wird schon beantwortet. Oder?'],
      still: [
        'Besuch ihn über Basil.',
        'Kein solcher Name, sagt Basil, ohne nachzusehen. Das ist [Negative Caching](negative-caching).',
      ],
      truth: ['Frag den Nameserver selbst.', 'Er ist da. Der Server hat recht, und Basil auf seine Art auch.'],
      amber: [
        'Besuch ihn über Amber, der noch nie danach gefragt hat.',
        'Petrol. Zwei Leute können denselben Namen ansehen und uneins sein.',
      ],
      flush: ['Lass Basil alles vergessen.', 'Auf deinem eigenen Rechner geht das. Beim Resolver deines Anbieters wartest du.'],
      after: [
        'Besuch ihn noch einmal über Basil.',
        'Da ist er. Erst anlegen, dann nachsehen: Das spart hier eine Minute und anderswo eine Stunde.',
      ],
    },
    story: [
      {
        says: ['{early}, A?', '{early}, A?', 'NXDOMAIN. Gilt 60 Sekunden.'],
        tells: 'Mit einem „Nein“ kommt der SOA der Zone, und darin, wie lange es gilt.',
      },
      {
        says: ['Und jetzt? {early}, A?', 'Immer noch nicht. Ich hab’s schriftlich.'],
        tells: 'Das bewahrt Nameserver davor, den ganzen Tag nach nichts gefragt zu werden.',
      },
    ],
  },
  'three-resolvers': {
    title: 'Drei Resolver, drei Wahrheiten',
    what: 'Ändere einen Eintrag zweimal und frag jedes Mal jemand anderen. Frag danach alle drei auf einmal.',
    steps: {
      one: ['Gib {three} die Adresse 192.0.2.11, mit einer TTL von 3600.', 'Eine Stunde.'],
      amber: ['Frag Amber.', 'Amber weiß: 11.'],
      two: ['Ändere die Adresse auf 192.0.2.22.', 'Amber erfährt es nicht. Niemand erfährt je etwas.'],
      basil: ['Frag Basil.', 'Basil weiß: 22.'],
      three: ['Ändere sie auf 192.0.2.33.', 'Und noch einmal.'],
      all: [
        'Frag nun alle drei. Coral wurde noch nie gefragt.',
        'Drei Antworten: 11, 22 und 33. Jede stimmte, als sie gegeben wurde. [Caches](cache) hören nichts von Änderungen, sie werden nur alt, jeder für sich.',
      ],
      flush: ['Lass alle drei vergessen.', 'Drei leere Gedächtnisse.'],
      agree: ['Frag noch einmal alle drei.', 'Sie sind sich einig. Bis zur nächsten Änderung.'],
    },
    story: [
      {
        says: ['Wo ist {three}?', 'Wen von uns willst du hören?'],
        tells:
          'Große öffentliche Resolver sind Hunderte Rechner mit je eigenem Gedächtnis. Frag zweimal, und du hörst vielleicht zweierlei.',
      },
      { says: ['(sagt nichts)'], tells: 'Nameserver antworten. Sie rufen nie an.' },
    ],
  },
};
