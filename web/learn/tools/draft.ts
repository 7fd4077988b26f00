import type { FormDraft } from '../../records/draft.svelte.ts';
import type { RecordToWrite } from '../experiment.ts';
import type { Run } from '../run.svelte.ts';

/** Writes into a form what a step suggests; what it does not mention stays. */
export function fillDraft(draft: FormDraft, { name, type, ttl, values }: RecordToWrite, run: Run): void {
  draft.name = name;
  draft.type = type;
  if (ttl !== undefined) draft.ttl = String(ttl);
  for (const [key, value] of Object.entries(values)) draft.fill(key, run.expand(value));
}
