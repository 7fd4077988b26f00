import type { FastifyRequest } from 'fastify';
import { Refusal } from './errors.ts';

/** The id at the end of the path, or null when what stands there can be no id. */
export function idOf(request: FastifyRequest): number | null {
  const { id } = request.params as { id: string };
  return parseCount(id);
}

/** A whole number from the query part of the address; undefined when it is not there, refused when it is not in the range. */
export function countOf(request: FastifyRequest, name: string, min: number, max: number): number | undefined {
  const text = (request.query as Record<string, unknown>)[name];
  if (text === undefined) return undefined;
  const count = typeof text === 'string' ? parseCount(text) : null;
  if (count !== null && count >= min && count <= max) return count;
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
  throw new Refusal('bad_parameter', { field: name, message: `${name} must be a whole number ${range}.` });
}

/** A text from the query part of the address; undefined when it is not there, refused when it is there twice. */
export function textOf(request: FastifyRequest, name: string): string | undefined {
  const text = (request.query as Record<string, unknown>)[name];
  if (text === undefined || typeof text === 'string') return text;
  throw new Refusal('bad_parameter', { field: name, message: `${name} must be there once.` });
}

/** The members of a body that is a JSON object; refuses any other. */
export function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refusal('bad_request', { message: 'Send a JSON object.' });
}

function parseCount(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
