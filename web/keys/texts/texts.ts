import type { Language } from '../../strings/strings.ts';
import type { KeyWords } from './en.ts';

/** Fetched with the section, so that who stays in the playground pays for nothing. */
const FILES: Record<Language, () => Promise<{ words: KeyWords }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
};

/** What the section of keys says in a language. */
export async function loadWords(language: Language): Promise<KeyWords> {
  return (await FILES[language]()).words;
}
