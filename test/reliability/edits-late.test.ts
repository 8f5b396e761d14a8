/** A write that is answered too late to be waited for, and carried out later still. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Chance } from '../support/chance.js';
import { adds, crowd, type Edit } from '../support/crowd.js';
import {
  makeGroup,
  manyPeople,
  wholeListSources,
  type EditedGroup,
  type WholeListSource,
} from '../support/edited-group.js';
import { editsThrough, sendEdit } from '../support/edits-through.js';
import { findingsIn } from '../support/member-history.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

const timeoutMs = 250;
/** A write may take three times as long as a read. */
const writeMs = 3 * timeoutMs;
const lateMs = writeMs + 600;

let rollcall: Rollcall;
afterEach(() => rollcall.close());

async function opened(source: WholeListSource, settleSeconds: number) {
  rollcall = await openRollcall({ population: manyPeople, sources: { [source]: { timeoutMs, settleSeconds } } });
  const group = makeGroup(rollcall.sandbox, source, 1);
  const edit = editsThrough(rollcall.url, group);
  const add = (nth: number) => edit({ does: 'add', members: [group.people[nth]!], thinkMs: 0 });
  return { group, edit, add };
}

function applyNextLate({ server, isWrite }: EditedGroup): void {
  server.fault({ mode: 'late', ms: lateMs, match: isWrite, times: 1 });
}

const isLateDone = (group: EditedGroup) => group.requests().every(({ fault, applied }) => fault !== 'late' || applied);

describe.each(wholeListSources)('at %s', (source) => {
  it('a newer add waits until the older can do no harm, and both are in the list', async () => {
    const { group, add } = await opened(source, 1);
    applyNextLate(group);

    const second = await add(1);
    const [atOnce] = await Promise.all([add(2), pause(1000 - writeMs + 300)]);
    const waited = await add(2);

    expect(second.codes).toEqual(['OUTCOME_UNKNOWN']);
    expect(atOnce.codes).toEqual(['GROUP_BUSY']);
    expect(waited.codes).toEqual([]);
    expect(group.members()).toEqual(group.people.slice(0, 3));
    const [, late, , read, ...rest] = group.requests();
    expect(read!.at - late!.at).toBeGreaterThanOrEqual(writeMs + 1000 - 50);
    expect(rest).toHaveLength(1);
  });

  it('whoever is turned away meanwhile is told when it is worth trying again, and nothing was sent for him', async () => {
    const { group, add } = await opened(source, 2);
    applyNextLate(group);
    await add(1);
    const sent = group.requests().length;

    const { userErrors, confirmedBy } = await sendEdit(rollcall.url, 'addGroupMembers', {
      group: group.id,
      members: [group.people[2]],
    });

    expect(userErrors).toMatchObject([{ code: 'GROUP_BUSY', retryAfterSeconds: 2 }]);
    expect(confirmedBy).toBeNull();
    expect(group.requests()).toHaveLength(sent);
  });

  it('other groups of the source are edited meanwhile', async () => {
    const { group, add } = await opened(source, 2);
    const other = makeGroup(rollcall.sandbox, source, 1);
    applyNextLate(group);
    await add(1);

    const edit: Edit = { does: 'add', members: [other.people[2]!], thinkMs: 0 };

    expect((await editsThrough(rollcall.url, other)(edit)).codes).toEqual([]);
  });
});

describe.each(wholeListSources)('without a time to settle, at %s', (source) => {
  it('the older add erases the newer, though that was acknowledged', async () => {
    const { group, add } = await opened(source, 0);
    applyNextLate(group);

    await add(1);
    const third = await add(2);
    await until(() => isLateDone(group));

    expect(third.codes).toEqual([]);
    expect(group.members()).toEqual(group.people.slice(0, 2));
  });

  it('the checker finds adds of a crowd lost', async () => {
    const { group, edit } = await opened(source, 0);
    applyNextLate(group);

    const happened = await crowd(adds(new Chance(3), group.people.slice(1), 10, 6), edit);
    await until(() => isLateDone(group));

    expect(findingsIn(happened, group.people.slice(0, 1), group.members()).lost).not.toEqual([]);
  });
});
