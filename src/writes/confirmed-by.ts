import type { Confirmation } from '../../schema/enums.js';
import { VendorError } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import type { Session } from '../http/session.js';
import type { Page, UserRow } from '../vendors/vendor.js';
import { doneItems, type CarriedOut } from './carry-out.js';
import { itemKey } from './plan.js';

/** The list that shows whether edits of members took effect. */
export interface ReadBack {
  readonly session: Session;
  readonly members: RestCall<Page<UserRow>>;
  readonly maxPages: number;
}

/** How it is known that a plan took effect, and the members who were seen by a read after it. */
export interface Confirmed {
  readonly by: Confirmation | null;
  readonly seen: readonly UserRow[];
}

/** Judges by the weakest of the calls. Where an answer proves nothing, the members are read again, once for all of them. */
export async function confirmedBy(carried: readonly CarriedOut[], readBack: ReadBack | null): Promise<Confirmed> {
  if (carried.some(({ outcome }) => outcome.is === 'unknown')) return { by: 'UNKNOWN', seen: [] };
  if (!carried.some(wroteSomething)) return { by: null, seen: [] };
  if (!readBack) return { by: 'VENDOR_RESPONSE', seen: [] };
  const sought = new Set(carried.flatMap(doneItems).map(itemKey));
  const seen = await seenAmong(sought, readBack);
  return { by: seen.length === sought.size ? 'READ_BACK' : 'VENDOR_RESPONSE', seen };
}

function wroteSomething(carried: CarriedOut): boolean {
  const { step, outcome } = carried;
  if (outcome.is !== 'done') return false;
  return step.items.length === 0 || doneItems(carried).length > 0 || outcome.answer.facts.length > 0;
}

/** Goes straight to the vendor, past whatever was read before, and only as far as it takes to see everybody sought. */
async function seenAmong(sought: ReadonlySet<string>, { session, members, maxPages }: ReadBack): Promise<UserRow[]> {
  const seen = new Map<string, UserRow>();
  let call: RestCall<Page<UserRow>> | null = members;
  try {
    for (let pages = 0; call && pages < maxPages && seen.size < sought.size; pages += 1) {
      const { rows, next }: Page<UserRow> = await session.read(call);
      for (const row of rows) if (sought.has(itemKey(row.path))) seen.set(itemKey(row.path), row);
      call = next;
    }
  } catch (error) {
    // The write stands by its answer, whatever became of a look at it.
    if (!(error instanceof VendorError)) throw error;
  }
  return [...seen.values()];
}
