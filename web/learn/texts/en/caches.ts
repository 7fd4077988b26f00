import type { ExperimentWords } from '../words.ts';

/** Words of experiments/caches.ts. */
export const caches = {
  ttl: {
    title: 'The old answer',
    what: 'You changed a record, and the world still sees the old one. Nothing is broken: you said yourself how long it may be remembered.',
    steps: {
      create: [
        'Point {old} to the orange site, with a TTL of 300.',
        'A [TTL](ttl) of five minutes: a promise not to complain about old answers for that long.',
      ],
      first: ['Visit it, with a browser that asks Amber.', 'Orange. And Amber has a new memory, with a countdown.'],
      move: ['Now point {old} to the teal site.', 'The name server says teal from this moment on.'],
      still: [
        'Visit again, through Amber.',
        'Orange! Amber did not even ask. There is no way to call a memory back; it just has to run out.',
      ],
      truth: ['Ask the name server itself.', 'Teal. “DNS propagation” is nothing but this: old memories running out.'],
      hurry: [
        'Five minutes are long. Let the clock of the practice resolvers run sixty times as fast.',
        'A minute for every second. If only.',
      ],
      new: [
        'Visit through Amber, until it is teal. It takes five seconds.',
        'The memory had run out, so Amber asked. Lower the TTL some time before a move, by at least the old TTL, and nobody notices.',
      ],
      calm: ['Let the clock run as usual again.', 'Thank you.'],
    },
    story: [
      {
        says: ['{old}, A?', '{!orange}. I know that, for 240 seconds yet.'],
        tells: 'As long as the countdown runs, the name server is not asked at all.',
      },
      { says: ['{old}, A?', '{old}, A?', '{!teal}'], tells: 'Then it is, once, and the countdown begins anew.' },
    ],
  },
  'too-early': {
    title: 'Too early',
    what: 'Look before there is anything to see, and you may not see it for a while after it is there. “No” is remembered, too.',
    steps: {
      before: [
        'Visit {early} through Basil. It does not exist yet.',
        '[NXDOMAIN](nxdomain), and Basil took a note of it: the [SOA](soa) says that a “no” is good for 60 seconds.',
      ],
      create: ['Now create it, pointing to the teal site.', 'It is being answered already. Is it?'],
      still: [
        'Visit it through Basil.',
        'No such name, says Basil, who did not look. This is [negative caching](negative-caching).',
      ],
      truth: ['Ask the name server itself.', 'It is there. The server is right, and so is Basil, in a way.'],
      amber: [
        'Visit it through Amber, who never asked for it before.',
        'Teal. Two people can look at the same name now and disagree.',
      ],
      flush: ['Make Basil forget.', 'On your own computer you can do that. With the resolver of your provider you wait.'],
      after: [
        'Visit it through Basil again.',
        'There it is. Create first, then look: it saves a minute here, and an hour elsewhere.',
      ],
    },
    story: [
      {
        says: ['{early}, A?', '{early}, A?', 'NXDOMAIN. Good for 60 seconds.'],
        tells: 'A “no” carries the SOA of the zone, and in it for how long it is good.',
      },
      {
        says: ['And now? {early}, A?', 'Still no. I have it in writing.'],
        tells: 'It protects name servers from being asked for nothing all day.',
      },
    ],
  },
  'three-resolvers': {
    title: 'Three resolvers, three truths',
    what: 'Change a record twice, and ask somebody else each time. Afterwards ask all three at once.',
    steps: {
      one: ['Give {three} the address 192.0.2.11, with a TTL of 3600.', 'One hour.'],
      amber: ['Ask Amber.', 'Amber knows: 11.'],
      two: ['Change the address to 192.0.2.22.', 'Amber is not told. Nobody is ever told.'],
      basil: ['Ask Basil.', 'Basil knows: 22.'],
      three: ['Change it to 192.0.2.33.', 'And again.'],
      all: [
        'Now ask all three. Coral has not been asked yet.',
        'Three answers: 11, 22 and 33. Each was true when it was given. [Caches](cache) are not told of changes, they only grow old, and each for itself.',
      ],
      flush: ['Make all three forget.', 'Three empty memories.'],
      agree: ['Ask all three again.', 'They agree. Until the next change.'],
    },
    story: [
      {
        says: ['Where is {three}?', 'Which of us do you want to hear?'],
        tells:
          'Large public resolvers are hundreds of machines with a memory each. Ask one twice and you may hear two answers.',
      },
      { says: ['(says nothing)'], tells: 'Name servers answer. They never call.' },
    ],
  },
} satisfies Record<string, ExperimentWords>;
