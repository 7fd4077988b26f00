import type { Component } from 'svelte';
import type { LiveLog } from './live/log.svelte.ts';
import type { Records } from './records/records.svelte.ts';
import type { Session } from './session.svelte.ts';
import type { Strings } from './strings/strings.ts';

/** A subdomain that is open in this page, with its records and its log; it stays open while the reader is in other sections. */
export interface Sandpit {
  readonly session: Session;
  readonly zone: string;
  readonly records: Records;
  readonly log: LiveLog;
}

export interface SectionProps {
  /** What stands behind the section in the address: `ttl` in `#/words/ttl`; empty for none. */
  place: string;
  /** Null for somebody who has no subdomain yet. */
  sandpit: Sandpit | null;
}

export interface Section {
  /** As the address has it. `strings.sections.names` says what it is called. */
  readonly id: keyof Strings['sections']['names'];
  /** Fetched when somebody goes there. */
  readonly load: () => Promise<{ default: Component<SectionProps> }>;
}

/** What there is beside the playground, in the order in which it is offered. */
export const SECTIONS: readonly Section[] = [
  { id: 'experiments', load: () => import('./learn/Learn.svelte') },
  { id: 'practice', load: () => import('./practice/PracticeSection.svelte') },
  { id: 'keys', load: () => import('./keys/KeysSection.svelte') },
  { id: 'words', load: () => import('./learn/words/Words.svelte') },
  { id: 'about', load: () => import('./learn/about/About.svelte') },
];
