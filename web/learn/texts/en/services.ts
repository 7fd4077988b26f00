import type { ExperimentWords } from '../words.ts';

/** Words of experiments/services.ts. */
export const services = {
  caa: {
    title: 'Who may vouch for you',
    what: 'Hundreds of authorities could issue a certificate for your name. A CAA record tells all of them, but those you name, to keep their hands off.',
    steps: {
      open: [
        'Play a certification authority, `ca.example`, that is asked for a certificate for {www.lock}.',
        'It climbed from the name up to the top of our zones, and found no [CAA](caa) anywhere. So anybody may issue.',
      ],
      lock: [
        'Name one: a CAA record for {lock} with the tag `issue` and the value `ca.example`.',
        'One lock, at the top of the little tree.',
      ],
      named: [
        'Ask `ca.example` again, for {www.lock}.',
        'Allowed. There is nothing at {www.lock} itself, so the record further up counted for it.',
      ],
      other: [
        'Ask another authority, `cheap.example`.',
        'Not named, so it must not issue. Every authority has to look, just before it issues.',
      ],
      wild: [
        'Forbid wildcard certificates altogether: another CAA record, with the tag `issuewild` and a lone semicolon.',
        'A semicolon with nobody before it names nobody.',
      ],
      star: [
        'Ask `ca.example` for a certificate for `*.lock`.',
        'Refused, though it is named: where there is `issuewild`, only that counts for a star.',
      ],
    },
    story: [
      {
        says: [
          'A certificate for {www.lock}, please.',
          '{www.lock}, CAA? {lock}, CAA?',
          'issue “ca.example”',
          'That is me. Here you are.',
        ],
        tells: 'CAA is for the moment of issuing. Browsers never look at it, and a certificate that is out stays good.',
      },
    ],
  },
  https: {
    title: 'The fast lane to a web site',
    what: 'A browser used to learn from a site itself what it speaks, one round trip at a time. An HTTPS record tells it before it even knocks.',
    steps: {
      address: ['Give {swift} an address.', 'All that a web site ever needed.'],
      plain: ['Send a browser there.', 'It found no HTTPS record, so it has to find out on the spot what is spoken there.'],
      bind: [
        'Add an [HTTPS](https-record) record: priority 1, target `.`, which is the name itself, and `alpn=h2,h3 port=8443`.',
        'It speaks HTTP/2 and HTTP/3, on port 8443.',
      ],
      quick: ['Send the browser again.', 'Straight to the right port with HTTP/3, which it would not have dared otherwise.'],
      alias: [
        'One thing that CNAME never could: create an HTTPS record for {door.swift} with priority 0, pointing to {swift}.',
        'Priority 0 makes it an alias. It may stand at the [apex](apex) of a zone, beside SOA and NS, where a CNAME must not.',
      ],
      through: ['Send the browser to {door.swift}.', 'Through the door, and on as before.'],
    },
    story: [
      {
        says: ['{swift}, A?', '192.0.2.80', 'What do you speak?', 'HTTP/3, next time.'],
        tells: 'Without the record the first visit is always the slow one.',
      },
      {
        says: ['{swift}, HTTPS?', 'h3, port 8443', 'Hello in HTTP/3!'],
        tells: 'The browser asks for both at the same time, so knowing more costs it no time.',
      },
    ],
  },
  'dns-01': {
    title: 'Proving that a name is yours',
    what: 'Before an authority issues a certificate, you have to show that the name is in your hands. Whoever can put a given text into the zone has shown it. That is how ACME does it, by the million, every day.',
    steps: {
      look: [
        'You applied for a certificate for {cert}. The authority made up a text that nobody can guess: `{!token}`. Let it look, before you did anything.',
        'Nothing there. You could be anybody.',
      ],
      prove: [
        'Put the text where it looks for it: a TXT record at {_acme-challenge.cert}.',
        'With a real authority your client makes this text from a token and the key of your account, so that nobody else can use it.',
      ],
      met: [
        'Let the authority look again.',
        'Proven. A real one looks from several places of the world at once, so that a liar in one network is not enough.',
      ],
      tidy: ['Tidy up: delete the text.', 'It was good for this once. Old ones that stay do no harm, but they pile up.'],
      alias: [
        'Your web server should not be allowed to edit the whole zone. So let the name be an alias of another one, {proof.cert}, and put the text there.',
        'In real life {proof.cert} would lie in a zone of its own, for this alone.',
      ],
      aliased: [
        'Let it look a third time.',
        'It followed the [CNAME](cname). So the right to get certificates can be given away without the rest.',
      ],
    },
    story: [
      {
        says: ['A certificate for {cert}!', 'Then put this into your zone.', 'Done: TXT at _acme-challenge.'],
        tells: 'Nobody had to prove who they are, only what they can do.',
      },
      {
        says: ['{_acme-challenge.cert}, TXT?', 'That very text.', 'It is yours. Here.'],
        tells: 'This is the only way to get a certificate with a star on it, and the only one that needs no web server.',
      },
    ],
  },
  srv: {
    title: 'Where is the game on?',
    what: 'SRV records find a service by its name: on which machine, at which port, in which order, with how much of the crowd.',
    steps: {
      create: [
        'Offer the game `sand` at {game}: a big machine for 70 % of the players, a small one for 30 %, and a spare one.',
        'The service and the protocol stand in the name, with underscores so that no host is ever called so.',
      ],
      draw: ['Let a player look for it.', 'Priority 10 comes before 20, and within 10 it is drawn by weight.'],
      other: [
        'Let players come until both machines of priority 10 had one.',
        'Weights are chances. On average, seven of ten end up at the big one.',
      ],
      storm: ['Pull the plug on both: delete the addresses of {big.game} and {small.game}.', 'Only the spare one is left.'],
      spare: ['Let a player look again.', 'Tried both, then went to priority 20, and to another port. Nobody had to be told.'],
    },
    story: [
      {
        says: ['_sand._udp.game, SRV?', '10/70 big, 10/30 small, 20 spare.', 'May I play?'],
        tells:
          'Voice over IP, chat, calendars and game servers find one another like this. Browsers never learnt it; they got HTTPS records instead.',
      },
    ],
  },
} satisfies Record<string, ExperimentWords>;
