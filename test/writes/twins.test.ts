/** Lost creates beside groups that are just like what they were to make. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { ids, isWrite, openHouse, type Answered, type House } from './house.js';
import { seeGroups } from './lost-answers.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.useRealTimers();
  await house.close();
});

interface Maker {
  readonly source: string;
  create(): Promise<Answered>;
  /** Makes the same group, behind everybody's back and right now; its global id. */
  byStranger(): string;
}

const testrail: Maker = {
  source: 'testrail',
  create: () => house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke', users: [] }),
  byStranger() {
    const { groups } = house.server('testrail').box.state;
    const id = 1 + Math.max(...groups.map((group: { id: number }) => group.id));
    groups.push({ id, name: 'Smoke', user_ids: [] });
    return ids.testrailGroup(id);
  },
};

const tiledesk: Maker = {
  source: 'tiledesk',
  create: () => house.write('createTiledeskGroup', { project: ids.tiledeskProject, name: 'Smoke', members: [] }),
  byStranger() {
    const { groups } = house.server('tiledesk').box.state;
    const now = new Date().toISOString();
    const _id = `5c34b5149f22a700160000${80 + groups.length}`;
    groups.push({ ...groups[0], _id, name: 'Smoke', members: [], createdAt: now, updatedAt: now });
    return `gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000001/${_id}`;
  },
};

const asa: Maker = {
  source: 'asa',
  create: () => house.write('createAsaGroup', { organization: ids.asa, name: 'smoke', roles: [] }),
  byStranger() {
    const { groups } = house.server('asa').box.state;
    const id = '5d0b7c1e-0000-4000-8000-0000000000aa';
    groups.push({ ...groups[0], id, name: 'smoke', roles: [] });
    return ids.asaGroup('smoke', id);
  },
};

const makers = [testrail, tiledesk, asa].map((maker) => [maker.source, maker] as const);
/** Where the vendor does not tell when a group was made. */
const undated = [testrail, asa].map((maker) => [maker.source, maker] as const);

const strike = (source: string, fault: Fault, times?: number) =>
  house.server(source).fault({ ...fault, match: isWrite, times });
const messageOf = ({ userErrors: [error] }: Answered) => error?.message ?? '';

function expectUnknown(answer: Answered): void {
  expect(answer).toMatchObject({ userErrors: [{ code: 'OUTCOME_UNKNOWN' }], group: null, confirmedBy: 'UNKNOWN' });
}

describe.each(makers)('at %s', (source, { create, byStranger }) => {
  it('a lost create is done where it is the only one of its name, and the groups were seen before', async () => {
    await seeGroups(house, source);
    strike(source, { mode: 'lost' });

    expect(await create()).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK', group: expect.anything() });
  });

  it('a twin that was seen before is not taken for it', async () => {
    byStranger();
    await seeGroups(house, source);
    strike(source, { mode: 'reset' });

    const answer = await create();

    expectUnknown(answer);
    expect(messageOf(answer)).toContain('not (yet) to be seen there');
  });

  it('a twin that another create was answered with is not taken for it', async () => {
    const first = await create();
    strike(source, { mode: 'reset' });

    const second = await create();

    expect(first).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE' });
    expectUnknown(second);
    expect(messageOf(second)).not.toContain(first.group.id);
  });

  it('a twin that another create had lost and found is not taken for it either', async () => {
    await seeGroups(house, source);
    strike(source, { mode: 'lost' }, 1);
    strike(source, { mode: 'reset' });

    const [first, second] = [await create(), await create()];

    expect(first).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expectUnknown(second);
  });

  it('of two who lose their answers at once none is told the group of the other', async () => {
    await house.close();
    house = await openHouse({ writeTimeoutMs: 400 });
    await seeGroups(house, source);
    strike(source, { mode: 'hang' }, 1);
    strike(source, { mode: 'lost', by: 'hang' });

    const both = await Promise.all([create(), create()]);

    for (const answer of both) expectUnknown(answer);
    expect(both.map(messageOf).join()).toContain('but may be older or made by another');
  });

  it('a group is not taken for it while the answer to another create may still tell of it', async () => {
    await seeGroups(house, source);
    strike(source, { mode: 'slowheaders', ms: 1 }, 1);
    strike(source, { mode: 'reset' });

    const slow = create();
    await vi.waitUntil(() => house.writes(source).length === 1);
    const lost = await create();

    expectUnknown(lost);
    expect(await slow).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE' });
  });

  it('a group is not taken for it where an earlier create may have made it late', async () => {
    await seeGroups(house, source);
    strike(source, { mode: 'reset' });
    const earlier = await create();
    const late = byStranger();

    const answer = await create();

    expectUnknown(earlier);
    expectUnknown(answer);
    expect(messageOf(answer)).toContain(`${late} is as it was to be, but may be older or made by another.`);
  });
});

describe.each(undated)('at %s, which does not tell when a group was made', (source, { create, byStranger }) => {
  it('a lost create is unknown where nobody has seen the groups before, and what may be it is named', async () => {
    strike(source, { mode: 'lost' });

    const answer = await create();

    const last = house.server(source).box.state.groups.at(-1);
    expectUnknown(answer);
    expect(messageOf(answer)).toMatch(/nothing there proved that it had\. gid:\S+ is as it was to be/);
    expect(messageOf(answer)).toContain(`/${last.id} `);
    expect(messageOf(answer)).toContain('Look for it in groups(filter');
  });

  it('a twin that somebody made since the groups were seen a while ago is not taken for it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await seeGroups(house, source);
    vi.setSystemTime(Date.now() + 61_000);
    const twin = byStranger();
    strike(source, { mode: 'reset' });

    const answer = await create();

    expectUnknown(answer);
    expect(messageOf(answer)).toContain(twin);
  });
});

describe('at TestRail, where later groups have higher numbers', () => {
  it('a lost create is found beside an older twin', async () => {
    const older = testrail.byStranger();
    await seeGroups(house, 'testrail');
    strike('testrail', { mode: 'lost' });

    const { group, confirmedBy } = await testrail.create();

    expect(confirmedBy).toBe('READ_BACK');
    expect(group.id).not.toBe(older);
  });

  it('the answer to another create is enough to know the older ones', async () => {
    testrail.byStranger();
    await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Other', users: [] });
    strike('testrail', { mode: 'lost' });

    expect(await testrail.create()).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
  });
});

it.each(makers)('at %s nothing is read before a create', async (source, { create }) => {
  await create();

  expect(house.asked(source)).toHaveLength(1);
});
