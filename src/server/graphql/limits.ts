import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLSchema, type OperationTypeNode } from 'graphql';
import { brokenLimit, type OperationLimits } from '../../graph/limits/check.js';
import { TooExpensive } from '../../graph/limits/too-expensive.js';
import { Scales, totalOf } from '../../graph/limits/weight.js';
import type { Step } from './steps.js';

/**
 * Refuses an operation that is over a limit before anything of it is carried out, and tells in `extensions.cost` of every answer
 * what it was estimated to cost; 0 where there was no operation to estimate. Validation would not do: a document that was
 * valid once is not looked at again, whatever its variables are.
 */
export function limitOperations(schema: GraphQLSchema, limits: OperationLimits): Step {
  const scales = new Scales(schema);
  return {
    resolved({ document, operation, request, contextValue }) {
      // What names none of its operations is refused by the execution.
      if (!operation) return;
      if (!schema.getRootType(operation.operation)) throw noSuchRoot(operation.operation);
      const weight = scales.weigh(document, operation, request.variables);
      contextValue.cost = totalOf(weight.cost);
      const broken = brokenLimit(weight, operation.operation, limits);
      if (broken) throw new TooExpensive(broken);
    },
    answered({ response, contextValue }) {
      if (response.body.kind !== 'single') return;
      const result = response.body.singleResult;
      result.extensions = { ...result.extensions, cost: contextValue.cost ?? 0 };
    },
  };
}

/** The validation lets an operation pass of whose kind the schema has none, and checks nothing in it. */
function noSuchRoot(kind: OperationTypeNode): GraphQLError {
  const extensions = { code: ApolloServerErrorCode.BAD_REQUEST, http: { status: 400 } };
  return new GraphQLError(`There is no ${kind} in this graph.`, { extensions });
}
