import type { ErrorCode } from '../../schema/enums.js';
import type { RestCall } from './rest-call.js';

/** A bearer that ends: minted by a call without credentials, renewed before its end and once after a 401. */
export interface MintedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** How a vendor is reached: all that the transport has to know of it. */
export interface Connection {
  /** Origin and base path as configured, without a trailing slash. Credentials go nowhere else. */
  readonly url: string;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the credential is a token that must be asked for. */
  readonly minted?: {
    readonly call: RestCall<MintedToken>;
    headers(token: string): Readonly<Record<string, string>>;
  };
  /** Some TestRail servers write a line of text before the JSON. */
  readonly bannerBeforeJson?: RegExp;
  /** Statuses that mean something else at this vendor than the table in `errors.ts` says. */
  readonly codes?: Readonly<Record<number, ErrorCode>>;
  /** Every value that must never appear in a log, error, trace or plan. */
  readonly secrets: readonly string[];
}
