import type { PracticeId, PracticeSpeed, VisitJson } from '../../../server/http/asking-protocol.ts';
import type { Actor, Panel, Question, Step, WalkName } from '../experiment.ts';
import { asked, has, lacks, relative, remembers, walked, type Condition, type Exchange, type World } from '../world.ts';
import type { Walked } from '../walks/walk.ts';

type Values = Readonly<Record<string, string>>;
type Test = (exchange: Exchange, world: World) => boolean;

/** A record is to be written; done when one of that name and type is there, or as `done` says. */
export function write(
  key: string,
  record: { name: string; type: string; ttl?: number; values: Values },
  done?: Condition,
): Step {
  return { key, tool: { kind: 'record', record }, done: done ?? has(record.name.toLowerCase(), record.type) };
}

/** The record of that name and type is to be changed. */
export function change(
  key: string,
  record: { name: string; type: string; ttl?: number; values: Values },
  done: Condition,
): Step {
  return { key, tool: { kind: 'edit', record }, done };
}

/** Several records are to be written, as lines of a zone file. */
export function writeLines(key: string, lines: readonly string[], done: Condition): Step {
  return { key, tool: { kind: 'lines', lines }, done };
}

/** All records of these names and types are to go. */
export function remove(key: string, ...records: readonly (readonly [name: string, type: string])[]): Step {
  return {
    key,
    tool: { kind: 'remove', records },
    done: (world) => records.every(([name, type]) => lacks(name.toLowerCase(), type)(world)),
  };
}

/** A question is to be asked, by whatever means; done when what came back passes the test. */
export function ask(key: string, question: Omit<Question, 'whom'> & Partial<Question>, test: Test): Step {
  const whole = { whom: 'https', ...question } as const;
  return { key, tool: { kind: 'ask', question: whole }, done: asked(question.name.toLowerCase(), question.type, test) };
}

/** Somebody is to be sent on a walk; done when it comes to that verdict. */
export function send(
  key: string,
  way: { walk: WalkName; at: string; input?: string },
  verdict: string,
  test?: (walked: Walked) => boolean,
): Step {
  return { key, tool: { kind: 'walk', input: '', ...way }, done: walked(way.walk, verdict, test) };
}

/** A name is to be visited by a browser that asks that practice resolver. */
export function visit(key: string, where: { name: string; through: PracticeId }, test: (visit: VisitJson) => boolean): Step {
  return {
    key,
    tool: { kind: 'visit', ...where },
    done: ({ visits, zone }) =>
      visits.some(
        (one) =>
          relative(one.name, zone)?.toLowerCase() === where.name &&
          one.answers.every(({ resolver }) => resolver === where.through) &&
          test(one),
      ),
  };
}

/** Practice resolvers are to forget; done when they know nothing of the name any more. */
export function flush(key: string, name: string, ...resolvers: readonly PracticeId[]): Step {
  return {
    key,
    tool: { kind: 'flush', resolvers },
    done: (world) => world.practice !== null && resolvers.every((id) => !remembers(world, id, name)),
  };
}

/** The clock of the practice resolvers is to run at that speed. */
export function run(key: string, speed: PracticeSpeed): Step {
  return { key, tool: { kind: 'clock', speed }, done: ({ practice }) => practice?.speed === speed };
}

/** A question to the reader. */
export function tell(key: string, isRight: (told: string, world: World) => boolean): Step {
  return { key, tool: { kind: 'tell' }, done: (world) => isRight(world.told.trim(), world) };
}

/** A picture: who speaks to whom, in that order. Those who speak stand in it, in the order in which they come up. */
export function scene(...arrows: readonly `${Actor}>${Actor}`[]): Panel {
  const pairs = arrows.map((arrow) => arrow.split('>') as [Actor, Actor]);
  return { cast: [...new Set(pairs.flat())], arrows: pairs };
}
