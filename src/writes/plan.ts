import { addressOf } from '../http/address.js';
import type { JsonObject } from '../http/rest-call.js';
import type { Session } from '../http/session.js';
import type { Path, WriteStep } from '../vendors/vendor.js';

/** What is to be written at one source: calls as values, to be sent one after another. */
export type Plan = readonly WriteStep[];

/** One call of a write, as it is told to whoever asked for it. */
export interface CallRecord {
  readonly source: string;
  readonly method: string;
  readonly url: string;
  readonly body: JsonObject | null;
  /** Null when it was not sent or got no answer; so is `durationMs`. */
  readonly status: number | null;
  readonly durationMs: number | null;
}

/** The call of a step before it is sent. Made of address and body alone, since credentials travel in headers. */
export function planned({ call }: WriteStep, { url, whom }: Session): CallRecord {
  const { method, path, body = null } = call;
  return { source: whom.source, method, url: addressOf(url, path), body, status: null, durationMs: null };
}

/** A text that two items of a plan share only when they are the same. */
export function itemKey(item: Path): string {
  return JSON.stringify(item);
}
