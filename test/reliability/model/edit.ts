/** What an edit comes to that meets no other of ours, told from the promises alone: who is in the group then, and what is said of each. */
import type { Confirmation, ErrorCode, LedgerState } from '../../../schema/enums.js';
import type { GroupState, Member, ModelVendor, Place } from './vendors.js';
import { editByCalls, isTooFew, replaceList, type Wish } from './ways.js';
import { Wire, type Fate, type Mishap } from './wire.js';

export interface Edit {
  readonly does: 'add' | 'remove' | 'set' | 'change';
  readonly place: Place;
  readonly members: readonly Member[];
  /** Of a set. */
  readonly expectedCount: number | null;
  /** Of a change: which of the vendor's values it gives. */
  readonly value: number;
}

/** What its caller is told. */
export interface Telling {
  /** What went wrong with the edit as a whole. */
  readonly failure: ErrorCode | null;
  readonly fates: ReadonlyMap<Member, Fate>;
  readonly confirmedBy: Confirmation | null;
}

export interface Outcome extends Telling {
  readonly after: GroupState;
  readonly writes: number;
  /** As what its entry holds the key; null where it holds none. */
  readonly held: Exclude<LedgerState, 'UNSENT'> | null;
  /** Whether the vendor may still do what it was sent. */
  readonly isOpen: boolean;
}

export function outcomeOf(vendor: ModelVendor, before: GroupState, edit: Edit, mishap: Mishap | null): Outcome {
  const isSet = edit.does === 'set';
  const isRead = vendor.edits === 'the list' || isSet || vendor.isSeenFirst?.(edit.place);
  if (mishap?.is === 'a bad read' && isRead) return nothing(before, mishap.code);
  const { size } = before.members;
  if (isSet && edit.expectedCount !== null && edit.expectedCount !== size) return nothing(before, 'CONCURRENT_CHANGE');
  const mayShrink = !isSet || edit.expectedCount !== null;
  if (!mayShrink && isTooFew(edit.members.length, size)) return nothing(before, 'BAD_USER_INPUT');
  const wire = new Wire(mishap);
  if (edit.does === 'change') return changed(vendor, wire, before, edit.value);
  const now = new Set(before.members);
  const way = vendor.edits === 'the list' ? replaceList : editByCalls;
  const fates = way({ vendor, wire, now, isSet, mayShrink }, wishesOf(edit, before));
  // What is added or removed without a read may have been so before.
  const mayHaveBeenSo = vendor.edits !== 'the list' && !isSet;
  return outcome(wire, { ...before, members: now }, { failure: null, fates }, mayHaveBeenSo);
}

function changed(vendor: ModelVendor, wire: Wire, before: GroupState, value: number): Outcome {
  let now = before;
  const reply = wire.send(() => void (now = { ...before, value }));
  const fate = wire.tell(reply, now.value === value, vendor.edits === 'one by one');
  const failure = fate === 'made' || fate === 'unchanged' ? null : fate;
  // Only a vendor that takes whole lists is read first: elsewhere it may have been so before, as far as anybody knows.
  const mayHaveBeenSo = vendor.edits !== 'the list' || before.value === value;
  return outcome(wire, now, { failure, fates: new Map() }, mayHaveBeenSo);
}

/** What ends before anything is sent. */
export function nothing(after: GroupState, failure: ErrorCode): Outcome {
  return { failure, fates: new Map(), confirmedBy: null, after, writes: 0, held: null, isOpen: false };
}

/** Who is to be in the group and who is not; a set says so of everybody in it. */
export function wishesOf({ does, members }: Edit, { members: now }: GroupState): readonly Wish[] {
  if (does !== 'set') return members.map((member) => ({ member, wanted: does === 'add' }));
  // As vendors list them.
  const leaving = [...now].filter((member) => !members.includes(member)).toSorted();
  return [
    ...members.map((member) => ({ member, wanted: true })),
    ...leaving.map((member) => ({ member, wanted: false })),
  ];
}

/** `mayHaveBeenSo`: no read has shown that it was not so before: that it is seen afterwards does not prove that a write has done it. */
function outcome(
  wire: Wire,
  after: GroupState,
  { failure, fates }: Pick<Telling, 'failure' | 'fates'>,
  mayHaveBeenSo: boolean,
): Outcome {
  const { writes, confirmedBy } = wire;
  const held = heldBy(failure ? [failure] : [...fates.values()]);
  const isOpen = held === 'UNKNOWN' || (wire.hasLost && mayHaveBeenSo);
  return { failure, fates, confirmedBy, after, writes, held, isOpen };
}

/** What was turned away or never sent. */
const freeing: readonly Fate[] = ['VENDOR_RATE_LIMITED', 'LEDGER_UNAVAILABLE', 'BAD_USER_INPUT'];

/** How the ledger calls it. The key is free where nothing was done, nor refused by the vendor. */
export function heldBy(fates: readonly Fate[]): Outcome['held'] {
  if (fates.includes('OUTCOME_UNKNOWN')) return 'UNKNOWN';
  const failures = fates.filter((fate) => fate !== 'made' && fate !== 'unchanged');
  if (failures.length === 0 || fates.includes('made')) return 'DONE';
  return failures.every((fate) => freeing.includes(fate)) ? null : 'REFUSED';
}
