import type { Language } from '../../strings/strings.ts';
import type { TermWords } from './en.ts';

export type Dictionary = Readonly<Record<string, TermWords>>;

/** Fetched when somebody first wants to know what a word means. */
const FILES: Record<Language, () => Promise<{ terms: Dictionary }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
};

export async function loadDictionary(language: Language): Promise<Dictionary> {
  return (await FILES[language]()).terms;
}

/** The terms that a search finds: those whose name begins with it, or has a word that does, and then those whose text mentions it. */
export function searchTerms(dictionary: Dictionary, ids: readonly string[], search: string): string[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [...ids];
  const begins = (text: string): boolean =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.startsWith(wanted));
  const named = ids.filter((id) => id === wanted || begins(dictionary[id]![0]) || begins(id));
  return [...named, ...ids.filter((id) => !named.includes(id) && dictionary[id]![1].toLowerCase().includes(wanted))];
}
