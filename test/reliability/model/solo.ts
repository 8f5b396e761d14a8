/** One edit with nobody beside it: what it must come to is known in advance. */
import { expect } from 'vitest';
import { unknown, type Books, type GroupBook, type KeyBook } from './books.js';
import { nothing, outcomeOf, wishesOf, type Edit } from './edit.js';
import { cutShort, type Ended } from './ends.js';
import { arm } from './mishaps.js';
import { entryOf, orderOf, send, type Answer, type Order, type Payload } from './orders.js';
import { heldAsTold, toldOf } from './telling.js';
import type { GroupState, ModelVendor } from './vendors.js';
import { isSilent, type Mishap } from './wire.js';
import type { World } from './world.js';

export async function carryOut(
  books: Books,
  world: World,
  order: Order,
  edit: Edit,
  mishap: Mishap | null,
): Promise<void> {
  const held = books.heldBy(order);
  if (held) return ask(world, held, order);
  const before = books.groups[edit.place].state;
  const possible = possibleEnds(books, world.vendor, edit, mishap);
  const writes = world.writes.length;
  const disarm = arm(world, mishap, edit.place);
  const answer = await send(world.life, order, { isHasty: isSilent(mishap) });
  const lying = disarm();

  expect(world.life.isOver, 'whether the process was killed').toBe(possible[0]!.isKilled ?? false);
  if (!answer) await world.restart();
  const end = answer ? endTold(world.vendor, edit, answer.payload, possible) : possible[0]!;
  books.letLie(lying);
  expectWrites(world.writes.length - writes, end, mishap);
  await enter(books, world.vendor, order, edit, before, end, answer);
  if (!answer) books.restarted();
  acknowledge(books, edit, before, end, mishap);
  if (answer) expect(answer.replayed).toBe(false);
  if (answer && end.held !== 'INTENT') await expectEntry(world, order, answer, end.held);
}

/** A key that is held is answered as it was, whoever asks; with another input it is refused. Nothing is sent either way. */
export async function ask(world: World, held: KeyBook, order: Order, times = 1): Promise<void> {
  const writes = world.writes.length;
  const answers = await Promise.all(Array.from({ length: times }, () => send(world.life, order)));
  const isSame = JSON.stringify(order.input) === JSON.stringify(held.order.input);
  for (const answer of answers) {
    const { payload, replayed } = answer!;
    expect(replayed, 'whether it is the earlier answer').toBe(isSame);
    if (!isSame) expect(payload.userErrors.map(({ code }) => code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    else if (held.payload) expect(payload, 'what the key has led to').toEqual(held.payload);
    else if (held.telling) toldOf(world.vendor, held.edit, payload, [held.telling]);
    if (isSame) held.payload = payload;
  }
  expect(world.writes.length - writes, 'writes').toBe(0);
}

/** A plan tells what would come of it, and leaves nothing behind. */
export async function rehearse(books: Books, world: World, edit: Edit, key: string | null): Promise<void> {
  const { vendor } = world;
  const { failure, fates, writes } = outcomeOf(vendor, books.groups[edit.place].state, edit, null);
  // Whether those whom nobody has read are as they are to be, only the vendor's answer will tell.
  const isRead = vendor.edits === 'the list' || edit.does === 'set';
  const planned = new Map([...fates].map(([member, fate]) => [member, isRead ? fate : 'made'] as const));
  const before = world.writes.length;

  const answer = await send(world.life, orderOf(vendor, edit, 'ann', key), { dryRun: true });

  toldOf(vendor, edit, answer!.payload, [{ failure, fates: planned, confirmedBy: null }]);
  expect(answer!.payload.calls.length, 'calls that would be sent').toBe(writes);
  expect(answer!.key, 'a key that is used').toBeNull();
  expect(world.writes.length - before, 'writes').toBe(0);
}

function possibleEnds(books: Books, vendor: ModelVendor, edit: Edit, mishap: Mishap | null): readonly Ended[] {
  const { state } = books.groups[edit.place];
  if (mishap?.is === 'a bad read' && vendor.isSeenFirst?.(edit.place)) return [nothing(state, mishap.code)];
  if (books.isShut(edit.place)) return [nothing(state, 'GROUP_BUSY')];
  const end = cutShort(outcomeOf(vendor, state, edit, mishap), state, edit, vendor, mishap);
  if (!isSilent(mishap)) return [end];
  // On a busy machine more than the silence may take longer than a short deadline.
  const blind = outcomeOf(vendor, state, edit, { ...mishap, blind: true });
  const late = nothing(state, 'VENDOR_TIMEOUT');
  const fates = new Map(wishesOf(edit, state).map(({ member }) => [member, 'VENDOR_TIMEOUT' as const]));
  return [end, blind, late, { ...late, failure: null, fates }];
}

function endTold(vendor: ModelVendor, edit: Edit, payload: Payload, possible: readonly Ended[]): Ended {
  const end = toldOf(vendor, edit, payload, possible);
  return { ...end, held: heldAsTold(end.held, payload) };
}

function expectWrites(sent: number, { writes, fates }: Ended, mishap: Mishap | null): void {
  const isSought = mishap?.is === 'a refusal' || [...fates.values()].includes('VENDOR_REJECTED');
  // How it is found out whom the vendor refuses among several is not promised, only that it takes few writes.
  if (isSought) expect(sent, 'writes').toBeLessThanOrEqual(Math.max(1, 2 * fates.size));
  else expect(sent, 'writes').toBe(writes);
}

async function enter(
  books: Books,
  vendor: ModelVendor,
  order: Order,
  edit: Edit,
  before: GroupState,
  end: Ended,
  answer: Answer | null,
): Promise<void> {
  books.groups[edit.place].state = end.after;
  if (end.isOpen) books.shut(edit.place);
  // What stands as under way may still be sent, as far as others know.
  if (end.held === 'INTENT') await books.shutAtLeast(edit.place);
  if (!end.held) return;
  // Of a killed process only the ledger tells the key that it made.
  const key = order.input.idempotencyKey ?? answer?.key ?? (await books.unbooked())[0]!;
  const isLost = end.held === 'INTENT' || (answer === null && end.held === 'UNKNOWN');
  books.hold({
    order: { ...order, input: { ...order.input, idempotencyKey: key } },
    edit,
    state: end.held,
    payload: isLost ? null : (answer?.payload ?? null),
    telling: isLost ? unknown : end,
    expected: edit.does === 'change' ? 'its value' : expectedOf(vendor, edit, before),
  });
}

function expectedOf(vendor: ModelVendor, edit: Edit, before: GroupState): KeyBook['expected'] {
  // Of a set, calls that add and remove name only whom they change.
  const isPart = edit.does === 'set' && vendor.edits !== 'the list';
  const wishes = wishesOf(edit, before).filter(
    ({ member, wanted }) => !isPart || before.members.has(member) !== wanted,
  );
  return new Map(wishes.map(({ member, wanted }) => [member, wanted]));
}

/** What is said of members holds from now on; of whom nothing certain is said, nothing holds any more. */
function acknowledge(books: Books, edit: Edit, before: GroupState, end: Ended, mishap: Mishap | null): void {
  const { acknowledged } = books.groups[edit.place];
  if (edit.does === 'change') acknowledgeValue(books.groups[edit.place], edit.value, end);
  for (const { member, wanted } of wishesOf(edit, before)) {
    const fate = end.isKilled ? 'OUTCOME_UNKNOWN' : (end.fates.get(member) ?? end.failure);
    if (fate === 'made' || fate === 'unchanged') acknowledged.set(member, wanted);
    else if (fate === 'OUTCOME_UNKNOWN' || fate === 'CONCURRENT_CHANGE') acknowledged.delete(member);
  }
  if (mishap?.is === 'a stranger' && mishap.flips !== null) acknowledged.delete(mishap.flips);
}

function acknowledgeValue(book: GroupBook, value: number, { isKilled, failure }: Ended): void {
  if (isKilled || failure === 'OUTCOME_UNKNOWN' || failure === 'CONCURRENT_CHANGE') book.acknowledgedValue = null;
  else if (failure === null) book.acknowledgedValue = value;
}

/** The ledger tells what its caller was told. */
export async function expectEntry(
  { life }: World,
  { caller, mutation }: Order,
  { key, payload }: Answer,
  held: Ended['held'],
): Promise<void> {
  const entry = await entryOf(life, caller, mutation, key!);
  if (held === null) expect(entry?.state ?? 'UNSENT').toBe('UNSENT');
  else expect(entry).toEqual({ state: held, userErrors: payload.userErrors, calls: payload.calls });
}
