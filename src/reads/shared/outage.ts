import { VendorError } from '../../http/errors.js';

const codes: ReadonlySet<string> = new Set([
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_RATE_LIMITED',
  'VENDOR_BUSY',
]);

/** Whether a source gave no answer that could be trusted more than an older one. A refusal is an answer. */
export function isOutage(error: unknown): error is VendorError {
  return error instanceof VendorError && codes.has(error.code);
}
