import { addressOf } from '../http/address.js';
import type { JsonObject, RestCall } from '../http/rest-call.js';
import { newReceipt, type Receipt } from '../http/receipt.js';
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

/** A call before it is sent. Made of address and body alone, since credentials travel in headers. */
export function planned(call: RestCall<unknown>, { url, whom }: Session): CallRecord {
  const { method, path, body = null } = call;
  return { source: whom.source, method, url: addressOf(url, path), body, status: null, durationMs: null };
}

/** Sends a call to its end, and notes it among those that are told. */
export async function sent<T>(
  call: RestCall<T>,
  session: Session,
  calls: CallRecord[],
  receipt: Receipt = newReceipt(),
): Promise<T> {
  const record = planned(call, session);
  try {
    return await session.write(call, receipt);
  } finally {
    calls.push({ ...record, status: receipt.status, durationMs: receipt.durationMs });
  }
}

/** A text that two items of a plan share only when they are the same. For this process alone: it is on no disk. */
export function itemKey(item: Path): string {
  // Most are of one part, and many: it takes no JSON, which never begins like this, to tell those apart.
  return item.length === 1 ? `=${item[0]}` : JSON.stringify(item);
}
