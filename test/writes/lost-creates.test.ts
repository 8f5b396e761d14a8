import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { ids, isWrite, openHouse, type House } from './house.js';
import { seeGroups } from './lost-answers.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const lose = (source: string, mode: Extract<Fault['mode'], 'lost' | 'reset'>) =>
  house.server(source).fault({ mode, match: isWrite });
const unknown = { userErrors: [{ code: 'OUTCOME_UNKNOWN' }], group: null, confirmedBy: 'UNKNOWN' };

describe('a new group whose answer is lost', () => {
  const create = (name: string, users: readonly number[]) =>
    house.write('addTestRailGroup', { organization: ids.testrail, name, users: users.map(ids.testrailUser) });

  it('is found by its name and members, on whichever page of the list', async () => {
    const { groups } = house.server('testrail').box.state;
    for (let id = groups.length + 1; id <= 600; id += 1) groups.push({ id, name: `Crowd ${id}`, user_ids: [] });
    await seeGroups(house, 'testrail');
    lose('testrail', 'lost');

    const answer = await create('Smoke', [2, 1]);

    expect(answer).toMatchObject({
      userErrors: [],
      confirmedBy: 'READ_BACK',
      group: { vendorId: '601', name: 'Smoke' },
    });
  });

  it('is not mistaken for one of that name with other members', async () => {
    lose('testrail', 'reset');

    const answer = await create('QA circle 1', [1, 4]);

    expect(answer).toMatchObject(unknown);
    expect(answer.userErrors[0]?.message).toContain('not (yet) to be seen');
  });

  it('is unknown where the list breaks off before its end', async () => {
    const { groups } = house.server('testrail').box.state;
    for (let id = groups.length + 1; id <= 300; id += 1) groups.push({ id, name: `Crowd ${id}`, user_ids: [] });
    await seeGroups(house, 'testrail');
    lose('testrail', 'lost');
    house.server('testrail').fault({ mode: 'status', status: 503, match: /offset=250/ });

    expect(await create('Smoke', [])).toMatchObject(unknown);
  });
});

describe('a new Tiledesk group whose answer is lost', () => {
  const input = { project: ids.tiledeskProject, name: 'Tier 1', members: [1, 3, 4].map(ids.tiledeskUser) };

  it('is not mistaken for an older one of that name with the same members', async () => {
    lose('tiledesk', 'reset');

    expect(await house.write('createTiledeskGroup', input)).toMatchObject(unknown);
  });

  it('is found beside an older one of that name with the same members', async () => {
    lose('tiledesk', 'lost');

    const answer = await house.write('createTiledeskGroup', input);

    const { groups } = house.server('tiledesk').box.state;
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK', group: { vendorId: groups.at(-1)._id } });
  });
});

describe('a new ASA group whose answer is lost', () => {
  const create = (name: string, roles: readonly string[]) =>
    house.write('createAsaGroup', { organization: ids.asa, name, roles });

  it('is not mistaken for a federated one of that name', async () => {
    lose('asa', 'reset');

    expect(await create('jefferson auditors', ['ACCESS_USER'])).toMatchObject(unknown);
  });

  it('is not mistaken for one of that name with other roles', async () => {
    lose('asa', 'reset');

    expect(await create('Bastion crew 1', ['REPORTING_USER'])).toMatchObject(unknown);
  });

  it('is found beside a federated one of that name, and shown with its own uuid', async () => {
    await seeGroups(house, 'asa');
    lose('asa', 'lost');

    const answer = await create('jefferson auditors', ['ACCESS_USER']);

    const own = house.server('asa').box.state.groups.at(-1);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(answer.group.id).toBe(ids.asaGroup('jefferson auditors', own.id));
  });
});
