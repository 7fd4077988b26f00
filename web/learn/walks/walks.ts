import type { WalkName } from '../experiment.ts';
import { goAsAuthority } from './authority.ts';
import { goAsBrowser } from './browser.ts';
import { goAsChallenger } from './challenge.ts';
import { goAsClient } from './client.ts';
import { goAsMailer } from './mailer.ts';
import { goAsMinimiser } from './minimiser.ts';
import { goAsReceiver } from './receiver.ts';
import { Notes, type Look, type Walked } from './walk.ts';

/** Where to go, in full, and what one is told before. */
export interface Way {
  readonly walk: WalkName;
  readonly at: string;
  readonly input: string;
  readonly zone: string;
}

/** Goes one of the ways. Rejects when this server cannot be asked. */
export async function walk(look: Look, { walk, at, input, zone }: Way): Promise<Walked> {
  const notes = new Notes();
  const go: Record<WalkName, () => Promise<string>> = {
    mailer: () => goAsMailer(look, at, notes),
    receiver: () => goAsReceiver(look, at, notes, input),
    authority: () => goAsAuthority(look, at, notes, input),
    browser: () => goAsBrowser(look, at, notes),
    minimiser: () => goAsMinimiser(look, at, notes, zone),
    challenge: () => goAsChallenger(look, at, notes, input),
    client: () => goAsClient(look, at, notes, Math.random),
  };
  const verdict = await go[walk]();
  return { walk, input, lines: notes.lines, verdict };
}
