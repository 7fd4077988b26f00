/** How the language being spoken writes numbers and times. Formatters are made once: making one costs more than a row does. */
export interface Locale {
  tag: string;
  numbers: Intl.NumberFormat;
  clock: Intl.DateTimeFormat;
  days: Intl.DateTimeFormat;
  moments: Intl.DateTimeFormat;
  distances: Intl.RelativeTimeFormat;
  regions: Intl.DisplayNames;
}

export let locale: Locale = makeLocale('en');

export function setLocale(language: string): void {
  locale = makeLocale(varietyOf(language));
}

/** Grouped as the language does it: 1,200 or 1.200. */
export function formatNumber(value: number): string {
  return locale.numbers.format(value);
}

function makeLocale(tag: string): Locale {
  return {
    tag,
    numbers: new Intl.NumberFormat(tag),
    clock: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    days: new Intl.DateTimeFormat(tag, { dateStyle: 'long' }),
    moments: new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' }),
    distances: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    regions: new Intl.DisplayNames(tag, { type: 'region' }),
  };
}

/** The reader's own variety of the language where the browser names one: an English reader in Dublin has Irish dates. */
function varietyOf(language: string): string {
  const { navigator } = globalThis as { navigator?: { languages?: readonly string[] } };
  const tags = navigator?.languages ?? [];
  return tags.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
