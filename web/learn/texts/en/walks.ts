/** What those say who read records for a purpose; see walks/. Names and contents come quoted already. */
export const walks = {
  asked: (name: string, type: string, came: string) => `${name} ${type}? ${came}`,

  implicitMx: (domain: string) => `No MX. Then the letter goes to the address of ${domain} itself.`,
  nullMx: (domain: string) => `The exchange is “.”: ${domain} takes no mail at all. The letter goes back at once.`,
  mxOrder: (hosts: string) => `In this order: ${hosts}.`,
  hostWithoutAddress: (host: string) => `${host} has no address. On to the next.`,
  delivers: (host: string, address: string) => `Delivering to ${host} at ${address}.`,
  undeliverable: () => 'Nobody left to deliver to. The letter goes back to its sender.',

  spfTerm: (term: string, result: string) => `“${term}” matches, and says ${result}.`,
  spfNoMatch: (term: string, address: string) => `“${term}” does not match ${address}.`,
  spfResult: (result: string) => `SPF: ${result}.`,
  dkimNone: (name: string) => `DKIM: no key at ${name}. Signatures could not be checked.`,
  dkimRevoked: () => 'DKIM: the key is empty, which is to say: taken back.',
  dkimKey: (kind: string, octets: string) =>
    `DKIM: a key for ${kind}, ${octets} octets. This letter has no signature that it could check.`,
  dmarcNone: () => 'DMARC: no policy. What to do with a bad letter is left to the receiver.',
  dmarcPolicy: (policy: string) => `DMARC: the domain asks for “${policy}” when nothing vouches for a letter.`,
  letterIn: () => 'SPF vouches for the letter. Into the inbox.',
  letterRejected: () => 'Nothing vouches for the letter. Turned away at the door.',
  letterJunk: () => 'Nothing vouches for the letter. Into the spam folder.',
  letterUnsure: () => 'Nothing vouches for the letter, and nobody says what to do. Anything may happen.',

  caaFound: (name: string) => `${name} has CAA records. These count; those further up do not.`,
  caaNone: () => 'Nobody is named who may issue. So anybody may.',
  caaCritical: (tag: string) => `“${tag}” is marked as critical, and unknown to me. I must not issue.`,
  caaAllowed: (authority: string) => `${authority} is named. The certificate is issued.`,
  caaRefused: (authority: string) => `${authority} is not named. No certificate.`,

  httpsAlias: (target: string) => `Priority 0 is an alias: go on at ${target}.`,
  httpsConnects: (address: string, port: string, protocol: string) =>
    `Connecting to ${address}, port ${port}, with ${protocol} from the first packet on.`,
  httpsPlain: (address: string) =>
    `Nothing more is known. Connecting to ${address}, port 443, and asking there what it speaks.`,
  httpsNowhere: () => 'No address to connect to.',

  minimisedOn: (name: string) => `${name} exists, or something below it does. One label more.`,
  minimisedStop: (name: string) => `${name} does not exist, so nothing below it does. No need to say the rest.`,
  minimisedFound: (address: string, labels: string) =>
    `${address}, after ${labels} questions. Only the last one held the whole name.`,
  minimisedNothing: () => 'The name is there, but has no address.',

  challengeAlias: (name: string) => `An alias leads to ${name}. That is allowed.`,
  challengeMissing: () => 'No TXT record there. I cannot tell that the name is yours.',
  challengeWrong: (count: string) => `TXT records there: ${count}. None holds what I asked for.`,
  challengeMet: (domain: string) => `That is what I asked for. Whoever asks has ${domain} in hand: the certificate is issued.`,

  srvNone: () => 'No SRV records. Then one has to guess the host and the port.',
  srvNotHere: () => 'The target is “.”: this service is not offered here.',
  srvOrder: (hosts: string) => `In this order: ${hosts}.`,
  srvConnects: (host: string, address: string, port: string) => `Connecting to ${host} at ${address}, port ${port}.`,
  srvNobody: () => 'Nobody left to connect to.',
};

export type WalkWords = typeof walks;
