import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Access } from '../callers/access.js';
import { authorize } from './authorize.js';
import type { OperationLimits } from '../../graph/limits/check.js';
import { completeAnswers } from './complete-answers.js';
import { giveDeadline, type OperationBudget } from './deadline.js';
import { formatErrorWith } from './format-error.js';
import { limitOperations } from './limits.js';
import { observe } from './observe.js';
import type { OperationContext } from './operation-context.js';

/** Errors that are told of one document or of its variables, before the one that says that there are more. */
const mostErrors = 4;

/** The GraphQL server over our schema: plain execution, and nothing that asks or tells anybody outside. */
export async function openApollo(
  schema: GraphQLSchema,
  access: Access,
  log: Logger,
  limits: OperationLimits & OperationBudget & { readonly tokens: number },
): Promise<ApolloServer<OperationContext>> {
  const apollo = new ApolloServer<OperationContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: formatErrorWith({ schema, log, tokens: limits.tokens }),
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: mostErrors },
    executionOptions: { maxCoercionErrors: mostErrors },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      completeAnswers,
      authorize(access),
      limitOperations(schema, limits),
      giveDeadline(limits),
      observe,
    ],
  });
  await apollo.start();
  return apollo;
}
