import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Refusal, replyWithError } from './errors.ts';
import { isApiPath } from './security.ts';

/** Files whose name has a hash of their content in it never change; all others are asked for again, and mostly not sent. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Serves the built page from `webDir`, and where nothing is a page that says so to a browser, and JSON to everybody else. */
export function servePages(app: FastifyInstance, webDir: string): void {
  let nothing: string | undefined;
  app.setNotFoundHandler((request, reply) => {
    if (!isForEyes(request)) return replyWithError(new Refusal('not_found'), request, reply);
    nothing ??= readFileSync(join(webDir, 'nothing/index.html'), 'utf8');
    return replyWithNothing(nothing, request.url, reply);
  });
  const assets = join(webDir, 'assets') + sep;
  void app.register(fastifyStatic, {
    root: webDir,
    cacheControl: false,
    acceptRanges: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', path.startsWith(assets) ? FOREVER : 'no-cache');
    },
  });
  app.get('/api/openapi.json', (_request, reply) => reply.sendFile('openapi.json'));
  // The page of a shared query. Which one is in the link alone, and no search engine should keep it.
  app.get('/q/:token', (_request, reply) => reply.header('X-Robots-Tag', 'noindex').sendFile('q/index.html'));
}

/** A browser that goes to an address, and not a program that asks something. */
function isForEyes({ method, url, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !isApiPath(url) && (headers.accept ?? '').includes('text/html');
}

/** The page lies one step below the files that it needs, and is shown any number of steps below, also behind a proxy's sub-path. */
function replyWithNothing(page: string, url: string, reply: FastifyReply): FastifyReply {
  const depth = url.split('?', 1)[0]!.split('/').length - 2;
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(page.replaceAll('"../', `"${'../'.repeat(depth) || './'}`));
}
