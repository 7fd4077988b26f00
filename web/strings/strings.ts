import type { strings as english } from './en.ts';
import type { FieldWords, TypeWords } from './en.types.ts';
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

/** What a record type is for, in a line. */
export function aboutType(type: string): string {
  return own<TypeWords>(strings.types, type)?.about ?? strings.otherType;
}

/** What is said about a field of a type: something of its own there, or what is said of it anywhere. */
export function aboutField(type: string, key: string): FieldWords {
  const words = own(own<TypeWords>(strings.types, type)?.fields ?? {}, key) ?? own<FieldWords>(strings.fields, key);
  return words ?? { label: key, hint: '' };
}

/** `toString` is no member of ours. */
function own<W>(words: Readonly<Record<string, W>>, key: string): W | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
