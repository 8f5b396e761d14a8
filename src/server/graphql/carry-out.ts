import { HeaderMap, type GraphQLRequestContextResponseForOperation, type GraphQLResponse } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { Format } from './format-error.js';
import type { KeptThings } from './kept-by-id.js';
import type { OperationContext } from './operation-context.js';
import { samenessOf, type SameOperations } from './same-operations.js';
import type { Executor } from './written/executor.js';

type Asked = GraphQLRequestContextResponseForOperation<OperationContext>;

export interface CarryOutOptions {
  readonly executor: Executor;
  readonly same: SameOperations;
  readonly things: KeptThings;
  readonly format: Format;
}

/** Carries an operation out in Apollo's stead; null where there is none of the name that was sent. */
export type CarryOut = (
  asked: Asked,
  onErrors: (errors: readonly GraphQLError[]) => void,
) => Promise<GraphQLResponse | null>;

/**
 * It goes by the hook for answers that are there already. The one for gateways gives each operation an object with accessors, by which
 * all that the operation has read stays in use for V8's collector of young objects.
 */
export function carriedOutBy({ executor, same, things, format }: CarryOutOptions): CarryOut {
  const resultOf = async ({ document, operation, request, queryHash, contextValue: context }: Asked): Promise<Told> => {
    const { operationName, variables, http } = request;
    const isOver = () => context.request.isOver;
    const byId = operation.operation === 'query' ? things.for(context.request) : null;
    const execute = async () => {
      const told = await executor.execute({ document, operation, operationName, variables, context, isOver, byId });
      if (!told.errors) byId?.keep();
      return told;
    };
    if (operation.operation === 'mutation') return same.change(execute);
    const key = samenessOf(context, { text: queryHash!, operationName, variables }, http?.headers);
    return key === null ? execute() : same.ask(key, execute, context.request);
  };
  const formatted = (error: GraphQLError): GraphQLFormattedError => {
    try {
      return format(plain(error), error);
    } catch {
      return { message: 'Internal server error', extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR } };
    }
  };
  return async (asked, onErrors) => {
    if (!asked.operation) return null;
    const { data, errors, status } = await resultOf(asked).catch(failedWith);
    if (errors) onErrors(errors);
    return {
      http: { status: errors && (statusIn(errors) ?? status ?? statusOf(data)), headers: new HeaderMap() },
      body: { kind: 'single', singleResult: { data, errors: errors?.map(formatted) } },
    };
  };
}

interface Told extends ExecutionResult {
  /** Of HTTP, where no error says another. */
  readonly status?: number;
}

/** Something was thrown past the fields, and nothing answered. */
function failedWith(error: unknown): Told {
  if (error instanceof GraphQLError) return { errors: [error], status: 500 };
  const words = error instanceof Error ? error.message : String(error);
  return { errors: [new GraphQLError(words, { originalError: error as Error })], status: 500 };
}

/** The last word of the errors on the status of HTTP. */
function statusIn(errors: readonly GraphQLError[]): number | undefined {
  const said = errors.map(({ extensions: { http } }) => (http as { readonly status?: number } | undefined)?.status);
  return said.findLast((status) => status !== undefined);
}

/** Without any data the variables were not as they have to be. */
function statusOf(data: unknown): number | undefined {
  return data === undefined ? 400 : undefined;
}

/** An error as it is read in an answer, before its words are looked at. */
function plain(error: GraphQLError): GraphQLFormattedError {
  const { code = ApolloServerErrorCode.INTERNAL_SERVER_ERROR } = error.extensions;
  return { ...error.toJSON(), extensions: { code } };
}
