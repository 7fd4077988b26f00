/** What is wrong with a source: values for people, collected so that one run names them all. */

/** A problem in a source, and where. `line` counts from 1; 0 is the file as a whole. */
export interface Fault {
  readonly source: string;
  readonly line: number;
  readonly problem: string;
}

/** After this many, more lines of complaint help nobody: the file is of another kind, and reading it on is waste. */
export const MAX_FAULTS = 20;

/** The faults of one build, at most MAX_FAULTS of them. */
export class Faults {
  readonly #list: Fault[] = [];

  get list(): readonly Fault[] {
    return this.#list;
  }

  /** True when reading on is of no use. */
  get full(): boolean {
    return this.#list.length >= MAX_FAULTS;
  }

  add(source: string, line: number, problem: string): void {
    if (!this.full) this.#list.push({ source, line, problem });
  }
}

/** One fault as a sentence. */
export function describeFault(fault: Fault): string {
  return fault.line > 0 ? `${fault.source}, line ${fault.line}: ${fault.problem}` : `${fault.source}: ${fault.problem}`;
}
