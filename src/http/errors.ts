import type { ErrorCode, Vendor } from '../../schema/enums.js';

/** Who failed, as errors and messages name it. */
export interface Whom {
  readonly source: string;
  readonly vendor: Vendor;
  /** The vendor as people write it. */
  readonly title: string;
}

/** The one error of a call to a vendor. Its message is ours; the vendor's own words are only in the log. */
export class VendorError extends Error {
  readonly source: string;
  readonly vendor: Vendor;

  constructor(
    readonly code: ErrorCode,
    whom: Whom,
    readonly status: number | null = null,
    readonly retryAfterSeconds: number | null = null,
    cause?: unknown,
  ) {
    super(sentenceOf(code, whom, status), { cause });
    this.name = 'VendorError';
    this.source = whom.source;
    this.vendor = whom.vendor;
  }
}

/** What such an error says: for whoever needs the words, and has no error. */
export function sentenceOf(code: ErrorCode, { title, source }: Whom, status: number | null = null): string {
  return `${title} (source ${source}) ${sentences[code] ?? 'failed'}${status === null ? '' : ` (status ${status})`}.`;
}

/** Thrown by a parser of `rest.ts` when a 2xx says in its body that it refused. */
export class RefusedInside extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

const sentences: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: 'does not know what was named',
  UNSUPPORTED_BY_VENDOR: 'documents no call for what was asked',
  VENDOR_REJECTED: 'refused the request',
  VENDOR_CONFLICT: 'says that it exists already or is being changed',
  VENDOR_AUTH: 'refused the credentials or the permission',
  VENDOR_RATE_LIMITED: 'has had too many requests; try again later',
  VENDOR_UNAVAILABLE: 'could not be reached or is out of order',
  VENDOR_TIMEOUT: 'did not answer in time',
  VENDOR_BUSY: 'has no free place for another request',
  VENDOR_BAD_RESPONSE: 'answered with something that it does not document',
  QUERY_TOO_EXPENSIVE: 'was not asked any further: the operation has used up the calls that one may make',
  CONCURRENT_CHANGE: 'was changed by somebody else at the same time',
  LEDGER_UNAVAILABLE: 'cannot be told of: the ledger, which alone knows it, cannot be read',
  OUTCOME_UNKNOWN: 'may or may not have carried this out: its answer was lost, and it is not sent again',
};

/** The table of the contract: which status of a vendor is which code. */
export function codeOfStatus(status: number): ErrorCode {
  if (status >= 500) return 'VENDOR_UNAVAILABLE';
  if (status >= 300 && status < 400) return 'VENDOR_BAD_RESPONSE';
  switch (status) {
    case 401:
    case 403:
      return 'VENDOR_AUTH';
    case 404:
      return 'NOT_FOUND';
    case 409:
      return 'VENDOR_CONFLICT';
    case 429:
      return 'VENDOR_RATE_LIMITED';
    default:
      return status >= 400 ? 'VENDOR_REJECTED' : 'VENDOR_BAD_RESPONSE';
  }
}

/** What a write that failed on its way means: once its bytes have left, only a whole 4xx proves that nothing was done. */
export function codeOfWrite(code: ErrorCode, sent: boolean, status: number | null): ErrorCode {
  const refused = status !== null && status >= 400 && status < 500;
  return sent && !refused ? 'OUTCOME_UNKNOWN' : code;
}
