import type { ExperimentWords } from '../words.ts';

/** Words of experiments/basics.ts. `{name}` is made a full name, `[text](term)` leads to the dictionary. */
export const basics = {
  'first-record': {
    title: 'A name for a number',
    what: 'The one thing everybody wants from DNS: that a name leads to a machine. Two tiny sites live in this server, an orange and a teal one. Point at the orange one.',
    steps: {
      create: [
        'Create an A record for {hello} with the address of the orange site, {!orange}.',
        'A [record](record): a name, a type, a [TTL](ttl) and some data. It is being answered already.',
      ],
      ask: [
        'Ask Amber for it. Amber is a [resolver](resolver), the kind of server that your computer asks.',
        'Amber did not know, asked our name server, and will remember the answer for 60 seconds.',
      ],
      visit: [
        'Visit {hello} with a browser that asks Amber.',
        'A question to Amber, an address, a connection, a page. The name was only needed for the first part.',
      ],
    },
    story: [
      {
        says: ['Take me to {hello}!', '{hello}, A?', '{hello}, A?', '{!orange}', '{!orange}'],
        tells: 'The browser asks a resolver, the resolver asks the name server. Neither of them has seen the site.',
      },
      { says: ['{!orange}? A page, please.', 'Here you are. Orange.'], tells: 'From here on, nobody needs DNS any more.' },
    ],
  },
  alias: {
    title: 'A name for a name',
    what: 'A CNAME says: this one is called something else, look there. So when the house moves, only one address has to be changed.',
    steps: {
      house: ['Give {house.nick} the address of the orange site.', 'A house with a number on it.'],
      alias: [
        'Make {also.nick} an alias of it, with a CNAME record.',
        'A [CNAME](cname) holds a name, not an address. Nothing else may stand beside it.',
      ],
      ask: [
        'Ask the name server for the address of {also.nick}.',
        'You asked for A and got a CNAME first, then the A of the other name. Two records, one answer.',
      ],
      move: ['The house moves: give {house.nick} the address of the teal site.', 'You did not touch the alias.'],
      visit: ['Visit {also.nick}.', 'Teal. The alias moved along, and so would a hundred others.'],
    },
    story: [
      {
        says: ['{also.nick}, A?', 'That is {house.nick}, and it is at {!teal}.'],
        tells: 'When both names are in the same hands, the second answer comes along with the first.',
      },
    ],
  },
  'who-asked': {
    title: 'Who is asking?',
    what: 'Visitors never come to a name server themselves; they send their resolver. Learn to read that in the log.',
    steps: {
      create: ['Create {seen} with any address.', 'Bait.'],
      amber: [
        'Ask Amber for it.',
        'Look at the list of questions beside this: Amber came to the name server, and neither you nor your browser did.',
      ],
      address: ['From which address did Amber ask?', 'Right. That is all a name server gets to know of you, as a rule.'],
      again: [
        'Ask Amber again, right away.',
        'An answer, but no new line in the log. Amber [remembered](cache). A name server sees first questions only, and never how many people had them.',
      ],
      basil: [
        'Ask Basil, who knows nothing of what Amber knows.',
        'New lines from another address. Look at the name in them: Basil mixes the [case](case-mixing), to make forging hard.',
      ],
    },
    story: [
      {
        says: ['{seen}, A?', 'A question from me, 127.0.0.101: {seen}, A?'],
        tells: 'The server answers the one who asks. On whose behalf, it is not told.',
      },
      { says: ['{seen}, A?', 'Still know it.'], tells: 'Nobody hears of the second question but the resolver.' },
    ],
  },
  'two-answers': {
    title: 'Two addresses, one name',
    what: 'Nothing forbids two A records that disagree. So who decides where people end up? Nobody, and that is the trick.',
    steps: {
      create: [
        'Give {twins} two addresses: that of the orange site, and that of the teal one.',
        'One [RRset](rrset) with two records. They share one TTL and have no order.',
      ],
      both: ['Ask Coral.', 'Both come, always. There is no way to hand out just one half of an RRset.'],
      turns: [
        'Ask Coral again, until another one stands first.',
        'Coral lets them [take turns](round-robin). The data did not change, only who is named first.',
      ],
      sites: [
        'Visit {twins} until you have seen both sites.',
        'Browsers try the first address first. So the visitors spread out, roughly, as long as nobody minds where they land.',
      ],
    },
    story: [
      {
        says: ['{twins}, A?', '{!teal}, {!orange}. Suit yourself.', 'I take the first.'],
        tells: 'The poor man’s load balancing: it costs nothing, and does not notice when one of the two is down.',
      },
    ],
  },
  'host-header': {
    title: 'Two names at one door',
    what: 'One machine can hold a thousand sites. How does it know which one you want? Not from DNS.',
    steps: {
      create: ['Point {red.guest} and {blue.guest} to the same address, that of the orange site.', 'Two names, one door.'],
      red: [
        'Visit {red.guest}.',
        'The site says for whom you asked. DNS never told it: the browser did, in the line [Host](host-header).',
      ],
      blue: [
        'Visit {blue.guest}.',
        'The same address, another name in the Host line. A real server would show another site now.',
      ],
      void: ['Point {void.guest} to 192.0.2.99, where nobody is.', 'DNS does not check whether anybody lives there.'],
      nobody: [
        'Visit {void.guest}.',
        'DNS did all it should, and still there is no page. “Found the address” and “found the site” are two different things.',
      ],
    },
    story: [
      {
        says: ['A page. Host: {red.guest}', 'Here is the red one.'],
        tells: 'The name is said twice: to the resolver, and then once more to the server.',
      },
      {
        says: ['A page. Host: what-is-this.example', 'Never heard of that.'],
        tells: 'That is why pointing a name at somebody else’s site seldom works: their server does not know yours.',
      },
    ],
  },
} satisfies Record<string, ExperimentWords>;
