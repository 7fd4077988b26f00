import type {
  CacheEntryJson,
  PracticeAnswerJson,
  PracticeId,
  PracticeJson,
  PracticeResolverJson,
  PracticeSpeed,
} from '../../server/http/asking-protocol.ts';
import { errorText, type Api } from '../api.ts';

/** How often the server is asked whether anything has changed. */
const POLL_MS = 1000;
const TICK_MS = 250;

/** The practice resolvers as they are now: what they remember, how long it will last, what they answered last. */
export class Practice {
  current = $state.raw<PracticeJson | null>(null);
  fault = $state('');
  /** What each of them answered last. */
  answers = $state.raw<Partial<Record<PracticeId, PracticeAnswerJson>>>({});
  readonly #api: Api;
  /** When `current` came, and the time now: milliseconds of the page. */
  #came = $state(0);
  #now = $state(0);
  #timers: ReturnType<typeof setInterval>[] = [];

  constructor(api: Api) {
    this.#api = api;
  }

  /** Keeps up with the server until `stop`. */
  start(): void {
    void this.refresh();
    this.#timers = [
      setInterval(() => document.hidden || void this.refresh(), POLL_MS),
      setInterval(() => (this.#now = performance.now()), TICK_MS),
    ];
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async refresh(): Promise<void> {
    await this.#try(async () => {
      const news = await this.#api.practice(this.current?.revision);
      if (news !== undefined) this.#take(news);
    });
  }

  async run(speed: PracticeSpeed): Promise<void> {
    await this.#try(async () => this.#take(await this.#api.practiceSpeed(speed)));
  }

  /** Empties one cache or all; says whether that went well. */
  async flush(id?: PracticeId): Promise<boolean> {
    return this.#try(async () => {
      await this.#api.practiceFlush(id);
      await this.refresh();
    });
  }

  /** Asks all of them at the same time. Rejects when the question cannot be asked. */
  async ask(ids: readonly PracticeId[], name: string, type: string): Promise<void> {
    const answers = await Promise.all(ids.map((resolver) => this.#api.practiceAsk({ resolver, name, type })));
    this.answers = { ...this.answers, ...Object.fromEntries(answers.map((answer) => [answer.resolver, answer])) };
    await this.refresh();
  }

  /** What is remembered at this moment, with the whole seconds that are left. */
  entriesOf({ cache }: PracticeResolverJson): (CacheEntryJson & { left: number })[] {
    const passed = ((this.#now - this.#came) / 1000) * (this.current?.speed ?? 1);
    return cache.map((entry) => ({ ...entry, left: Math.ceil(entry.remaining - passed) })).filter(({ left }) => left > 0);
  }

  #take(news: PracticeJson): void {
    this.current = news;
    this.#came = this.#now = performance.now();
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.fault = '';
      return true;
    } catch (error) {
      this.fault = errorText(error);
      return false;
    }
  }
}
