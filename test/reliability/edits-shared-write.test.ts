/** Edits that share one write, and yet are told each its own truth. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Told } from '../support/crowd.js';
import {
  makeGroup,
  manyPeople,
  wholeListSources,
  type EditedGroup,
  type WholeListSource,
} from '../support/edited-group.js';
import { editsThrough, sendEdit, type Payload } from '../support/edits-through.js';
import { gid } from '../support/gid.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { afterEachWrite } from '../support/stranger.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

async function opened(source: WholeListSource, size = 3) {
  rollcall = await openRollcall({ population: manyPeople });
  return makeGroup(rollcall.sandbox, source, size);
}

/** Sends edits while a first one, of somebody else, holds the group, so that they share the next write. */
async function together<T>(group: EditedGroup, send: () => readonly Promise<T>[]): Promise<T[]> {
  group.server.fault({ mode: 'slow', ms: 250, match: group.isWrite, times: 1 });
  const first = sendEdit(rollcall.url, 'addGroupMembers', { group: group.id, members: [group.people[99]] });
  await until(() => group.requests().some(group.isWrite));
  const told = await Promise.all(send());
  await first;
  return told;
}

const fatesOf = (told: readonly Told[]) => told.map(({ fates }) => [...fates.values()].join());
const codesOf = (told: readonly (Told | Payload)[]) =>
  told.map((one) => ('codes' in one ? one.codes : one.userErrors.map(({ code }) => code)).join());

describe.each(wholeListSources)('at %s', (source) => {
  it('one who was added twice in one write is added for the first caller and unchanged for the second', async () => {
    const group = await opened(source);
    const edit = editsThrough(rollcall.url, group);
    const member = group.people[10]!;

    const told = await together(group, () => [1, 2].map(() => edit({ does: 'add', members: [member], thinkMs: 0 })));

    expect(fatesOf(told).toSorted()).toEqual(['changed', 'unchanged']);
    expect(group.requests().filter(group.isWrite)).toHaveLength(2);
  });

  it('whoever repeats what another of the same write does is told nothing better when that is lost', async () => {
    const group = await opened(source);
    const edit = editsThrough(rollcall.url, group);
    const [member, leaver] = [group.people[10]!, group.people[0]!];

    const told = await together(group, () => {
      group.server.fault({ mode: 'reset', match: group.isWrite, times: 1 });
      const twice = (does: 'add' | 'remove', who: string) =>
        [1, 2].map(() => edit({ does, members: [who], thinkMs: 0 }));
      return [...twice('add', member), ...twice('remove', leaver)];
    });

    expect(fatesOf(told)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(group.members()).not.toContain(member);
    expect(group.members()).toContain(leaver);
  });

  it('whoever repeats what another of the same write does is told nothing better when a stranger undoes it', async () => {
    const group = await opened(source);
    const edit = editsThrough(rollcall.url, group);
    const member = group.people[10]!;
    afterEachWrite(group, () => group.become(group.members().filter((one) => one !== member)));

    const told = await together(group, () => [1, 2].map(() => edit({ does: 'add', members: [member], thinkMs: 0 })));

    expect(codesOf(told)).toEqual(['CONCURRENT_CHANGE', 'CONCURRENT_CHANGE']);
  });

  it('an add and a remove of the same member are both carried out, in their order', async () => {
    const group = await opened(source);
    const edit = editsThrough(rollcall.url, group);
    const member = group.people[10]!;

    const told = await together(group, () =>
      (['add', 'remove', 'add', 'remove'] as const).map((does) => edit({ does, members: [member], thinkMs: 0 })),
    );

    expect(codesOf(told)).toEqual(['', '', '', '']);
    expect(group.members()).toEqual([...group.people.slice(0, 3), group.people[99]]);
  });

  it('one write carries at most 250 changes', async () => {
    const group = await opened(source);
    const crowd = [0, 1, 2].map((nth) => group.people.slice(100 + 100 * nth, 200 + 100 * nth));

    const answers = await together(group, () =>
      crowd.map((members) => sendEdit(rollcall.url, 'addGroupMembers', { group: group.id, members })),
    );

    const sizes = group
      .requests()
      .filter(group.isWrite)
      .map(({ json }) => (json as any)[group.wire.list].length);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(sizes).toEqual([4, 204, 304]);
  });
});

describe('one whom TestRail does not know', () => {
  const stranger = gid('testrail', 'User', '99999');

  it('is refused to his caller alone, and the other thirty are added', async () => {
    const group = await opened('testrail');
    const edit = editsThrough(rollcall.url, group);
    const members = [...group.people.slice(10, 25), stranger, ...group.people.slice(25, 40)];

    const told = await together(group, () => members.map((one) => edit({ does: 'add', members: [one], thinkMs: 0 })));

    expect(codesOf(told)).toEqual(members.map((one) => (one === stranger ? 'VENDOR_REJECTED' : '')));
    expect(group.members()).toHaveLength(3 + 1 + 30);
    // One read and one write for each half that is tried: twice the depth of 31, and no more.
    expect(group.requests().length).toBeLessThanOrEqual(2 + 2 * (1 + 2 * 5));
  });

  it('is refused to everybody who names him', async () => {
    const group = await opened('testrail');
    const edit = editsThrough(rollcall.url, group);
    const members = [stranger, group.people[10]!, stranger];

    const told = await together(group, () => members.map((one) => edit({ does: 'add', members: [one], thinkMs: 0 })));

    expect(codesOf(told)).toEqual(['VENDOR_REJECTED', '', 'VENDOR_REJECTED']);
    expect(group.members()).toContain(group.people[10]);
  });

  it('is refused by his id among those that one edit names, and the others are added', async () => {
    const group = await opened('testrail');
    const members = [group.people[10], stranger, group.people[11]];

    const answer = await sendEdit(rollcall.url, 'addGroupMembers', { group: group.id, members });

    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_REJECTED', target: stranger }]);
    expect(answer.added!.map(({ id }) => id)).toEqual([group.people[10], group.people[11]]);
  });
});
