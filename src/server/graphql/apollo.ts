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
import { carriedOutBy } from './carry-out.js';
import { completeAnswers } from './complete-answers.js';
import { giveDeadline, type OperationBudget } from './deadline.js';
import { formatErrorWith } from './format-error.js';
import { KeptThings } from './kept-by-id.js';
import { limitOperations } from './limits.js';
import { observe } from './observe.js';
import type { OperationContext } from './operation-context.js';
import { SameOperations } from './same-operations.js';
import { inOneGo } from './steps.js';
import { noteWhoseErrors } from './whose-error.js';
import { Executor } from './written/executor.js';
import { textOf } from './written/written.js';

/** Errors that are told of one document or of its variables, before the one that says that there are more. */
const mostErrors = 4;

/** The GraphQL server over our schema, which carries operations out itself, and tells or asks nobody outside. */
export async function openApollo(
  schema: GraphQLSchema,
  access: Access,
  log: Logger,
  limits: OperationLimits & OperationBudget & { readonly tokens: number },
): Promise<ApolloServer<OperationContext>> {
  const format = formatErrorWith({ schema, log, tokens: limits.tokens });
  const carryOut = carriedOutBy({
    executor: new Executor(schema, mostErrors),
    same: new SameOperations(),
    things: new KeptThings(),
    format,
  });
  const steps = [
    completeAnswers,
    authorize(access),
    limitOperations(schema, limits),
    giveDeadline(limits),
    observe,
    noteWhoseErrors,
  ];
  const apollo = new ApolloServer<OperationContext>({
    schema,
    stringifyResult: (answer) => `${textOf(answer)}\n`,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: format,
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: mostErrors },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      inOneGo(steps, carryOut),
    ],
  });
  await apollo.start();
  return apollo;
}
