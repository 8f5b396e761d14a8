import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import { operationOf, type Operation, type Outcome } from '../eyes/operation.js';
import type { OperationContext } from './operation-context.js';

/** Tells the eyes what was asked, and how it was answered. Its place is after the plugins that complete the answer. */
export const observe: ApolloServerPlugin<OperationContext> = {
  async requestDidStart({ contextValue, request: { operationName } }) {
    const operation = operationOf(contextValue.request);
    if (!operation) return;
    operation.named(operationName);
    return {
      async didResolveOperation({ operation: asked }) {
        if (asked && asked.operation !== 'subscription') operation.kind = asked.operation;
        operation.named(asked?.name?.value);
      },
      async willSendResponse({ response: { body }, contextValue: { request } }) {
        if (body.kind !== 'single') return;
        if (request.explains && body.singleResult.extensions?.['plan']) operation.tell('ok');
        tell(operation, body.singleResult, request.userErrors);
      },
    };
  },
};

function tell(operation: Operation, result: FormattedExecutionResult, userErrors: readonly string[]): void {
  const { data, errors = [], extensions } = result;
  for (const { extensions: { code } = {} } of errors) operation.addCode(code);
  for (const code of userErrors) operation.addCode(code);
  const cost = extensions?.['cost'];
  if (typeof cost === 'number') operation.cost = cost;
  operation.tell(outcomeOf(data, errors.length + userErrors.length, operation));
}

function outcomeOf(data: unknown, troubles: number, { codes }: Operation): Outcome {
  if (data === undefined) return codes.has('INTERNAL_SERVER_ERROR') ? 'failed' : 'refused';
  if (data === null) return 'failed';
  return troubles > 0 ? 'partial' : 'ok';
}
