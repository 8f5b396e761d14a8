import type { FormattedExecutionResult } from 'graphql';
import { operationOf, type Operation, type Outcome } from '../eyes/operation.js';
import type { Step } from './steps.js';

/** Tells the eyes what was asked, and how it was answered. Its place is after the plugins that complete the answer. */
export const observe: Step = {
  came({ contextValue, request: { operationName } }) {
    operationOf(contextValue.request)?.named(operationName);
  },
  resolved({ contextValue, operation: asked }) {
    const operation = operationOf(contextValue.request);
    if (!operation) return;
    if (asked && asked.operation !== 'subscription') operation.kind = asked.operation;
    operation.named(asked?.name?.value);
  },
  answered({ response: { body }, contextValue: { request } }) {
    const operation = operationOf(request);
    if (!operation || body.kind !== 'single') return;
    if (request.explains && body.singleResult.extensions?.['plan']) operation.tell('ok');
    tell(operation, body.singleResult, request.userErrors);
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
