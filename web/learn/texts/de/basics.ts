import type { basics as english } from '../en/basics.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/basics.ts. */
export const basics: Translation<typeof english> = {
  'first-record': {
    title: 'Ein Name für eine Nummer',
    what: 'Was alle vom DNS wollen: dass ein Name zu einem Rechner führt. In diesem Server wohnen zwei winzige Seiten, eine orange und eine petrolfarbene. Zeig auf die orange.',
    steps: {
      create: [
        'Leg einen A-Eintrag für {hello} mit der Adresse der orangen Seite an, {!orange}.',
        'Ein [Eintrag](record): ein Name, ein Typ, eine [TTL](ttl) und Daten. Er wird schon beantwortet.',
      ],
      ask: [
        'Frag Amber danach. Amber ist ein [Resolver](resolver), also die Art von Server, die dein Rechner fragt.',
        'Amber wusste es nicht, fragte unseren Nameserver und merkt sich die Antwort 60 Sekunden lang.',
      ],
      visit: [
        'Besuch {hello} mit einem Browser, der Amber fragt.',
        'Eine Frage an Amber, eine Adresse, eine Verbindung, eine Seite. Der Name wurde nur für das Erste gebraucht.',
      ],
    },
    story: [
      {
        says: ['Bring mich zu {hello}!', '{hello}, A?', '{hello}, A?', '{!orange}', '{!orange}'],
        tells: 'Der Browser fragt einen Resolver, der Resolver den Nameserver. Keiner von beiden hat die Seite gesehen.',
      },
      { says: ['{!orange}? Eine Seite, bitte.', 'Bitte sehr. Orange.'], tells: 'Von hier an braucht niemand mehr DNS.' },
    ],
  },
  alias: {
    title: 'Ein Name für einen Namen',
    what: 'Ein CNAME sagt: Der heißt in Wahrheit anders, sieh dort nach. Zieht das Haus um, muss nur eine Adresse geändert werden.',
    steps: {
      house: ['Gib {house.nick} die Adresse der orangen Seite.', 'Ein Haus mit Hausnummer.'],
      alias: [
        'Mach {also.nick} mit einem CNAME-Eintrag zu seinem Alias.',
        'Ein [CNAME](cname) enthält einen Namen, keine Adresse. Neben ihm darf nichts anderes stehen.',
      ],
      ask: [
        'Frag den Nameserver nach der Adresse von {also.nick}.',
        'Du hast nach A gefragt und bekamst erst einen CNAME, dann den A des anderen Namens. Zwei Einträge, eine Antwort.',
      ],
      move: ['Das Haus zieht um: Gib {house.nick} die Adresse der petrolfarbenen Seite.', 'Den Alias hast du nicht angerührt.'],
      visit: ['Besuch {also.nick}.', 'Petrol. Der Alias zog mit um, und hundert andere täten es auch.'],
    },
    story: [
      {
        says: ['{also.nick}, A?', 'Das ist {house.nick}, und das ist bei {!teal}.'],
        tells: 'Sind beide Namen in derselben Hand, kommt die zweite Antwort mit der ersten.',
      },
    ],
  },
  'who-asked': {
    title: 'Wer fragt da?',
    what: 'Besucher kommen nie selbst zu einem Nameserver, sie schicken ihren Resolver. Lern, das im Protokoll zu lesen.',
    steps: {
      create: ['Leg {seen} mit irgendeiner Adresse an.', 'Ein Köder.'],
      amber: [
        'Frag Amber danach.',
        'Sieh dir die Liste der Fragen daneben an: Amber kam zum Nameserver, und weder du noch dein Browser.',
      ],
      address: ['Von welcher Adresse fragte Amber?', 'Richtig. Mehr erfährt ein Nameserver von dir in der Regel nicht.'],
      again: [
        'Frag Amber gleich noch einmal.',
        'Eine Antwort, aber keine neue Zeile im Protokoll. Amber hat es sich [gemerkt](cache). Ein Nameserver sieht nur erste Fragen, und nie, wie viele Leute sie hatten.',
      ],
      basil: [
        'Frag Basil, der nichts von dem weiß, was Amber weiß.',
        'Neue Zeilen, von einer anderen Adresse. Sieh dir den Namen darin an: Basil mischt [Groß und Klein](case-mixing), damit Fälschen schwer wird.',
      ],
    },
    story: [
      {
        says: ['{seen}, A?', 'Eine Frage von mir, 127.0.0.101: {seen}, A?'],
        tells: 'Der Server antwortet dem, der fragt. Für wen, sagt ihm niemand.',
      },
      { says: ['{seen}, A?', 'Weiß ich noch.'], tells: 'Von der zweiten Frage hört niemand außer dem Resolver.' },
    ],
  },
  'two-answers': {
    title: 'Zwei Adressen, ein Name',
    what: 'Nichts verbietet zwei A-Einträge, die sich widersprechen. Wer entscheidet also, wo die Leute landen? Niemand, und das ist der Kniff.',
    steps: {
      create: [
        'Gib {twins} zwei Adressen: die der orangen Seite und die der petrolfarbenen.',
        'Ein [RRset](rrset) mit zwei Einträgen. Sie teilen sich eine TTL und haben keine Reihenfolge.',
      ],
      both: ['Frag Coral.', 'Es kommen immer beide. Ein halbes RRset gibt es nicht.'],
      turns: [
        'Frag Coral noch einmal, bis ein anderer vorn steht.',
        'Coral lässt sie sich [abwechseln](round-robin). Die Daten blieben gleich, nur die Reihenfolge nicht.',
      ],
      sites: [
        'Besuch {twins}, bis du beide Seiten gesehen hast.',
        'Browser versuchen die erste Adresse zuerst. So verteilen sich die Besucher, ungefähr, solange es egal ist, wo jemand landet.',
      ],
    },
    story: [
      {
        says: ['{twins}, A?', '{!teal}, {!orange}. Ganz wie du magst.', 'Ich nehme die erste.'],
        tells: 'Lastverteilung für Arme: Sie kostet nichts und merkt nicht, wenn einer der beiden ausfällt.',
      },
    ],
  },
  'host-header': {
    title: 'Zwei Namen an einer Tür',
    what: 'Ein Rechner kann tausend Seiten beherbergen. Woher weiß er, welche du willst? Nicht aus dem DNS.',
    steps: {
      create: [
        'Lass {red.guest} und {blue.guest} auf dieselbe Adresse zeigen, die der orangen Seite.',
        'Zwei Namen, eine Tür.',
      ],
      red: [
        'Besuch {red.guest}.',
        'Die Seite sagt, nach wem du gefragt hast. Vom DNS weiß sie es nicht: Der Browser sagte es ihr, in der Zeile [Host](host-header).',
      ],
      blue: [
        'Besuch {blue.guest}.',
        'Dieselbe Adresse, ein anderer Name in der Host-Zeile. Ein echter Server zeigte jetzt eine andere Seite.',
      ],
      void: ['Lass {void.guest} auf 192.0.2.99 zeigen, wo niemand ist.', 'Das DNS prüft nicht, ob dort jemand wohnt.'],
      nobody: [
        'Besuch {void.guest}.',
        'Das DNS tat alles, was es soll, und trotzdem gibt es keine Seite. „Adresse gefunden“ und „Seite gefunden“ ist zweierlei.',
      ],
    },
    story: [
      {
        says: ['Eine Seite. Host: {red.guest}', 'Hier ist die rote.'],
        tells: 'Der Name wird zweimal gesagt: dem Resolver, und dann noch einmal dem Server.',
      },
      {
        says: ['Eine Seite. Host: was-ist-das.example', 'Nie gehört.'],
        tells: 'Darum klappt es selten, einen Namen auf eine fremde Seite zeigen zu lassen: Deren Server kennt deinen nicht.',
      },
    ],
  },
};
