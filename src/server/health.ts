import type { FastifyInstance } from 'fastify';
import { lastSeen } from '../graph/status.js';
import type { Source, Sources } from '../graph/sources.js';

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it takes requests; one sick vendor does not change that. The sources
 * are those of whoever asks; nobody who is known has none.
 */
export function healthRoutes(app: FastifyInstance, sources: Sources, isDraining: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async ({ caller }, reply) => {
    const draining = isDraining();
    const seen = sources.only(caller ? caller.sources : new Set());
    return reply.code(draining ? 503 : 200).send({
      status: draining ? 'draining' : 'ok',
      sources: seen.all.map(toldOf),
    });
  });
}

/** What was last seen of a source; of one that is well nothing but that. */
function toldOf(source: Source): object {
  const { name, vendor, transport } = source;
  const { state, code, retryAfterSeconds } = lastSeen(source);
  const { breaker } = transport.state;
  return {
    name,
    vendor,
    state,
    ...(code === null ? {} : { code }),
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    ...(breaker === 'closed' ? {} : { breaker }),
  };
}
