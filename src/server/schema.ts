import type { FastifyInstance } from 'fastify';
import type { Access } from './callers/access.js';
import { callerOf } from './callers/authenticate.js';
import { refuseCaller } from './callers/refusal.js';

/** `GET /schema.graphql`: the published schema, for whom introspection is open too. */
export function schemaRoute(app: FastifyInstance, sdl: string, { introspection }: Access): void {
  app.get('/schema.graphql', async (request, reply) => {
    const { role } = callerOf(request);
    if (introspection.includes(role)) return reply.type('text/plain; charset=utf-8').send(sdl);
    const message = `The schema is not open to the role ${role}.`;
    return refuseCaller(request, reply, { status: 403, code: 'FORBIDDEN', message });
  });
}
