/** The two ways to edit members: the whole list in one write, or calls that add and remove. */
import { nobody, type Member, type ModelVendor } from './vendors.js';
import type { Fate, Wire } from './wire.js';

export interface Wish {
  readonly member: Member;
  readonly wanted: boolean;
}

/** One edit under way. */
export interface Attempt {
  readonly vendor: ModelVendor;
  readonly wire: Wire;
  /** Who is in the group at the vendor. */
  readonly now: Set<Member>;
  /** A set is done as a whole, and has read who is in the group. */
  readonly isSet: boolean;
  readonly mayShrink: boolean;
}

/** Whether so few would be left of so many that it must be said that this is meant. */
export function isTooFew(left: number, count: number): boolean {
  return count > 0 && (left === 0 || (count >= 4 && left < count / 2));
}

type Fates = Map<Member, Fate>;

/** What is said of each wish when the whole list is written. */
export function replaceList(attempt: Attempt, wishes: readonly Wish[]): Fates {
  const { wire, now } = attempt;
  const isOpen = ({ member, wanted }: Wish) => now.has(member) !== wanted;
  const fates: Fates = new Map(wishes.filter((wish) => !isOpen(wish)).map(({ member }) => [member, 'unchanged']));
  const open = wishes.filter(isOpen);
  if (open.length === 0) return fates;
  const { mishap } = wire;
  if (mishap?.is !== 'a stranger') return write(attempt, open, fates);
  flip(now, mishap.flips);
  // The same list is never sent twice: what is undone is done again only where something else has changed too.
  const isGivenUp = mishap.undoes && mishap.flips === null;
  if (!isGivenUp) apply(now, open);
  for (let left = mishap.undoes && !isGivenUp ? 2 : 1; left > 0; left -= 1) wire.send(() => {});
  for (const { member } of open) fates.set(member, isGivenUp ? 'CONCURRENT_CHANGE' : wire.tell('yes', true, false));
  return fates;
}

function write(attempt: Attempt, open: readonly Wish[], fates: Fates): Fates {
  const { vendor, wire, now, isSet } = attempt;
  const isTaken = vendor.takesAnybody || open.every(({ member }) => member !== nobody);
  const reply = wire.send(() => (isTaken ? apply(now, open) : 'VENDOR_REJECTED'));
  if (reply === 'VENDOR_REJECTED' && open.length > 1 && !isSet) {
    // Whom the vendor refuses, smaller writes tell. A part of a set was never meant.
    const half = Math.ceil(open.length / 2);
    for (const part of [open.slice(0, half), open.slice(half)]) write(attempt, part, fates);
    return fates;
  }
  for (const { member, wanted } of open) fates.set(member, wire.tell(reply, now.has(member) === wanted, false));
  return fates;
}

/** The same when calls are sent that add and remove. */
export function editByCalls(attempt: Attempt, wishes: readonly Wish[]): Fates {
  const { vendor, wire, now, isSet, mayShrink } = attempt;
  const { size } = now;
  const isLeftOut = ({ member, wanted }: Wish) => isSet && now.has(member) === wanted;
  const fates: Fates = new Map(wishes.filter(isLeftOut).map(({ member }) => [member, 'unchanged']));
  const sent = wishes.filter((wish) => !isLeftOut(wish));
  let stop: Fate | undefined;
  for (const call of callsOf(vendor, sent)) {
    // Where adds of a set were refused, its removes may leave fewer than was said.
    const left = [...fates.values()].filter((fate) => accepted.includes(fate)).length;
    const isObjected = !mayShrink && !call[0]!.wanted && isTooFew(left, size);
    const instead = stop ?? (isObjected ? 'BAD_USER_INPUT' : null);
    const told = instead ? call.map(() => instead) : sendCall(attempt, call);
    for (const [place, { member }] of call.entries()) fates.set(member, told[place]!);
    stop ??= told.find((fate) => fate === 'OUTCOME_UNKNOWN' || fate === 'VENDOR_AUTH');
  }
  if (vendor.edits === 'one by one' && wire.canLook) seeWhoWasSoAlready(now, sent, fates);
  return fates;
}

/** What is said of those whom the vendor took; that somebody has undone it is only seen in the end. */
const accepted: readonly Fate[] = ['made', 'unchanged', 'CONCURRENT_CHANGE'];

/** Adds come before removes. */
function callsOf({ edits }: ModelVendor, wishes: readonly Wish[]): readonly (readonly Wish[])[] {
  return [true, false].flatMap((wanted) => {
    const part = wishes.filter((wish) => wish.wanted === wanted);
    return edits === 'one by one' ? part.map((wish) => [wish]) : part.length > 0 ? [part] : [];
  });
}

function sendCall({ vendor, wire, now }: Attempt, call: readonly Wish[]): readonly Fate[] {
  const before = new Set(now);
  const refused = call.map((wish) => refusalOf(vendor, now, wish));
  const wanted = call.filter((_, place) => !refused[place]);
  const reply = wire.send(() => apply(now, wanted));
  if (wire.mishap?.is === 'a stranger' && wire.writes === 1) {
    if (wire.mishap.undoes)
      apply(
        now,
        wanted.map(({ member }) => ({ member, wanted: before.has(member) })),
      );
    flip(now, wire.mishap.flips);
  }
  return call.map((wish, place) => {
    if (reply === 'yes' && refused[place]) return refused[place];
    return wire.tell(reply, now.has(wish.member) === wish.wanted, vendor.edits === 'one by one');
  });
}

/** What is said of one whom the vendor refuses in a call that it accepts, or by refusing a call about him alone. */
function refusalOf({ edits, isStrict }: ModelVendor, now: ReadonlySet<Member>, { member, wanted }: Wish): Fate | null {
  if (member === nobody) return edits === 'one by one' ? 'NOT_FOUND' : 'VENDOR_REJECTED';
  if (!isStrict || now.has(member) !== wanted) return null;
  return wanted ? 'VENDOR_CONFLICT' : 'NOT_FOUND';
}

/** A 409 about somebody who is in the group, or a 404 about somebody who is not, may say just that. */
function seeWhoWasSoAlready(now: ReadonlySet<Member>, wishes: readonly Wish[], fates: Fates): void {
  for (const { member, wanted } of wishes) {
    const isSo = now.has(member) === wanted;
    if (isSo && fates.get(member) === (wanted ? 'VENDOR_CONFLICT' : 'NOT_FOUND')) fates.set(member, 'unchanged');
  }
}

function apply(now: Set<Member>, wishes: readonly Wish[]): void {
  for (const { member, wanted } of wishes) {
    if (wanted) now.add(member);
    else now.delete(member);
  }
}

function flip(now: Set<Member>, member: Member | null): void {
  if (member !== null) apply(now, [{ member, wanted: !now.has(member) }]);
}
