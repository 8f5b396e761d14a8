import { unwrapResolverError } from '@apollo/server/errors';
import { operationOf } from '../eyes/operation.js';
import type { Step } from './steps.js';

const requestIds = new WeakMap<object, string>();

/** Notes in which request something was thrown: who writes it down later is told of the error alone. */
export const noteWhoseErrors: Step = {
  failed({ errors, contextValue }) {
    const requestId = operationOf(contextValue.request)?.requestId;
    if (requestId === undefined) return;
    for (const error of errors) {
      const original = unwrapResolverError(error);
      if (typeof original === 'object' && original !== null) requestIds.set(original, requestId);
    }
  },
};

/** The id of the request in which it was thrown; undefined when nobody knows. */
export function requestIdOf(original: unknown): string | undefined {
  return typeof original === 'object' && original !== null ? requestIds.get(original) : undefined;
}
