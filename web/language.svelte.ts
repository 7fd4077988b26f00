import { readPref, writePref } from './prefs.ts';
import { languageFor, speak, type Language } from './strings/strings.ts';

/** The language on the screen. What speaks is drawn anew when it changes (`{#key}`), so that no text has to watch for it. */
export const language = $state<{ current: Language }>({ current: 'en' });

/** Speaks what the reader chose last, or else what the browser asks for. */
export async function startSpeaking(): Promise<void> {
  await change(languageFor([readPref('language'), ...navigator.languages]));
}

/** Speaks another language from now on. When it cannot be fetched, the present one stays. */
export async function changeLanguage(to: Language): Promise<void> {
  await change(to);
  writePref('language', to);
}

async function change(to: Language): Promise<void> {
  await speak(to);
  language.current = to;
  document.documentElement.lang = to;
}
