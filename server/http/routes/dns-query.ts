import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AT, u16At } from '../../wire/header.ts';
import { MAX_MESSAGE } from '../../wire/limits.ts';
import { decodeMessage } from '../../wire/message.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';

const MEDIA_TYPE = 'application/dns-message';

/** What pages of other sites need to ask here: RFC 8484 §9 leaves it to us, and what we answer is public anyway. */
const CORS = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '86400',
};

/** DNS over HTTPS, RFC 8484 §4.1: the message in the body of a POST, or in the parameter `dns` of a GET. */
export function addDnsQueryRoutes(app: FastifyInstance, { answerDns }: HttpDeps): void {
  app.addHook('onRequest', async (_request, reply) => void reply.headers(CORS));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(MEDIA_TYPE, { parseAs: 'buffer', bodyLimit: MAX_MESSAGE }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser('*', (_request, _body, done) => done(new Refusal('not_dns_message')));

  const answer = (request: FastifyRequest, reply: FastifyReply, query: Uint8Array) => {
    const response = answerDns(query, request.ip, request.socket.remotePort ?? 0);
    if (response === null) throw new Refusal('bad_dns_message');
    return reply.type(MEDIA_TYPE).header('Cache-Control', freshness(response)).send(response);
  };
  app.get('/dns-query', (request, reply) => answer(request, reply, messageOf(request)));
  app.post('/dns-query', (request, reply) => {
    if (!(request.body instanceof Uint8Array)) throw new Refusal('not_dns_message');
    return answer(request, reply, request.body);
  });
  app.options('/dns-query', (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
}

/** The message in base64url without padding, RFC 8484 §6. */
function messageOf(request: FastifyRequest): Uint8Array {
  const { dns } = request.query as Record<string, unknown>;
  if (typeof dns === 'string' && /^[\w-]+$/.test(dns)) {
    const octets = Buffer.from(dns, 'base64url');
    if (octets.toString('base64url') === dns && octets.length <= MAX_MESSAGE) return octets;
  }
  const message = 'dns must be a DNS message in base64url without = at the end (RFC 8484 §6).';
  throw new Refusal('bad_parameter', { field: 'dns', message });
}

/** For how long caches may keep the answer: no longer than any of its records lives, RFC 8484 §5.1. Errors are not kept. */
function freshness(response: Uint8Array): string {
  if (u16At(response, AT.ANCOUNT) + u16At(response, AT.NSCOUNT) === 0) return 'no-store';
  const { answer, authority } = decodeMessage(response);
  return `max-age=${Math.min(...[...answer, ...authority].map(({ ttl }) => ttl))}`;
}
