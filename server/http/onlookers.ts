import { Refusal } from './errors.ts';
import type { Limits } from './limits.ts';
import { sourceOf } from './source-quota.ts';

/** When there may be room again, in seconds: by then those who went without a word are found out. */
const RETRY_AFTER = '25';

/** How many look on, over live views, streams and replies that wait: in all, at each zone, and from each address. */
export class Onlookers {
  private readonly limits: Pick<Limits, 'viewers' | 'viewersPerZone' | 'viewersPerAddress'>;
  private readonly ofZone = new Map<number, number>();
  private readonly ofSource = new Map<string, number>();
  private count = 0;

  constructor(limits: Onlookers['limits']) {
    this.limits = limits;
  }

  /** Refuses one too many. */
  checkRoom(zoneId: number, address: string): void {
    const { viewers, viewersPerZone, viewersPerAddress } = this.limits;
    const isRoom =
      this.count < viewers &&
      (this.ofZone.get(zoneId) ?? 0) < viewersPerZone &&
      (this.ofSource.get(sourceOf(address)) ?? 0) < viewersPerAddress;
    if (!isRoom) throw new Refusal('too_many_viewers', { headers: { 'retry-after': RETRY_AFTER } });
  }

  /** Counts one more. Returns the function that lets it go, which does so once. */
  enter(zoneId: number, address: string): () => void {
    const source = sourceOf(address);
    const add = (by: 1 | -1) => {
      this.count += by;
      change(this.ofZone, zoneId, by);
      change(this.ofSource, source, by);
    };
    add(1);
    let isIn = true;
    return () => {
      if (isIn) add(-1);
      isIn = false;
    };
  }
}

function change<K>(counts: Map<K, number>, key: K, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
