import type { TypeWords, strings as english } from './en.ts';
import { setLocale } from './locale.ts';

/** Every language says all of what English says, in the same places. */
export type Strings = typeof english;

/** The languages of the page by the names that their speakers give them. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

/** Fetched when it is chosen, so that a reader pays for one language only. */
const FILES: Record<Language, () => Promise<{ strings: Strings }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
};

/** What the page says, in the language being spoken. Not to be read before `speak` has ended. */
export let strings: Strings;

/** Fetches a language and speaks it. What is on the screen already has to be drawn again. */
export async function speak(language: Language): Promise<void> {
  const file = await FILES[language]();
  setLocale(language);
  strings = file.strings;
}

/** The language for someone who prefers `tags`, the most wanted first, as `navigator.languages` has them. */
export function languageFor(tags: readonly (string | null)[]): Language {
  for (const tag of tags) {
    const language = tag?.toLowerCase().split('-')[0] ?? '';
    if (Object.hasOwn(LANGUAGES, language)) return language as Language;
  }
  return 'en';
}

/** What is said about a record type; about a type without a form of its own, what is said about any other. */
export function wordsOf(type: string): TypeWords {
  const types: Record<string, TypeWords> = strings.types;
  return types[type] ?? strings.types.other;
}
