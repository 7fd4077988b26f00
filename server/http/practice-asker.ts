import type { FastifyRequest } from 'fastify';
import { PERSONAS, type PracticeId } from '../practice/personas.ts';
import type { Practice } from '../practice/practice.ts';
import type { Asked } from '../practice/reply.ts';
import type { Resolution } from '../practice/resolution.ts';
import type { HttpDeps } from './deps.ts';
import { Refusal } from './errors.ts';
import { SourceQuota } from './source-quota.ts';

/** The way of every question from the page to a practice resolver: so many from one network, and not too many at once. */
export class PracticeAsker {
  private readonly practice: Practice;
  private readonly clock: HttpDeps['clock'];
  private readonly quota: SourceQuota;

  constructor({ practice, clock, settings }: HttpDeps) {
    this.practice = practice.resolvers;
    this.clock = clock;
    this.quota = new SourceQuota(settings.limits.practiceAsksPerHour);
  }

  async ask(request: FastifyRequest, zone: number, id: PracticeId, { qname, qtype }: Asked): Promise<Resolution> {
    this.quota.demand(request.ip, this.clock.monotonic(), 'too_many_asks');
    const resolution = await this.practice.ask(zone, id, qname, qtype);
    if (resolution === null) throw new Refusal('too_many_asks', { headers: { 'retry-after': '1' } });
    return resolution;
  }
}

/** Which resolver is meant; refuses what is none. */
export function resolverOf(value: unknown, field: string): PracticeId {
  const persona = PERSONAS.find(({ id }) => id === value);
  if (persona !== undefined) return persona.id;
  const ids = PERSONAS.map(({ id }) => id).join(', ');
  throw new Refusal('bad_request', { field, message: `There is no such practice resolver. There are: ${ids}.` });
}
