import type { ExperimentWords } from '../words.ts';

/** Words of experiments/mail.ts. */
export const mail = {
  mx: {
    title: 'Where the letters go',
    what: 'MX records say which machine takes the mail of a domain, and which one if that is away. You send a mail server on its way and listen to what it mutters.',
    steps: {
      address: ['Give {post} an address, and nothing else yet.', 'A name with a web site, say.'],
      implicit: [
        'Send the mail server with a letter for somebody at {post}.',
        'No [MX](mx), so it takes the address of the name itself. That is older than MX, and still the rule.',
      ],
      exchanges: [
        'Now set up two mail servers: the first with preference 10, the second with 20, each with an address.',
        'Lower is better. Think of it as a distance.',
      ],
      first: ['Send it again.', 'The first one. The address of {post} does not matter any more, now that there is an MX.'],
      storm: ['A storm takes the first server: delete the address of {first.post}.', 'Oh dear.'],
      second: [
        'Send it again.',
        'The first has no address, so it goes to the second. Letters are patient: with nobody there, a mail server tries again for days.',
      ],
      close: [
        'Close the post office: delete both MX records of {post}.',
        'Careful, this only takes us back to the beginning: without MX, the address counts.',
      ],
      null: [
        'To refuse mail altogether, say so: one MX record with preference 0, and a single dot for a server.',
        'A dot is the root, and nobody delivers there. That is the [null MX](mx).',
      ],
      refused: ['Send it one last time.', 'The sender knows at once, instead of after five days of trying.'],
    },
    story: [
      {
        says: ['{post}, MX?', '10 first, 20 second.', 'A letter for you!'],
        tells:
          'Two steps: MX gives names, and each name has to have an address of its own. An address instead of a name does not work, and neither does an alias.',
      },
      {
        says: ['{post}, MX?', '0 and a dot.'],
        tells: 'A domain that never wants mail does everyone a favour by saying so.',
      },
    ],
  },
  letters: {
    title: 'Is this letter from you?',
    what: 'Anybody can write your name on an envelope. SPF, DKIM and DMARC are three texts in your zone by which a receiver can tell.',
    steps: {
      trust: [
        'A machine at 203.0.113.66 brings a letter that says it comes from {letters}. Send it to the receiver, before there is any record.',
        'No [SPF](spf), no [DKIM](dkim), no [DMARC](dmarc): the receiver has to guess.',
      ],
      spf: [
        'Say which machines send for you: an SPF record that names 192.0.2.25, and nobody else.',
        'Read it from left to right: this address yes, `-all` everybody else no.',
      ],
      ours: [
        'Send a letter from 192.0.2.25.',
        'The first term matched, and its sign is a plus that nobody writes. SPF says pass.',
      ],
      forged: [
        'And the forger at 203.0.113.66?',
        'SPF says fail. But a failing SPF alone is often forgiven: forwarding breaks it for honest letters, too.',
      ],
      dmarc: [
        'Say what you want done with such letters: a DMARC policy at `_dmarc`, with `p=reject`.',
        'A request to every receiver, and most of the big ones honour it.',
      ],
      rejected: ['The forger tries again.', 'Turned away at the door, on your word.'],
      dkim: [
        'One more: publish a key for signatures, at {sand._domainkey.letters}.',
        'Your mail server keeps the other half, and signs each letter with it. A signature survives forwarding, which SPF does not.',
      ],
      key: [
        'Let the receiver read everything once more, with a letter from 192.0.2.25.',
        'It found the key. Nothing here signs letters, so it had nothing to try it on; with a signature, either of the two would be enough for DMARC.',
      ],
    },
    story: [
      {
        says: [
          'A letter, from {letters}, honestly.',
          '{letters}, TXT? And _dmarc?',
          'Only 192.0.2.25. Reject the rest.',
          'No.',
        ],
        tells: 'The three say nothing about what is in a letter. They only say whether the name on it is the sender’s to use.',
      },
    ],
  },
} satisfies Record<string, ExperimentWords>;
