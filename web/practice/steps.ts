import type { PracticeStepJson } from '../../server/http/asking-protocol.ts';
import { printable, withoutFinalDot } from '../format.ts';
import { strings } from '../strings/strings.ts';

/** What a resolver did, in a sentence. */
export function stepText(step: PracticeStepJson): string {
  const words = strings.practice.step;
  const name = shown(step.name);
  switch (step.kind) {
    case 'cache':
      return words.cache(name, step.held === 'nxdomain' ? strings.practice.anyType : step.type, step.remaining);
    case 'query': {
      const asked = [words.query(name, step.type, step.transport.toUpperCase()), step.server && words.server(step.server)];
      const got = [
        step.rcode === null ? words.silence : words.got(step.rcode, step.answers),
        step.truncated && words.truncated,
      ];
      return `${asked.filter(Boolean).join(' ')}: ${got.filter(Boolean).join(', ')}.`;
    }
    case 'alias':
      return words.alias(name, shown(step.target));
    case 'referral': {
      const glue = step.glue.length > 0 ? words.glue(step.glue.join(', ')) : words.noGlue;
      return `${words.referral(name, step.nameservers.map(shown).join(', '))} ${glue}`;
    }
    case 'stop':
      return strings.practice.stops[step.reason](name, shown(step.detail ?? ''));
  }
}

const shown = (name: string): string => printable(withoutFinalDot(name));
