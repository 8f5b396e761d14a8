import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationContext } from './operation-context.js';

/** Adds to an answer what failed at sources, once each, the keys of its mutations, and what it cost where that was asked. */
export const completeAnswers: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue: { request, traced } }) {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        const { entries } = request.troubles;
        if (entries.length > 0 && result.data !== undefined) result.errors = [...(result.errors ?? []), ...entries];
        const { keys } = request;
        if (keys.length > 0) result.extensions = { ...result.extensions, idempotencyKeys: [...keys] };
        if (traced) result.extensions = { ...result.extensions, upstream: request.upstream };
      },
    };
  },
};
