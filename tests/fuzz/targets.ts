import { decodeMessage } from '../../server/wire/message.ts';
import { Name } from '../../server/wire/name.ts';
import { decodeQuery, Query } from '../../server/wire/query.ts';
import { RDATA_TYPES, rdataFromText, rdataToText } from '../../server/wire/rdata.ts';
import { Deframer } from '../../server/net/framing.ts';
import { parseMasterFile } from '../../server/zone/master-file.ts';
import { compareWithDns2, exchange, makeZone, name, zoneSet } from '../support/dns.ts';
import type { Random } from '../support/random.ts';

/** One thing to throw octets at: it must come back, and what it says must hold. */
export interface FuzzTarget {
  readonly name: string;
  /** Octets to begin from, of which mutations are made. */
  readonly seeds: readonly Uint8Array[];
  run(octets: Uint8Array, random: Random): void;
}

const origin = name('zone.test.');
const zones = zoneSet(
  makeZone(
    'zone.test.',
    `www 60 A 192.0.2.1
     *.w 60 TXT "x"
     alias 60 CNAME www
     sub 60 NS ns.sub
     ns.sub 60 A 192.0.2.2
     d 60 DNAME www
     @ 60 MX 10 www`,
  ),
);
const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const text = (value: string) => new Uint8Array(Buffer.from(value));
const query = new Query();

/** A query for www.zone.test. A with EDNS, a cookie and a client subnet. */
export const QUERY = hex(`1234 0120 0001 0000 0000 0001 03777777 047a6f6e65 0474657374 00 0001 0001
  00 0029 04d0 00000000 0017 0008 0007 0001 18 00 080808 000a 0008 0102030405060708`);
/** Its answer: an alias, compressed names, an SOA. */
const ANSWER = hex(`1234 8580 0001 0002 0001 0000 05616c696173 047a6f6e65 0474657374 00 0001 0001
  c00c 0005 0001 0000003c 0006 03777777c012 c02d 0001 0001 0000003c 0004 c0000201
  c012 0006 0001 00000384 0020 036e7331c012 04686f7374c012 00000001 00001c20 00000e10 00015180 00000384`);

export const TARGETS: readonly FuzzTarget[] = [
  {
    name: 'responder',
    seeds: [QUERY, QUERY.slice(0, 31)],
    run: (octets) => {
      for (const transport of ['udp', 'tcp'] as const) {
        const answer = exchange(zones, octets, transport);
        if (answer === null) continue;
        if (transport === 'udp' && answer.length > 1232) throw new Error('larger than the ceiling');
        const message = decodeMessage(answer);
        if (message.fault !== undefined) throw new Error(message.fault);
        // dns2 takes dots inside labels for separators, so it is asked only about plain names.
        if (!JSON.stringify(message).includes('\\\\')) compareWithDns2(message, answer);
      }
    },
  },
  {
    name: 'messages',
    seeds: [QUERY, ANSWER],
    run: (octets) => {
      const { fault } = decodeMessage(octets);
      if (decodeQuery(octets, octets.length, query) && octets.length >= 12 && fault !== undefined)
        throw new Error(`sound query, ${fault}`);
    },
  },
  {
    name: 'names',
    seeds: [text('www.zone.test.'), text('a\\.b.\\000\\255.@'), text('*._tcp.x')],
    run: (octets) => {
      const parsed = Name.fromText(Buffer.from(octets).toString('latin1'), origin);
      if (!(parsed instanceof Name)) return;
      const again = Name.fromText(parsed.toText());
      if (!(again instanceof Name) || Buffer.compare(again.octets, parsed.octets) !== 0)
        throw new Error(`${parsed.toText()} does not come back`);
    },
  },
  {
    name: 'rdata',
    seeds: RDATA_TYPES.map(({ code }) => Uint8Array.of(code >> 8, code & 0xff, ...ANSWER.slice(48, 60))),
    run: (octets) => {
      const type = ((octets[0] ?? 0) << 8) | (octets[1] ?? 0);
      const rdata = octets.slice(2);
      const printed = rdataToText(type, rdata);
      const again = rdataFromText(type, printed, { origin, style: 'zone-file' });
      if (printed.startsWith('\\#')) return;
      if (Array.isArray(again) || Buffer.compare(again, rdata) !== 0)
        throw new Error(`type ${type}: ${printed} does not come back`);
    },
  },
  {
    name: 'master files',
    seeds: [
      text('$TTL 1h\n@ SOA ns1 h ( 1 2 3\n 4 5 ) ; c\n NS ns1\nwww 30 IN A 192.0.2.1\n'),
      text('@ 60 SOA a b 1 2 3 4 5\nx TXT "a;b" c\n$ORIGIN y\nq TYPE65280 \\# 2 0102\n'),
    ],
    run: (octets) => {
      parseMasterFile(Buffer.from(octets).toString('utf8'), origin);
    },
  },
  {
    name: 'framing',
    seeds: [Uint8Array.of(0, QUERY.length, ...QUERY, 0, 0, 0, 2, 7, 7)],
    run: (octets, random) => {
      const whole: number[] = [];
      const pieces: number[] = [];
      new Deframer().push(octets, (message) => whole.push(message.length, ...message));
      const deframer = new Deframer();
      for (let at = 0; at < octets.length;) {
        const end = at + 1 + random.below(9);
        deframer.push(octets.subarray(at, end), (message) => pieces.push(message.length, ...message));
        at = end;
      }
      if (whole.join() !== pieces.join()) throw new Error('other messages when the stream is cut');
    },
  },
];

/** Octets made from others: bits turned, octets set, cut, doubled, put in, counts made large. */
export function mutate(seed: Uint8Array, random: Random): Uint8Array {
  let octets = [...seed];
  for (let n = 1 + random.below(4); n > 0; n--) {
    const at = random.below(octets.length + 1);
    const value = random.pick([0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff, 0x5c, 0x22, 0x28, 0x0a, random.below(256)]);
    switch (random.below(6)) {
      case 0:
        octets[Math.max(0, at - 1)]! ^= 1 << random.below(8);
        break;
      case 1:
        octets[Math.max(0, at - 1)] = value;
        break;
      case 2:
        octets.splice(at, 0, ...Array.from({ length: random.pick([1, 2, 8, 64]) }, () => value));
        break;
      case 3:
        octets.splice(at, random.below(8));
        break;
      case 4:
        octets = [...octets.slice(0, at), ...octets.slice(random.below(octets.length + 1))];
        break;
      default:
        octets = octets.slice(0, at);
    }
  }
  return Uint8Array.from(octets.slice(0, 4096));
}
