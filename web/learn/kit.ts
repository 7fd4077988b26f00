import type { Api } from '../api.ts';
import type { Practice } from '../practice/practice.svelte.ts';
import type { Sandpit } from '../sections.ts';
import type { Run } from './run.svelte.ts';
import type { Texts } from './texts/texts.ts';

/** What a step is done with. */
export interface Kit {
  readonly sandpit: Sandpit;
  readonly api: Api;
  readonly run: Run;
  /** Where the experiment is about practice resolvers or the sites. */
  readonly practice: Practice | null;
  readonly texts: Texts;
}
