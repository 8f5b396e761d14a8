/** An add that nobody had looked before, is lost, is seen because it was so already, and is carried out late. */
import { afterEach, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { codes, mutate, type Sent } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';
import { isWrite, writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf } from '../support/verbs.js';

const timeoutMs = 800;
/** A write may take three times as long as a read. */
const writeMs = 3 * timeoutMs;
const lateMs = writeMs + 1_200;

let rollcall: Rollcall;
afterEach(() => rollcall.close());

/** Whether the sixth of all people is in the second group. */
const isMember = {
  velt: ({ organizations: [acme] }: VeltState) => acme!.groups[1]!.members.includes('u-6'),
  asa: ({ groups, members, users }: AsaState) => members.get(groups[1]!.id)!.includes(users[5]!.id),
};

describe.each(['velt', 'asa'] as const)('at %s', (source) => {
  const server = () => rollcall.sandbox.server(source);
  const group = groupsOf[source](2);
  const member = usersOf[source](6);
  const edit = (mutation: 'addGroupMembers' | 'removeGroupMembers'): Promise<Sent> =>
    mutate(rollcall.url, mutation, { group, members: [member] });

  /** A member of the group is added once more, which the vendor does when nobody waits any more. */
  async function addedLate(settleSeconds: number): Promise<Sent> {
    const bounds = { timeoutMs, settleSeconds };
    rollcall = await openRollcall({ population: company(), only: [source], sources: { [source]: bounds } });
    server().fault({ mode: 'late', ms: lateMs, match: isWrite, times: 1 });
    return edit('addGroupMembers');
  }

  const isLateDone = () => writesAt(server()).every(({ fault, applied }) => fault !== 'late' || applied);
  /** At the vendor. */
  const isIn = () => isMember[source](server().box.state as never);

  it('a newer removal waits until the older add can do no harm, and he is out', async () => {
    const added = await addedLate(2);
    const wasIn = isIn();
    const removed = await edit('removeGroupMembers');
    const [late, removal] = writesAt(server());

    expect(added.payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(wasIn).toBe(true);
    expect(codes(removed)).toEqual([]);
    expect(removal!.at - late!.at).toBeGreaterThanOrEqual(writeMs + 2_000 - 50);
    expect([isLateDone(), isIn()]).toEqual([true, false]);
  });

  it('without a time to settle the older add undoes the newer removal, though that was acknowledged', async () => {
    const added = await addedLate(0);
    const removed = await edit('removeGroupMembers');
    await until(isLateDone);

    expect(added.payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(codes(removed)).toEqual([]);
    expect(isIn()).toBe(true);
  });
});
