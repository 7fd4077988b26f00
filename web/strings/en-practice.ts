/** What the page says about the practice resolvers and the sites to point names at. */
import { formatNumber } from './locale.ts';

const many = (count: number, one: string, more: string): string => `${formatNumber(count)} ${count === 1 ? one : more}`;

export const practice = {
  title: 'Practice resolvers',
  what: 'Three resolvers that live in this server, each with a memory of its own. They ask it over the network, as the resolvers of the world do: their queries are in your log. What they remember of your names is for you alone to see and to wipe.',
  noZone: 'They remember answers about your names, so you need some: dig a subdomain first.',
  loading: 'Looking into their memories…',
  characters: {
    amber: 'The plain one. Asks for the whole name, without EDNS, and keeps an answer for as long as it says.',
    basil: 'The careful one. Asks label by label and in MiXeD case, and knows that nothing is below a name that is not there.',
    coral:
      'The busy one. Tells a client subnet, takes large answers, gives records in turns, and forgets all after five minutes.',
  },
  traits: 'What sets it apart',
  traitWords: {
    minimises: 'QNAME minimisation (RFC 9156)',
    mixesCase: 'Mixed case against forgers (0x20)',
    cutsBelowNxdomain: 'Nothing below NXDOMAIN (RFC 8020)',
    rotates: 'Records take turns',
    clientSubnet: (subnet: string) => `Tells the client subnet ${subnet} (RFC 7871)`,
    udpSize: (size: number) => `Takes ${formatNumber(size)} octets over UDP`,
    maxTtl: (words: string) => `Keeps records for ${words} at most`,
    maxNegativeTtl: (words: string) => `Keeps “there is none” for ${words} at most`,
  },
  from: (address: string) => `Asks from ${address}`,
  port: 'Ask it yourself, on this machine',

  form: 'Ask them',
  name: 'Name',
  nameHint: 'Without a dot it is taken to be in your subdomain; @ is the subdomain itself.',
  type: 'Type',
  whom: 'Whom',
  send: 'Ask',
  asking: 'Asking…',

  speed: 'Their time',
  speedOf: (speed: number) => `× ${speed}`,
  speedWords: (speed: number) =>
    speed === 1 ? 'Their seconds are yours.' : `A minute of yours is ${speed === 10 ? 'ten minutes' : 'an hour'} of theirs.`,

  answer: 'What it answered',
  cached: { all: 'from memory', part: 'partly from memory', none: 'asked afresh' },
  noRecords: 'no records',
  ttl: (seconds: number) => `${formatNumber(seconds)} s`,
  steps: 'How it came to that',
  step: {
    cache: (name: string, type: string, seconds: number) =>
      `Remembered ${name} ${type}, for another ${many(seconds, 'second', 'seconds')}.`,
    query: (name: string, type: string, transport: string) => `Asked for ${name} ${type} over ${transport}`,
    server: (address: string) => `of ${address}`,
    got: (rcode: string, count: number) => `${rcode}, ${many(count, 'record', 'records')}`,
    truncated: 'cut short',
    silence: 'no answer',
    alias: (name: string, target: string) => `${name} is another name for ${target}.`,
    referral: (name: string, servers: string) => `${name} is delegated to ${servers}.`,
    glue: (addresses: string) => `With glue: ${addresses}.`,
    noGlue: 'Without glue: their addresses have to be found first.',
  },
  stops: {
    foreign: (name: string) => `${name} is not in this server. These resolvers ask nobody else, so here they stop.`,
    elsewhere: (name: string, detail: string) =>
      `The name server for ${name} stands at ${detail}, which is not this server. These resolvers ask nobody else.`,
    lame: (name: string, detail: string) =>
      `Nobody who was asked knows ${detail || name}: a lame delegation. The servers that it is delegated to do not answer for it.`,
    loop: (name: string, detail: string) => `It goes round in a circle: ${detail || name} leads back to where we were.`,
    limit: (name: string) => `The way to ${name} is too long. Every resolver gives up somewhere.`,
    silence: (name: string) => `No answer about ${name} came in time.`,
    rcode: (name: string, detail: string) => `The server would not answer for ${name}: ${detail}.`,
    unreadable: (name: string) =>
      `The answer about ${name} was not whole, or not to the question. A resolver drops such answers.`,
    unaskable: (name: string) =>
      `These resolvers have no words to ask that about ${name}: a type they do not know, or a dot inside a label.`,
  },

  memory: 'What it remembers',
  memoryEmpty: 'Nothing. Ask it something.',
  memoryCount: (count: number) => many(count, 'entry', 'entries'),
  left: (words: string) => `${words} left`,
  hits: (count: number) => `served ${count === 1 ? 'once' : `${formatNumber(count)} times`}`,
  kinds: { nodata: 'no such records', nxdomain: 'no such name', delegation: 'delegated' },
  anyType: 'any type',
  flush: 'Wipe',
  flushThing: (name: string) => `Wipe the memory of ${name}`,
  flushed: (name: string) => `${name} remembers nothing any more.`,
  flushAll: 'Wipe all three',
  flushedAll: 'All three remember nothing any more.',

  targets: 'Sites to point at',
  targetsWhat:
    'Two tiny sites of this server. Write one of these addresses into an A record, then visit the name: one of the resolvers looks it up, and the server goes where the answer leads.',
  targetNames: { orange: 'orange', teal: 'teal' },
  targetOpen: (name: string) => `Open ${name} in a tab`,
  noTargets: 'Whoever runs this server has not opened any.',
  visitTitle: 'Visit a name',
  through: 'Through',
  visit: 'Visit',
  visiting: 'On the way…',
  visited: (site: string, host: string) => `You came to the ${site} site, asking for ${host}.`,
  visitStatus: (status: number) => `Status ${status}`,
  unknownHost: 'It knows no site of that name: the name leads there, but the Host header is what tells sites apart.',
  outcomes: {
    nxdomain: (name: string) => `There is no ${name}, says the resolver (NXDOMAIN). A browser shows an error of its own here.`,
    nodata: (name: string) =>
      `There is ${name}, but it has no address, says the resolver (NODATA). A browser shows an error of its own here.`,
    failed: (name: string) => `The resolver could not find out about ${name} (SERVFAIL). Below is where it got stuck.`,
    refused: (name: string) => `The resolver refuses to ask about ${name} (REFUSED): it is not in this server.`,
    nobody: (addresses: string) =>
      `The address is ${addresses}. Neither site stands there, and we connect to nothing else: a browser would try, and find whoever is there.`,
    unreachable: (addresses: string) => `The site at ${addresses} did not answer.`,
  },
};
