import type { terms as english, TermWords } from './en.ts';

/** Deutsch; siehe en.ts. */
export const terms: Readonly<Record<keyof typeof english, TermWords>> = {
  a: [
    'A-Eintrag',
    'Die IPv4-Adresse eines Namens, vier Oktette lang. Ein Name kann mehrere haben; alle werden zusammen ausgegeben, und die Reihenfolge bedeutet nichts.',
  ],
  aa: [
    'AA, autoritative Antwort',
    'Ein Flag, mit dem ein Server sagt: Diese Zone ist meine, ich zitiere niemanden. Ein Resolver, der aus dem Gedächtnis antwortet, lässt es weg, und ein Verweis auch.',
  ],
  aaaa: [
    'AAAA-Eintrag',
    'Die IPv6-Adresse eines Namens, sechzehn Oktette lang. Viermal so lang wie ein A-Eintrag, daher vier A. Browser fragen nach beiden Arten und nehmen, was sich zuerst verbindet.',
  ],
  acme: [
    'ACME und DNS-01',
    'Das Protokoll, mit dem Zertifikate ohne Menschen ausgestellt werden. Beim Verfahren DNS-01 verlangt eine Stelle einen bestimmten Text in einem TXT-Eintrag unter `_acme-challenge`: Wer ihn dort hinsetzen kann, hat gezeigt, dass der Name seiner ist.',
  ],
  ad: [
    'AD, geprüfte Daten',
    'Ein Flag, mit dem ein prüfender Resolver sagt, dass er die DNSSEC-Signaturen dieser Antwort geprüft hat. Es ist so viel wert wie dein Vertrauen in den Resolver und den Weg zu ihm.',
  ],
  'additional-section': [
    'Additional Section',
    'Der letzte Teil einer Nachricht: Einträge, nach denen niemand gefragt hat, die man aber gleich brauchen wird, etwa die Adressen der Nameserver in einem Verweis. Auch OPT reist dort mit, das eigentlich kein Eintrag ist.',
  ],
  any: [
    'ANY',
    'Eine Frage nach allem, was es zu einem Namen gibt. „Alles“ hieß sie nie: Ein Resolver gibt, was er gerade noch weiß. Weil man sie meist stellt, damit Server viel verschicken, antworten viele mit einem einzigen RRset oder weniger.',
  ],
  anycast: [
    'Anycast',
    'Eine Adresse, die an vielen Orten der Welt steht; das Netz führt jeden zu einem nahen. Öffentliche Resolver und die Root-Server arbeiten so, also können zwei Fragen an eine Adresse zwei Rechner erreichen.',
  ],
  apex: [
    'Apex',
    'Der oberste Name einer Zone, an dem ihr SOA und ihre NS-Einträge stehen. In den Formularen dieser Seite schreibt man ihn `@`. Ein CNAME kann dort nicht stehen, weil er neben diesen nicht stehen dürfte.',
  ],
  'as-number': [
    'AS-Nummer',
    'Die Nummer eines Netzes, das im Internet selbst über seine Wege bestimmt, etwa eines Anbieters oder einer Cloud. Das Protokoll schlägt zu jeder Adresse nach, zu welchem der Fragende gehört.',
  ],
  'authoritative-server': [
    'Autoritativer Nameserver',
    'Ein Server, der die Zone selbst hat und aus ihr antwortet. Er fragt niemanden und weiß nichts von anderen Zonen. Digpit ist einer.',
  ],
  'authority-section': [
    'Authority Section',
    'Der Teil einer Nachricht, der sagt, wer zuständig ist: NS-Einträge bei einem Verweis, der SOA bei einem „Nein“. Resolver brauchen diesen SOA, um zu wissen, wie lange sie sich das „Nein“ merken dürfen.',
  ],
  axfr: [
    'AXFR, Zonentransfer',
    'Eine Frage nach der ganzen Zone, die ein zweiter Server seinem ersten stellt, über TCP. Server lehnen sie bei Fremden ab, dieser auch.',
  ],
  caa: [
    'CAA-Eintrag',
    'Sagt, welche Zertifizierungsstellen Zertifikate für einen Namen ausstellen dürfen. Eine Stelle muss vorher nachsehen und steigt dabei auf, bis sie welche findet. Browser sehen ihn nicht an.',
  ],
  cache: [
    'Cache',
    'Das Gedächtnis eines Resolvers: Antworten, jede mit der Zeit, die sie noch gilt. Niemand kann es von außen leeren, und niemand meldet ihm Änderungen; was darin ist, läuft nur ab.',
  ],
  'case-mixing': [
    'Groß-Klein-Mischen, 0x20',
    'Namen werden ohne Rücksicht auf Groß und Klein verglichen, doch ein Server wiederholt die Frage genau, wie sie geschrieben war. Also schreiben Resolver sie zufällig gemischt und verwerfen Antworten, die anders aussehen. So hat ein Fälscher mehr zu erraten.',
  ],
  class: [
    'Klasse',
    'Fast immer IN, für Internet. Die anderen, etwa CH für das Chaosnet der Siebziger, leben in Fragen wie `version.bind` weiter. Zwei Klassen wären zwei getrennte Bäume von Namen.',
  ],
  'client-subnet': [
    'EDNS-Client-Subnetz',
    'Ein Teil der Adresse eines Kunden, den sein Resolver dem Nameserver nennt, damit der mit etwas in der Nähe antworten kann. Das kostet etwas Privatheit, darum lassen viele Resolver es weg. Ein Präfix von null Bit bittet, nichts weiterzugeben.',
  ],
  'closest-encloser': [
    'Closest Encloser',
    'Der längste Vorfahr eines fehlenden Namens, den es gibt. Nur ein Stern direkt darunter kann für diesen Namen antworten. Wer wissen will, warum ein Wildcard schweigt, sucht ihn zuerst.',
  ],
  cname: [
    'CNAME-Eintrag',
    'Sagt, dass ein Name ein Alias ist und wie er wirklich heißt. Fragen jeden Typs gehen dort weiter. Neben einem Alias darf nichts anderes stehen, darum kann er nicht am Apex stehen.',
  ],
  compression: [
    'Kompression',
    'Ein Name, der in einer Nachricht schon vorkam, wird nicht noch einmal geschrieben: Zwei Oktette zeigen, wo er stand. Zeiger dürfen nur zurückführen, und wer beim Lesen nicht darauf besteht, läuft im Kreis.',
  ],
  cookie: [
    'DNS-Cookie',
    'Einige Oktette, an denen sich Client und Server über UDP wiedererkennen. Wer eine fremde Adresse fälscht, kann sie nicht wissen. Sie reisen in einer EDNS-Option.',
  ],
  delegation: [
    'Delegation',
    'Ein Teil einer Zone wird in andere Hände gegeben, mit NS-Einträgen an dem Namen, bei dem er beginnt. Von da an abwärts antwortet der Server darüber nur noch mit Verweisen. Das ganze DNS hängt daran zusammen.',
  ],
  dkim: [
    'DKIM',
    'Eine Unterschrift in einem Brief, und der Schlüssel zum Prüfen in einem TXT-Eintrag unter `_domainkey`. Sie zeigt, dass der Brief von jemandem kommt, der die Domain benutzen darf, und nicht verändert wurde. Weiterleiten übersteht sie.',
  ],
  dmarc: [
    'DMARC',
    'Ein TXT-Eintrag bei `_dmarc`, mit dem eine Domain sagt, was mit Briefen geschehen soll, für die weder SPF noch DKIM bürgt: nichts, Spam-Ordner oder weg damit. Er verlangt, dass der sichtbare Name der geprüfte ist.',
  ],
  dname: [
    'DNAME-Eintrag',
    'Verlegt alles unter einem Namen zu einem anderen, den Namen selbst aber nicht. Für Resolver, die ihn nicht kennen, macht der Server bei jeder Frage einen CNAME daraus.',
  ],
  dnskey: [
    'DNSKEY-Eintrag',
    'Ein öffentlicher Schlüssel, mit dem eine Zone ihre Einträge unterschreibt. Man glaubt ihm, wenn die Zone darüber einen passenden DS-Eintrag hat. Die Zonen dieses Sandkastens sind nicht signiert.',
  ],
  dnssec: [
    'DNSSEC',
    'Signaturen für Daten im DNS, damit ein Resolver erkennt, ob eine Antwort vom Inhaber der Zone stammt. Es verbirgt nichts, es beweist nur. Jede Zone bürgt für die nächste darunter, von der Wurzel an.',
  ],
  doh: [
    'DoH, DNS über HTTPS',
    'DNS-Nachrichten in Webanfragen: verschlüsselt und von anderem Verkehr kaum zu unterscheiden. Browser erreichen damit einen Resolver ihrer Wahl. Dieser Server beantwortet es unter `/dns-query`.',
  ],
  'domain-name': [
    'Domainname',
    'Eine Liste von Labels, mit Punkten dazwischen, vom Besonderen zum Allgemeinen. Er ist höchstens 255 Oktette lang, die Längen der Labels mitgezählt. Der Baum aus allen hat eine Wurzel.',
  ],
  ds: [
    'DS-Eintrag',
    'Der Fingerabdruck eines Schlüssels der Zone darunter, von der Zone darüber gehalten und unterschrieben. Damit geht die Vertrauenskette eine Stufe hinab. Als einziger gängiger Eintrag gehört er auf die Elternseite eines Zonenschnitts.',
  ],
  ede: [
    'Erweiterter Fehler',
    'Eine Zahl und vielleicht ein Satz neben dem RCODE, die sagen, warum etwas schiefging: abgelaufene Signatur, nicht unsere Zone, gesperrt. Er ist für Menschen auf Fehlersuche; Programme richten sich nicht danach.',
  ],
  edns: [
    'EDNS',
    'So kam das DNS zu mehr Platz: ein Pseudo-Eintrag OPT in der Additional Section, der sagt, wie groß eine Antwort sein darf, und Optionen mitbringt. Wer ihn nicht schickt, bekommt über UDP höchstens 512 Oktette.',
  ],
  'empty-non-terminal': [
    'Leerer Zwischenname',
    'Ein Name ohne Einträge, unter dem es aber etwas gibt. Es gibt ihn, also lautet die Antwort NODATA und nicht NXDOMAIN. Er kommt und geht mit dem, was darunter ist.',
  ],
  formerr: [
    'FORMERR',
    'Der Server konnte mit der Frage nichts anfangen: Sie bricht ab oder sagt etwas doppelt. Alte Server sagten das auch zu allem, was sie nicht kannten, etwa EDNS.',
  ],
  glue: [
    'Glue',
    'Die Adresse eines Nameservers, der in eben der Zone liegt, die ihm überlassen ist, von der Zone darüber mitgegeben. Ohne diesen Leim fände niemand die erste Adresse. Er ist ein Hinweis, keine autoritative Auskunft.',
  ],
  header: [
    'Header',
    'Die ersten zwölf Oktette jeder Nachricht: eine Id, an der man die Antwort der Frage zuordnet, Flags, der RCODE und wie viele Einträge jeder Teil hat. Alles andere kommt dahinter.',
  ],
  'host-header': [
    'Host-Header',
    'Die Zeile, in der ein Browser dem Webserver sagt, welche Seite er will. Viele Seiten teilen sich eine Adresse, und das DNS gibt den Namen nicht weiter. Zeig auf einen Server, der deinen Namen nicht kennt, und du bekommst eine Fehlerseite.',
  ],
  'https-record': [
    'HTTPS-Eintrag',
    'Sagt Browsern schon vor dem Verbinden, was eine Seite spricht: Protokolle, einen anderen Port, Schlüssel für verschlüsselte Begrüßungen. Mit Priorität 0 ist er ein Alias, und der darf am Apex stehen.',
  ],
  idn: [
    'Internationalisierter Name',
    'Ein Name mit Buchstaben, die es in ASCII nicht gibt. Auf der Leitung steht er in ASCII hinter `xn--`, was Punycode heißt. Was du hier tippst, wird für dich umgewandelt.',
  ],
  label: [
    'Label',
    'Ein Teil eines Namens zwischen zwei Punkten: höchstens 63 Oktette. Beliebige dürfen darin stehen, doch Rechnernamen bleiben bei Buchstaben, Ziffern und Bindestrichen. Groß und Klein zählt nicht.',
  ],
  'master-file': [
    'Master File',
    'Eine Zone als Text, ein Eintrag pro Zeile, wie ihn jeder Nameserver liest: Name, TTL, Klasse, Typ, Daten. Was diese Seite Zonendatei nennt, ist eine.',
  ],
  message: [
    'Nachricht',
    'Was in beide Richtungen geschickt wird: Header, Frage, Answer, Authority und Additional Section. Fragen und Antworten haben dieselbe Form; ein Bit unterscheidet sie.',
  ],
  mx: [
    'MX-Eintrag',
    'Der Name eines Rechners, der die Post einer Domain annimmt, mit einer Präferenz: Kleiner kommt zuerst. Es muss ein Name mit Adresse sein, kein Alias. Ein einzelner Punkt mit Präferenz 0, der Null-MX, sagt, dass keine Post erwünscht ist.',
  ],
  'negative-caching': [
    'Negative Caching',
    'Resolver merken sich „Nein“ ebenso wie „Ja“. Wie lange, sagt die kleinere von zwei Zahlen: die TTL des SOA in der Antwort und das letzte Feld darin. In einer neuen Zone dieses Sandkastens ist das eine Minute.',
  ],
  nodata: [
    'NODATA',
    'Den Namen gibt es, aber keine Einträge des gefragten Typs. Kein Code sagt das: Es ist NOERROR mit leerer Antwort und dem SOA in der Authority Section. Verwechsle es nicht mit NXDOMAIN.',
  ],
  noerror: [
    'NOERROR',
    'RCODE 0: Nichts ging schief. Dass es eine Antwort gab, heißt das nicht; NODATA und Verweise tragen ihn auch.',
  ],
  ns: [
    'NS-Eintrag',
    'Der Name eines Servers, der für eine Zone autoritativ ist. Er steht am Apex der Zone und noch einmal über dem Schnitt, wo er die Delegation ausmacht. Beide sollten dasselbe sagen.',
  ],
  nsec: [
    'NSEC-Eintrag',
    'Beweist mit DNSSEC, dass es einen Namen nicht gibt, indem er den nächsten nennt, den es gibt. Wer geschickt fragt, liest so die ganze Zone, darum gibt NSEC3 nur Hashes von Namen.',
  ],
  nxdomain: [
    'NXDOMAIN',
    'Den Namen gibt es nicht, in keinem Typ, und auch nichts darunter. Ein Resolver darf sich das so lange merken, wie der SOA in der Antwort sagt.',
  ],
  ptr: [
    'PTR-Eintrag',
    'Zeigt auf einen Namen, meist von einer Adresse aus, die als Name geschrieben ist. Wem die Adresse gehört, der kann dort alles behaupten. Wer sich darauf verlässt, prüft also, ob der Name diese Adresse hat.',
  ],
  'qname-minimisation': [
    'QNAME-Minimierung',
    'Ein Resolver zeigt jedem Nameserver nur so viele Labels, wie der zum Weiterhelfen braucht. So erfährt die Wurzel nicht, welchen Rechner du suchst. Es kostet ein paar Fragen, die gemerkt werden.',
  ],
  question: [
    'Frage',
    'Name, Typ und Klasse: wonach gefragt wird. Eine Nachricht könnte mehrere enthalten, doch was das hieße, wurde nie vereinbart, also enthält sie genau eine. Die Antwort wiederholt sie.',
  ],
  rcode: [
    'RCODE',
    'Die Zahl im Header, die sagt, wie es ausging: NOERROR, NXDOMAIN, SERVFAIL, REFUSED und einige mehr. Sie gilt für die ganze Nachricht, nicht für einzelne Einträge.',
  ],
  rd: [
    'RD und RA',
    'Mit RD bittet ein Client den Server, die Antwort zu suchen, wo immer sie ist; mit RA sagt ein Server, dass er so etwas tut. Ein Nameserver, der nur seine eigenen Zonen hat, lässt RA weg.',
  ],
  rdata: [
    'RDATA',
    'Die Daten eines Eintrags, hinter Name, Typ, Klasse und TTL. Was darin steht, hängt vom Typ ab: vier Oktette bei A, sieben Felder bei SOA.',
  ],
  record: [
    'Eintrag',
    'Das Kleinste im DNS: ein Name, ein Typ, eine Klasse, eine TTL und Daten dieses Typs. Eine Zone ist ein Haufen davon.',
  ],
  recursion: [
    'Rekursion',
    'Für jemanden eine Antwort finden, indem man andere fragt, von der Wurzel abwärts. Resolver tun das, autoritative Server nicht. Wer es für die ganze Welt tut, wird missbraucht.',
  ],
  referral: [
    'Verweis',
    'Eine Antwort, die sagt: nicht hier, frag die. Keine Antworteinträge, kein AA, nur die NS-Einträge der Zone darunter, mit Glue, wenn nötig. Jeder Weg von der Wurzel zu einem Namen ist eine Kette davon.',
  ],
  refused: [
    'REFUSED',
    'Der Server will das nicht beantworten. Bei einem autoritativen Server heißt es meist: keine meiner Zonen. Bei einem Resolver: keiner meiner Kunden.',
  ],
  resolver: [
    'Resolver',
    'Der Server, der für andere Antworten findet. Er folgt Verweisen und Aliasen, merkt sich, was er erfährt, und antwortet aus dem Gedächtnis, solange er darf. Dein Anbieter betreibt einen, Google und Cloudflare auch.',
  ],
  reverse: [
    'Rückwärtssuche',
    'Von einer Adresse zum Namen. Die Adresse wird umgedreht und unter `in-addr.arpa` gehängt, oder Ziffer für Ziffer unter `ip6.arpa`, und man fragt nach PTR. Dieser Teil des Baums gehört dem, der die Adressen bekommen hat.',
  ],
  root: [
    'Wurzel',
    'Die Spitze des Baums, der Name ohne Labels, geschrieben als einzelner Punkt. Ihre Server wissen, wo die Top-Level-Domains sind. Der Punkt am Ende eines vollständigen Namens ist sie.',
  ],
  'round-robin': [
    'Round Robin',
    'Die Einträge eines RRsets jedes Mal in anderer Reihenfolge nennen. Da die meisten den ersten nehmen, verteilt das die Last, ungefähr. Fällt ein Rechner aus, merkt es nichts davon.',
  ],
  rrset: [
    'RRset',
    'Alle Einträge eines Namens, Typs und einer Klasse. Sie haben eine TTL, werden zusammen oder gar nicht ausgegeben und gemeinsam unterschrieben. Ihre Reihenfolge bedeutet nichts.',
  ],
  rrsig: [
    'RRSIG-Eintrag',
    'Die Unterschrift eines RRsets, gemacht mit einem Schlüssel seiner Zone, gültig von einem Tag bis zu einem anderen. Erneuert sie niemand rechtzeitig, ist die Zone für alle, die prüfen, verschwunden.',
  ],
  serial: [
    'Seriennummer',
    'Eine Zahl im SOA, die mit jeder Änderung steigt, damit zweite Server sehen, dass es etwas zu holen gibt. Sie darf überlaufen: Welche von zweien neuer ist, klärt eine eigene Rechenart.',
  ],
  servfail: [
    'SERVFAIL',
    'Unterwegs ging etwas schief: Nameserver, die nicht antworten, Aliase im Kreis, eine kaputte Signatur. Mehr sagt ein Resolver nicht, außer mit einem erweiterten Fehler.',
  ],
  soa: [
    'SOA-Eintrag',
    'Der eine Eintrag, mit dem jede Zone beginnt: Hauptserver, Postfach, Seriennummer, Zeiten für zweite Server und zuletzt, wie lange ein „Nein“ gemerkt werden darf. Er kommt mit jedem „Nein“ mit.',
  ],
  spf: [
    'SPF',
    'Ein TXT-Eintrag, der aufzählt, welche Rechner Post für eine Domain verschicken. Er wird von links nach rechts gelesen; der erste passende Ausdruck entscheidet. Weiterleiten bricht ihn, darum entscheidet er selten allein.',
  ],
  srv: [
    'SRV-Eintrag',
    'Wo ein Dienst ist: Rechner und Port, nach Prioritäten geordnet, mit Gewichten für die Wahl innerhalb einer. Der Name sagt Dienst und Protokoll, mit Unterstrichen davor. Ein einzelner Punkt als Rechner heißt: gibt es hier nicht.',
  ],
  'stub-resolver': [
    'Stub-Resolver',
    'Der Teil deines eigenen Systems, der Namen für Programme in Adressen verwandelt. Er geht nicht selbst von Server zu Server, er fragt einen Resolver und glaubt ihm.',
  ],
  tc: [
    'TC, gekappt',
    'Ein Flag, das sagt: Diese Antwort passte nicht. Wer es bekommt, soll den Rest wegwerfen und noch einmal über TCP fragen.',
  ],
  tcp: [
    'DNS über TCP',
    'Für alles, was in kein UDP-Paket passt, und für Zonentransfers. Jeder Server muss es anbieten; eine Firewall, die es sperrt, lässt große Antworten verschwinden. Vor jeder Nachricht steht dort ihre Länge.',
  ],
  tld: [
    'Top-Level-Domain',
    'Ein Label direkt unter der Wurzel, etwa `com`, `de` oder `test`. Das letzte ist zum Probieren freigehalten und wird nie irgendwohin führen, darum nimmt dieser Sandkasten es, wenn nichts anderes eingestellt ist.',
  ],
  ttl: [
    'TTL, Lebensdauer',
    'Wie viele Sekunden eine Antwort gemerkt werden darf. Du setzt sie, Resolver zählen sie herunter, und niemand kann eine Antwort vorher zurückrufen. Senk sie rechtzeitig, bevor du etwas umziehst.',
  ],
  txt: [
    'TXT-Eintrag',
    'Text für alle, die ihn lesen wollen: Stücke von je höchstens 255 Oktetten, die Leser zusammensetzen. Gedacht für Notizen, benutzt für alles: SPF, DKIM, Besitznachweise.',
  ],
  type: [
    'Typ',
    'Sagt, was für Daten ein Eintrag enthält oder eine Frage will. Er ist eine Zahl; die Namen, etwa MX, sind für uns. Ein Name kann Einträge vieler Typen zugleich haben.',
  ],
  'udp-size': [
    'UDP-Größe',
    'Wie viele Oktette ein Client in einer UDP-Antwort nimmt; er sagt es mit EDNS. Die meisten sagen 1232, was kein Netz unterwegs zerteilen muss. Mehr darf der Server nicht schicken, weniger schon.',
  ],
  'unknown-type': [
    'Unbekannter Typ',
    'Ein Typ, den ein Programm nicht kennt, schreibt sich `TYPE` und seine Zahl, seine Daten als Oktette in Hex. So kommen neue Typen unversehrt durch alte Server.',
  ],
  wildcard: [
    'Wildcard',
    'Ein Eintrag, dessen erstes Label ein Stern ist, antwortet für Namen, die es nicht gibt, und zwar unter dem gefragten Namen. Er schweigt, wo es den Namen gibt, und sei es mit anderen Typen, und unter jedem Namen, den es gibt.',
  ],
  zone: [
    'Zone',
    'Der Teil des Namensbaums, der an einem Ort und von einer Hand gepflegt wird. Sie beginnt an ihrem Apex und endet, wo weiterdelegiert wird. Deine Subdomain hier ist eine.',
  ],
  'zone-cut': [
    'Zonenschnitt',
    'Die Stelle, an der eine Zone endet und eine andere beginnt, gemacht durch NS-Einträge. Was in der oberen Zone darunter steht, wird nicht beantwortet, außer als Glue.',
  ],
};
