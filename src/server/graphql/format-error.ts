import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, isEnumType, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { BadInput, type ErrorExtensions } from '../../graph/bad-input.js';
import { grouped } from '../../graph/limits/grouped.js';
import { VendorError } from '../../http/errors.js';
import { LedgerError } from '../../ledger/ledger.js';
import { isAboutLiteral, literalMessage, withoutValues } from './document-words.js';
import { requestIdOf } from './whose-error.js';
import { variableMessage, variableOf } from './variable-words.js';

const { INTERNAL_SERVER_ERROR, ...codesOfRequests } = ApolloServerErrorCode;

/** What Apollo says of a request without giving it a code. */
const badRequests = ['Unsupported persisted query version', 'provided sha does not match query'];
const tooManyVariables = 'Too many errors processing variables, error limit reached. Execution aborted.';
const tooManyTokens = /^Syntax Error: Document contains more that \d+ tokens/;

/** Places of an error that are told; graphql tells all fields that contradict each other. */
const mostLocations = 2;

export interface ErrorWords {
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  /** Lexical tokens that one document may have. */
  readonly tokens: number;
}

/** Translates what was thrown, whose form in an answer is given beside it. */
export type Format = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * The one translation of whatever was thrown into what a caller may read: a code of the list, and words that are ours, or graphql's
 * about the document, without any value that the caller sent. All else is an internal error, and only the log says more.
 */
export function formatErrorWith({ schema, log, tokens }: ErrorWords): Format {
  const ours = codesOf(schema);
  const ofRequests = new Set<string>(Object.values(codesOfRequests));

  return (formatted, error) => {
    const original = unwrapResolverError(error);
    const { locations, path } = formatted;
    const told = (message: string, code: string, of: Partial<ErrorExtensions> = {}): GraphQLFormattedError => ({
      message,
      ...(locations && { locations: locations.slice(0, mostLocations) }),
      ...(path && { path }),
      extensions: ours.has(code) ? { code, ...whose(of) } : { code },
    });

    if (original instanceof VendorError) return told(original.message, original.code, original);
    if (original instanceof LedgerError) {
      log.error({ requestId: requestIdOf(original), err: original }, 'the ledger could not be read');
      return told('The ledger cannot be read.', 'LEDGER_UNAVAILABLE');
    }
    if (original instanceof GraphQLError) {
      const { message } = original;
      const code = String(formatted.extensions?.['code']);
      const variable = variableOf(original);
      if (variable) return told(variableMessage(schema, variable, message), 'BAD_USER_INPUT');
      if (isAboutLiteral(original, code)) return told(literalMessage(original), path ? 'BAD_USER_INPUT' : code);
      if (message === tooManyVariables) return told(message, 'BAD_USER_INPUT');
      if (tooManyTokens.test(message)) return told(tokensMessage(tokens), 'QUERY_TOO_EXPENSIVE');
      if (badRequests.includes(message)) return told(message, 'BAD_REQUEST');
      // A scalar may call a vendor's value the caller's input, so that the code alone proves nothing.
      if (code === 'BAD_USER_INPUT' ? original instanceof BadInput : ours.has(code)) {
        return told(message, code, original.extensions);
      }
      if (ofRequests.has(code) && !path) return told(code === 'BAD_REQUEST' ? message : withoutValues(message), code);
    }
    log.error({ requestId: requestIdOf(original), err: original }, 'a resolver failed');
    return told('Internal server error', INTERNAL_SERVER_ERROR);
  };
}

/** The codes that the schema names. */
function codesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const type = schema.getType('ErrorCode');
  return new Set(isEnumType(type) ? type.getValues().map(({ name }) => name) : []);
}

function whose({ source, vendor, status, retryAfterSeconds }: Partial<ErrorExtensions>): Omit<ErrorExtensions, 'code'> {
  return {
    source: source ?? null,
    vendor: vendor ?? null,
    status: status ?? null,
    retryAfterSeconds: retryAfterSeconds ?? null,
  };
}

function tokensMessage(tokens: number): string {
  const limit = grouped(tokens);
  return `The document has more tokens than the limit of ${limit} (limits.tokens). To mend it, send it in several documents.`;
}
