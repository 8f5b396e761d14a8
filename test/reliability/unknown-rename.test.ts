/** TestRail is sent the whole list of members with every name: one that comes late takes out whoever came meanwhile. */
import { afterEach, expect, it } from 'vitest';
import { codes, mutate, type Sent } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { atWrites } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf } from '../support/verbs.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

type Source = 'testrail' | 'tiledesk';
const sources: readonly Source[] = ['testrail', 'tiledesk'];

async function openNamed(source: Source, name: string): Promise<void> {
  const bounds = { timeoutMs: 500, settleSeconds: 30 };
  rollcall = await openRollcall({ population: company(), only: [source], sources: { [source]: bounds } });
  expect(codes(await rename(source, name))).toEqual([]);
}

function rename(source: Source, name: string): Promise<Sent> {
  return mutate(rollcall.url, 'updateGroup', { group: groupsOf[source](4), name });
}

function add(source: Source): Promise<Sent> {
  return mutate(rollcall.url, 'addGroupMembers', { group: groupsOf[source](4), members: [usersOf[source](37)] });
}

it.each(sources)('%s: that a group still has its name does not prove that a lost rename is over', async (source) => {
  await openNamed(source, 'Night shift');
  rollcall.sandbox.server(source).fault(atWrites({ mode: 'reset', times: 1 }));

  // Vendors may change the case of a name, so that one in another case is no other.
  const { payload } = await rename(source, 'NIGHT shift');

  expect(payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
  expect(codes(await add(source))).toEqual(['GROUP_BUSY']);
});

it.each(sources)('%s: that it has a new one does, and the group stays open', async (source) => {
  await openNamed(source, 'Night shift');
  rollcall.sandbox.server(source).fault(atWrites({ mode: 'lost', times: 1 }));

  const { payload } = await rename(source, 'Day shift');

  expect(payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
  expect(codes(await add(source))).toEqual([]);
});

it.each(sources)('%s: nor does an answered rename to the same name shut it', async (source) => {
  await openNamed(source, 'Night shift');

  expect(codes(await rename(source, 'Night shift'))).toEqual([]);
  expect(codes(await add(source))).toEqual([]);
});
