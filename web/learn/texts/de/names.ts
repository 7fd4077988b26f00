import type { names as english } from '../en/names.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/names.ts. */
export const names: Translation<typeof english> = {
  delegation: {
    title: 'Einen Namen weggeben, samt Adresse',
    what: 'Mit NS-Einträgen überlässt du einen Teil deiner Zone anderen Nameservern. Vergiss deren Adresse, und niemand findet hin.',
    steps: {
      cut: [
        'Übergib {team} mit einem NS-Eintrag an den Nameserver {ns.team}.',
        'Das ist eine [Delegation](delegation). Von hier abwärts zeigt dein Server nur noch den Weg.',
      ],
      lost: [
        'Frag nach {www.team}.',
        'Ein [Verweis](referral): keine Antwort, nicht [autoritativ](aa), nur der NS-Eintrag. Frag {ns.team}, heißt das. Wo ist der? Da müsstest du {ns.team} fragen.',
      ],
      glue: [
        'Zerschlag den Knoten: Leg einen A-Eintrag für {ns.team} an.',
        'Eine Adresse oberhalb des Schnitts für einen Namen unterhalb. Das ist [Glue](glue), Leim, und er hält die beiden Zonen zusammen.',
      ],
      found: [
        'Frag noch einmal nach {www.team}.',
        'Derselbe Verweis, und nun steht die Adresse in der [Additional Section](additional-section). Ein Resolver kommt weiter.',
      ],
      hidden: [
        'Leg nun einen A-Eintrag für {www.team} an, in deiner eigenen Zone, unterhalb des Schnitts.',
        'Gespeichert. Aber darfst du ihn auch beantworten?',
      ],
      still: [
        'Frag danach.',
        'Immer noch ein Verweis. Was unter einem [Zonenschnitt](zone-cut) steht, gehört dem Kind; dein Eintrag ist da, und niemand wird ihn je sehen.',
      ],
      outside: [
        'Gib {team} einen zweiten Nameserver: `ns1.example.net.`, aus einer fremden Zone.',
        'Zwei Server sind besser als einer, am besten an verschiedenen Orten.',
      ],
      both: [
        'Frag noch einmal.',
        'Zwei NS-Einträge, eine Adresse. Für `ns1.example.net` haben wir keinen Leim und brauchen keinen: Den kann man finden, ohne vorher {team} zu fragen.',
      ],
    },
    story: [
      {
        says: ['{www.team}, A?', 'Nicht meins. Frag ns.team, 192.0.2.53.', '{www.team}, A?'],
        tells: 'Von der Wurzel abwärts ist jede Antwort unterwegs ein solcher Verweis, bis jemand sagt: Das ist meins.',
      },
      {
        says: ['{www.team}, A?', 'Frag ns.team. Wo? Frag ns.team.'],
        tells: 'Ohne Leim kennt die Adresse nur der, den du nicht erreichst.',
      },
    ],
  },
  'qname-minimisation': {
    title: 'Nur sagen, was sein muss',
    what: 'Muss die Wurzel wissen, dass du deine Ärztin suchst? Ein höflicher Resolver zeigt jedem Nameserver nur so viel vom Namen, wie der braucht.',
    steps: {
      create: ['Leg {very.private.peek} mit einer Adresse an.', 'Drei Labels unter deiner Zone.'],
      whole: [
        'Frag nach allem auf einmal, wie es Resolver dreißig Jahre lang taten.',
        'Sieh ins Protokoll: der ganze Name. Die Server der Wurzel und der Top-Level-Domain hätten ihn auch gelesen.',
      ],
      bit: [
        'Schick den höflichen Resolver los. Er fängt bei deiner Zone an und zeigt jedes Mal ein Label mehr.',
        'Drei Fragen im Protokoll, und nur in der letzten steht alles. Das ist [QNAME-Minimierung](qname-minimisation), und die meisten großen Resolver machen es heute so.',
      ],
      nothing: [
        'Schick ihn nach {even.more.private.nothing.peek}, wo nichts ist.',
        'Bei {nothing.peek} blieb er stehen: [NXDOMAIN](nxdomain) heißt, dass auch nichts darunter ist. So bekam niemand den privaten Teil zu lesen.',
      ],
    },
    story: [
      {
        says: ['{very.private.peek}, A?', 'Danke. Ist alles notiert.'],
        tells: 'Wer einen Nameserver betreibt, sieht, was man ihn fragt. Du hast eben zugesehen.',
      },
      {
        says: ['{peek}, A?', 'Gibt es, weiter.', '{private.peek}, A?'],
        tells: 'Es kostet einmal ein paar Fragen mehr; dann sind die Antworten gemerkt.',
      },
    ],
  },
  'case-games': {
    title: 'sEe oder SEE',
    what: 'Namen werden ohne Rücksicht auf Groß und Klein verglichen, behalten es aber bei. Resolver haben daraus ein Schloss gemacht.',
    steps: {
      create: ['Leg einen TXT-Eintrag für `Sea.case` an, mit großem S.', 'Die Seite zeigt ihn, wie du ihn geschrieben hast.'],
      mixed: [
        'Frag in eigener Schreibweise danach: `sEa.CaSe`.',
        'Gefunden, und die Antwort wiederholt den Namen genau so, wie du gefragt hast, nicht wie er angelegt wurde.',
      ],
      basil: [
        'Frag Basil, der dieses Spiel spielt, und sieh dir den Namen in der Liste der Fragen an.',
        'Jedes Mal ein anderes Muster. Basil nimmt eine Antwort nur an, wenn sie im selben zurückkommt.',
      ],
      second: ['Leg noch einen Text an, für `SEA.case`.', 'Kein neuer Name: Er kam zum anderen in ein [RRset](rrset).'],
      both: ['Frag in schlichten Kleinbuchstaben.', 'Beide Texte. Für das DNS ist das alles ein Name.'],
      count: [
        'Auf wie viele Arten lässt sich `sea.case` schreiben, wenn jeder der 7 Buchstaben groß oder klein sein kann?',
        '2⁷ = 128. Ein Resolver wählt eine zufällig aus und verwirft jede Antwort mit einer anderen. Ein Fälscher muss sie erraten, zusätzlich zu Id und Port: Das ist der [0x20-Kniff](case-mixing). 0x20 ist das Bit, in dem sich `s` und `S` unterscheiden.',
      ],
    },
    story: [
      {
        says: ['sEa.CaSe, TXT?', 'SEA.case ist „Gift“!', 'sEa.CaSe ist „salt“.'],
        tells: 'Der Fälscher war schneller, kannte aber die Schreibweise nicht. Der Resolver wartet auf den, der sie kennt.',
      },
    ],
  },
  reverse: {
    title: 'Von der Nummer zurück zum Namen',
    what: 'Protokolle und Mailserver fragen, welchen Namen eine Adresse hat. Dafür gibt es kein zweites Telefonbuch: Es ist derselbe Baum, rückwärts gelesen.',
    steps: {
      turn: [
        'Namen werden von links nach rechts allgemeiner, Adressen von rechts nach links. Also dreht man die Adresse um und hängt sie unter `in-addr.arpa`. Nach welchem Namen fragt man für 192.0.2.7?',
        'Richtig. Er gehört dem, der diesen Block von Adressen bekommen hat, und ist nicht deine Sache.',
      ],
      pointer: [
        'Im Sandkasten spielen wir, du hättest den Block bekommen: Leg einen PTR-Eintrag für {7.2.0.192.back} an.',
        'Ein [PTR](ptr)-Eintrag, der von einer Adresse auf einen Namen zeigt.',
      ],
      who: [
        'Frag, wer das ist.',
        'Ein Name, {host.back}. Aber wem eine Adresse gehört, der kann jeden Namen behaupten: `www.deine-bank.example` wäre genauso leicht gewesen.',
      ],
      forward: ['Gib {host.back} die Adresse 192.0.2.7.', 'Jetzt sagt der Name dasselbe wie die Adresse.'],
      agree: [
        'Prüf es, wie ein Mailserver es tut: Frag nach der Adresse dieses Namens.',
        'Wieder am Anfang. Adresse zu Name zu derselben Adresse: Das kann nur einrichten, wem beides gehört.',
      ],
    },
    story: [
      {
        says: ['7.2.0.192.in-addr.arpa, PTR?', 'Sagt, es sei {host.back}.', '{host.back}, A?', '192.0.2.7. Stimmt.'],
        tells: 'Viele Mailserver nehmen keine Briefe von Adressen an, bei denen sich dieser Kreis nicht schließt.',
      },
    ],
  },
  'client-subnet': {
    title: 'Wer fragte den, der fragte',
    what: 'Ein Nameserver sieht den Resolver, nicht dich. Manche Resolver sagen ihm ungefähr, wo du bist, damit er mit etwas in deiner Nähe antworten kann.',
    steps: {
      create: ['Leg {near} mit einer Adresse an.', 'Ein Name für nah und fern.'],
      told: [
        'Frag wie ein Resolver, der sagt, wo sein Kunde ist: mit dem [Client-Subnetz](client-subnet) 198.51.100.0/24.',
        'Sieh dir die Zeile im Protokoll an: Neben dem, der fragt, steht das Netz, für das er fragt. Das letzte Oktett fehlt, aus Takt.',
      ],
      rough: [
        'Sag weniger: 198.51.0.0/16.',
        'Je kürzer das Präfix, desto größer die Menge, in der man untertaucht. Bei /24 sind es 256 Adressen, bei /16 sind es 65.536.',
      ],
      coral: [
        'Frag Coral, der Nameservern von seinen Kunden erzählt.',
        'Coral sagte ganz von selbst 203.0.113.0/24; dich hat niemand gefragt.',
      ],
      silent: [
        'Und so bittet man um Schweigen: 0.0.0.0/0.',
        'Ein Präfix von null Bit heißt: Gib nichts über mich weiter. Daran hat sich ein Resolver zu halten.',
      ],
    },
    story: [
      {
        says: ['{near}, A?', '{near}, A? Für jemanden in 198.51.100.0/24.', '192.0.2.90, wo auch immer.'],
        tells:
          'Große Seiten suchen damit einen Rechner in deiner Nähe aus. Unserer gibt allen dasselbe und sagt nichts von Subnetzen, also merkt sich der Resolver eine Antwort für alle.',
      },
      {
        says: ['{near}, A? Und kein Wort über mich: /0.', '{near}, A?'],
        tells:
          'Bequemlichkeit und Privatheit ziehen hier in verschiedene Richtungen. Manche Resolver schicken nie ein Subnetz mit.',
      },
    ],
  },
};
