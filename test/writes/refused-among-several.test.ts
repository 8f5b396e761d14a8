import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews, idsOf } from './crews.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const { group, members, others } = crews.testrail;
const nobody = (number: number) => ids.testrailUser(4710 + number);
const add = (who: readonly string[]) => house.write('addGroupMembers', { group, members: who });
const lists = () => house.writes('testrail').map(({ json }) => (json as any).user_ids.slice(members.length));

describe('a user whom TestRail refuses among several', () => {
  it('is found by smaller writes, and told; the others are added', async () => {
    const answer = await add([others[0], nobody(1), others[1], others[2]]);

    expect(lists()).toEqual([[2, 4711, 3, 5], [2, 4711], [2], [2, 4711], [2, 3, 5]]);
    expect(answer.userErrors).toMatchObject([
      { code: 'VENDOR_REJECTED', field: ['members', '1'], target: nobody(1), source: 'testrail' },
    ]);
    expect(idsOf(answer.added)).toEqual(others);
    expect(answer.confirmedBy).toBe('VENDOR_RESPONSE');
    expect(crews.testrail.now(house)).toEqual([...members, ...others]);
  });

  it('shows in calls, each write with the read right before it', async () => {
    const { calls } = await add([nobody(1), others[0]]);

    expect(calls.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'POST 400',
      'GET 200',
      'POST 400',
      'GET 200',
      'POST 200',
    ]);
  });

  it('is told once for each of several, wherever they stand', async () => {
    const answer = await add([nobody(1), others[0], nobody(2), others[1], nobody(3)]);

    expect(answer.userErrors.map(({ target }) => target)).toEqual([nobody(1), nobody(2), nobody(3)]);
    expect(idsOf(answer.added)).toEqual([others[0], others[1]]);
  });

  it('leaves nothing done when all are refused', async () => {
    const answer = await add([nobody(1), nobody(2)]);

    expect(answer.userErrors.map(({ code, target }) => [code, target])).toEqual([
      ['VENDOR_REJECTED', nobody(1)],
      ['VENDOR_REJECTED', nobody(2)],
    ]);
    expect(answer).toMatchObject({ added: [], confirmedBy: null });
    expect(crews.testrail.now(house)).toEqual(members);
  });

  it('is one call when he is alone: there is nobody to be told from', async () => {
    const answer = await add([nobody(1)]);

    expect(house.writes('testrail')).toHaveLength(1);
    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_REJECTED', target: nobody(1) }]);
  });

  it('of a set refuses the whole of it, once: a part of it was never meant', async () => {
    const before = crews.testrail.now(house);

    const answer = await house.write('setGroupMembers', { group, members: [members[0], others[0], nobody(1)] });

    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_REJECTED', field: null, target: null }]);
    expect([answer.added, answer.removed, answer.confirmedBy]).toEqual([[], [], null]);
    expect(house.writes('testrail')).toHaveLength(1);
    expect(crews.testrail.now(house)).toEqual(before);
  });
});

it.each([
  [401, 'VENDOR_AUTH'],
  [403, 'VENDOR_AUTH'],
  [409, 'VENDOR_UNAVAILABLE'],
  [429, 'VENDOR_RATE_LIMITED'],
])('what is nobody’s fault is not tried again with fewer: %i', async (status, code) => {
  house.server('testrail').fault({ mode: 'status', status, match: /^POST / });

  const answer = await add(others);

  expect(house.writes('testrail')).toHaveLength(1);
  expect(answer).toMatchObject({ userErrors: [{ code, field: null, target: null }], added: [], confirmedBy: null });
});

describe('an answer that is lost among smaller writes', () => {
  const isSmaller = ({ method, body }: { method: string; body: string }) => method === 'POST' && !body.includes('4711');

  it('stops them: what is unsent is refused with the same code', async () => {
    house.server('testrail').fault({ mode: 'reset', match: isSmaller });

    const answer = await add([others[0], nobody(1), others[1], others[2]]);

    expect(lists()).toEqual([[2, 4711, 3, 5], [2, 4711], [2]]);
    expect(answer).toMatchObject({ added: [], confirmedBy: 'UNKNOWN' });
    expect(new Set(answer.userErrors.map(({ code }) => code))).toEqual(new Set(['OUTCOME_UNKNOWN']));
    expect(answer.userErrors.map(({ target }) => target)).toEqual([others[0], nobody(1), others[1], others[2]]);
  });

  it('stops nothing when a look shows that it was done', async () => {
    house.server('testrail').fault({ mode: 'lost', match: isSmaller, times: 1 });

    const answer = await add([others[0], nobody(1), others[1]]);

    expect(idsOf(answer.added)).toEqual([others[0], others[1]]);
    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_REJECTED', target: nobody(1) }]);
    expect(crews.testrail.now(house)).toEqual([...members, others[0], others[1]]);
  });
});
