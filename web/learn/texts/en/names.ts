import type { ExperimentWords } from '../words.ts';

/** Words of experiments/names.ts. */
export const names = {
  delegation: {
    title: 'Giving a name away, with the address',
    what: 'With NS records you hand part of your zone to other name servers. Forget the address of theirs, and nobody finds the way.',
    steps: {
      cut: [
        'Hand {team} over to the name server {ns.team}, with an NS record.',
        'That is a [delegation](delegation). From here down, your server only points the way.',
      ],
      lost: [
        'Ask for {www.team}.',
        'A [referral](referral): no answer, not [authoritative](aa), but the NS record. Ask {ns.team}, it says. Where is that? You would have to ask {ns.team}.',
      ],
      glue: [
        'Cut the knot: create an A record for {ns.team}.',
        'An address above the cut, for a name below it. That is [glue](glue), and it sticks the two zones together.',
      ],
      found: [
        'Ask for {www.team} again.',
        'The same referral, and now the address stands in the [additional section](additional-section). A resolver can go on.',
      ],
      hidden: ['Now create an A record for {www.team}, in your own zone, below the cut.', 'Saved. But is it yours to answer?'],
      still: [
        'Ask for it.',
        'Still a referral. What stands below a [zone cut](zone-cut) belongs to the child; your record is there, and nobody will ever see it.',
      ],
      outside: [
        'Add a second name server for {team}: `ns1.example.net.`, in somebody else’s zone.',
        'Two servers are better than one, ideally in different places.',
      ],
      both: [
        'Ask once more.',
        'Two NS records, one address. For `ns1.example.net` we have no glue and need none: it can be looked up without asking {team} first.',
      ],
    },
    story: [
      {
        says: ['{www.team}, A?', 'Not mine. Ask ns.team, at 192.0.2.53.', '{www.team}, A?'],
        tells: 'From the root down, every answer on the way is a referral like this one, until somebody says: that is mine.',
      },
      {
        says: ['{www.team}, A?', 'Ask ns.team. Where? Ask ns.team.'],
        tells: 'Without glue, the only one who knows the address is the one you cannot reach.',
      },
    ],
  },
  'qname-minimisation': {
    title: 'Say only what you must',
    what: 'Does the root have to know that you are looking for your doctor? A polite resolver shows each name server no more of the name than it needs.',
    steps: {
      create: ['Create {very.private.peek} with an address.', 'Three labels below your zone.'],
      whole: [
        'Ask for it all at once, as resolvers did for thirty years.',
        'Look at the log: the whole name. The servers of the root and of the top-level domain would have read it too.',
      ],
      bit: [
        'Send the polite resolver. It begins at your zone and shows one label more each time.',
        'Three questions in the log, and only the last one holds everything. This is [QNAME minimisation](qname-minimisation), and most large resolvers do it today.',
      ],
      nothing: [
        'Send it to {even.more.private.nothing.peek}, where there is nothing.',
        'It stopped at {nothing.peek}: [NXDOMAIN](nxdomain) means that nothing is below, so nobody got to read the private part.',
      ],
    },
    story: [
      {
        says: ['{very.private.peek}, A?', 'Thanks. I have written all of that down.'],
        tells: 'Whoever runs a name server sees what it is asked. You have just been watching.',
      },
      {
        says: ['{peek}, A?', 'Exists, go on.', '{private.peek}, A?'],
        tells: 'It costs a few questions more, once; then the answers are remembered.',
      },
    ],
  },
  'case-games': {
    title: 'sEa or SEA',
    what: 'Names compare without case, but keep it. Resolvers made a safety lock of that.',
    steps: {
      create: ['Create a TXT record for `Sea.case`, with a capital S.', 'The page shows it as you wrote it.'],
      mixed: [
        'Ask for it in a case of its own: `sEa.CaSe`.',
        'It was found, and the answer repeats the name exactly as you asked for it, not as it was created.',
      ],
      basil: [
        'Ask Basil, who plays this game, and look at the name in the list of questions.',
        'Another pattern each time. Basil takes an answer only if it comes back in the same.',
      ],
      second: ['Create another text, for `SEA.case`.', 'No new name: it joined the other in one [RRset](rrset).'],
      both: ['Ask in plain lower case.', 'Both texts. To DNS all of these are one name.'],
      count: [
        'In how many ways can `sea.case` be written, with its 7 letters in either case?',
        '2⁷ = 128. A resolver picks one at random and drops every answer that has another. A forger has to guess it, on top of the id and the port: that is the [0x20 trick](case-mixing). 0x20 is the bit by which `s` and `S` differ.',
      ],
    },
    story: [
      {
        says: ['sEa.CaSe, TXT?', 'SEA.case is “poison”!', 'sEa.CaSe is “salt”.'],
        tells: 'The forger was faster, but did not know the case. The resolver waits for the one who does.',
      },
    ],
  },
  reverse: {
    title: 'From the number back to the name',
    what: 'Logs and mail servers ask which name an address has. There is no second telephone book for that: it is the same tree, read backwards.',
    steps: {
      turn: [
        'Names get more general from left to right, addresses from right to left. So the address is turned round and put below `in-addr.arpa`. Which name is asked for 192.0.2.7?',
        'Right. Its owner is whoever was given that block of addresses, so it is not yours to answer.',
      ],
      pointer: [
        'In the sandpit we play that you were given the block: create a PTR record for {7.2.0.192.back}.',
        'A [PTR](ptr) record, pointing from an address to a name.',
      ],
      who: [
        'Ask who that is.',
        'A name, {host.back}. But whoever owns an address may claim any name: `www.your-bank.example` would have been as easy.',
      ],
      forward: ['Give {host.back} the address 192.0.2.7.', 'Now the name says the same as the address.'],
      agree: [
        'Check it, as a mail server does: ask for the address of that name.',
        'Back where we began. Address to name to the same address: only somebody who owns both can arrange that.',
      ],
    },
    story: [
      {
        says: ['7.2.0.192.in-addr.arpa, PTR?', 'It says that it is {host.back}.', '{host.back}, A?', '192.0.2.7. It is.'],
        tells: 'Many mail servers take no letters from addresses for which this circle does not close.',
      },
    ],
  },
  'client-subnet': {
    title: 'Who asked the one who asked',
    what: 'A name server sees the resolver, not you. Some resolvers tell it roughly where you are, so that it can answer with something near you.',
    steps: {
      create: ['Create {near} with an address.', 'A name for the far and the near.'],
      told: [
        'Ask like a resolver that tells where its client is: with the [client subnet](client-subnet) 198.51.100.0/24.',
        'Look at the row in the log: beside the one who asked stands the network on whose behalf. The last octet was left out, out of tact.',
      ],
      rough: [
        'Tell less: 198.51.0.0/16.',
        'The shorter the prefix, the bigger the crowd to hide in. With /24 it is 256 addresses, with /16 it is 65,536.',
      ],
      coral: [
        'Ask Coral, which tells name servers about its clients.',
        'Coral said 203.0.113.0/24 all by itself; you were not asked.',
      ],
      silent: [
        'And this is how to ask for silence: 0.0.0.0/0.',
        'A prefix of no bits says: do not pass on anything about me. A resolver has to keep to that.',
      ],
    },
    story: [
      {
        says: ['{near}, A?', '{near}, A? For somebody in 198.51.100.0/24.', '192.0.2.90, wherever they are.'],
        tells:
          'Large sites pick a machine near you by this. Ours gives everybody the same, and says nothing of subnets, so the resolver keeps one answer for all.',
      },
      {
        says: ['{near}, A? And not a word about me: /0.', '{near}, A?'],
        tells: 'Convenience and privacy pull in different directions here. Some resolvers never send a subnet at all.',
      },
    ],
  },
} satisfies Record<string, ExperimentWords>;
