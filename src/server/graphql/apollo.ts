import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { completeAnswers } from './complete-answers.js';
import { formatErrorWith } from './format-error.js';
import type { OperationContext } from './operation-context.js';

/** The GraphQL server over our schema: plain execution, and nothing that asks or tells anybody outside. */
export async function openApollo(schema: GraphQLSchema, log: Logger): Promise<ApolloServer<OperationContext>> {
  const apollo = new ApolloServer<OperationContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    formatError: formatErrorWith(log),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), completeAnswers],
  });
  await apollo.start();
  return apollo;
}
