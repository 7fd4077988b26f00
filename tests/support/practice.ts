import { Packet } from 'dns2';
import { Cache } from '../../server/practice/cache.ts';
import { Lookup } from '../../server/practice/lookup.ts';
import { PERSONAS, type PracticeId } from '../../server/practice/personas.ts';
import { readReply } from '../../server/practice/reply.ts';
import type { Resolution, Step } from '../../server/practice/resolution.ts';
import type { Exchange as Ask } from '../../server/practice/upstream.ts';
import { rcodeToText, typeFromText, typeToText } from '../../server/wire/codes.ts';
import { rdataToText } from '../../server/wire/rdata.ts';
import type { ZoneSet } from '../../server/zone/zone-set.ts';
import { exchange, makeQuery, name } from './dns.ts';
import { Random } from './random.ts';

/** A resolver and its cache, asking zones in memory through our responder and dns2's reader; time moves when a test says so. */
export class PracticeRoom {
  readonly cache = new Cache({ entries: 200, octets: 64 << 10 });
  /** What was asked, as `www.example. A udp`. */
  asked: string[] = [];
  now = 0;
  /** In place of the zones, for replies that no sound server gives. */
  answer: ((query: Uint8Array) => Uint8Array | null) | null = null;
  private readonly zones: ZoneSet;
  private readonly id: PracticeId;
  private readonly random = new Random(7);

  constructor(id: PracticeId, zones: ZoneSet) {
    this.id = id;
    this.zones = zones;
  }

  resolve(qname: string, qtype = 'A'): Promise<Resolution> {
    const { traits } = PERSONAS.find(({ id }) => id === this.id)!;
    const world = {
      zoneOf: (at: ReturnType<typeof name>) => this.zones.closest(at)?.origin ?? null,
      home: { address: '127.0.0.1', port: 53 },
      serverAt: (address: string) => (address.startsWith('127.') ? { address, port: 53 } : null),
      exchange: this.ask,
      monotonic: () => this.now,
      random: () => this.random.below(1000) / 1000,
    };
    return new Lookup(traits, this.cache, world, () => this.now).resolve(name(qname), typeFromText(qtype)!);
  }

  private readonly ask: Ask = async (_server, asked, { transport, clientSubnet, exactCase }) => {
    const text = asked.qname.toText();
    const type = typeToText(asked.qtype);
    this.asked.push(`${text} ${type} ${transport}`);
    const edns = clientSubnet === null ? {} : { edns: { udpSize: 4096 } };
    const query = makeQuery(text, type, { flags: 0, ...edns });
    const response = this.answer === null ? exchange(this.zones, query, transport) : this.answer(query);
    if (response === null) return 'silence';
    return readReply(Packet.parse(Buffer.from(response)), asked, exactCase) ?? 'unreadable';
  };
}

/** What came of a question in a few lines: the RCODE, how much was cached, the records. */
export function outcome({ rcode, cached, answer, authority }: Resolution): string[] {
  const lines = [...answer, ...authority].map(
    ({ owner, ttl, type, rdata }) => `${owner.toText()} ${ttl} ${typeToText(type)} ${rdataToText(type, rdata)}`,
  );
  return [`${rcodeToText(rcode)} ${cached}`, ...lines];
}

/** The steps in a word or two each. */
export function steps({ steps: done }: Resolution): string[] {
  return done.map((step: Step) => {
    if (step.kind === 'cache') return `cache ${step.held}`;
    if (step.kind === 'query') return `query ${step.transport}`;
    if (step.kind === 'stop') return `stop ${step.reason}`;
    return step.kind;
  });
}
