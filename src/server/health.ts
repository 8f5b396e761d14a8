import type { FastifyInstance } from 'fastify';
import { lastSeen } from '../graph/status.js';
import type { Sources } from '../graph/sources.js';

/** `GET /healthz`: the process lives. `GET /readyz`: it takes requests; one sick vendor does not change that. */
export function healthRoutes(app: FastifyInstance, sources: Sources, isDraining: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const draining = isDraining();
    return reply.code(draining ? 503 : 200).send({
      status: draining ? 'draining' : 'ok',
      sources: sources.all.map((source) => ({
        name: source.name,
        vendor: source.vendor,
        state: lastSeen(source).state,
      })),
    });
  });
}
