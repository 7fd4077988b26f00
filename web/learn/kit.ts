import type { Api } from '../api.ts';
import type { Sandpit } from '../sections.ts';
import type { Run } from './run.svelte.ts';
import type { Texts } from './texts/texts.ts';

/** What a step is done with. */
export interface Kit {
  readonly sandpit: Sandpit;
  readonly api: Api;
  readonly run: Run;
  readonly texts: Texts;
}
