import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../schema/enums.js';
import type { VendorError } from '../http/errors.js';

/** The `extensions` of every error of ours; absent values are null. */
export interface ErrorExtensions {
  readonly code: ErrorCode;
  readonly source: string | null;
  readonly vendor: string | null;
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
}

/** What a caller wrote that cannot be meant; said before any vendor is called. */
export class BadInput extends GraphQLError {
  constructor(message: string) {
    const extensions: ErrorExtensions = {
      code: 'BAD_USER_INPUT',
      source: null,
      vendor: null,
      status: null,
      retryAfterSeconds: null,
    };
    super(message, { extensions: { ...extensions } });
  }
}

export function extensionsOf({ code, source, vendor, status, retryAfterSeconds }: VendorError): ErrorExtensions {
  return { code, source, vendor, status, retryAfterSeconds };
}
