import type { MessageJson } from '../../../server/http/protocol.ts';
import { askAll, type Outcome } from '../../ask/asking.ts';
import type { Sandpit } from '../../sections.ts';
import { fullName } from '../../records/preview.ts';
import { expand } from '../experiment.ts';
import { jsonOf } from '../tools/question.ts';
import type { Example } from './terms.ts';

/** An example as it is shown, and what it is: made up, a record of the zone, or an answer of this moment. */
export interface Shown {
  readonly kind: 'line' | 'sample' | 'record' | 'answer';
  readonly question?: string;
  readonly lines: readonly string[];
}

/** For who has no subdomain yet. */
const SOMEBODY = 'otter1.digpit.test.';
const MOST_LINES = 4;

/** Makes an example from the zone of the reader, with what is there now. */
export async function exampleOf(example: Example, sandpit: Sandpit | null): Promise<Shown> {
  const zone = sandpit?.zone ?? SOMEBODY;
  if ('line' in example) return { kind: 'line', lines: [expand(example.line, zone)] };
  if ('type' in example) {
    const record = sandpit?.records.list.find(({ type }) => type === example.type);
    if (!record) return { kind: 'sample', lines: [expand(example.sample, zone)] };
    const { name, ttl, type, content } = record;
    return { kind: 'record', lines: [`${fullName(name, zone)} ${ttl} IN ${type} ${content}`] };
  }
  const [name, type] = [expand(example.ask[0], zone), example.ask[1]];
  const question = `${name} ${type}?`;
  const response = sandpit && (await answerTo(sandpit, { ...example, ask: [name, type] }));
  return response ? { kind: 'answer', question, lines: linesOf(response) } : { kind: 'line', lines: [question] };
}

async function answerTo({ session }: Sandpit, example: Extract<Example, { ask: unknown }>): Promise<MessageJson | null> {
  const { ask, whom = 'udp', ...rest } = example;
  const json = jsonOf({ name: ask[0], type: ask[1], whom, ...rest }, ask[0]);
  const [outcome] = await (askAll(session.api, json, [{ kind: whom }]) as Promise<Outcome[]>).catch(() => []);
  return outcome && 'asked' in outcome ? outcome.asked.response : null;
}

/** How it went, and the first records of all sections. */
function linesOf({ rcode, flags, answer, authority, additional }: MessageJson): string[] {
  const records = [...answer, ...authority, ...additional].map(
    ({ name, ttl, type, content }) => `${name} ${ttl} IN ${type} ${content}`,
  );
  return [`${rcode} · ${flags.join(' ')}`, ...records.slice(0, MOST_LINES)];
}
