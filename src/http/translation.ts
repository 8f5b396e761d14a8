import type { ErrorCode } from '../../schema/enums.js';
import { RefusedInside, VendorError, codeOfWrite, type Whom } from './errors.js';
import { Refused } from './gate/ticket.js';
import { Broken } from './port.js';
import type { Receipt } from './receipt.js';
import type { RestCall } from './rest-call.js';

/** Whatever ended a call, as the one error that callers know. */
export function translated(error: unknown, call: RestCall<unknown>, receipt: Receipt, whom: Whom): VendorError {
  if (error instanceof Refused) return new VendorError(error.code, whom, null, error.retryAfterSeconds, error);
  const known = error instanceof VendorError ? error : null;
  const code = known?.code ?? codeOf(error, receipt);
  if (call.does === 'read') return known ?? new VendorError(code, whom, receipt.head, null, error);
  const outcome = error instanceof RefusedInside ? code : codeOfWrite(code, receipt.sent, receipt.status);
  if (known && outcome === known.code) return known;
  return new VendorError(outcome, whom, receipt.status, null, error);
}

function codeOf(error: unknown, receipt: Receipt): ErrorCode {
  if (error instanceof RefusedInside) return error.code;
  // Before the answer's head it is the network; after it, the answer itself.
  return error instanceof Broken && receipt.head === null ? 'VENDOR_UNAVAILABLE' : 'VENDOR_BAD_RESPONSE';
}
