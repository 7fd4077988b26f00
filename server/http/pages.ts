import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { join, sep } from 'node:path';

/** Files whose name has a hash of their content in it never change; all others are asked for again, and mostly not sent. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Serves the built page from `webDir`. */
export function servePages(app: FastifyInstance, webDir: string): void {
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
