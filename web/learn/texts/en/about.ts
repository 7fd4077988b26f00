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

  refused: 'What is more is refused, with the time after which to try again.',
  ofZone: 'Each subdomain',
  ofAddress: 'From one address, or IPv6 /64',
  ofAll: 'All together',
  ofRequest: 'One request',
  limit: {
    recordsPerZone: (count: string) => `${count} records`,
    namesPerZone: (count: string) => `${count} names`,
    octetsPerZone: (count: string) => `${count} octets of data in all its records`,
    sharesPerZone: (count: string) => `${count} shared queries at a time`,
    keysPerZone: (count: string) => `${count} keys and tokens`,
    exportsPerZone: (count: string) => `${count} files of its log written at a time`,
    viewersPerZone: (count: string) => `${count} live views at a time`,
    callsPerZone: (count: string) => `${count} calls and updates a minute`,
    callsPerMinute: (count: string) => `${count} calls a minute`,
    viewersPerAddress: (count: string) => `${count} live views at a time`,
    sessionsPerHour: (count: string) => `${count} new subdomains or sessions an hour`,
    zonesPerDay: (count: string) => `${count} new subdomains a day`,
    asksPerHour: (count: string) => `${count} questions an hour to public resolvers`,
    practiceAsksPerHour: (count: string) => `${count} questions an hour to practice resolvers`,
    viewers: (count: string) => `${count} live views at a time`,
    zones: (count: string) => `${count} subdomains`,
    zoneOctets: (count: string) => `${count} octets of memory for all their records`,
    allZonesPerDay: (count: string) => `${count} new subdomains a day`,
    logOctetsForSmall: (count: string) => `${count} octets of the log for those subdomains that have few queries`,
    bodyBytes: (count: string) => `${count} octets`,
    zoneBodyBytes: (count: string) => `${count} octets with a whole zone in it`,
  },
  lures: 'No names that look like those of banks, shops and other large sites.',
  report: 'Something is wrong here?',
  reportWhat: 'Who sees a name of this server misused writes to',
};

export type AboutWords = typeof about;
