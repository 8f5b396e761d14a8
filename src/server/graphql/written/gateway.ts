import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { OperationContext } from '../operation-context.js';
import type { KeptThings } from '../kept-by-id.js';
import { samenessOf, type SameOperations } from '../same-operations.js';
import type { Executor } from './executor.js';

type Gateway = ApolloServerOptionsWithGateway<OperationContext>['gateway'];

/** Lets Apollo hand over what it would carry out itself: the hook that it has for gateways, with the schema that is ours already. */
export function carriedOutBy(executor: Executor, same: SameOperations, things: KeptThings): Gateway {
  return {
    load: async () => ({
      executor: ({ document, operation, request, queryHash, context: given }) => {
        const context = given as OperationContext;
        const { operationName, variables, http } = request;
        const isOver = () => context.request.isOver;
        const byId = operation?.operation === 'query' ? things.for(context.request) : null;
        const carryOut = async () => {
          const told = await executor.execute({ document, operation, operationName, variables, context, isOver, byId });
          if (!told.errors) byId?.keep();
          return told;
        };
        switch (operation?.operation) {
          case 'mutation':
            return same.change(carryOut);
          case 'query': {
            const key = samenessOf(context, { text: queryHash, operationName, variables }, http?.headers);
            return key === null ? carryOut() : same.ask(key, carryOut, context.request);
          }
          default:
            return carryOut();
        }
      },
    }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: executor.schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}
