/** The edits of one group take turns, in the order in which they came; those of others go on beside them. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/sandbox/journal.js';
import { Chance } from '../support/chance.js';
import { makeGroup, manyPeople, wholeListSources, type EditedGroup } from '../support/edited-group.js';
import { sendEdit } from '../support/edits-through.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { slowly } from '../support/sick-vendor.js';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population: manyPeople });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

type Send = Parameters<typeof sendEdit>[1];
const send = (group: EditedGroup, mutation: Send, input: object) =>
  sendEdit(rollcall.url, mutation, { group: group.id, ...input });

/** What was asked of a group, R for a read and W for a write. */
const turnsOf = (group: EditedGroup) =>
  group
    .requests()
    .map((entry) => (group.isRead(entry) ? 'R' : 'W'))
    .join('');

/** How many requests were under way at once, at most. */
function mostAtOnce(entries: readonly JournalEntry[]): number {
  const underWay = entries.map(({ at }) => entries.filter((one) => one.at <= at && (one.answeredAt ?? at) > at).length);
  return Math.max(...underWay);
}

/** Every kind of edit, so that none of them is refused. */
function anyEdit(chance: Chance, { people }: EditedGroup, nth: number): readonly [Send, object] {
  const some = chance.shuffled(people.slice(0, 40)).slice(0, chance.whole(1, 5));
  if (nth % 10 === 3) return ['setGroupMembers', { members: people.slice(0, chance.whole(20, 40)) }];
  if (nth % 10 === 7) return ['updateGroup', { name: `Crowded ${nth}` }];
  return chance.isSo(50) ? ['addGroupMembers', { members: some }] : ['removeGroupMembers', { members: some }];
}

describe.each(wholeListSources)('at %s', (source) => {
  it('every write of a group has its own read right before it, and nothing of the group goes on meanwhile', async () => {
    const chance = new Chance(5);
    const group = makeGroup(rollcall.sandbox, source, 30);
    slowly(group, chance, 15);

    await Promise.all(
      Array.from({ length: 60 }, async (_, nth) => {
        await pause(chance.whole(0, 200));
        await send(group, ...anyEdit(chance, group, nth));
      }),
    );

    const requests = group.requests();
    expect(turnsOf(group)).toMatch(/^(R+W)+R*$/);
    expect(mostAtOnce(requests)).toBe(1);
    expect(requests.filter(group.isWrite).length).toBeGreaterThan(10);
  });

  it('groups of the same source are edited side by side', async () => {
    const groups = Array.from({ length: 10 }, () => makeGroup(rollcall.sandbox, source, 2));
    for (const { server, isRead, isWrite } of groups)
      for (const match of [isRead, isWrite]) server.fault({ mode: 'slow', ms: 150, match });

    await Promise.all(groups.map((group) => send(group, 'addGroupMembers', { members: [group.people[5]] })));

    expect(groups.map(turnsOf)).toEqual(groups.map(() => 'RW'));
    expect(mostAtOnce(groups.flatMap((group) => group.requests()))).toBeGreaterThanOrEqual(5);
  });

  it('edits are carried out in the order in which they came, and adds and removes share a turn only with neighbours', async () => {
    const group = makeGroup(rollcall.sandbox, source, 4);
    const [a, b, c, d, e, f, g, h] = group.people as [string, string, string, string, string, string, string, string];
    group.server.fault({ mode: 'slow', ms: 400, match: group.isWrite, times: 1 });
    const edits: readonly (readonly [Send, object])[] = [
      ['addGroupMembers', { members: [e] }],
      ['setGroupMembers', { members: [a, b, c] }],
      ['addGroupMembers', { members: [f] }],
      ['removeGroupMembers', { members: [a] }],
      ['addGroupMembers', { members: [g] }],
      ['setGroupMembers', { members: [b, c, g] }],
      ['addGroupMembers', { members: [h] }],
    ];

    const answers = await Promise.all(
      edits.map(async ([mutation, input], nth) => {
        await pause(30 * nth);
        return send(group, mutation, input);
      }),
    );

    const { own, list } = group.wire;
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(
      group
        .requests()
        .filter(group.isWrite)
        .map(({ json }) => (json as any)[list]),
    ).toEqual(
      [
        [a, b, c, d, e],
        [a, b, c],
        [b, c, f, g],
        [b, c, g],
        [b, c, g, h],
      ].map((members) => members.map(own)),
    );
  });

  it('one caller is served in his turn, however many others never stop', async () => {
    const group = makeGroup(rollcall.sandbox, source, 2);
    const [quiet, ...others] = group.people.slice(10, 50) as [string, ...string[]];
    for (const match of [group.isRead, group.isWrite]) group.server.fault({ mode: 'slow', ms: 15, match });
    const writes = () => group.requests().filter(group.isWrite).length;
    let isOver = false;
    const flood = others.map(async (member) => {
      while (!isOver)
        for (const mutation of ['addGroupMembers', 'removeGroupMembers'] as const)
          await send(group, mutation, { members: [member] });
    });

    const waits: number[] = [];
    for (let nth = 0; nth < 8; nth++) {
      const before = writes();
      await send(group, nth % 2 === 0 ? 'addGroupMembers' : 'removeGroupMembers', { members: [quiet] });
      waits.push(writes() - before);
    }
    isOver = true;
    await Promise.all(flood);

    // The one under way when he came, one that began before his request was read, and his own.
    expect(Math.max(...waits)).toBeLessThanOrEqual(3);
    expect(writes()).toBeGreaterThan(8);
  });
});
