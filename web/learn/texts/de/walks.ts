import type { WalkWords } from '../en/walks.ts';

/** Deutsch; see texts/en/walks.ts. */
export const walks: WalkWords = {
  asked: (name, type, came) => `${name} ${type}? ${came}`,

  implicitMx: (domain) => `Kein MX. Dann geht der Brief an die Adresse von ${domain} selbst.`,
  nullMx: (domain) => `Der Mailserver ist „.“: ${domain} nimmt gar keine Post an. Der Brief geht sofort zurück.`,
  mxOrder: (hosts) => `In dieser Reihenfolge: ${hosts}.`,
  hostWithoutAddress: (host) => `${host} hat keine Adresse. Weiter zum Nächsten.`,
  delivers: (host, address) => `Zugestellt wird an ${host} unter ${address}.`,
  undeliverable: () => 'Niemand mehr übrig, dem zuzustellen wäre. Der Brief geht an den Absender zurück.',

  spfTerm: (term, result) => `„${term}“ passt und sagt ${result}.`,
  spfNoMatch: (term, address) => `„${term}“ passt nicht auf ${address}.`,
  spfResult: (result) => `SPF: ${result}.`,
  dkimNone: (name) => `DKIM: kein Schlüssel bei ${name}. Unterschriften ließen sich nicht prüfen.`,
  dkimRevoked: () => 'DKIM: Der Schlüssel ist leer, das heißt: zurückgezogen.',
  dkimKey: (kind, octets) =>
    `DKIM: ein Schlüssel für ${kind}, ${octets} Oktette. Dieser Brief trägt keine Unterschrift, die er prüfen könnte.`,
  dmarcNone: () => 'DMARC: keine Vorgabe. Was mit einem schlechten Brief geschieht, entscheidet der Empfänger.',
  dmarcPolicy: (policy) => `DMARC: Die Domain bittet um „${policy}“, wenn nichts für einen Brief bürgt.`,
  letterIn: () => 'SPF bürgt für den Brief. Ab in den Posteingang.',
  letterRejected: () => 'Nichts bürgt für den Brief. An der Tür abgewiesen.',
  letterJunk: () => 'Nichts bürgt für den Brief. In den Spam-Ordner.',
  letterUnsure: () => 'Nichts bürgt für den Brief, und niemand sagt, was zu tun ist. Alles ist möglich.',

  caaFound: (name) => `${name} hat CAA-Einträge. Diese gelten; die weiter oben nicht.`,
  caaNone: () => 'Niemand ist genannt, der ausstellen darf. Also darf es jeder.',
  caaCritical: (tag) => `„${tag}“ ist als kritisch bezeichnet und mir unbekannt. Ich darf nicht ausstellen.`,
  caaAllowed: (authority) => `${authority} ist genannt. Das Zertifikat wird ausgestellt.`,
  caaRefused: (authority) => `${authority} ist nicht genannt. Kein Zertifikat.`,

  httpsAlias: (target) => `Priorität 0 ist ein Alias: weiter bei ${target}.`,
  httpsConnects: (address, port, protocol) =>
    `Verbunden wird mit ${address}, Port ${port}, vom ersten Paket an mit ${protocol}.`,
  httpsPlain: (address) =>
    `Mehr ist nicht bekannt. Verbunden wird mit ${address}, Port 443, und erst dort wird gefragt, was gesprochen wird.`,
  httpsNowhere: () => 'Keine Adresse, mit der man sich verbinden könnte.',

  minimisedOn: (name) => `${name} gibt es, oder etwas darunter. Ein Label mehr.`,
  minimisedStop: (name) => `${name} gibt es nicht, also auch nichts darunter. Den Rest muss niemand erfahren.`,
  minimisedFound: (address, labels) => `${address}, nach ${labels} Fragen. Nur in der letzten stand der ganze Name.`,
  minimisedNothing: () => 'Den Namen gibt es, aber er hat keine Adresse.',

  challengeAlias: (name) => `Ein Alias führt zu ${name}. Das ist erlaubt.`,
  challengeMissing: () => 'Kein TXT-Eintrag da. Ich sehe nicht, dass der Name dir gehört.',
  challengeWrong: (count) => `TXT-Einträge dort: ${count}. In keinem steht, was ich verlangt habe.`,
  challengeMet: (domain) =>
    `Das ist, was ich verlangt habe. Wer fragt, hat ${domain} in der Hand: Das Zertifikat wird ausgestellt.`,

  srvNone: () => 'Keine SRV-Einträge. Dann muss man Rechner und Port raten.',
  srvNotHere: () => 'Das Ziel ist „.“: Diesen Dienst gibt es hier nicht.',
  srvOrder: (hosts) => `In dieser Reihenfolge: ${hosts}.`,
  srvConnects: (host, address, port) => `Verbunden wird mit ${host} unter ${address}, Port ${port}.`,
  srvNobody: () => 'Niemand mehr übrig, mit dem man sich verbinden könnte.',
};
