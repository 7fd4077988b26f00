import type { Language } from '../strings/strings.ts';

const en = {
  title: 'For the operator',
  token: 'Token',
  tokenHint: 'What DIGPIT_OPERATOR_TOKEN says. It is forgotten when this page is closed.',
  enter: 'Enter',
  search: 'Search',
  searchHint: 'A part of a subdomain, a whole name below it, or what a record says, such as an address.',
  find: 'Find',
  none: 'Nothing found.',
  total: (count: number) => `${count} zones are answered for.`,
  columns: { label: 'Subdomain', records: 'Records', made: 'Made', seen: 'Owner seen', state: 'State' },
  suspended: 'suspended',
  answers: 'answers',
  show: 'Records',
  suspend: 'Suspend',
  resume: 'Resume',
  delete: 'Delete',
  sure: (label: string) => `Delete ${label} with its records and its log? It cannot be brought back.`,
  yes: 'Delete for good',
  no: 'Keep',
  more: 'Older ones',
  unreachable: 'The server cannot be reached.',
  absent: 'This server has no DIGPIT_OPERATOR_TOKEN.',
};

export type OperatorWords = typeof en;

const de: OperatorWords = {
  title: 'Für den Betreiber',
  token: 'Token',
  tokenHint: 'Was DIGPIT_OPERATOR_TOKEN sagt. Es wird vergessen, sobald diese Seite geschlossen wird.',
  enter: 'Eintreten',
  search: 'Suche',
  searchHint: 'Ein Teil einer Subdomain, ein ganzer Name darunter oder was in einem Eintrag steht, etwa eine Adresse.',
  find: 'Finden',
  none: 'Nichts gefunden.',
  total: (count) => `Für ${count} Zonen wird geantwortet.`,
  columns: { label: 'Subdomain', records: 'Einträge', made: 'Angelegt', seen: 'Zuletzt hier', state: 'Zustand' },
  suspended: 'gesperrt',
  answers: 'antwortet',
  show: 'Einträge',
  suspend: 'Sperren',
  resume: 'Freigeben',
  delete: 'Löschen',
  sure: (label) => `${label} mit Einträgen und Protokoll löschen? Das lässt sich nicht zurückholen.`,
  yes: 'Endgültig löschen',
  no: 'Behalten',
  more: 'Ältere',
  unreachable: 'Der Server ist nicht zu erreichen.',
  absent: 'Dieser Server hat kein DIGPIT_OPERATOR_TOKEN.',
};

export function wordsOf(language: Language): OperatorWords {
  return language === 'de' ? de : en;
}
