import type { VisitJson } from '../../server/http/asking-protocol.ts';
import type { QueryJson } from '../../server/http/protocol.ts';
import type { LiveLog } from '../live/log.svelte.ts';
import type { Practice } from '../practice/practice.svelte.ts';
import type { Records } from '../records/records.svelte.ts';
import { fromLog } from './exchange.ts';
import { expand, isOwn, type Experiment, type Given, type Step } from './experiment.ts';
import type { Progress } from './progress.svelte.ts';
import type { Walked } from './walks/walk.ts';
import type { Exchange, World } from './world.ts';

/** Of a burst, only the newest are looked at: each costs a request. */
const MOST_AT_ONCE = 20;
/** What is kept of what happened. */
const MOST_KEPT = 200;

export interface Place {
  readonly zone: string;
  readonly records: Records;
  readonly log: LiveLog;
  readonly progress: Progress;
  /** Where the experiment is about practice resolvers or the sites. */
  readonly practice: Practice | null;
  readonly token: string;
}

/** One experiment while the reader is at it: what has happened so far, and how many steps that makes. */
export class Run {
  readonly experiment: Experiment;
  /** All that was seen since it was opened, oldest first. */
  exchanges = $state.raw<readonly Exchange[]>([]);
  readonly #place: Place;
  /** What of the exchanges had happened when the present step began. */
  #mark = $state(0);
  #walks = $state.raw<readonly Walked[]>([]);
  #visits = $state.raw<readonly VisitJson[]>([]);
  #told = $state('');
  readonly #seen = new Set<number>();

  constructor(experiment: Experiment, place: Place) {
    this.experiment = experiment;
    this.#place = place;
  }

  readonly given = $derived.by((): Given => {
    const targets = this.#place.practice?.current?.targets ?? [];
    const addressOf = (wanted: string): string => targets.find(({ id }) => id === wanted)?.address ?? '';
    return { token: this.#place.token, orange: addressOf('orange'), teal: addressOf('teal') };
  });

  readonly done = $derived.by(() => this.#place.progress.of(this.experiment.id)?.done ?? 0);
  readonly current = $derived.by((): Step | undefined => this.experiment.steps[this.done]);

  readonly world = $derived.by((): World => ({
    zone: this.#place.zone,
    records: this.#place.records.list,
    exchanges: this.exchanges.slice(this.#mark),
    walks: this.#walks,
    visits: this.#visits,
    practice: this.#place.practice?.current ?? null,
    given: this.given,
    told: this.#told,
  }));

  /** What is asked for has happened. */
  readonly fulfilled = $derived.by(() => this.#place.records.loaded && (this.current?.done(this.world) ?? false));

  expand(text: string): string {
    return expand(text, this.#place.zone, this.given);
  }

  /** Begins, or goes on where the reader left off, with what has been asked meanwhile. Gives what stops listening. */
  start(): () => void {
    const { log, progress } = this.#place;
    const stop = log.listen((queries) => void this.#take(queries));
    const standing = progress.of(this.experiment.id);
    if (standing) void this.#catchUp(standing.since);
    else this.#begin(0);
    return stop;
  }

  /** The step is done: the next one begins now. */
  advance(): void {
    this.#begin(this.done + 1);
  }

  /** From the first step on. Records that are there stay: deleting them is for the reader to do. */
  reset(): void {
    this.#begin(0);
  }

  see(exchange: Exchange): void {
    const gone = Math.max(0, this.exchanges.length + 1 - MOST_KEPT);
    this.exchanges = [...this.exchanges, exchange].slice(gone);
    this.#mark = Math.max(0, this.#mark - gone);
  }

  walked(walked: Walked): void {
    this.#walks = [...this.#walks, walked];
  }

  visited(visit: VisitJson): void {
    this.#visits = [...this.#visits, visit];
  }

  /** Whether that was right. */
  tell(told: string): boolean {
    this.#told = told;
    return this.fulfilled;
  }

  #begin(done: number): void {
    this.#mark = this.exchanges.length;
    this.#walks = [];
    this.#visits = [];
    this.#told = '';
    this.#place.progress.set(this.experiment.id, { done, since: this.#place.log.window.newest });
  }

  async #catchUp(since: number): Promise<void> {
    const filter = new URLSearchParams({ name: expand(`{${this.experiment.own}}`, this.#place.zone) }).toString();
    const page = await this.#place.log.api.queries({ limit: MOST_AT_ONCE, filter }).catch(() => null);
    await this.#take(page?.queries.filter(({ id }) => id > since).toReversed() ?? []);
  }

  async #take(queries: readonly QueryJson[]): Promise<void> {
    const { zone, log } = this.#place;
    const own = queries.filter(({ id, qname }) => isOwn(this.experiment, qname, zone) && !this.#seen.has(id));
    for (const { id } of own) this.#seen.add(id);
    const details = await Promise.all(own.slice(-MOST_AT_ONCE).map(({ id }) => log.api.query(id).catch(() => null)));
    for (const detail of details) {
      const exchange = detail && fromLog(detail, zone);
      if (exchange) this.see(exchange);
    }
  }
}
