import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Access } from './callers/access.js';
import { callerOf } from './callers/authenticate.js';
import { packageRoot } from './package-root.js';

/** Where Vite built the page. */
const folder = join(packageRoot, 'dist/page');

/** GraphiQL at `/`, from local files only. It asks `/page/session` what its reader may do. */
export async function pageRoutes(app: FastifyInstance, { introspection, graphiql }: Access): Promise<void> {
  if (graphiql.length === 0) {
    app.get('/', async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .code(404)
        .send('The page is switched off: auth.graphiql names no role.\n'),
    );
    return;
  }
  app.get('/page/session', async (request, reply) => {
    const { name, role } = callerOf(request);
    const may = { graphiql: graphiql.includes(role), introspection: introspection.includes(role) };
    return reply.header('cache-control', 'no-store').send({ name, role, ...may });
  });
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain').code(503).send('The page has not been built; run npm run build.\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/page/',
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', cachingOf(path));
    },
  });
  app.get('/', async (_request, reply) => reply.sendFile('index.html'));
}

/** Assets bear a hash of their content in their names; the page itself names the newest of them. */
function cachingOf(path: string): string {
  if (path.endsWith('.html')) return 'no-cache';
  return path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
}
