/** What is said of a step: what to do, and what that has shown, once it is done. */
export type StepWords = readonly [task: string, seen: string];

/** What is said of an experiment. `says` are the words of the arrows of a picture, `tells` what stands below it. */
export interface ExperimentWords {
  readonly title: string;
  readonly what: string;
  readonly steps: Readonly<Record<string, StepWords>>;
  readonly story: readonly { readonly says: readonly string[]; readonly tells: string }[];
}

/** The words of a group in another language: of the same experiments, steps and pictures. */
export type Translation<English extends Readonly<Record<string, ExperimentWords>>> = {
  readonly [Id in keyof English]: Omit<ExperimentWords, 'steps'> & {
    readonly steps: Readonly<Record<keyof English[Id]['steps'], StepWords>>;
  };
};
