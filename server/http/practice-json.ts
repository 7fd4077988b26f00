import type { CacheEntry } from '../practice/cache.ts';
import { PERSONAS, type Persona } from '../practice/personas.ts';
import type { Resolution, Step } from '../practice/resolution.ts';
import type { Rr } from '../practice/rr.ts';
import { rcodeToText, typeToText } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { rdataToText } from '../wire/rdata.ts';
import type { PracticeDeps } from './deps.ts';
import type {
  CacheEntryJson,
  PracticeAnswerJson,
  PracticeAskJson,
  PracticeJson,
  PracticeResolverJson,
  PracticeStepJson,
} from './asking-protocol.ts';
import type { ResourceRecordJson } from './protocol.ts';

/** The resolvers with what each remembers for a zone, and the sites. */
export function practiceToJson({ resolvers, sites }: PracticeDeps, zone: number): PracticeJson {
  const memory = resolvers.memoryOf(zone);
  const now = memory?.clock.now() ?? 0;
  const resolverToJson = ({ id, name, address, traits }: Persona): PracticeResolverJson => ({
    id,
    name,
    address,
    port: resolvers.portOf(id),
    traits: { ...traits },
    cache: memory?.caches[id].list(now).map((entry) => entryToJson(entry, now)) ?? [],
  });
  return {
    revision: memory?.revision ?? 0,
    speed: memory?.clock.speed ?? 1,
    resolvers: PERSONAS.map(resolverToJson),
    targets: sites.map(({ id, address, port }) => ({ id, address, port })),
  };
}

function entryToJson({ kind, name, type, records, ttl, expires, hits }: CacheEntry, now: number): CacheEntryJson {
  return {
    name: name.toText(),
    type: type === null ? null : typeToText(type),
    kind,
    records: records.map(recordToJson),
    ttl,
    remaining: Math.round(expires - now) / 1000,
    hits,
  };
}

export function answerToJson(question: PracticeAskJson, resolution: Resolution): PracticeAnswerJson {
  const { rcode, answer, authority, cached, steps, took } = resolution;
  return {
    ...question,
    rcode: rcodeToText(rcode),
    answer: answer.map(recordToJson),
    authority: authority.map(recordToJson),
    cached,
    steps: steps.map(stepToJson),
    took,
  };
}

export function stepToJson(step: Step): PracticeStepJson {
  const name = step.name.toText();
  switch (step.kind) {
    case 'cache':
      return { ...step, name, type: typeToText(step.type) };
    case 'query':
      return { ...step, name, type: typeToText(step.type), rcode: step.rcode === null ? null : rcodeToText(step.rcode) };
    case 'alias':
      return { ...step, name, target: step.target.toText() };
    case 'referral':
      return { ...step, name, nameservers: step.nameservers.map((server: Name) => server.toText()), glue: [...step.glue] };
    case 'stop':
      return { ...step, name };
  }
}

function recordToJson({ owner, type, ttl, rdata }: Rr): ResourceRecordJson {
  return { name: owner.toText(), type: typeToText(type), class: 'IN', ttl, content: rdataToText(type, rdata) };
}
