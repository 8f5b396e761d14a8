import { GraphQLError } from 'graphql';
import type { ErrorExtensions } from '../bad-input.js';

/** A document or an operation that is over a limit, and of which nothing is carried out: HTTP 400. */
export class TooExpensive extends GraphQLError {
  constructor(message: string) {
    const extensions: ErrorExtensions = {
      code: 'QUERY_TOO_EXPENSIVE',
      source: null,
      vendor: null,
      status: null,
      retryAfterSeconds: null,
    };
    super(message, { extensions: { ...extensions, http: { status: 400 } } });
  }
}
