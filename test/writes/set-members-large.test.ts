import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gid } from '../support/gid.js';
import { crews, idsOf } from './crews.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const set = (group: string, members: readonly string[], more: object = {}) =>
  house.write('setGroupMembers', { group, members, ...more });
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('a set of 10,000 members', () => {
  it('is one read and one write at TestRail', async () => {
    const { users } = house.server('testrail').box.state;
    for (const id of numbers(10_000).slice(users.length)) users.push({ ...users[0], id });

    const answer = await set(crews.testrail.group, numbers(10_000).map(ids.testrailUser));

    expect(answer).toMatchObject({ userErrors: [], removed: [], confirmedBy: 'VENDOR_RESPONSE' });
    expect(answer.added).toHaveLength(9_997);
    expect(idsOf(answer.unchanged)).toEqual([1, 4, 7].map(ids.testrailUser));
    expect(house.asked('testrail')).toHaveLength(2);
    expect(crews.testrail.now(house)).toHaveLength(10_000);
  });

  it('is one read and one write at Tiledesk', async () => {
    const id = (number: number) => `5ab0f3fa57066e0015${number.toString(16).padStart(6, '0')}`;
    const project = '5b55e806c93dde0014000001';
    const members = numbers(10_000).map((number) => gid('tiledesk', 'User', project, id(number)));

    const answer = await set(crews.tiledesk.group, members);

    expect(answer).toMatchObject({ userErrors: [], unchanged: [], confirmedBy: 'VENDOR_RESPONSE' });
    expect([answer.added?.length, answer.removed?.length]).toEqual([10_000, 3]);
    expect(house.asked('tiledesk')).toHaveLength(2);
  });

  it('may name each of them twice, and one more is refused before any call', async () => {
    const members = numbers(10_000).map(ids.testrailUser);

    const twice = await set(crews.testrail.group, [...members, ...members], { dryRun: true });
    const asked = house.asked('testrail').length;
    const more = await set(crews.testrail.group, [...members, ids.testrailUser(10_001)], { dryRun: true });

    expect(twice.userErrors).toEqual([]);
    expect(more).toMatchObject({ userErrors: [{ code: 'BAD_USER_INPUT', field: ['members'] }], calls: [] });
    expect(more.userErrors[0]?.message).toContain('at most 10000');
    expect(house.asked('testrail')).toHaveLength(asked);
  });
});

describe('a set of more members than one call to Velt takes', () => {
  const { group, members: before } = crews.velt;
  const members = numbers(600).map((number) => gid('velt', 'User', 'org-a', `crowd-${number}`));
  const isSecond = ({ body }: { body: string }) => body.includes('"crowd-251"');
  const sizes = () => house.writes('velt').map(({ json }) => (json as any).data.userIds.length);

  beforeEach(() => {
    const { users } = house.server('velt').box.state.organizations[0];
    users.push(...numbers(600).map((number) => ({ userId: `crowd-${number}` })));
  });

  it('is sent 250 at a time, adds before removals', async () => {
    const answer = await set(group, members);

    expect(sizes()).toEqual([250, 250, 100, 3]);
    expect(answer).toMatchObject({ userErrors: [], unchanged: [], confirmedBy: 'VENDOR_RESPONSE' });
    expect(idsOf(answer.added)).toEqual(members);
    expect(idsOf(answer.removed)).toEqual(before);
    expect(new Set(crews.velt.now(house))).toEqual(new Set(members));
  });

  it('goes on when the answer to the second call is lost and its members are seen', async () => {
    house.server('velt').fault({ mode: 'lost', match: isSecond });

    const answer = await set(group, members);

    expect(sizes()).toEqual([250, 250, 100, 3]);
    expect(answer).toMatchObject({ userErrors: [] });
    expect(idsOf(answer.added)).toEqual(members);
    expect(answer.calls.map(({ status }) => status)).toEqual([200, 200, null, 200, 200]);
    const remembered = await house.ledger.groupsOf('velt', { type: 'User', path: ['org-a', 'crowd-251'] });
    expect(remembered).toMatchObject([{ path: ['org-a', 'design'] }]);
  });

  it('is told one by one whom Velt refuses of it, and of all beyond 250 once', async () => {
    house.server('velt').box.state.partialFailure = 200;
    const strangers = numbers(600).map((number) => gid('velt', 'User', 'org-a', `nobody-${number}`));

    const { userErrors, unchanged, added } = await set(group, [...before, ...strangers]);

    expect(sizes()).toEqual([250, 250, 100]);
    expect([idsOf(unchanged), added]).toEqual([before, []]);
    expect(userErrors.map(({ target }) => target)).toEqual([...strangers.slice(0, 250), null]);
    expect(new Set(userErrors.map(({ code }) => code))).toEqual(new Set(['VENDOR_REJECTED']));
    expect(userErrors[250]).toMatchObject({ field: null, source: 'velt' });
    expect(userErrors[250]?.message).toContain('The same is so of 350 more,');
  });

  it('stops when the second call is lost and its members are not seen: each is told what became of him', async () => {
    house.server('velt').fault({ mode: 'reset', match: isSecond });

    const answer = await set(group, members);

    expect(sizes()).toEqual([250, 250]);
    expect(answer).toMatchObject({ confirmedBy: 'UNKNOWN', removed: [] });
    expect(idsOf(answer.added)).toEqual(members.slice(0, 250));
    expect(answer.userErrors.map(({ target }) => target)).toEqual([...members.slice(250, 500), null]);
    expect(new Set(answer.userErrors.map(({ code }) => code))).toEqual(new Set(['OUTCOME_UNKNOWN']));
    expect(answer.userErrors[0]?.message).toMatch(/it was not \(yet\) to be seen there/);
    expect(answer.userErrors[250]?.message).toContain('was not sent this one');
    expect(answer.userErrors[250]?.message).toContain(`The same is so of ${100 + before.length} more,`);
    expect(answer.calls.map(({ status }) => status)).toEqual([200, 200, null, null, null]);
  });
});

it.each(['testrail', 'velt'] as const)('an add takes 250 members in one write at %s', async (source) => {
  const { users } = house.server('testrail').box.state;
  for (const id of numbers(400).slice(users.length)) users.push({ ...users[0], id });
  const { organizations } = house.server('velt').box.state;
  organizations[0].users.push(...numbers(400).map((number) => ({ userId: `u-${number}` })));
  const member = { testrail: ids.testrailUser, velt: ids.veltUser }[source];

  const answer = await house.write('addGroupMembers', {
    group: crews[source].group,
    members: numbers(250).map((number) => member(number + 100)),
  });

  expect(answer).toMatchObject({ userErrors: [] });
  expect(answer.added).toHaveLength(250);
  expect(house.writes(source)).toHaveLength(1);
});
