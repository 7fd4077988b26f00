/** What is said of each term: what it is called, and what it is in two to four sentences. */
export type TermWords = readonly [title: string, text: string];

export const terms = {
  a: [
    'A record',
    'The IPv4 address of a name, four octets long. A name may have several; all of them are given out together, and the order means nothing.',
  ],
  aa: [
    'AA, authoritative answer',
    'A flag by which a server says: this zone is mine, I am not quoting anybody. A resolver that answers from memory leaves it out, and so does a referral.',
  ],
  aaaa: [
    'AAAA record',
    'The IPv6 address of a name, sixteen octets long. Four times as long as an A record, hence four As. Browsers ask for both kinds and use what connects first.',
  ],
  acme: [
    'ACME and DNS-01',
    'The protocol by which certificates are issued without people. With the challenge DNS-01, an authority asks for a certain text in a TXT record below `_acme-challenge`: who can put it there has shown that the name is theirs.',
  ],
  ad: [
    'AD, authenticated data',
    'A flag by which a validating resolver says that it has checked the DNSSEC signatures of this answer. It is worth as much as your trust in the resolver and in the way to it.',
  ],
  'additional-section': [
    'Additional section',
    'The last part of a message: records that nobody asked for, but that will be wanted next, such as the addresses of name servers in a referral. OPT, which is not really a record, travels there too.',
  ],
  any: [
    'ANY',
    'A question for whatever there is at a name. It never meant “all”: a resolver gives what it happens to remember. As it is mostly asked to make servers send much, many answer with a single RRset or less.',
  ],
  anycast: [
    'Anycast',
    'One address that stands in many places of the world; the network leads everybody to a near one. Public resolvers and the root servers work like this, so two questions to one address may reach two machines.',
  ],
  apex: [
    'Apex',
    'The topmost name of a zone, where its SOA and NS records stand. In the forms of this page it is written `@`. No CNAME may stand there, because it could not stand beside these.',
  ],
  'as-number': [
    'AS number',
    'The number of a network that runs its own routing on the internet, such as that of a provider or a cloud. The log looks up, by address, to which of them the one who asked belongs.',
  ],
  'authoritative-server': [
    'Authoritative name server',
    'A server that has the zone itself and answers from it. It asks nobody else and knows nothing of other zones. Digpit is one.',
  ],
  'authority-section': [
    'Authority section',
    'The part of a message that says who is responsible: NS records in a referral, the SOA in a “no”. Resolvers need that SOA to know how long the “no” may be remembered.',
  ],
  axfr: [
    'AXFR, zone transfer',
    'A question for the whole zone, asked by a secondary server of its primary, over TCP. Servers refuse it to strangers, and so does this one.',
  ],
  caa: [
    'CAA record',
    'Says which certification authorities may issue certificates for a name. An authority must look before it issues, climbing up until it finds some. Browsers do not look at it.',
  ],
  cache: [
    'Cache',
    'The memory of a resolver: answers, each with the time for which it may still be used. Nobody can empty it from outside, and nobody tells it of changes; what is in it only runs out.',
  ],
  'case-mixing': [
    'Case mixing, 0x20',
    'Names compare without case, but a server repeats the question exactly as it was written. So resolvers write it in random case, and drop answers that do not match. A forger then has one more thing to guess.',
  ],
  class: [
    'Class',
    'Almost always IN, for internet. The others, such as CH for the Chaosnet of the seventies, live on in questions like `version.bind`. Two classes would be two separate trees of names.',
  ],
  'client-subnet': [
    'EDNS client subnet',
    'A part of the address of a client, told by its resolver to the name server, so that it can answer with something nearby. It costs some privacy, so many resolvers leave it out. A prefix of no bits asks not to pass on any.',
  ],
  'closest-encloser': [
    'Closest encloser',
    'The longest existing ancestor of a name that does not exist. Only a star directly below it can answer for that name. Who wants to know why a wildcard is silent looks for it first.',
  ],
  cname: [
    'CNAME record',
    'Says that a name is an alias, and what it is really called. Questions of any type go on there. Nothing else may stand at an alias, which is why it cannot stand at an apex.',
  ],
  compression: [
    'Compression',
    'A name that was in a message before is not written again: two octets point to where it stood. Pointers may only lead backwards, and a reader that does not insist can be led in circles.',
  ],
  cookie: [
    'DNS cookie',
    'A few octets by which client and server recognise one another over UDP. Who forges the address of somebody else cannot know theirs. They travel in an EDNS option.',
  ],
  delegation: [
    'Delegation',
    'Giving a part of a zone into other hands, with NS records at the name where it begins. From there down, the server above answers with referrals only. The whole DNS hangs together by this.',
  ],
  dkim: [
    'DKIM',
    'A signature in a letter, and the key to check it in a TXT record below `_domainkey`. It shows that the letter comes from somebody who may use the domain, and was not changed. It survives forwarding.',
  ],
  dmarc: [
    'DMARC',
    'A TXT record at `_dmarc` by which a domain says what to do with letters that neither SPF nor DKIM vouches for: nothing, spam folder, or away with it. It wants the name that people see to be the one that was checked.',
  ],
  dname: [
    'DNAME record',
    'Moves everything below a name to another one, but not the name itself. For resolvers that do not know it, the server makes a CNAME out of it for each question.',
  ],
  dnskey: [
    'DNSKEY record',
    'A public key with which a zone signs its records. It is believed when the zone above has a DS record that fits. Zones of this sandpit are not signed.',
  ],
  dnssec: [
    'DNSSEC',
    'Signatures on DNS data, so that a resolver can tell whether an answer is what the owner of the zone wrote. It hides nothing; it only proves. Each zone vouches for the next one down, from the root on.',
  ],
  doh: [
    'DoH, DNS over HTTPS',
    'DNS messages inside of web requests: encrypted, and hard to tell from other traffic. Browsers use it to reach a resolver of their choice. This server answers it at `/dns-query`.',
  ],
  'domain-name': [
    'Domain name',
    'A list of labels, written with dots between, from the most special to the most general. It is at most 255 octets long, the lengths of its labels included. The tree of all of them has one root.',
  ],
  ds: [
    'DS record',
    'The fingerprint of a key of the zone below, kept and signed by the zone above. By it the chain of trust goes one step down. It is the only common record that belongs to the parent side of a zone cut.',
  ],
  ede: [
    'Extended error',
    'A number and perhaps a sentence beside the RCODE, which say why something went wrong: expired signature, not our zone, blocked. It is for people who look for the fault; programs do not act on it.',
  ],
  edns: [
    'EDNS',
    'The way in which DNS got more room: a pseudo-record OPT in the additional section, which says how large an answer may be, and carries options. Who does not send it gets at most 512 octets over UDP.',
  ],
  'empty-non-terminal': [
    'Empty non-terminal',
    'A name that has no records, but something below it has. It exists, so the answer is NODATA and not NXDOMAIN. It comes and goes with what is below.',
  ],
  formerr: [
    'FORMERR',
    'The server could not make sense of the question: it breaks off, or says something twice. Old servers also said it to everything that they did not know, such as EDNS.',
  ],
  glue: [
    'Glue',
    'The address of a name server that lies in the very zone that is delegated to it, given along by the zone above. Without it nobody could ever find the first address. It is a hint, not authoritative data.',
  ],
  header: [
    'Header',
    'The first twelve octets of every message: an id by which the answer is matched to the question, flags, the RCODE, and how many records there are in each section. Everything else follows behind.',
  ],
  'host-header': [
    'Host header',
    'The line in which a browser tells a web server which site it wants. Many sites share one address, and DNS does not pass on the name. Point a name at a server that does not know it, and you get an error page.',
  ],
  'https-record': [
    'HTTPS record',
    'Tells browsers before they connect what a site speaks: protocols, another port, keys for encrypted greetings. With priority 0 it is an alias, and that one may stand at an apex.',
  ],
  idn: [
    'Internationalized name',
    'A name with letters outside of ASCII. On the wire it is written in ASCII after `xn--`, which is called Punycode. What you type here is turned into it for you.',
  ],
  label: [
    'Label',
    'One part of a name, between two dots: at most 63 octets. Any octets may be in it, though host names keep to letters, digits and hyphens. Case does not count.',
  ],
  'master-file': [
    'Master file',
    'A zone as text, one record a line, as every name server reads it: name, TTL, class, type, data. What this page calls a zone file is one.',
  ],
  message: [
    'Message',
    'What is sent either way: header, question, answer, authority and additional section. Questions and answers have the same form; one bit tells them apart.',
  ],
  mx: [
    'MX record',
    'The name of a machine that takes mail for a domain, with a preference: lower goes first. It must be a name with an address, not an alias. A lone dot with preference 0, the null MX, says that no mail is wanted.',
  ],
  'negative-caching': [
    'Negative caching',
    'Resolvers remember “no” as well as “yes”. For how long is the smaller of two numbers: the TTL of the SOA in the answer, and the last field in it. In a new zone of this sandpit that is a minute.',
  ],
  nodata: [
    'NODATA',
    'The name exists, but has no records of the type asked for. No code says so: it is NOERROR with an empty answer and the SOA in the authority section. Do not take it for NXDOMAIN.',
  ],
  noerror: [
    'NOERROR',
    'RCODE 0: nothing went wrong. It does not mean that there was an answer; NODATA and referrals carry it, too.',
  ],
  ns: [
    'NS record',
    'The name of a server that is authoritative for a zone. It stands at the apex of the zone, and once more above the cut, where it makes the delegation. Both should say the same.',
  ],
  nsec: [
    'NSEC record',
    'Proves with DNSSEC that a name is not there, by naming the next one that is. Who asks cleverly can read the whole zone that way, so NSEC3 gives hashes of names instead.',
  ],
  nxdomain: [
    'NXDOMAIN',
    'The name does not exist, whatever the type, and nothing below it does either. A resolver may remember that for as long as the SOA in the answer says.',
  ],
  ptr: [
    'PTR record',
    'Points to a name, mostly from an address that is written as one. Who owns the address may claim anything there. So who relies on it also checks that the name has that address.',
  ],
  'qname-minimisation': [
    'QNAME minimisation',
    'A resolver shows each name server only as many labels as it needs to get on. So the root does not learn which host you are looking for. It costs a few questions, which are remembered.',
  ],
  question: [
    'Question',
    'Name, type and class: what is asked. A message could hold several, but no one ever agreed on what that should mean, so it holds exactly one. The answer repeats it.',
  ],
  rcode: [
    'RCODE',
    'The number in the header that says how it went: NOERROR, NXDOMAIN, SERVFAIL, REFUSED and a few more. It is about the whole message, not about single records.',
  ],
  rd: [
    'RD and RA',
    'By RD a client asks a server to find the answer wherever it is; by RA a server says that it does such things. A name server that only has its own zones leaves RA out.',
  ],
  rdata: [
    'RDATA',
    'The data of a record, after name, type, class and TTL. What is in it depends on the type: four octets for A, seven fields for SOA.',
  ],
  record: [
    'Resource record',
    'The smallest thing in DNS: a name, a type, a class, a TTL, and data of that type. A zone is a heap of them.',
  ],
  recursion: [
    'Recursion',
    'Finding an answer for somebody by asking others, from the root down. Resolvers do that, authoritative servers do not. Who does it for everybody in the world will be misused.',
  ],
  referral: [
    'Referral',
    'An answer that says: not here, ask those. No answer records, no AA flag, but the NS records of the zone below, with glue if needed. Every way from the root to a name is a chain of them.',
  ],
  refused: [
    'REFUSED',
    'The server will not answer this. From an authoritative server it mostly means: that is none of my zones. From a resolver: you are none of my clients.',
  ],
  resolver: [
    'Resolver',
    'The server that finds answers for others. It follows referrals and aliases, remembers what it learns, and answers from memory while it may. Your provider runs one, and so do Google and Cloudflare.',
  ],
  reverse: [
    'Reverse look-up',
    'From an address to a name. The address is turned round and put below `in-addr.arpa`, or digit by digit below `ip6.arpa`, and PTR is asked for. That part of the tree belongs to whoever was given the addresses.',
  ],
  root: [
    'Root',
    'The top of the tree, the name of no labels, written as a single dot. Its servers know where the top-level domains are. The dot at the end of a full name is it.',
  ],
  'round-robin': [
    'Round robin',
    'Naming the records of an RRset in another order each time. As most clients take the first, that spreads the load, roughly. It does not notice when one of the machines is down.',
  ],
  rrset: [
    'RRset',
    'All records of one name, type and class. They have one TTL, are given out together or not at all, and are signed as one. Their order means nothing.',
  ],
  rrsig: [
    'RRSIG record',
    'The signature of an RRset, made with a key of its zone, good from one date to another. When nobody renews it in time, the zone is gone for all who check.',
  ],
  serial: [
    'Serial number',
    'A number in the SOA that goes up with every change, so that secondary servers see that there is something to fetch. It may wrap round: which of two is newer is settled by an arithmetic of its own.',
  ],
  servfail: [
    'SERVFAIL',
    'Something went wrong on the way: name servers that do not answer, a circle of aliases, a broken signature. A resolver says no more than that, unless it adds an extended error.',
  ],
  soa: [
    'SOA record',
    'The one record that every zone begins with: main server, mailbox, serial number, times for secondary servers, and last how long a “no” may be remembered. It comes along with every “no”.',
  ],
  spf: [
    'SPF',
    'A TXT record that lists which machines send mail for a domain. It is read from left to right; the first term that fits decides. Forwarding breaks it, so it seldom decides alone.',
  ],
  srv: [
    'SRV record',
    'Where a service is: host and port, in an order of priorities, with weights for the choice within one. The name says which service and protocol, with underscores in front. A lone dot as host says: not offered here.',
  ],
  'stub-resolver': [
    'Stub resolver',
    'The part of your own system that turns names into addresses for programs. It does not go from server to server itself, it asks one resolver and believes it.',
  ],
  tc: [
    'TC, truncated',
    'A flag that says: this answer did not fit. Whoever gets it is to throw the rest away and ask again over TCP.',
  ],
  tcp: [
    'DNS over TCP',
    'For what does not fit into a UDP packet, and for zone transfers. Every server has to offer it; a firewall that blocks it makes large answers disappear. Over it, each message has its length in front.',
  ],
  tld: [
    'Top-level domain',
    'A label directly below the root, such as `com`, `de` or `test`. The last one is kept free for trying things and will never lead anywhere, which is why this sandpit uses it when nothing else is set.',
  ],
  ttl: [
    'TTL, time to live',
    'For how many seconds an answer may be remembered. You set it, resolvers count it down, and nobody can call an answer back before. Lower it well before you move something.',
  ],
  txt: [
    'TXT record',
    'Text for whoever wants to read it: strings of at most 255 octets each, which readers put together. Meant for notes, used for everything: SPF, DKIM, proofs of ownership.',
  ],
  type: [
    'Type',
    'Says what kind of data a record holds, or a question wants. It is a number; the names, such as MX, are for us. A name may have records of many types at once.',
  ],
  'udp-size': [
    'UDP size',
    'How many octets a client takes in a UDP answer; it says so with EDNS. Most say 1232, which no network has to cut up on the way. The server must not send more, and may send less.',
  ],
  'unknown-type': [
    'Unknown type',
    'A type that a program does not know is written as `TYPE` and its number, and its data as octets in hex. So new types pass through old servers unharmed.',
  ],
  wildcard: [
    'Wildcard',
    'A record whose first label is a star answers for names that do not exist, under the name that was asked for. It is silent where the name exists, even with other types, and below every name that does.',
  ],
  zone: [
    'Zone',
    'The part of the tree of names that is kept in one place and by one hand. It begins at its apex and ends where it is delegated on. Your subdomain here is one.',
  ],
  'zone-cut': [
    'Zone cut',
    'The place where one zone ends and another begins, made by NS records. What stands below it in the upper zone is not answered, but for glue.',
  ],
} satisfies Record<string, TermWords>;
