import type { ExperimentWords } from '../words.ts';

/** Words of experiments/answers.ts. `{name}` is made a full name, `[text](term)` leads to the dictionary. */
export const answers = {
  nodata: {
    title: 'Nothing of that kind, or nothing at all',
    what: 'A name can exist without having what you ask for. DNS keeps the two kinds of “no” well apart, and so do the bugs that mix them up.',
    steps: {
      create: [
        'Give {half} an IPv4 address, and no other record.',
        'The name exists now. It has one [record](record), of type [A](a).',
      ],
      nodata: [
        'Ask for its IPv6 address, which it does not have.',
        '`NOERROR`, and no answer: that is [NODATA](nodata). The name is fine, there is just no [AAAA](aaaa) record. The [SOA](soa) that came along says for how long to believe it.',
      ],
      nxdomain: [
        'Ask for the IPv6 address of {nobody.half}, a name without anything.',
        '`NXDOMAIN`: [there is no such name](nxdomain), whatever type you ask for. Nothing below it either.',
      ],
      fill: ['Now give {half} an IPv6 address as well.', 'The name has two [RRsets](rrset) now, one of each type.'],
      again: [
        'Ask for the IPv6 address of {half} once more.',
        'There it is. Your own server never hesitates; a [resolver](resolver) might, for as long as it remembers the “no”.',
      ],
    },
    story: [
      {
        says: ['{half}, AAAA?', 'NOERROR. The name is here, that type is not.'],
        tells: 'NODATA is about one type. The resolver may remember it, and still ask for the others.',
      },
      {
        says: ['{nobody.half}, AAAA?', 'NXDOMAIN. No such name.'],
        tells: 'NXDOMAIN is about the name. The resolver may remember it for all types at once.',
      },
    ],
  },
  wildcard: {
    title: 'A star for everybody, almost',
    what: 'A wildcard answers for names that do not exist. One record at the right place makes it fall silent, and that surprises nearly everyone once.',
    steps: {
      create: [
        'Create an A record for `*.wild`, the star included.',
        'One [wildcard](wildcard) below {wild}. It is a record like any other, only its first label is `*`.',
      ],
      any: [
        'Ask for {anything.wild}. Nobody ever created that.',
        'Answered, and in your name: the answer says {anything.wild}, not `*`. A resolver cannot see that a star made it.',
      ],
      deep: [
        'Does the star stand for one label only? Ask for {far.and.away.wild}.',
        'It stands for as many [labels](label) as it takes. That is unlike the star on a certificate, which is good for one.',
      ],
      block: ['Create a TXT record for {taken.wild}. A text, no address.', 'Now that name exists. Keep an eye on its address.'],
      blocked: [
        'Ask for the address of {taken.wild}.',
        '[NODATA](nodata). A name that exists speaks for itself, and the star does not help out with missing types.',
      ],
      below: [
        'And one deeper? Ask for {below.taken.wild}.',
        '[NXDOMAIN](nxdomain). The nearest name above it that exists, its [closest encloser](closest-encloser), is now {taken.wild}. There is no star directly below that one, and stars further up do not count.',
      ],
    },
    story: [
      {
        says: ['{anything.wild}, A?', '192.0.2.20, with that very name on it.'],
        tells:
          'No such name, but a star directly below the nearest name above: the star’s records are handed out under the name that was asked for.',
      },
      {
        says: ['{below.taken.wild}, A?', 'NXDOMAIN: {taken.wild} exists, and has no star.'],
        tells: 'A name that exists takes itself, and everything below it, out of the star’s reach.',
      },
    ],
  },
  'empty-non-terminal': {
    title: 'A name that nobody created',
    what: 'Create a name deep down, and the names above it exist as well, empty though they are. Delete it, and they vanish with it.',
    steps: {
      create: ['Create an A record for {a.b.deep}.', 'You created one name. How many are there now?'],
      between: [
        'Ask for {b.deep}, the name in between.',
        '`NOERROR` and nothing: it exists, because something below it does. That is an [empty non-terminal](empty-non-terminal).',
      ],
      beside: [
        'Ask for {c.deep}, which has nothing below it.',
        '`NXDOMAIN`. It looks just like the other, except that nobody lives downstairs.',
      ],
      remove: ['Delete {a.b.deep}.', 'One record less.'],
      gone: [
        'Ask for {b.deep} again.',
        '`NXDOMAIN`. You deleted one name, and two are gone. That is why a name without records is no reason to be sure about anything.',
      ],
    },
    story: [
      {
        says: ['{b.deep}, A?', 'NOERROR, nothing. It has a tenant below.'],
        tells:
          'A server that said NXDOMAIN here would be saying that {a.b.deep} does not exist either, and resolvers would believe it.',
      },
      {
        says: ['{c.deep}, A?', 'NXDOMAIN. Nobody there, nor below.'],
        tells: '“No such name” always means: nor anything below it.',
      },
    ],
  },
  'cname-loop': {
    title: 'Two names that point at each other',
    what: 'An alias leads to an alias that leads back. Who stops first? And how does it feel to be the one who asked?',
    steps: {
      create: [
        'Make {tick.loop} an alias of {tock.loop}, and the other way round.',
        'Both are proper [CNAME](cname) records. Only together they are nonsense.',
      ],
      ask: [
        'Ask for the address of {tick.loop}.',
        '`NOERROR`, two aliases, no address. The server walked round once, saw where it was again, and told what it had found. It broke no rule.',
      ],
      amber: [
        'Ask Amber, the resolver.',
        '[SERVFAIL](servfail). Amber has been led back to where it was, and gives up. That is all your browser would hear.',
      ],
      break: ['Break the circle: delete {tock.loop}.', 'Now {tick.loop} leads to nothing. That is called dangling.'],
      ground: ['Give {tock.loop} an address instead.', 'A name with an address at the end of the alias.'],
      again: [
        'Ask for {tick.loop} again.',
        'One alias, one address, one answer. The server followed for you, because both names are its own.',
      ],
    },
    story: [
      {
        says: ['{tick.loop}, A?', 'See tock. And tock says: see tick.'],
        tells: 'The name server tells what it has. Whether it makes sense is not for it to judge.',
      },
      {
        says: ['Where is {tick.loop}?', 'SERVFAIL. I have been round twice, I give up.'],
        tells:
          'A resolver counts how often it was led on, and gives up after a dozen or so. To you it only says that it failed.',
      },
    ],
  },
  dname: {
    title: 'A whole tree moves house',
    what: 'CNAME renames one name. DNAME renames everything below a name, with one record.',
    steps: {
      house: ['Create {shed.new.moved} with an address.', 'A name at the new place.'],
      move: [
        'Point {old.moved} to {new.moved} with a DNAME record.',
        'From now on everything below the old name is to be looked for below the new one.',
      ],
      follow: [
        'Ask for {shed.old.moved}, which nobody created.',
        'Three records: the [DNAME](dname), a [CNAME](cname) made from it on the spot for those who do not know DNAME, and the address.',
      ],
      itself: [
        'Now ask for {old.moved} itself.',
        '[NODATA](nodata). DNAME speaks for what is below its name, never for the name itself. That one may have records of its own.',
      ],
    },
    story: [
      {
        says: ['{shed.old.moved}, A?', 'They moved: {new.moved}. So {shed.new.moved}, 192.0.2.40.'],
        tells: 'The server cuts off the old end of the name, puts the new one there, and goes on looking.',
      },
    ],
  },
  'big-txt': {
    title: 'Too big for a postcard',
    what: 'DNS is sent on postcards: one UDP packet there, one back. What does not fit is not torn in two, it is asked for again by letter.',
    steps: {
      create: [
        'Create a TXT record for {big} with far too much text.',
        '1,499 characters. In the record they stand in strings of at most 255 each, because the length of a string is one octet.',
      ],
      udp: [
        'Ask for it over UDP. We say, with [EDNS](edns), that we can take 1,232 octets.',
        'No text, but the flag [TC](tc): there is more, it does not fit. Half a record would be worse than none.',
      ],
      tcp: [
        'Ask again over TCP, as every resolver does at this point.',
        'All of it. On a connection the limit is 65,535 octets.',
      ],
      amber: [
        'Let Amber ask, and watch the list of questions.',
        'Twice: first over UDP, where the answer came back cut, then over TCP. You only see the whole answer.',
      ],
      cut: ['Shorten the text to half.', '749 characters. That might do.'],
      fits: ['Ask over UDP again.', 'It fits. 1,232 octets pass every network without being cut up on the way.'],
      narrow: [
        'Pretend to be from 1987: ask over UDP, and say that you can take 512 octets only.',
        '[TC](tc) again. How much fits is for the one who asks to say, and for the server to hold to.',
      ],
    },
    story: [
      {
        says: ['{big}, TXT? I can take 1232.', 'TC. It does not fit.'],
        tells:
          'Short questions, short answers: that is what UDP is for. It also keeps strangers from having huge answers sent to somebody else.',
      },
      {
        says: ['Over TCP, then: {big}, TXT?', 'There you are, all 1499 characters.'],
        tells: 'TCP costs a round trip more. That is why names with huge answers feel slow the first time.',
      },
    ],
  },
} satisfies Record<string, ExperimentWords>;
