import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { extensionsOf } from '../../graph/bad-input.js';
import { VendorError } from '../../http/errors.js';
import { LedgerError } from '../../ledger/ledger.js';

/** The one translation of whatever was thrown into what a caller may read: our own words, or none. */
export function formatErrorWith(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = unwrapResolverError(error);
    if (original instanceof VendorError)
      return { ...formatted, message: original.message, extensions: { ...extensionsOf(original) } };
    if (original instanceof LedgerError) {
      log.error({ err: original }, 'the ledger could not be read');
      return { ...formatted, message: 'The ledger cannot be read.', extensions: { code: 'LEDGER_UNAVAILABLE' } };
    }
    if (original instanceof GraphQLError) return formatted;
    log.error({ err: original }, 'a resolver failed');
    return { ...formatted, message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}
