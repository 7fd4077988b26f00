import type { answers as english } from '../en/answers.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/answers.ts. */
export const answers: Translation<typeof english> = {
  nodata: {
    title: 'Nichts dieser Art, oder gar nichts',
    what: 'Einen Namen kann es geben, ohne dass er hat, wonach du fragst. Das DNS hält die beiden Arten von „Nein“ gut auseinander, und ebenso die Fehler, die sie verwechseln.',
    steps: {
      create: [
        'Gib {half} eine IPv4-Adresse, und sonst nichts.',
        'Den Namen gibt es jetzt. Er hat einen [Eintrag](record), vom Typ [A](a).',
      ],
      nodata: [
        'Frag nach seiner IPv6-Adresse, die er nicht hat.',
        '`NOERROR` und keine Antwort: Das ist [NODATA](nodata). Der Name ist in Ordnung, es gibt nur keinen [AAAA](aaaa)-Eintrag. Der [SOA](soa), der mitkam, sagt, wie lange man das glauben darf.',
      ],
      nxdomain: [
        'Frag nach der IPv6-Adresse von {nobody.half}, einem Namen ohne irgendetwas.',
        '`NXDOMAIN`: [Diesen Namen gibt es nicht](nxdomain), egal nach welchem Typ du fragst. Und auch nichts darunter.',
      ],
      fill: ['Gib {half} nun auch eine IPv6-Adresse.', 'Der Name hat jetzt zwei [RRsets](rrset), eines je Typ.'],
      again: [
        'Frag noch einmal nach der IPv6-Adresse von {half}.',
        'Da ist sie. Dein eigener Server zögert nie; ein [Resolver](resolver) könnte es, solange er sich das „Nein“ merkt.',
      ],
    },
    story: [
      {
        says: ['{half}, AAAA?', 'NOERROR. Der Name ist da, dieser Typ nicht.'],
        tells: 'NODATA gilt für einen Typ. Der Resolver darf es sich merken und trotzdem nach den anderen fragen.',
      },
      {
        says: ['{nobody.half}, AAAA?', 'NXDOMAIN. Kein solcher Name.'],
        tells: 'NXDOMAIN gilt für den Namen. Der Resolver darf es sich für alle Typen auf einmal merken.',
      },
    ],
  },
  wildcard: {
    title: 'Ein Stern für alle, fast',
    what: 'Ein Wildcard antwortet für Namen, die es nicht gibt. Ein Eintrag an der richtigen Stelle bringt es zum Schweigen, und das überrascht fast jeden genau einmal.',
    steps: {
      create: [
        'Leg einen A-Eintrag für `*.wild` an, samt Stern.',
        'Ein [Wildcard](wildcard) unter {wild}. Es ist ein Eintrag wie jeder andere, nur heißt sein erstes Label `*`.',
      ],
      any: [
        'Frag nach {anything.wild}. Das hat nie jemand angelegt.',
        'Beantwortet, und unter diesem Namen: In der Antwort steht {anything.wild}, nicht `*`. Ein Resolver kann nicht sehen, dass ein Stern dahintersteckt.',
      ],
      deep: [
        'Steht der Stern nur für ein Label? Frag nach {far.and.away.wild}.',
        'Er steht für so viele [Labels](label) wie nötig. Anders als der Stern auf einem Zertifikat, der nur für eines gut ist.',
      ],
      block: [
        'Leg einen TXT-Eintrag für {taken.wild} an. Einen Text, keine Adresse.',
        'Jetzt gibt es diesen Namen. Behalt seine Adresse im Auge.',
      ],
      blocked: [
        'Frag nach der Adresse von {taken.wild}.',
        '[NODATA](nodata). Ein Name, den es gibt, spricht für sich selbst, und der Stern hilft nicht mit fehlenden Typen aus.',
      ],
      below: [
        'Und eins tiefer? Frag nach {below.taken.wild}.',
        '[NXDOMAIN](nxdomain). Der nächste Name darüber, den es gibt, sein [closest encloser](closest-encloser), ist jetzt {taken.wild}. Direkt darunter steht kein Stern, und Sterne weiter oben zählen nicht.',
      ],
    },
    story: [
      {
        says: ['{anything.wild}, A?', '192.0.2.20, mit genau diesem Namen darauf.'],
        tells:
          'Kein solcher Name, aber ein Stern direkt unter dem nächsten Namen darüber: Dessen Einträge werden unter dem gefragten Namen ausgegeben.',
      },
      {
        says: ['{below.taken.wild}, A?', 'NXDOMAIN: {taken.wild} gibt es, ohne Stern.'],
        tells: 'Ein Name, den es gibt, nimmt sich und alles unter sich aus der Reichweite des Sterns.',
      },
    ],
  },
  'empty-non-terminal': {
    title: 'Ein Name, den niemand angelegt hat',
    what: 'Leg tief unten einen Namen an, und die Namen darüber gibt es auch, leer wie sie sind. Lösch ihn, und sie verschwinden mit ihm.',
    steps: {
      create: ['Leg einen A-Eintrag für {a.b.deep} an.', 'Du hast einen Namen angelegt. Wie viele gibt es jetzt?'],
      between: [
        'Frag nach {b.deep}, dem Namen dazwischen.',
        '`NOERROR` und nichts: Es gibt ihn, weil es etwas darunter gibt. Das ist ein [leerer Zwischenname](empty-non-terminal).',
      ],
      beside: [
        'Frag nach {c.deep}, unter dem nichts steht.',
        '`NXDOMAIN`. Er sieht aus wie der andere, nur wohnt niemand im Keller.',
      ],
      remove: ['Lösch {a.b.deep}.', 'Ein Eintrag weniger.'],
      gone: [
        'Frag noch einmal nach {b.deep}.',
        '`NXDOMAIN`. Du hast einen Namen gelöscht, und zwei sind weg. Ein Name ohne Einträge ist also kein Grund, sich irgendeiner Sache sicher zu sein.',
      ],
    },
    story: [
      {
        says: ['{b.deep}, A?', 'NOERROR, nichts. Darunter wohnt jemand.'],
        tells: 'Wer hier NXDOMAIN sagte, behauptete damit, dass es auch {a.b.deep} nicht gibt, und Resolver würden es glauben.',
      },
      {
        says: ['{c.deep}, A?', 'NXDOMAIN. Niemand da, auch nicht darunter.'],
        tells: '„Kein solcher Name“ heißt immer: und auch nichts darunter.',
      },
    ],
  },
  'cname-loop': {
    title: 'Zwei Namen, die aufeinander zeigen',
    what: 'Ein Alias führt zu einem Alias, der zurückführt. Wer hört zuerst auf? Und wie fühlt sich das für den an, der gefragt hat?',
    steps: {
      create: [
        'Mach {tick.loop} zum Alias von {tock.loop}, und umgekehrt.',
        'Beides sind ordentliche [CNAME](cname)-Einträge. Nur zusammen sind sie Unsinn.',
      ],
      ask: [
        'Frag nach der Adresse von {tick.loop}.',
        '`NOERROR`, zwei Aliase, keine Adresse. Der Server ging einmal im Kreis, sah, wo er wieder war, und sagte, was er gefunden hatte. Er hat keine Regel verletzt.',
      ],
      amber: [
        'Frag Amber, den Resolver.',
        '[SERVFAIL](servfail). Amber wurde dorthin zurückgeführt, wo er schon war, und gibt auf. Mehr erführe dein Browser nicht.',
      ],
      break: ['Brich den Kreis auf: Lösch {tock.loop}.', 'Jetzt führt {tick.loop} ins Leere.'],
      ground: ['Gib {tock.loop} stattdessen eine Adresse.', 'Ein Name mit einer Adresse am Ende des Alias.'],
      again: [
        'Frag noch einmal nach {tick.loop}.',
        'Ein Alias, eine Adresse, eine Antwort. Der Server ist für dich weitergegangen, weil beide Namen seine eigenen sind.',
      ],
    },
    story: [
      {
        says: ['{tick.loop}, A?', 'Siehe tock. Und tock sagt: siehe tick.'],
        tells: 'Der Nameserver sagt, was er hat. Ob es Sinn ergibt, hat er nicht zu beurteilen.',
      },
      {
        says: ['Wo ist {tick.loop}?', 'SERVFAIL. Ich war zweimal rum, ich geb’s auf.'],
        tells:
          'Ein Resolver zählt, wie oft er weitergeschickt wird, und gibt nach etwa einem Dutzend auf. Dir sagt er nur, dass es nicht ging.',
      },
    ],
  },
  dname: {
    title: 'Ein ganzer Baum zieht um',
    what: 'CNAME benennt einen Namen um. DNAME benennt alles unter einem Namen um, mit einem Eintrag.',
    steps: {
      house: ['Leg {shed.new.moved} mit einer Adresse an.', 'Ein Name am neuen Ort.'],
      move: [
        'Lass {old.moved} mit einem DNAME-Eintrag auf {new.moved} zeigen.',
        'Von nun an ist alles unter dem alten Namen unter dem neuen zu suchen.',
      ],
      follow: [
        'Frag nach {shed.old.moved}, das niemand angelegt hat.',
        'Drei Einträge: der [DNAME](dname), ein daraus eben gemachter [CNAME](cname) für alle, die DNAME nicht kennen, und die Adresse.',
      ],
      itself: [
        'Frag nun nach {old.moved} selbst.',
        '[NODATA](nodata). DNAME spricht für alles unter seinem Namen, nie für den Namen selbst. Der darf eigene Einträge haben.',
      ],
    },
    story: [
      {
        says: ['{shed.old.moved}, A?', 'Umgezogen: {new.moved}. Also {shed.new.moved}, 192.0.2.40.'],
        tells: 'Der Server schneidet das alte Ende des Namens ab, setzt das neue dran und sucht weiter.',
      },
    ],
  },
  'big-txt': {
    title: 'Zu groß für eine Postkarte',
    what: 'DNS reist auf Postkarten: ein UDP-Paket hin, eines zurück. Was nicht draufpasst, wird nicht entzweigerissen, sondern per Brief noch einmal verlangt.',
    steps: {
      create: [
        'Leg einen TXT-Eintrag für {big} mit viel zu viel Text an.',
        '1.499 Zeichen. Im Eintrag stehen sie in Stücken von höchstens 255, denn die Länge eines Stücks ist ein Oktett.',
      ],
      udp: [
        'Frag über UDP danach. Wir sagen mit [EDNS](edns), dass wir 1.232 Oktette nehmen.',
        'Kein Text, aber das Flag [TC](tc): Es gibt mehr, es passt nicht. Ein halber Eintrag wäre schlimmer als keiner.',
      ],
      tcp: [
        'Frag noch einmal über TCP, wie es jeder Resolver an dieser Stelle tut.',
        'Alles da. Auf einer Verbindung liegt die Grenze bei 65.535 Oktetten.',
      ],
      amber: [
        'Lass Amber fragen, und sieh auf die Liste der Fragen.',
        'Zweimal: erst über UDP, wo die Antwort gekappt zurückkam, dann über TCP. Du siehst nur die ganze Antwort.',
      ],
      cut: ['Kürz den Text auf die Hälfte.', '749 Zeichen. Das könnte gehen.'],
      fits: ['Frag wieder über UDP.', 'Es passt. 1.232 Oktette kommen durch jedes Netz, ohne unterwegs zerteilt zu werden.'],
      narrow: [
        'Tu so, als wäre es 1987: Frag über UDP und sag, dass du nur 512 Oktette nimmst.',
        'Wieder [TC](tc). Wie viel passt, sagt der, der fragt, und der Server hat sich daran zu halten.',
      ],
    },
    story: [
      {
        says: ['{big}, TXT? Ich nehme 1232.', 'TC. Das passt nicht.'],
        tells:
          'Kurze Fragen, kurze Antworten: Dafür ist UDP da. Das verhindert auch, dass Fremde jemandem riesige Antworten schicken lassen.',
      },
      {
        says: ['Dann über TCP: {big}, TXT?', 'Bitte sehr, alle 1499 Zeichen.'],
        tells: 'TCP kostet einen Weg hin und her mehr. Darum wirken Namen mit riesigen Antworten beim ersten Mal träge.',
      },
    ],
  },
};
