import { formatAddress } from '../wire/address.ts';
import { RCODE, rcodeToText, TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import type { CacheEntry } from './cache.ts';
import { findingsOf, isAddress, kindsFor, targetOf, type Finding } from './findings.ts';
import type { Lookup } from './lookup.ts';
import { mixCase, unmixCase } from './mix-case.ts';
import type { Asked, Reply } from './reply.ts';
import type { Stop } from './resolution.ts';
import type { NoReply, Server } from './upstream.ts';

/** Questions to name servers for the sake of one: where delegations that hang on each other end. */
const MAX_QUERIES = 30;
const MAX_REFERRALS = 8;
/** Steps of QNAME minimisation, RFC 9156 §2.3. */
const MAX_MINIMISE_COUNT = 10;
/** A question is asked again once when no answer comes. */
const TRIES = 2;

export interface Failure {
  readonly stop: Stop;
  readonly detail?: string;
}

export type Outcome = CacheEntry | Finding | Failure;

/** Where a look-up stands: the zone it has come to, and who is to know it. */
interface Place {
  readonly cut: Name;
  readonly servers: readonly Server[];
  /** Whether a delegation led here: what the log of steps then says. */
  readonly delegated: boolean;
}

/** The asking: from a zone of ours down to the servers that have the name, RFC 1034 §5.3.3 steps 2 to 4. */
export class Iteration {
  private readonly lookup: Lookup;
  private queries = 0;

  constructor(lookup: Lookup) {
    this.lookup = lookup;
  }

  async run(name: Name, qtype: number, zone: Name): Promise<Outcome> {
    let place: Place = { cut: zone, servers: [this.lookup.world.home], delegated: false };
    for (let referrals = 0; referrals <= MAX_REFERRALS; referrals++) {
      const found = this.knownDelegation(name, qtype, place.cut) ?? (await this.descend(name, qtype, place));
      if ('stop' in found || found.kind !== 'delegation') return found;
      const next = await this.enter(found);
      if ('stop' in next) return next;
      place = next;
    }
    return { stop: 'limit' };
  }

  /** The deepest cut on the way that is still remembered. DS is asked above its cut, RFC 4035 §3.1.4.1. */
  private knownDelegation(name: Name, qtype: number, cut: Name): CacheEntry | Finding | undefined {
    for (let up = qtype === TYPE.DS ? 1 : 0; name.labelCount - up > cut.labelCount; up++) {
      const known = this.lookup.recall('delegation', name.suffix(up), TYPE.NS);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  /** Asks the servers of a zone, label by label where this resolver minimises, until one says what decides. */
  private async descend(name: Name, qtype: number, place: Place): Promise<Outcome> {
    const last = name.labelCount - place.cut.labelCount;
    const steps = this.lookup.traits.minimises ? Math.min(last, MAX_MINIMISE_COUNT) : 0;
    for (let labels = 1; labels < steps; labels++) {
      const above = name.suffix(last - labels);
      // RFC 9156 §2.1: A hides best what is wanted.
      const known = kindsFor(TYPE.A).map(([kind, type]) => this.lookup.recall(kind, above, type));
      const found = known.find((one) => one !== undefined) ?? (await this.ask({ qname: above, qtype: TYPE.A }, place));
      if ('stop' in found || found.kind === 'delegation' || found.kind === 'nxdomain') return found;
    }
    return this.ask({ qname: name, qtype }, place);
  }

  /** Asks one server of a place after the other. What decides the question is the first finding; all are remembered. */
  private async ask(asked: Asked, place: Place): Promise<Outcome> {
    let failure: Failure = { stop: 'lame', detail: place.cut.toText() };
    for (const server of place.servers) {
      const reply = await this.askServer(asked, server, place.delegated);
      if (typeof reply === 'string') failure = { stop: reply };
      else if (reply.rcode !== RCODE.NOERROR && reply.rcode !== RCODE.NXDOMAIN) {
        failure = { stop: place.delegated ? 'lame' : 'rcode', detail: rcodeToText(reply.rcode) };
      } else {
        const findings = findingsOf(reply, asked, place.cut);
        const knows = reply.authoritative || findings[0]?.kind === 'delegation';
        if (findings.length > 0 && knows) return findings.map((finding) => this.lookup.remember(finding))[0]!;
        failure = { stop: 'lame', detail: place.cut.toText() };
      }
      if (failure.stop === 'limit') break;
    }
    return failure;
  }

  /** Over UDP, again when no answer comes, and over TCP when it was cut, RFC 7766 §5. */
  private async askServer(asked: Asked, server: Server, delegated: boolean): Promise<Reply | Stop> {
    let reply: Reply | NoReply | 'limit' = 'silence';
    for (let tries = 0; tries < TRIES && reply === 'silence'; tries++) reply = await this.send(asked, server, 'udp', delegated);
    if (typeof reply === 'string' || !reply.truncated) return reply;
    reply = await this.send(asked, server, 'tcp', delegated);
    // Nothing more can be asked for than all of it.
    return typeof reply !== 'string' && reply.truncated ? 'unreadable' : reply;
  }

  private async send(
    { qname, qtype }: Asked,
    server: Server,
    transport: 'udp' | 'tcp',
    delegated: boolean,
  ): Promise<Reply | NoReply | 'limit'> {
    if (this.queries++ >= MAX_QUERIES) return 'limit';
    const { traits, world, steps } = this.lookup;
    const { mixesCase: exactCase, clientSubnet } = traits;
    const sent = exactCase ? mixCase(qname, world.random) : qname;
    const start = world.monotonic();
    const reply = await world.exchange(server, { qname: sent, qtype }, { transport, clientSubnet, exactCase });
    if (reply === 'unaskable') return reply;
    const isReply = typeof reply !== 'string';
    steps.push({
      kind: 'query',
      name: sent,
      type: qtype,
      transport,
      ...(delegated && { server: server.address }),
      rcode: isReply ? reply.rcode : null,
      answers: isReply ? reply.answer.length : 0,
      truncated: isReply && reply.truncated,
      took: Math.round((world.monotonic() - start) * 1000),
    });
    return isReply && exactCase ? unmixCase(reply, qname) : reply;
  }

  /** Where a delegation leads: the servers of ours among its name servers, by glue or by looking for their addresses. */
  private async enter({ name, records }: CacheEntry | Finding): Promise<Place | Failure> {
    const { world, steps } = this.lookup;
    const nameservers = records.filter(({ type }) => type === TYPE.NS).flatMap((record) => targetOf(record) ?? []);
    const glue = records.filter(({ type }) => isAddress(type));
    steps.push({ kind: 'referral', name, nameservers, glue: glue.map(({ rdata }) => formatAddress(rdata)) });
    let failure: Failure = { stop: 'lame', detail: name.toText() };
    const servers: Server[] = [];
    for (const nameserver of nameservers) {
      const known = glue.filter(({ owner }) => owner.equals(nameserver)).map(({ rdata }) => formatAddress(rdata));
      const addresses = known.length > 0 ? known : await this.lookup.addressesOf(nameserver);
      if (typeof addresses === 'string') {
        failure = { stop: addresses, detail: nameserver.toText() };
        continue;
      }
      const ours = addresses.flatMap((address) => world.serverAt(address) ?? []);
      servers.push(...ours);
      if (ours.length === 0 && addresses.length > 0) failure = { stop: 'elsewhere', detail: addresses[0]! };
    }
    return servers.length > 0 ? { cut: name, servers, delegated: true } : failure;
  }
}
