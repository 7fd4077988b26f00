import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from './errors.ts';

/** What a page of ours may do: load its own files, talk to its own server, and nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every reply. What the API says is for now and for this browser only. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  if (isApiPath(request.url)) void reply.header('Cache-Control', 'no-store');
}

/** Whether programs ask there, and no browser shows what is there. */
export function isApiPath(url: string): boolean {
  return /^\/(api|acme-dns)(\/|\?|$)/.test(url);
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site makes a browser do. A browser says where a request comes from, in Sec-Fetch-Site or at
 * least in Origin, and no page can forge either; what says nothing is no browser and has no cookie to abuse.
 */
export function checkOrigin(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site === 'same-origin' || site === 'none') return;
  if (origin === undefined ? site !== undefined : !isOwnOrigin(request)) throw new Refusal('foreign_origin');
}

/** The same for a WebSocket, which browsers open across sites without asking: its Origin must be there and be our own. */
export function checkSocketOrigin(request: FastifyRequest): void {
  if (!isOwnOrigin(request)) throw new Refusal('foreign_origin');
}

/** The scheme is left aside, for behind a proxy that ends TLS we do not always know ours. */
function isOwnOrigin({ headers: { origin }, host }: FastifyRequest): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
