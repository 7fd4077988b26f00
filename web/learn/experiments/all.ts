import type { Experiment } from '../experiment.ts';
import type { UiWords } from '../texts/en/ui.ts';
import { answers } from './answers.ts';
import { basics } from './basics.ts';
import { caches } from './caches.ts';
import { mail } from './mail.ts';
import { names } from './names.ts';
import { services } from './services.ts';

export interface Group {
  readonly id: keyof UiWords['groups'];
  readonly experiments: readonly Experiment[];
}

/** In the order in which they are offered. */
export const GROUPS: readonly Group[] = [
  { id: 'basics', experiments: basics },
  { id: 'caches', experiments: caches },
  { id: 'answers', experiments: answers },
  { id: 'names', experiments: names },
  { id: 'mail', experiments: mail },
  { id: 'services', experiments: services },
];

/** Whether any of its steps is about practice resolvers or the sites. */
export function needsPractice({ steps }: Experiment): boolean {
  return steps.some(({ tool }) => {
    if (tool?.kind === 'ask') return !['udp', 'tcp', 'https'].includes(tool.question.whom);
    return tool?.kind === 'visit' || tool?.kind === 'flush' || tool?.kind === 'clock';
  });
}

export const EXPERIMENTS: readonly Experiment[] = GROUPS.flatMap(({ experiments }) => experiments);
