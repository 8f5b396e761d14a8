import type { OperationContext } from './operation-context.js';
import type { Step } from './steps.js';

/**
 * Adds to an answer what failed at sources, once each, the keys of its mutations, and what it cost where that was asked; or makes
 * it the plan of its reads.
 */
export const completeAnswers: Step = {
  answered({ response, operation, contextValue }) {
    if (response.body.kind !== 'single') return;
    const { request, traced } = contextValue;
    const result = response.body.singleResult;
    if (operation?.operation === 'query' && result.data && !result.errors?.length) {
      const { basis } = request;
      if (basis) contextValue.onMade({ basis, name: operation.name?.value ?? null, cost: contextValue.cost ?? null });
    }
    if (request.explains && result.data !== undefined) {
      const { plan } = request;
      response.body.singleResult = { data: null, extensions: { ...result.extensions, plan } };
      return;
    }
    const { entries } = request.troubles;
    if (entries.length > 0 && result.data !== undefined) result.errors = [...(result.errors ?? []), ...entries];
    const { keys } = request;
    if (keys.length > 0) result.extensions = { ...result.extensions, idempotencyKeys: [...keys] };
    if (request.stale.size > 0) result.extensions = { ...result.extensions, stale: staleOf(request) };
    if (traced) result.extensions = { ...result.extensions, upstream: request.upstream };
  },
};

/** The sources whose answers are older than usual, why, and how old. */
function staleOf({ stale }: OperationContext['request']) {
  return [...stale].map(([source, { error, at }]) => ({
    source,
    code: error.code,
    message: error.message,
    fetchedAt: at.toISOString(),
  }));
}
