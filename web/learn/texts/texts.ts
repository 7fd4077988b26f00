import type { Language } from '../../strings/strings.ts';
import type { Spoken } from '../words/link.ts';
import type { ExperimentWords } from './words.ts';
import type { AboutWords } from './en/about.ts';
import type { UiWords } from './en/ui.ts';
import type { WalkWords } from './en/walks.ts';
import type { WordsUi } from './en/words.ts';

/** Everything that the experiments say in one language. */
export interface Texts {
  readonly about: AboutWords;
  readonly spoken: Spoken;
  readonly ui: UiWords;
  readonly walks: WalkWords;
  readonly words: WordsUi;
  readonly experiments: Readonly<Record<string, ExperimentWords>>;
}

/** Fetched with the section, so that who stays in the playground pays for nothing. */
const FILES: Record<Language, () => Promise<{ texts: Texts }>> = {
  en: () => import('./en/all.ts'),
  de: () => import('./de/all.ts'),
};

export async function loadTexts(language: Language): Promise<Texts> {
  return (await FILES[language]()).texts;
}
