import type { services as english } from '../en/services.ts';
import type { Translation } from '../words.ts';

/** Deutsch; siehe texts/en/services.ts. */
export const services: Translation<typeof english> = {
  caa: {
    title: 'Wer für dich bürgen darf',
    what: 'Hunderte Zertifizierungsstellen könnten ein Zertifikat für deinen Namen ausstellen. Ein CAA-Eintrag sagt allen, die du nicht nennst, dass sie die Finger davon lassen sollen.',
    steps: {
      open: [
        'Spiel eine Zertifizierungsstelle, `ca.example`, die ein Zertifikat für {www.lock} ausstellen soll.',
        'Sie stieg vom Namen bis zur obersten unserer Zonen hinauf und fand nirgends [CAA](caa). Also darf jeder ausstellen.',
      ],
      lock: [
        'Nenn eine: ein CAA-Eintrag für {lock} mit dem Tag `issue` und dem Wert `ca.example`.',
        'Ein Schloss, oben an dem kleinen Baum.',
      ],
      named: [
        'Frag `ca.example` noch einmal, für {www.lock}.',
        'Erlaubt. Bei {www.lock} selbst steht nichts, also galt der Eintrag weiter oben.',
      ],
      other: [
        'Frag eine andere Stelle, `cheap.example`.',
        'Nicht genannt, also darf sie nicht ausstellen. Nachsehen muss jede, kurz bevor sie ausstellt.',
      ],
      wild: [
        'Verbiete Wildcard-Zertifikate ganz: noch ein CAA-Eintrag, mit dem Tag `issuewild` und einem einsamen Strichpunkt.',
        'Ein Strichpunkt, vor dem niemand steht, nennt niemanden.',
      ],
      star: [
        'Frag `ca.example` nach einem Zertifikat für `*.lock`.',
        'Abgelehnt, obwohl sie genannt ist: Wo es `issuewild` gibt, zählt für einen Stern nur das.',
      ],
    },
    story: [
      {
        says: [
          'Ein Zertifikat für {www.lock}, bitte.',
          '{www.lock}, CAA? {lock}, CAA?',
          'issue „ca.example“',
          'Das bin ich. Bitte sehr.',
        ],
        tells:
          'CAA gilt für den Augenblick des Ausstellens. Browser sehen es nie an, und ein ausgestelltes Zertifikat bleibt gültig.',
      },
    ],
  },
  https: {
    title: 'Die Überholspur zur Website',
    what: 'Was eine Website spricht, erfuhr ein Browser früher erst von ihr selbst, einen Weg hin und her nach dem anderen. Ein HTTPS-Eintrag sagt es ihm, bevor er anklopft.',
    steps: {
      address: ['Gib {swift} eine Adresse.', 'Mehr hat eine Website nie gebraucht.'],
      plain: [
        'Schick einen Browser hin.',
        'Er fand keinen HTTPS-Eintrag und muss an Ort und Stelle herausfinden, was dort gesprochen wird.',
      ],
      bind: [
        'Leg einen [HTTPS](https-record)-Eintrag an: Priorität 1, Ziel `.`, also der Name selbst, und `alpn=h2,h3 port=8443`.',
        'Er spricht HTTP/2 und HTTP/3, auf Port 8443.',
      ],
      quick: [
        'Schick den Browser noch einmal.',
        'Gleich zum richtigen Port und mit HTTP/3, was er sich sonst nicht getraut hätte.',
      ],
      alias: [
        'Etwas, das CNAME nie konnte: Leg einen HTTPS-Eintrag für {door.swift} mit Priorität 0 an, der auf {swift} zeigt.',
        'Priorität 0 macht ihn zum Alias. Er darf am [Apex](apex) einer Zone stehen, neben SOA und NS, wo ein CNAME nicht stehen darf.',
      ],
      through: ['Schick den Browser zu {door.swift}.', 'Durch die Tür und weiter wie zuvor.'],
    },
    story: [
      {
        says: ['{swift}, A?', '192.0.2.80', 'Was sprichst du?', 'HTTP/3, nächstes Mal.'],
        tells: 'Ohne den Eintrag ist der erste Besuch immer der langsame.',
      },
      {
        says: ['{swift}, HTTPS?', 'h3, Port 8443', 'Hallo auf HTTP/3!'],
        tells: 'Der Browser fragt nach beidem zugleich, also kostet ihn das Mehrwissen keine Zeit.',
      },
    ],
  },
  'dns-01': {
    title: 'Beweisen, dass ein Name deiner ist',
    what: 'Bevor eine Stelle ein Zertifikat ausstellt, musst du zeigen, dass du den Namen in der Hand hast. Wer einen verlangten Text in die Zone setzen kann, hat es gezeigt. So macht es ACME, millionenfach, jeden Tag.',
    steps: {
      look: [
        'Du hast ein Zertifikat für {cert} beantragt. Die Stelle hat sich einen Text ausgedacht, den niemand errät: `{!token}`. Lass sie nachsehen, bevor du etwas getan hast.',
        'Nichts da. Du könntest irgendwer sein.',
      ],
      prove: [
        'Setz den Text dorthin, wo sie ihn sucht: ein TXT-Eintrag bei {_acme-challenge.cert}.',
        'Bei einer echten Stelle macht dein Client diesen Text aus einem Token und dem Schlüssel deines Kontos, damit ihn kein anderer benutzen kann.',
      ],
      met: [
        'Lass die Stelle noch einmal nachsehen.',
        'Bewiesen. Eine echte sieht von mehreren Orten der Welt zugleich nach, damit ein Lügner in einem Netz nicht genügt.',
      ],
      tidy: ['Räum auf: Lösch den Text.', 'Er galt für dieses eine Mal. Alte schaden nicht, aber sie häufen sich.'],
      alias: [
        'Dein Webserver soll nicht die ganze Zone ändern dürfen. Mach den Namen also zum Alias eines anderen, {proof.cert}, und setz den Text dorthin.',
        'Im echten Leben läge {proof.cert} in einer eigenen Zone, nur dafür.',
      ],
      aliased: [
        'Lass sie ein drittes Mal nachsehen.',
        'Sie ist dem [CNAME](cname) gefolgt. So lässt sich das Recht auf Zertifikate weitergeben, ohne den Rest.',
      ],
    },
    story: [
      {
        says: ['Ein Zertifikat für {cert}!', 'Dann setz das in deine Zone.', 'Erledigt: TXT bei _acme-challenge.'],
        tells: 'Niemand musste beweisen, wer er ist, nur, was er kann.',
      },
      {
        says: ['{_acme-challenge.cert}, TXT?', 'Genau dieser Text.', 'Es ist deiner. Bitte.'],
        tells: 'Nur so bekommt man ein Zertifikat mit Stern, und nur so geht es ganz ohne Webserver.',
      },
    ],
  },
  srv: {
    title: 'Wo wird gespielt?',
    what: 'SRV-Einträge finden einen Dienst nach seinem Namen: auf welchem Rechner, an welchem Port, in welcher Reihenfolge, mit wie viel vom Andrang.',
    steps: {
      create: [
        'Biete das Spiel `sand` bei {game} an: ein großer Rechner für 70 % der Spieler, ein kleiner für 30 % und einer in Reserve.',
        'Dienst und Protokoll stehen im Namen, mit Unterstrichen, damit nie ein Rechner so heißt.',
      ],
      draw: ['Lass einen Spieler danach suchen.', 'Priorität 10 kommt vor 20, und innerhalb von 10 wird nach Gewicht gelost.'],
      other: [
        'Lass Spieler kommen, bis beide Rechner der Priorität 10 einen hatten.',
        'Gewichte sind Chancen. Im Schnitt landen sieben von zehn beim großen.',
      ],
      storm: ['Zieh beiden den Stecker: Lösch die Adressen von {big.game} und {small.game}.', 'Nur die Reserve ist noch da.'],
      spare: [
        'Lass noch einen Spieler suchen.',
        'Er hat beide versucht und ging dann zu Priorität 20, und an einen anderen Port. Niemand musste es ihm sagen.',
      ],
    },
    story: [
      {
        says: ['_sand._udp.game, SRV?', '10/70 big, 10/30 small, 20 spare.', 'Darf ich mitspielen?'],
        tells:
          'Telefonie, Chat, Kalender und Spielserver finden einander so. Browser haben es nie gelernt; sie bekamen stattdessen HTTPS-Einträge.',
      },
    ],
  },
};
