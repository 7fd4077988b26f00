import type { Config } from '../../server/config.ts';
import { TYPE } from '../../server/wire/codes.ts';
import type { DecodedMessage, DecodedRecord } from '../../server/wire/message.ts';
import { Name } from '../../server/wire/name.ts';
import { askNameServer, askOverHttps } from './ask.ts';
import { bad, ok, skipped, type Finding } from './finding.ts';
import { isTestDomain } from './machine.ts';

/** What two clocks may differ by: cookies of DNS (RFC 9018 §4.3) bear five minutes. */
const CLOCK_SECONDS = 60;

/** What the world sees, through a public resolver: what time it is there, the delegation and its addresses. */
export async function checkWorld(config: Config): Promise<Finding[]> {
  const { baseDomain, resolvers } = config;
  const isForTests = isTestDomain(baseDomain.toText()) && !resolvers.some((url) => url.startsWith('http://'));
  if (isForTests) return [skipped('delegation: a name for tests has none')];
  for (const url of resolvers) {
    // Of the root there is always something to say, whatever is wrong with us.
    const found = await askOverHttps(url, Name.root, TYPE.NS).catch(() => null);
    if (found !== null) return [checkClock(found.date), ...(await new Delegation(config, url).check())];
  }
  return [
    skipped(
      'delegation and clock: no public resolver can be reached (DIGPIT_RESOLVERS over https), so nobody was asked what the world sees',
    ),
  ];
}

function checkClock(date: number): Finding {
  const seconds = Math.round(Math.abs(Date.now() - date) / 1000);
  return seconds > CLOCK_SECONDS
    ? bad(
        `the clock is ${seconds} seconds off`,
        'let NTP set it, on the machine itself: apt-get install systemd-timesyncd, then look at "timedatectl"',
      )
    : ok('clock');
}

/**
 * What the zone above says of ours, by its own servers, and then what a resolver makes of it. The resolver alone would not do: it hands on
 * what we say of ourselves, and has the same nothing to say of all that is wrong above.
 */
class Delegation {
  private readonly name: Name;
  private readonly wanted: readonly string[];
  private readonly nameservers: readonly Name[];
  private readonly addresses: readonly string[];
  private readonly url: string;
  private readonly host: string;

  constructor({ baseDomain, nameservers, nsAddresses }: Config, url: string) {
    this.name = baseDomain;
    this.nameservers = nameservers;
    this.wanted = nameservers.map((one) => one.toText().toLowerCase()).sort();
    this.addresses = nsAddresses;
    this.url = url;
    this.host = new URL(url).host;
  }

  async check(): Promise<Finding[]> {
    const above = await this.findAbove();
    const parent = above?.zone.toText() ?? 'the zone above';
    const referral = above === null ? null : await askNameServer(above.address, this.name, TYPE.NS);
    const isTold = referral !== null && (referral.rcode === 'NOERROR' || referral.rcode === 'NXDOMAIN');
    const wrong = isTold ? this.checkReferral(parent, referral) : null;
    if (wrong !== null) return [wrong];
    const found = await askOverHttps(this.url, this.name, TYPE.NS).catch(() => null);
    const seen = targetsIn(found?.message.answer ?? []);
    if (seen.length === 0) return [this.explain(parent, isTold, found?.message.rcode ?? 'it waits in vain')];
    if (seen.join() !== this.wanted.join()) return [this.refuse(`${this.host} is told`, seen)];
    return [ok(`delegation, as ${this.host} sees it`), await this.checkAddresses()];
  }

  /** What is wrong with the answer of the zone above; null when it is as it should be. */
  private checkReferral(parent: string, { authority, answer, additional }: DecodedMessage): Finding | null {
    const seen = targetsIn([...authority, ...answer], this.name);
    if (seen.length === 0) return bad(`${parent} does not delegate ${this.name.toText()}`, `put ${this.lines()} into it`);
    if (seen.join() !== this.wanted.join()) return this.refuse(`${parent} says`, seen);
    const within = this.nameservers.find((one) => one.isWithin(this.name));
    // Who serves both zones answers, and refers nobody.
    if (within === undefined || answer.length > 0) return null;
    const glue = addressesIn(additional, within);
    return glue.length === 0
      ? bad(
          `${parent} delegates ${this.name.toText()} and has no glue, so that nobody finds ${within.toText()}`,
          `put ${this.glueLines(within)} into ${parent}, beside the NS records`,
        )
      : this.compareAddresses(`the glue in ${parent} has ${within.toText()}`, glue);
  }

  /** Why a resolver finds nothing. */
  private explain(parent: string, isTold: boolean, rcode: string): Finding {
    return isTold
      ? bad(
          `${parent} delegates as it should, and ${this.host} gets no answer from here (${rcode})`,
          'let in port 53, UDP and TCP, at this machine and at whoever it is rented from; a resolver may remember the failure for some minutes',
        )
      : bad(
          `${this.host} finds no delegation of ${this.name.toText()} (${rcode})`,
          `put ${this.lines()} into ${parent}, with glue, and let in port 53`,
        );
  }

  /** The addresses by which the world finds the first name server. */
  private async checkAddresses(): Promise<Finding> {
    const first = this.nameservers[0]!;
    const family = this.addresses.some((address) => !address.includes(':')) ? TYPE.A : TYPE.AAAA;
    const found = await askOverHttps(this.url, first, family).catch(() => null);
    const seen = addressesIn(found?.message.answer ?? [], first);
    return this.compareAddresses(`${this.host} finds ${first.toText()}`, seen) ?? ok(`${first.toText()} at ${seen.join(', ')}`);
  }

  /** The nearest zone above, and an address of one of its servers; null when there is no telling. */
  private async findAbove(): Promise<{ zone: Name; address: string } | null> {
    for (let cut = 1; cut <= this.name.labelCount; cut++) {
      const zone = this.name.suffix(cut);
      const found = await askOverHttps(this.url, zone, TYPE.NS).catch(() => null);
      for (const target of targetsIn(found?.message.answer ?? [], zone)) {
        const server = Name.fromText(target) as Name;
        const reply = await askOverHttps(this.url, server, TYPE.A).catch(() => null);
        const [address] = addressesIn(reply?.message.answer ?? [], server);
        if (address !== undefined) return { zone, address };
      }
    }
    return null;
  }

  private refuse(who: string, seen: readonly string[]): Finding {
    return bad(
      `${who} ${this.name.toText()} NS ${seen.join(', ')}, and this server says ${this.wanted.join(', ')}`,
      'make them the same: DIGPIT_NAMESERVERS, or the zone above',
    );
  }

  private compareAddresses(what: string, seen: readonly string[]): Finding | null {
    const isRight = this.addresses.length === 0 || seen.some((address) => this.addresses.includes(address));
    if (isRight && seen.length > 0) return null;
    const said = this.addresses.join(', ') || 'nothing (set DIGPIT_NS_ADDRESSES)';
    return bad(
      `${what} at ${seen.join(', ') || 'no address'}`,
      `this server says ${said}: correct the glue, or DIGPIT_NS_ADDRESSES`,
    );
  }

  private lines(): string {
    return this.nameservers.map((one) => `${this.name.toText()} NS ${one.toText()}`).join(', ');
  }

  private glueLines(server: Name): string {
    const addresses = this.addresses.length > 0 ? this.addresses : ['ADDRESS OF THIS MACHINE'];
    return addresses.map((one) => `${server.toText()} ${one.includes(':') ? 'AAAA' : 'A'} ${one}`).join(', ');
  }
}

function targetsIn(records: readonly DecodedRecord[], owner?: Name): string[] {
  return recordsOf(records, ['NS'], owner)
    .map(({ content }) => content.toLowerCase())
    .sort();
}

function addressesIn(records: readonly DecodedRecord[], owner: Name): string[] {
  return recordsOf(records, ['A', 'AAAA'], owner).map(({ content }) => content);
}

function recordsOf(records: readonly DecodedRecord[], types: readonly string[], owner?: Name): DecodedRecord[] {
  const name = owner?.toText().toLowerCase();
  return records.filter((one) => types.includes(one.type) && (name === undefined || one.name.toLowerCase() === name));
}
