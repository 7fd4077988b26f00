import type {
  PracticeAnswerJson,
  PracticeId,
  PracticeJson,
  PracticeResolverJson,
  VisitJson,
} from '../../server/http/asking-protocol.ts';
import type { MessageJson, QueryDetailJson, RecordJson, ResourceRecordJson } from '../../server/http/protocol.ts';
import { PRACTICE_NAMES } from '../practice/names.ts';
import type { Given, WalkName, Whom } from './experiment.ts';
import type { Walked } from './walks/walk.ts';

/** A question and what came back, seen from the page or in the log. */
export interface Exchange {
  /** Relative to the zone, as it was written: case and all. */
  readonly name: string;
  readonly type: string;
  readonly query: MessageJson;
  readonly response: MessageJson;
  readonly whom: Whom | QueryDetailJson['transport'];
  /** How much of it a practice resolver had in its memory; null for what others said. */
  readonly cached: PracticeAnswerJson['cached'] | null;
  /** The id in the log; null for what this page asked on the side. */
  readonly logged: number | null;
  /** Client subnet that the query told of, such as `192.0.2.0/24`; empty without. */
  readonly subnet: string;
  /** Address that asked, of what is in the log, and what people call it; empty for the rest. */
  readonly source: string;
  readonly asker: string;
}

/** What a condition may look at: the records as they are, and what happened since the step began. */
export interface World {
  readonly zone: string;
  readonly records: readonly RecordJson[];
  readonly exchanges: readonly Exchange[];
  readonly walks: readonly Walked[];
  readonly visits: readonly VisitJson[];
  /** The practice resolvers with what they remember; null where the experiment has none of them. */
  readonly practice: PracticeJson | null;
  readonly given: Given;
  /** What the reader wrote in answer to the question of the step. */
  readonly told: string;
}

export type Condition = (world: World) => boolean;

/** Records of a name, relative to the zone, and type. */
export function recordsOf({ records }: World, name: string, type: string): readonly RecordJson[] {
  return records.filter((record) => record.name.toLowerCase() === name && record.type === type);
}

/** There are so many records of this name and type. */
export function has(name: string, type: string, test: (record: RecordJson) => boolean = () => true, count = 1): Condition {
  return (world) => recordsOf(world, name, type).filter(test).length >= count;
}

/** A record of this name and type has that content. */
export function holds(world: World, name: string, type: string, content: string): boolean {
  return recordsOf(world, name, type).some((record) => record.content === content);
}

/** A practice resolver was asked: by this page, or by somebody at its port, so that it came to the server in its turn. */
export const byPractice =
  (id: PracticeId) =>
  ({ whom, asker }: Exchange): boolean =>
    whom === id || asker === PRACTICE_NAMES[id];

export function resolverOf({ practice }: World, id: PracticeId): PracticeResolverJson | undefined {
  return practice?.resolvers.find((resolver) => resolver.id === id);
}

/** Whether a practice resolver remembers anything about a name. */
export function remembers(world: World, id: PracticeId, name: string): boolean {
  const cache = resolverOf(world, id)?.cache ?? [];
  return cache.some((entry) => relative(entry.name, world.zone)?.toLowerCase() === name);
}

export function lacks(name: string, type: string): Condition {
  return (world) => recordsOf(world, name, type).length === 0;
}

/** Somebody asked for this name and type, and what came back passes the test. Case does not matter. */
export function asked(name: string, type: string, test: (exchange: Exchange, world: World) => boolean = () => true): Condition {
  return (world) =>
    world.exchanges.some((exchange) => exchange.name.toLowerCase() === name && exchange.type === type && test(exchange, world));
}

export const all =
  (...conditions: readonly Condition[]): Condition =>
  (world) =>
    conditions.every((condition) => condition(world));

/** Somebody went this way, to this end. */
export function walked(walk: WalkName, verdict: string, test: (walked: Walked) => boolean = () => true): Condition {
  return ({ walks }) => walks.some((one) => one.walk === walk && one.verdict === verdict && test(one));
}

export const answered = ({ response }: Exchange): boolean => response.rcode === 'NOERROR' && response.answer.length > 0;
export const isNodata = ({ response }: Exchange): boolean =>
  response.rcode === 'NOERROR' && response.answer.length === 0 && response.authority.some(({ type }) => type === 'SOA');
export const isNxdomain = ({ response }: Exchange): boolean => response.rcode === 'NXDOMAIN';
export const isReferral = ({ response }: Exchange): boolean =>
  response.rcode === 'NOERROR' && response.answer.length === 0 && response.authority.some(({ type }) => type === 'NS');

/** Contents of the answers of one type. */
export function contents(records: readonly ResourceRecordJson[], type: string): string[] {
  return records.filter((record) => record.type === type).map(({ content }) => content);
}

/** A full name as it stands in the zone: `@` for the zone itself, and null for what is not of it. */
export function relative(name: string, zone: string): string | null {
  if (name.toLowerCase() === zone.toLowerCase()) return '@';
  const end = `.${zone}`.toLowerCase();
  return name.toLowerCase().endsWith(end) ? name.slice(0, -end.length) : null;
}
