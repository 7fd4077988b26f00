import type { PracticeResolverJson, QuestionJson } from '../../../server/http/asking-protocol.ts';
import type { SessionJson } from '../../../server/http/protocol.ts';
import type { Target } from '../../ask/asking.ts';
import { digLine } from '../../format.ts';
import type { Question, Whom } from '../experiment.ts';
import { PRACTICE_IDS } from '../../practice/names.ts';

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

/** This server, which the page asks over HTTPS where it does not matter how. */
const OURS: ReadonlySet<Whom> = new Set(['udp', 'tcp', 'https']);

/** Where questions can be sent from a terminal. */
export interface Doors {
  readonly dns: SessionJson['dns'];
  /** Those of the practice resolvers that listen for real clients. */
  readonly practice: readonly Pick<PracticeResolverJson, 'id' | 'port'>[];
}

/** Lines to type that ask the same in the same way; `name` in full. None for a resolver that nobody outside can ask. */
export function linesOf(question: Question, name: string, { dns, practice }: Doors): string[] {
  const words = digWords(question);
  const lineTo = (place: SessionJson['dns']): string => [digLine(place, name, question.type), ...words].join(' ');
  if (OURS.has(question.whom)) {
    // A program that nearly every system has; it cannot say what it can take, or for whom it asks.
    const plain = question.udpSize === undefined && question.subnet === undefined;
    return plain ? [lineTo(dns), nslookupLine(dns, name, question)] : [lineTo(dns)];
  }
  return targetsOf(question.whom).flatMap((target) => {
    const port = practice.find(({ id }) => target.kind === 'practice' && id === target.id)?.port;
    return port ? [lineTo({ host: '127.0.0.1', port })] : [];
  });
}

/** With its final dot the name is not sought in the domains of the machine. */
function nslookupLine({ host, port }: SessionJson['dns'], name: string, { type, whom }: Question): string {
  const words = [`-type=${type}`, port !== 53 && `-port=${port}`, whom === 'tcp' && '-vc', name, host];
  return ['nslookup', ...words.filter(Boolean)].join(' ');
}

/** What `dig` is told besides the name and the type. */
function digWords({ whom, udpSize, subnet }: Question): string[] {
  return [
    whom === 'tcp' && '+tcp',
    // Else dig asks over TCP by itself, and shows nothing of the cut answer.
    whom === 'udp' && '+ignore',
    udpSize !== undefined && `+bufsize=${udpSize}`,
    subnet !== undefined && `+subnet=${subnet}`,
  ].filter((word) => word !== false);
}
