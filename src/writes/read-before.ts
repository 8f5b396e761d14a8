import { VendorError } from '../http/errors.js';
import type { GroupRow } from '../vendors/vendor.js';
import { unknownGroup, unread, type Failure } from './failure.js';
import { sent, type CallRecord } from './plan.js';
import type { GroupAt } from './source.js';

/** The group as it is at this moment, straight from the vendor; the read is noted among the calls that are told. */
export async function readBefore(
  { source, session, group }: GroupAt,
  calls: CallRecord[],
): Promise<GroupRow | Failure> {
  try {
    return (await sent(source.adapter.groupBefore!.read(group.path), session, calls)) ?? unknownGroup(session.whom);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return error.code === 'NOT_FOUND' ? unknownGroup(session.whom) : unread(error);
  }
}
