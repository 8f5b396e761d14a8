/** Whether a set shrinks a group too much is judged by the list that it replaces, not by the one that its caller once saw. */
import { afterEach, describe, expect, it } from 'vitest';
import { makeGroup, manyPeople, wholeListSources, type WholeListSource } from '../support/edited-group.js';
import { sendEdit } from '../support/edits-through.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

/** A group of three into which a fourth is just being added, and what a set sent meanwhile comes to. */
async function setWhileAdding(source: WholeListSource, kept: number, expectedCount: number | null) {
  rollcall = await openRollcall({ population: manyPeople });
  const group = makeGroup(rollcall.sandbox, source, 3);
  group.server.fault({ mode: 'slow', ms: 200, match: group.isWrite, times: 1 });
  const add = sendEdit(rollcall.url, 'addGroupMembers', { group: group.id, members: [group.people[3]] });
  await until(() => group.requests().some(group.isWrite));
  const input = { group: group.id, members: group.people.slice(0, kept), expectedCount };
  const set = await sendEdit(rollcall.url, 'setGroupMembers', input);
  await add;
  return { group, set };
}

describe.each(wholeListSources)('at %s', (source) => {
  it('one of four is fewer than half, though there were three when it was sent', async () => {
    const { group, set } = await setWhileAdding(source, 1, null);

    expect(set.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('4') }]);
    expect(group.members()).toEqual(group.people.slice(0, 4));
    expect(group.requests().filter(group.isWrite)).toHaveLength(1);
  });

  it('three were believed where there are four by now', async () => {
    const { group, set } = await setWhileAdding(source, 1, 3);

    expect(set.userErrors).toMatchObject([{ code: 'CONCURRENT_CHANGE', message: expect.stringContaining('4') }]);
    expect(group.members()).toEqual(group.people.slice(0, 4));
  });

  it('four were foreseen, and there are four', async () => {
    const { group, set } = await setWhileAdding(source, 0, 4);

    expect(set.userErrors).toEqual([]);
    expect(group.members()).toEqual([]);
  });

  it('two of four are half, and need no count', async () => {
    const { group, set } = await setWhileAdding(source, 2, null);

    expect(set.userErrors).toEqual([]);
    expect(group.members()).toEqual(group.people.slice(0, 2));
  });
});
