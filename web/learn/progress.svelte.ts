import { readPref, writePref } from '../prefs.ts';

/** How far the reader is in an experiment. */
export interface Standing {
  /** Steps that are done, from the first on. */
  readonly done: number;
  /** The newest query of the log when the present step began. */
  readonly since: number;
}

/** How far the reader is in all experiments of a zone, kept in this browser. */
export class Progress {
  readonly #name: string;
  #standings = $state.raw<Readonly<Record<string, Standing>>>({});

  constructor(zone: string) {
    this.#name = `experiments.${zone}`;
    this.#standings = read(readPref(this.#name));
  }

  /** Undefined: never begun. */
  of(id: string): Standing | undefined {
    return this.#standings[id];
  }

  set(id: string, standing: Standing): void {
    this.#keep({ ...this.#standings, [id]: standing });
  }

  /** Makes an experiment as if it had never been begun. */
  forget(id: string): void {
    const { [id]: _gone, ...rest } = this.#standings;
    this.#keep(rest);
  }

  #keep(standings: Readonly<Record<string, Standing>>): void {
    this.#standings = standings;
    writePref(this.#name, JSON.stringify(standings));
  }
}

/** What was kept by another version, or by somebody's hand, counts for nothing. */
function read(text: string | null): Record<string, Standing> {
  try {
    const kept = JSON.parse(text ?? '{}') as Record<string, Standing>;
    return Object.fromEntries(
      Object.entries(kept).filter(([, { done, since }]) => Number.isInteger(done) && Number.isInteger(since)),
    );
  } catch {
    return {};
  }
}
