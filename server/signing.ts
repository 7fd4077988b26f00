import type { Logger } from 'pino';
import type { Answering } from './answering.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { Desk } from './desk/desk.ts';
import { Journal } from './desk/journal.ts';
import { Keyring } from './desk/keyring.ts';
import { Transfers } from './desk/transfers.ts';
import { Updates } from './desk/updates.ts';
import { limitsFor } from './http/limits.ts';
import { Room } from './http/room.ts';
import { sayOnceAMinute } from './logger.ts';
import type { Hub } from './querylog/hub.ts';
import type { KeyStore } from './store/keys.ts';
import { ZoneEdits } from './store/zone-edits.ts';
import type { ZoneStore } from './store/zones.ts';
import { Catalog } from './transfer/catalog.ts';
import { Notifier } from './transfer/notifier.ts';
import { Name } from './wire/name.ts';
import type { Lures } from './zone/lures.ts';
import type { ZoneSet, ZoneWatcher } from './zone/zone-set.ts';
import type { Zone } from './zone/zone.ts';

interface Parts {
  readonly zones: ZoneStore;
  readonly keys: KeyStore;
  readonly zoneSet: ZoneSet;
  readonly hub: Hub;
  readonly lures: Lures;
}

/** What goes on under signatures: the desk for those who change and take zones, and word to those who follow them. */
export class Signing implements ZoneWatcher {
  private readonly notifier: Notifier;
  private readonly catalog: Catalog | null;
  private readonly transfers: Transfers;

  /** Lets `answering` hand on what is signed. To be called before it listens. */
  static open(config: Config, answering: Answering, parts: Parts, logger: Logger): Signing {
    const signing = new Signing(config, parts, logger);
    const limits = limitsFor(config.memoryBytes, config.logMaxBytes);
    const room = new Room({ zoneSet: parts.zoneSet, settings: { limits }, clock: systemClock });
    const desk = new Desk({
      ...parts,
      ...answering.atDesk(),
      keyring: new Keyring(parts.keys, { fleetKey: config.transferKey, allowsMd5: config.tsigMd5 }),
      updates: new Updates({
        zones: parts.zones,
        edits: new ZoneEdits({ ...parts, clock: systemClock }),
        against: ({ origin }, added, after) => {
          const [lure] = added.flatMap((record) => parts.lures.check(record, origin));
          return lure?.message ?? room.refusalOf(after);
        },
      }),
      transfers: signing.transfers,
      isTooOften: (zoneId) => room.isTooOften(zoneId),
      clock: systemClock,
    });
    answering.desk = desk.handle.bind(desk);
    return signing;
  }

  private constructor({ baseDomain, transferKey, secondaries }: Config, { zoneSet, zones }: Parts, logger: Logger) {
    const say = sayOnceAMinute(logger, 'a secondary does not answer when it is told of changes');
    this.notifier = new Notifier({
      secondaries,
      key: transferKey,
      clock: systemClock,
      onGivenUp: ({ address, port }, zone) => say(new Error(`${address} port ${port}, last about ${zone.toText()}`)),
    });
    if (secondaries.length > 0) zoneSet.watch(this);
    const origin = Name.fromText('catalog', baseDomain) as Name;
    this.catalog = transferKey === null ? null : new Catalog(origin, zoneSet, systemClock, () => this.notifier.notify(origin));
    if (this.catalog !== null) this.notifier.notify(origin);
    const journal = transferKey === null ? null : new Journal(zoneSet);
    this.transfers = new Transfers({ zoneSet, zones, catalog: this.catalog, journal });
  }

  /** Transfers out, by kind and what became of them, and words of changes. */
  get counts(): { readonly transfers: Transfers['counts']; readonly notify: Notifier['counts'] } {
    return { transfers: this.transfers.counts, notify: this.notifier.counts };
  }

  zoneSet({ origin }: Zone): void {
    this.notifier.notify(origin);
  }

  /** That a zone is gone stands in the catalog, and nowhere else. */
  zoneDeleted(): void {}

  stop(): void {
    this.catalog?.stop();
    this.notifier.stop();
  }
}
