import type { Logger } from 'pino';
import type { Answering } from './answering.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { sayOnceAMinute } from './logger.ts';
import { Practice } from './practice/practice.ts';
import { Sites, type Site } from './targets/sites.ts';
import { formatAddress, parseAddress } from './wire/address.ts';
import type { ZoneSet } from './zone/zone-set.ts';

/** What people practise with: resolvers that ask this server as anybody does, and sites to point names at. */
export class Practising {
  readonly resolvers: Practice;
  readonly sites: readonly Site[];
  private readonly opened: Sites;

  private constructor(resolvers: Practice, sites: Sites) {
    this.resolvers = resolvers;
    this.sites = sites.list;
    this.opened = sites;
  }

  /** Opens the sites and, where the settings say so, ports for `dig`. Rejects with the first that cannot be had. */
  static async open(config: Config, zones: ZoneSet, answering: Answering, logger: Logger): Promise<Practising> {
    const { targetHosts, targetPort, targetAddresses, practicePorts, nsAddresses, dnsHosts } = config;
    const settings = { hosts: targetHosts, port: targetPort, addresses: targetAddresses };
    const sites = await Sites.open(settings, (problem) => logger.warn(problem));
    // An address may be written in more than one way; resolvers read it from octets.
    const octets = [...nsAddresses, ...dnsHosts].map(parseAddress);
    const ours = new Set(octets.flatMap((address) => (address === null ? [] : formatAddress(address))));
    const resolvers = new Practice({
      zoneOf: (name) => zones.closest(name)?.origin ?? null,
      zoneIdOf: (name) => zones.closest(name)?.id ?? 0,
      isOurAddress: (address) => ours.has(address),
      answers: {
        respond: answering.respond,
        report: answering.report,
        onError: sayOnceAMinute(logger, 'a practice resolver failed'),
      },
      monotonic: systemClock.monotonic,
      random: Math.random,
    });
    const practising = new Practising(resolvers, sites);
    try {
      await resolvers.openPorts(practicePorts);
    } catch (error) {
      await practising.stop();
      throw error;
    }
    return practising;
  }

  async stop(): Promise<void> {
    await Promise.all([this.resolvers.stop(), this.opened.close()]);
  }
}
