import type { Socket } from '../feeds/place.ts';
import { Tally } from '../feeds/tally.ts';
import type { Network } from '../keys/network.ts';
import { Ring } from '../querylog/ring.ts';
import type { Waker } from '../querylog/waker.ts';
import type { Name } from '../wire/name.ts';
import type { ZoneSet, ZoneWatcher } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import { Companion } from './companion.ts';
import type { CollectorThreadData, FromCollectorThread, ToUdpThread } from './contract.ts';

export interface CollectorKeeperDeps {
  readonly places: readonly Socket[];
  readonly allowed: readonly Network[];
  readonly zones: ZoneSet;
  /** Wakes whoever empties the rings. */
  readonly waker: Waker;
  readonly heapMegabytes: number;
  /** The thread ended by itself, which it never should. */
  onDeath(error: Error): void;
}

/** The thread that takes what other name servers report, as the main thread sees it. */
export class CollectorKeeper implements ZoneWatcher {
  /** Where it leaves what was reported. */
  readonly ring: Ring;
  readonly tally = new Tally();
  private thread: Companion<ToUdpThread, FromCollectorThread> | null = null;

  constructor(ringSize: number) {
    this.ring = new Ring(ringSize);
  }

  /** Listens from now on. Returns where. Rejects with the first place that cannot be had. */
  async listen({ places, allowed, zones, waker, heapMegabytes, onDeath }: CollectorKeeperDeps): Promise<readonly Socket[]> {
    const data: CollectorThreadData = {
      places,
      allowed,
      ring: this.ring.memory,
      waker: waker.memory,
      tally: this.tally.memory,
    };
    const message = await new Promise<FromCollectorThread>((resolve, reject) => {
      const die = (error: Error) => {
        reject(error);
        onDeath(error);
      };
      const settings = { file: 'collector-thread.js', data, heapMegabytes, youngMegabytes: 4, onDeath: die };
      this.thread = new Companion(settings, resolve);
      // Before it listens, so that nothing is dropped that comes at once.
      for (const zone of zones) this.post({ set: zone.memory });
      zones.watch(this);
    });
    if ('fault' in message) {
      await this.thread?.wait();
      this.thread = null;
      throw new Error(`DIGPIT_DNSTAP_LISTEN cannot be had: ${message.fault}`);
    }
    return message.places;
  }

  zoneSet(zone: Zone): void {
    this.post({ set: zone.memory });
  }

  zoneDeleted(origin: Name): void {
    this.post({ deleted: origin.octets });
  }

  /** Takes nothing more, and ends. To be called before the ring is emptied for the last time. */
  async stop(): Promise<void> {
    await this.thread?.stop();
  }

  private post(message: ToUdpThread): void {
    this.thread?.post(message);
  }
}
