/** What can happen, one after the other. Each command ends with vendor and ledger held against the books. */
import type { AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import type { Books, KeyBook } from './books.js';
import { carryOutTogether, type Part } from './burst.js';
import { letPass } from './clock.js';
import type { Edit } from './edit.js';
import { orderOf } from './orders.js';
import { ask, carryOut, rehearse } from './solo.js';
import { places, type GroupState, type Member, type Place } from './vendors.js';
import type { Mishap } from './wire.js';
import type { World } from './world.js';

export type Command = AsyncCommand<Books, World>;

/** An edit as it is drawn: how many members its group has is known only when its turn comes. */
export interface Draft extends Omit<Edit, 'expectedCount'> {
  readonly counts: 'rightly' | 'wrongly' | 'not';
}

export interface Draw {
  readonly draft: Draft;
  readonly caller: string;
  readonly mishap: Mishap | null;
}

function command(
  words: string,
  run: (books: Books, world: World) => Promise<void>,
  check: (books: Books) => boolean = () => true,
): Command {
  return {
    check,
    async run(books, world) {
      await run(books, world);
      await books.expectAgreement();
    },
    toString: () => words,
  };
}

export function edit({ draft, caller, key, mishap }: Draw & { readonly key: string | null }): Command {
  const under = key === null ? '' : ` under ${key}`;
  return command(`${wordsOf(draft)} by ${caller}${under}${wordsOfMishap(mishap)}`, async (books, world) => {
    const meant = editOf(draft, books);
    await carryOut(books, world, orderOf(world.vendor, meant, caller, key), meant, fitting(mishap, meant));
  });
}

export function together(
  parts: readonly (Omit<Part, 'edit'> & { readonly draft: Draft })[],
  mishap: Mishap | null,
  latencyMs: number,
): Command {
  const words = parts.map(({ draft, isTwice }) => `${wordsOf(draft)}${isTwice ? ' twice' : ''}`).join(' | ');
  return command(`at once, ${latencyMs} ms away: ${words}${wordsOfMishap(mishap)}`, (books, world) => {
    const meant = parts.map(({ draft, ...part }) => ({ ...part, edit: editOf(draft, books) }));
    return carryOutTogether(books, world, meant, mishap, latencyMs);
  });
}

export function dryRun(draft: Draft, key: string | null): Command {
  return command(`a dry run of ${wordsOf(draft)} under ${key}`, (books, world) =>
    rehearse(books, world, editOf(draft, books), key),
  );
}

/** The same under a key that is held, from several callers at once; or something else under it. */
export function again(which: number, isSame: boolean, times: number): Command {
  return command(
    `${isSame ? 'the same' : 'something else'} under held key ${which}, ${times} times`,
    async (books, world) => {
      const held = nth(books, which);
      const { order, edit: before } = held;
      const other = { ...order.input, group: world.vendor.groupId(before.place === 0 ? 1 : 0) };
      await ask(world, held, isSame ? order : { ...order, input: other }, times);
    },
    ({ held }) => held.length > 0,
  );
}

/** Somebody changes a group by the vendor's own pages. */
export function byHand(place: Place, members: readonly Member[]): Command {
  return command(`somebody else changes ${members.join(', ')} of group ${place}`, async (books, world) => {
    const now = new Set(world.group(place).members);
    for (const member of members) {
      if (!now.delete(member)) now.add(member);
      books.groups[place].acknowledged.delete(member);
    }
    world.put(place, now);
    books.adopt(place);
  });
}

export const restart = command('a restart', async (books, world) => {
  await world.restart();
  books.restarted();
});

/** The vendor does what it let lie. What was acknowledged since must hold all the same. */
export const late = command(
  'the vendor does what it let lie',
  async (books) => books.doLate(),
  (books) => books.late.length > 0,
);

/** What is open afterwards is so beyond doubt; what the vendor let lie it has done then. */
export const pass = command('some time passes', async (books, world) => {
  let ms = world.settleMs * 0.4;
  const leftMs = await Promise.all(places.map((place) => world.shutMs(place)));
  const isOpening = (left: number) => left > 0 && left < ms + longerThanAnyWaits;
  for (const left of leftMs.toSorted((one, other) => one - other)) if (isOpening(left)) ms = Math.max(ms, left + 1);
  if (leftMs.some(isOpening)) books.doLate();
  letPass(ms);
  // The books are a little later than the ledger, and more so on a busy machine.
  for (const place of places) if (leftMs[place]! < ms) books.groups[place].shutUntil = 0;
});

const longerThanAnyWaits = 10_000;

/** Groups that are shut open, at once or in a moment that an edit waits. What is let lie for longer nobody can promise anything of. */
export function settle(isAtOnce: boolean): Command {
  const momentMs = isAtOnce ? -1 : 30;
  return command(
    isAtOnce ? 'the groups open' : 'the groups are about to open',
    async (books, world) => {
      books.doLate();
      const leftMs = await Promise.all(places.map((place) => world.shutMs(place)));
      letPass(Math.max(0, Math.max(...leftMs) - momentMs));
      for (const place of places) books.groups[place].shutUntil = 0;
    },
    (books) => places.some((place) => books.isShut(place)),
  );
}

/** Somebody looks what became of an entry, as `rollcall ledger reconcile` does. */
export function look(which: number): Command {
  return command(
    `a look at held key ${which}`,
    async (books, world) => {
      const { order, edit: of, expected } = nth(books, which);
      const { caller, mutation, input } = order;
      const entries = await world.entries();
      const writes = world.writes.length;

      const verdict = await world.finding(
        entries.find((one) => one.caller === caller && one.mutation === mutation && one.key === input.idempotencyKey)!,
      );

      if (expected) expect(verdict).toBe(verdictOf(expected, world.group(of.place), of.value));
      expect(world.writes.length - writes, 'writes').toBe(0);
    },
    ({ held }) => held.length > 0,
  );
}

function verdictOf(expected: NonNullable<KeyBook['expected']>, { members, value }: GroupState, wanted: number): string {
  const isSo = ([member, isIn]: readonly [Member, boolean]) => members.has(member) === isIn;
  const all = expected === 'its value' ? [value === wanted] : [...expected].map(isSo);
  if (all.every(Boolean)) return 'SEEN';
  return all.some(Boolean) ? 'SEEN_IN_PART' : 'NOT_SEEN';
}

function nth({ held }: Books, which: number): KeyBook {
  return held[which % held.length]!;
}

function editOf({ counts, ...draft }: Draft, books: Books): Edit {
  const { size } = books.groups[draft.place].state.members;
  const counted = counts === 'rightly' ? size : size + 1;
  return { ...draft, expectedCount: draft.does === 'set' && counts !== 'not' ? counted : null };
}

/** A stranger does something to members, and to none whom the edit is about but those whom it has changed. */
function fitting(mishap: Mishap | null, { does, members }: Edit): Mishap | null {
  if (mishap?.is !== 'a stranger') return mishap;
  if (does === 'change') return null;
  const flips = does === 'set' || members.includes(mishap.flips!) ? null : mishap.flips;
  return { ...mishap, flips, undoes: mishap.undoes || flips === null };
}

function wordsOf({ does, place, members, value, counts }: Draft): string {
  const counting = counts === 'not' ? '' : ` counting ${counts}`;
  const what = does === 'change' ? `to value ${value}` : `[${members.join(', ')}]${counting}`;
  return `${does} ${what} at group ${place}`;
}

function wordsOfMishap(mishap: Mishap | null): string {
  if (!mishap) return '';
  const { is, ...how } = mishap;
  return `, with ${is} ${JSON.stringify(how)}`;
}
