import type { Experiment } from '../experiment.ts';
import type { UiWords } from '../texts/en/ui.ts';
import { answers } from './answers.ts';
import { mail } from './mail.ts';
import { names } from './names.ts';
import { services } from './services.ts';

export interface Group {
  readonly id: keyof UiWords['groups'];
  readonly experiments: readonly Experiment[];
}

/** In the order in which they are offered. */
export const GROUPS: readonly Group[] = [
  { id: 'answers', experiments: answers },
  { id: 'names', experiments: names },
  { id: 'mail', experiments: mail },
  { id: 'services', experiments: services },
];

export const EXPERIMENTS: readonly Experiment[] = GROUPS.flatMap(({ experiments }) => experiments);
