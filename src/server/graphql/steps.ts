import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import type { CarryOut } from './carry-out.js';
import type { OperationContext } from './operation-context.js';

/** What is done beside carrying an operation out. Nothing in it waits for anything. */
export interface Step {
  /** A request has come, and nobody has read what it asks. */
  came?(asked: GraphQLRequestContext<OperationContext>): void;
  /** It is known what is asked, and nothing of it is done yet. What is thrown first refuses it; the other steps are told nevertheless. */
  resolved?(asked: GraphQLRequestContextDidResolveOperation<OperationContext>): void;
  failed?(asked: GraphQLRequestContextDidEncounterErrors<OperationContext>): void;
  /** The answer is there, and has not gone out. */
  answered?(asked: GraphQLRequestContextWillSendResponse<OperationContext>): void;
}

/** Steps as one plugin, in their order, and what they stand around: Apollo waits for each hook of each plugin, whether it does something or not. */
export function inOneGo(steps: readonly Step[], carryOut: CarryOut): ApolloServerPlugin<OperationContext> {
  const listener = {
    async didResolveOperation(asked: GraphQLRequestContextDidResolveOperation<OperationContext>) {
      const refusals: unknown[] = [];
      for (const step of steps) {
        try {
          step.resolved?.(asked);
        } catch (error) {
          refusals.push(error);
        }
      }
      if (refusals.length > 0) throw refusals[0];
    },
    async didEncounterErrors(asked: GraphQLRequestContextDidEncounterErrors<OperationContext>) {
      for (const step of steps) step.failed?.(asked);
    },
    responseForOperation(asked: GraphQLRequestContextResponseForOperation<OperationContext>) {
      return carryOut(asked, (errors) => {
        const failed = Object.assign({}, asked, { errors });
        for (const step of steps) step.failed?.(failed);
      });
    },
    async willSendResponse(asked: GraphQLRequestContextWillSendResponse<OperationContext>) {
      for (const step of steps) step.answered?.(asked);
    },
  };
  return {
    async requestDidStart(asked) {
      for (const step of steps) step.came?.(asked);
      return listener;
    },
  };
}
