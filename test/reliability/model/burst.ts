/** Several edits at once, and what can be known of them. */
import { expect } from 'vitest';
import type { JournalEntry } from '../../../src/sandbox/journal.js';
import { unknown, type Books } from './books.js';
import { heldBy, type Edit, type Outcome, type Telling } from './edit.js';
import { arm } from './mishaps.js';
import { entryOf, orderOf, send, type Answer, type Order } from './orders.js';
import { expectEntry } from './solo.js';
import { heldAsTold, tellingOf } from './telling.js';
import { unexplained, valuesOf, wordsOf, writesInSomeOrder, type Told } from './together.js';
import { company, nobody, places, type GroupState, type ModelVendor, type Place } from './vendors.js';
import type { Fate, Mishap } from './wire.js';
import type { World } from './world.js';

export interface Part {
  readonly edit: Edit;
  readonly caller: string;
  /** Whether it is sent twice, under the same key. */
  readonly isTwice: boolean;
}

interface Sent extends Part {
  readonly order: Order;
  readonly answer: Answer | null;
}

type Known = Sent & Told;

export async function carryOutTogether(
  books: Books,
  world: World,
  parts: readonly Part[],
  mishap: Mishap | null,
  latencyMs: number,
): Promise<void> {
  const before = { 0: books.groups[0].state, 1: books.groups[1].state };
  const open = places.filter((place) => !books.isShut(place));
  const writes = world.writes.length;
  const { sent, lying } = await sendAll(books, world, parts, mishap, latencyMs);
  const known: Known[] = [];
  for (const one of sent) known.push({ ...one, telling: await enter(books, world, one, mishap) });
  let most = 0;
  for (const place of places) {
    const here = known.filter(({ edit }) => edit.place === place);
    if (open.includes(place)) most += expectExplained(world, place, before[place], here, mishap);
    else expectBusy(world.vendor, place, here, mishap);
    await settle(books, world, place, here, open.includes(place));
  }
  books.letLie(lying);
  expect(world.writes.length - writes, 'writes').toBeLessThanOrEqual(most);
}

async function sendAll(
  books: Books,
  world: World,
  parts: readonly Part[],
  mishap: Mishap | null,
  latencyMs: number,
): Promise<{ sent: readonly Sent[]; lying: readonly JournalEntry[] }> {
  const disarm = arm(world, mishap, 0);
  world.server.setLatency(latencyMs);
  const sending = parts.map(async (part): Promise<Sent> => {
    const order = orderOf(world.vendor, part.edit, part.caller, books.freshKey());
    const again = part.isTwice ? send(world.life, order) : null;
    const [one, other] = await Promise.all([send(world.life, order), again]);
    if (one && other) expect({ ...other, replayed: one.replayed }, 'the same key').toEqual(one);
    return { ...part, order, answer: one };
  });
  const sent = await Promise.all(sending);
  world.server.setLatency(0);
  const lying = disarm();
  if (world.life.isOver) {
    await world.restart();
    books.restarted();
  }
  return { sent, lying };
}

/** Enters what a key has led to, as the ledger tells it, which is what was answered. */
async function enter(
  books: Books,
  world: World,
  { order, edit, answer }: Sent,
  mishap: Mishap | null,
): Promise<Telling> {
  const key = order.input.idempotencyKey!;
  const entry = await entryOf(world.life, order.caller, order.mutation, key);
  const state = entry && entry.state !== 'UNSENT' ? entry.state : null;
  const isLost = state === 'INTENT' || (state === 'UNKNOWN' && !answer);
  // What nobody was answered any more, whoever asks again is.
  const given = answer ?? (state && !isLost ? await send(world.life, order) : null);
  const payload = isLost ? null : (given?.payload ?? null);
  if (state) books.hold({ order, edit, state, payload, telling: isLost ? unknown : null, expected: null });
  if (!given) return state ? unknown : neverBegun;
  const telling = tellingOf(world.vendor, edit, given.payload);
  const isKept = mishap?.is !== 'a full disk' || mishap.at !== 'finish';
  if (isKept) expect(state, `what ${key} has led to`).toBe(heldAsTold(stateAsTold(telling), given.payload));
  if (answer && !isLost) await expectEntry(world, order, answer, state);
  return telling;
}

const neverBegun: Telling = { failure: 'LEDGER_UNAVAILABLE', fates: new Map(), confirmedBy: null };

/** What ends an edit before anything of it is sent, where nobody else is at the group. */
const unsent: readonly Fate[] = [
  'GROUP_BUSY',
  'BAD_USER_INPUT',
  'CONCURRENT_CHANGE',
  'LEDGER_UNAVAILABLE',
  'VENDOR_UNAVAILABLE',
  // Left out because of what became of the one before: what was sent is confirmed as UNKNOWN, too.
  'OUTCOME_UNKNOWN',
];

function stateAsTold({ failure, fates, confirmedBy }: Telling): Outcome['held'] {
  if (confirmedBy === 'UNKNOWN') return 'UNKNOWN';
  const all = [...fates.values(), ...(failure ? [failure] : [])];
  const sent = all.filter((fate) => !unsent.includes(fate));
  const isUnsent = sent.length < all.length && sent.every((fate) => fate === 'unchanged');
  return isUnsent ? null : heldBy(sent);
}

/** Whose group is looked at first hears before that when a lost write has left the vendor unreadable. */
function expectBusy(vendor: ModelVendor, place: Place, here: readonly Known[], mishap: Mishap | null): void {
  const isBlind = mishap?.is === 'a lost answer' && mishap.blind && vendor.isSeenFirst?.(place);
  const codes = ['GROUP_BUSY', ...(isBlind ? ['VENDOR_UNAVAILABLE'] : [])];
  for (const { answer, telling } of here) if (answer) expect(codes).toContain(telling.failure);
}

/** There must be an order that explains all that was told; gives the most writes that it can take. */
function expectExplained(
  world: World,
  place: Place,
  before: GroupState,
  here: readonly Known[],
  mishap: Mishap | null,
): number {
  const { vendor } = world;
  const after = world.group(place);
  if (mishap) {
    expect(unexplained(vendor, before, after, here), `whom of group ${place} no order explains`).toEqual([]);
    expect(valuesOf(before, here), `the value of group ${place}`).toContain(after.value);
    return mostWrites(here);
  }
  const all = here.map(({ edit, answer }) => ({ edit, payload: answer!.payload }));
  const writes = writesInSomeOrder(vendor, before, after, all);
  expect(writes, `an order that explains what became of group ${place}: ${JSON.stringify(all)}`).not.toBeNull();
  // Whom the vendor refuses is sought among all who share a write with him.
  return here.some(({ edit }) => edit.members.includes(nobody)) ? mostWrites(here) : writes!;
}

/** However often the vendor is asked about each of their members. */
function mostWrites(here: readonly Known[]): number {
  return here.reduce((sum, { edit }) => sum + 2 * (edit.members.length + company.length), 0);
}

async function settle(
  books: Books,
  world: World,
  place: Place,
  here: readonly Known[],
  wasOpen: boolean,
): Promise<void> {
  const { acknowledged } = books.groups[place];
  const { members } = books.adopt(place);
  if (wasOpen && here.some((one) => isUnsettled(books, one))) books.shut(place);
  // It may be shut for longer, or out of caution.
  if (wasOpen) await books.shutAtLeast(place);
  for (const member of [...company.keys(), nobody]) {
    const words = wordsOf(member, here);
    if (words.some(({ is }) => is === 'perhaps made')) acknowledged.delete(member);
    else if (words.length > 0) acknowledged.set(member, members.has(member));
  }
  // Which of several changes came last nobody promises.
  if (here.some(({ edit }) => edit.does === 'change')) books.groups[place].acknowledgedValue = null;
}

function isUnsettled(books: Books, { order }: Sent): boolean {
  const state = books.heldBy(order)?.state;
  return state === 'UNKNOWN' || state === 'INTENT';
}
