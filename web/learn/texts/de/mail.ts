import type { mail as english } from '../en/mail.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/mail.ts. */
export const mail: Translation<typeof english> = {
  mx: {
    title: 'Wohin die Briefe gehen',
    what: 'MX-Einträge sagen, welcher Rechner die Post einer Domain annimmt, und welcher, wenn der weg ist. Du schickst einen Mailserver los und hörst zu, was er murmelt.',
    steps: {
      address: ['Gib {post} eine Adresse, und sonst noch nichts.', 'Ein Name mit einer Website, sagen wir.'],
      implicit: [
        'Schick den Mailserver mit einem Brief für jemanden bei {post} los.',
        'Kein [MX](mx), also nimmt er die Adresse des Namens selbst. Das ist älter als MX und gilt noch immer.',
      ],
      exchanges: [
        'Richte nun zwei Mailserver ein: den ersten mit Präferenz 10, den zweiten mit 20, jeden mit einer Adresse.',
        'Kleiner ist besser. Stell es dir als Entfernung vor.',
      ],
      first: [
        'Schick ihn noch einmal los.',
        'Der erste. Die Adresse von {post} spielt keine Rolle mehr, seit es einen MX gibt.',
      ],
      storm: ['Ein Sturm holt den ersten Server: Lösch die Adresse von {first.post}.', 'Oje.'],
      second: [
        'Schick ihn noch einmal los.',
        'Der erste hat keine Adresse, also geht es zum zweiten. Briefe sind geduldig: Ist niemand da, versucht es ein Mailserver tagelang.',
      ],
      close: [
        'Schließ das Postamt: Lösch beide MX-Einträge von {post}.',
        'Vorsicht, das bringt uns nur an den Anfang zurück: Ohne MX zählt die Adresse.',
      ],
      null: [
        'Wer gar keine Post will, sagt es: ein MX-Eintrag mit Präferenz 0 und einem einzelnen Punkt als Server.',
        'Ein Punkt ist die Wurzel, und dort stellt niemand zu. Das ist der [Null-MX](mx).',
      ],
      refused: ['Schick ihn ein letztes Mal los.', 'Der Absender weiß es sofort, statt nach fünf Tagen Probieren.'],
    },
    story: [
      {
        says: ['{post}, MX?', '10 first, 20 second.', 'Ein Brief für Sie!'],
        tells:
          'Zwei Schritte: MX nennt Namen, und jeder Name braucht eine eigene Adresse. Eine Adresse statt eines Namens geht nicht, ein Alias auch nicht.',
      },
      {
        says: ['{post}, MX?', '0 und ein Punkt.'],
        tells: 'Eine Domain, die nie Post will, tut allen einen Gefallen, wenn sie es sagt.',
      },
    ],
  },
  letters: {
    title: 'Ist dieser Brief von dir?',
    what: 'Jeder kann deinen Namen auf einen Umschlag schreiben. SPF, DKIM und DMARC sind drei Texte in deiner Zone, an denen ein Empfänger es merkt.',
    steps: {
      trust: [
        'Ein Rechner mit der Adresse 203.0.113.66 bringt einen Brief, der von {letters} sein will. Schick ihn zum Empfänger, solange es noch keinen Eintrag gibt.',
        'Kein [SPF](spf), kein [DKIM](dkim), kein [DMARC](dmarc): Der Empfänger muss raten.',
      ],
      spf: [
        'Sag, welche Rechner für dich senden: ein SPF-Eintrag, der 192.0.2.25 nennt und sonst niemanden.',
        'Lies von links nach rechts: diese Adresse ja, `-all` alle anderen nein.',
      ],
      ours: [
        'Schick einen Brief von 192.0.2.25.',
        'Der erste Ausdruck passte, und sein Vorzeichen ist ein Plus, das niemand schreibt. SPF sagt pass.',
      ],
      forged: [
        'Und der Fälscher von 203.0.113.66?',
        'SPF sagt fail. Aber das allein wird oft verziehen: Beim Weiterleiten scheitern auch ehrliche Briefe.',
      ],
      dmarc: [
        'Sag, was mit solchen Briefen geschehen soll: eine DMARC-Vorgabe bei `_dmarc`, mit `p=reject`.',
        'Eine Bitte an alle Empfänger, und die meisten großen erfüllen sie.',
      ],
      rejected: ['Der Fälscher versucht es noch einmal.', 'An der Tür abgewiesen, auf dein Wort hin.'],
      dkim: [
        'Noch etwas: Veröffentliche einen Schlüssel für Unterschriften bei {sand._domainkey.letters}.',
        'Die andere Hälfte behält dein Mailserver und unterschreibt damit jeden Brief. Eine Unterschrift übersteht das Weiterleiten, SPF nicht.',
      ],
      key: [
        'Lass den Empfänger alles noch einmal lesen, mit einem Brief von 192.0.2.25.',
        'Er fand den Schlüssel. Hier unterschreibt niemand, also konnte er ihn nicht ausprobieren; mit einer Unterschrift würde DMARC eines von beiden genügen.',
      ],
    },
    story: [
      {
        says: [
          'Ein Brief, von {letters}, ehrlich.',
          '{letters}, TXT? Und _dmarc?',
          'Nur 192.0.2.25. Den Rest abweisen.',
          'Nein.',
        ],
        tells:
          'Die drei sagen nichts über den Inhalt eines Briefes. Sie sagen nur, ob der Absender den Namen darauf benutzen darf.',
      },
    ],
  },
};
