import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerMessage } from '../../practice/message.ts';
import { HEADER_SIZE, MAX_MESSAGE } from '../../wire/limits.ts';
import { Name } from '../../wire/name.ts';
import { Reader } from '../../wire/reader.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal, refuseQuestion } from '../errors.ts';
import { bodyOf } from '../parameters.ts';
import { resolverOf, type PracticeAsker } from '../practice-asker.ts';
import { stepToJson } from '../practice-json.ts';
import type { AskedJson, OctetsJson, ResolversJson } from '../asking-protocol.ts';
import { messageToJson, whyToJson } from '../query-json.ts';
import { encodeQuestion } from '../question.ts';
import { Resolvers } from '../resolvers.ts';
import type { SessionGate } from '../session-gate.ts';
import { SourceQuota } from '../source-quota.ts';

/** `dig` in the page: makes queries, asks this server or a resolver with them, and takes messages apart. */
export function addAskRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate, asker: PracticeAsker): void {
  const { settings, clock, random } = deps;
  const resolvers = new Resolvers(settings.resolvers, clock);
  const quota = new SourceQuota(settings.limits.asksPerHour);

  app.get('/api/resolvers', (request, reply) => {
    gate.require(request);
    const body: ResolversJson = { resolvers: resolvers.list() };
    return reply.send(body);
  });

  app.post('/api/ask/query', (request, reply) => {
    gate.require(request);
    const octets = encodeQuestion(bodyOf(request) as never, Buffer.from(random(2)).readUInt16BE());
    if (Array.isArray(octets)) throw refuseQuestion(octets);
    const body: OctetsJson = { octets: Buffer.from(octets).toString('hex') };
    return reply.send(body);
  });

  app.post('/api/ask/message', (request, reply) => {
    gate.require(request);
    return reply.send(messageToJson(octetsOf(request)));
  });

  app.post('/api/ask', async (request, reply) => {
    const { zone } = gate.require(request);
    const query = octetsOf(request);
    const { transport, resolver, practice } = bodyOf(request);
    let asked: Pick<AskedJson, 'took' | 'why' | 'practice'> & { response: Uint8Array | null };
    if (practice !== undefined) asked = await askPractice(practice, query, zone.id, request);
    else if (typeof resolver === 'string') asked = await askResolver(resolver, query, zone.origin, request);
    else asked = askOurselves(transport, query, request);
    const { response, ...rest } = asked;
    const body: AskedJson = { query: messageToJson(query), response: response && messageToJson(response), ...rest };
    return reply.send(body);
  });

  function askOurselves(transport: unknown, query: Uint8Array, request: FastifyRequest) {
    if (transport !== 'udp' && transport !== 'tcp') {
      throw new Refusal('bad_request', { field: 'transport', message: 'Say transport udp or tcp, or the resolver to ask.' });
    }
    const { response, ...rest } = deps.answerAside(query, { transport, address: request.ip });
    return { response, took: rest.took, why: whyToJson({ ...rest, query, server: '' }) };
  }

  /** A practice resolver gets the message as any resolver does, and says besides what it did for the answer. */
  async function askPractice(value: unknown, query: Uint8Array, zone: number, request: FastifyRequest) {
    const id = resolverOf(value, 'practice');
    const start = performance.now();
    const answer = await answerMessage(query, (asked) => asker.ask(request, zone, id, asked), false);
    const took = Math.round((performance.now() - start) * 1000);
    if (answer === null) return { response: null, took };
    const { cached, steps } = answer.resolution ?? { cached: 'none' as const, steps: [] };
    return { response: answer.response, took, practice: { cached, steps: steps.map(stepToJson) } };
  }

  /** This server sends nothing into the world but questions about names that are its visitor's own. */
  async function askResolver(url: string, query: Uint8Array, origin: Name, request: FastifyRequest) {
    if (!resolvers.has(url)) throw new Refusal('bad_request', { field: 'resolver', message: 'There is no such resolver.' });
    if (!isBelow(query, origin)) throw new Refusal('foreign_name');
    quota.demand(request.ip, clock.monotonic(), 'too_many_asks');
    const start = performance.now();
    const response = await resolvers.ask(url, query);
    if (typeof response === 'string') throw new Refusal('resolver_failed', { message: response });
    return { response, took: Math.round((performance.now() - start) * 1000) };
  }
}

function isBelow(query: Uint8Array, origin: Name): boolean {
  const reader = new Reader(query, HEADER_SIZE);
  const octets = reader.name();
  if (reader.fault !== null) return false;
  const name = Name.fromOctets(octets);
  return name.labelCount >= origin.labelCount && name.suffix(name.labelCount - origin.labelCount).equals(origin);
}

function octetsOf(request: FastifyRequest): Uint8Array {
  const { octets } = bodyOf(request);
  const isHex = typeof octets === 'string' && /^([\da-f]{2})+$/i.test(octets);
  if (isHex && octets.length >= 2 * HEADER_SIZE && octets.length <= 2 * MAX_MESSAGE) return Buffer.from(octets, 'hex');
  throw new Refusal('bad_request', { field: 'octets', message: 'octets must be a DNS message in hexadecimal digits.' });
}
