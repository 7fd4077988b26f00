import type { QuestionJson } from '../../../server/http/asking-protocol.ts';
import type { Target } from '../../ask/asking.ts';
import type { Question, Whom } from '../experiment.ts';
import { PRACTICE_IDS } from '../world.ts';

/** What every resolver says today: more would be cut up on the way. */
const USUAL_SIZE = 1232;

/** The question as the server takes it; `name` in full. */
export function jsonOf({ type, udpSize, subnet }: Question, name: string): QuestionJson {
  return {
    name,
    type,
    recursionDesired: true,
    checkingDisabled: false,
    udpSize: Number(udpSize ?? USUAL_SIZE),
    dnssecOk: false,
    subnet: subnet ?? '',
  };
}

/** Whom to ask with it. */
export function targetsOf(whom: Whom): Target[] {
  if (whom === 'udp' || whom === 'tcp' || whom === 'https') return [{ kind: whom }];
  return PRACTICE_IDS.filter((id) => whom === 'all' || whom === id).map((id) => ({ kind: 'practice', id }));
}

/** What `dig` is told besides the name and the type, to ask the same in the same way. */
export function digWords({ whom, udpSize, subnet }: Question): string[] {
  return [
    whom === 'tcp' && '+tcp',
    // Else dig asks over TCP by itself, and shows nothing of the cut answer.
    whom === 'udp' && '+ignore',
    udpSize !== undefined && `+bufsize=${udpSize}`,
    subnet !== undefined && `+subnet=${subnet}`,
  ].filter((word) => word !== false);
}
