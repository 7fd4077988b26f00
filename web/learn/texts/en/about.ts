/** English words of the page about this server. What depends on its settings is told as arguments, in words. */
export const about = {
  title: 'About',
  what: 'Digpit lends out subdomains, answers for them as a real name server does, and shows their owners who asks. It is open source, under the MIT licence.',
  version: (version: string) => `This is version ${version}.`,
  kept: 'What is kept',
  seen: 'Who can see it',
  sent: 'What goes out from here',
  limits: 'How much everybody gets',

  log: (age: string, size: string) =>
    `Each query for a subdomain: when it came, from which address and port, and both messages, octet for octet. For at most ${age}, and at most ${size} for all subdomains together. When that is full, the oldest go, but not of those subdomains that have few: a flood of one leaves the others theirs. The owner can clear it at any time.`,
  logOff: 'Queries are shown, but not kept: this server has its log switched off.',
  notes:
    'Queries of people pass through their resolvers, so the address is mostly that of a resolver. Some add a part of the address of the one behind; that is kept, too.',
  zone: (age: string) =>
    `A subdomain with its records and its log, until ${age} after the last visit of its owner. Its name is not given away again.`,
  zoneForever: 'A subdomain with its records, for as long as this server stands.',
  history: 'The latest edits of each subdomain, so that they can be undone: at most a hundred.',
  key: 'Of the key of a subdomain, and of the cookie of a session, only hashes. A lost key cannot be given out again.',
  browser: 'In your browser: the session cookie, and what you chose: language, theme, how far you are in the experiments.',

  owner: 'Who holds the key of a subdomain, or has it open in a browser, sees its records and its log.',
  shared:
    'Who has a link to a query that was shared sees that query, until the link is taken back or the query has left the log.',
  world: 'Records are public: anybody who asks for them is answered. Put nothing there that is a secret.',
  operator: 'Who runs this server can read everything that is kept.',

  nothing: 'Nothing: no statistics, no fonts, no scripts of others.',
  resolvers: (hosts: string) => `When you say so, and only then, a question about your own names, to ${hosts}.`,
  noResolvers: 'No public resolver can be asked from here.',

  limit: {
    recordsPerZone: (count: string) => `${count} records for each subdomain`,
    namesPerZone: (count: string) => `${count} names in each`,
    octetsPerZone: (count: string) => `${count} octets in all records of one`,
    sharesPerZone: (count: string) => `${count} shared queries of one at a time`,
    keysPerZone: (count: string) => `${count} keys and tokens of one`,
    exportsPerZone: (count: string) => `${count} files of the log of one at a time`,
    viewersPerZone: (count: string) => `${count} live views of one at a time`,
    callsPerZone: (count: string) => `${count} calls a minute for one`,
    callsPerMinute: (count: string) => `${count} calls a minute from one address`,
    viewersPerAddress: (count: string) => `${count} live views at a time from one address`,
    sessionsPerHour: (count: string) => `${count} new subdomains or sessions an hour from one address`,
    zonesPerDay: (count: string) => `${count} new subdomains a day from one address`,
    asksPerHour: (count: string) => `${count} questions an hour to public resolvers from one address`,
    practiceAsksPerHour: (count: string) => `${count} questions an hour to practice resolvers from one address`,
    viewers: (count: string) => `${count} live views of all together`,
    zones: (count: string) => `${count} subdomains in all`,
    zoneOctets: (count: string) => `${count} octets of memory for all of them`,
    allZonesPerDay: (count: string) => `${count} new subdomains a day in all`,
    logOctetsForSmall: (count: string) => `${count} octets of the log for those subdomains that have few queries`,
    bodyBytes: (count: string) => `${count} octets of one request`,
    zoneBodyBytes: (count: string) => `${count} octets of one with a whole zone in it`,
  },
  lures: 'No names that look like those of banks, shops and other large sites.',
  report: 'Something is wrong here?',
  reportWhat: 'Who sees a name of this server misused writes to',
};

export type AboutWords = typeof about;
