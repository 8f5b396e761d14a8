import { VendorError } from '../http/errors.js';
import type { Session } from '../http/session.js';
import { LedgerError, type Ledger } from '../ledger/ledger.js';
import { refKey, type Path, type Ref, type WriteStep } from '../vendors/vendor.js';
import { unknownGroup, unread, type Failure } from './failure.js';
import { membersNow } from './look.js';
import { changesOf, refusedShrinking, type MemberEdit } from './member-edit.js';
import { planned, type CallRecord } from './plan.js';
import type { GroupAt, WriteSource } from './source.js';

/** A step that puts its items into the group or, where they are not wanted, takes them out. */
export interface NativeStep extends WriteStep {
  readonly wanted: boolean;
}

/** What is to be sent, and whom a read showed to be in the group already. */
export interface NativePlan {
  readonly steps: readonly NativeStep[];
  readonly unchanged: readonly Path[];
  /** How many members the group of a set has now; null where it was not read. */
  readonly count: number | null;
  /** By `memberKey`: who is a member as far as the ledger tells, without any read. */
  readonly known: ReadonlySet<string>;
}

/** An add or remove needs no read. A set is the difference from the members as they are now; `reads` gets what is read. */
export async function nativePlan(
  at: GroupAt,
  edit: MemberEdit,
  ledger: Ledger,
  reads: CallRecord[],
): Promise<NativePlan | Failure> {
  const { source, session, group } = at;
  const { commands } = source.adapter;
  const now = edit.does === 'set' ? await currentMembers(at, reads) : [];
  if ('code' in now) return now;
  const refused = refusedShrinking(edit, now.length, session.whom);
  if (refused) return refused;
  const { adds, removes, unchanged } = changesOf(edit, now);
  const steps = [
    ...(adds.length > 0 ? commands.addMembers!(group, adds) : []).map((step) => ({ ...step, wanted: true })),
    ...(removes.length > 0 ? commands.removeMembers!(group, removes) : []).map((step) => ({ ...step, wanted: false })),
  ];
  // What was read just now is newer than what is remembered.
  const known = edit.does === 'set' ? new Set<string>() : await knownMembers(ledger, source, group);
  return { steps, unchanged, count: edit.does === 'set' ? now.length : null, known };
}

async function currentMembers(at: GroupAt, reads: CallRecord[]): Promise<readonly Path[] | Failure> {
  const { whom } = at.session;
  try {
    const members = await membersNow(at.group, { ...at.source, session: noting(at.session, reads) });
    return members ? members.map(({ path }) => path) : unknownGroup(whom);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return unread(error);
  }
}

/** The session, every call of which is noted among those that are told. */
function noting(session: Session, calls: CallRecord[]): Pick<Session, 'write' | 'whom'> {
  return {
    whom: session.whom,
    async write(call, receipt) {
      try {
        return await session.write(call, receipt);
      } finally {
        calls.push({ ...planned(call, session), status: receipt.status, durationMs: receipt.durationMs });
      }
    },
  };
}

/** A member as the ledger keys him. */
export function memberKey(path: Path): string {
  return refKey({ type: 'User', path });
}

async function knownMembers(ledger: Ledger, { name, adapter }: WriteSource, group: Ref): Promise<ReadonlySet<string>> {
  if (!('ledger' in adapter.groups)) return new Set();
  try {
    const known = await ledger.members(name, [group]);
    return new Set((known.get(refKey(group)) ?? []).map(({ member }) => refKey(member)));
  } catch (error) {
    // Only what is told of them depends on it.
    if (!(error instanceof LedgerError)) throw error;
    return new Set();
  }
}
