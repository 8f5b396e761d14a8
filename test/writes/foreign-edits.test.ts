import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import { crews, idsOf, meanwhile, wholeListCrews, type Crew } from './crews.js';
import { isWrite, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const ownId = (id: string) => id.slice(id.lastIndexOf('/') + 1);

/** Lets the vendor do what it is asked to write, so often, and answer with these members. */
function answerWith({ source, group }: Crew, members: readonly string[], times: number): void {
  const [project, id] = group.split('/').slice(-2);
  const list = members.map(ownId);
  const body =
    source === 'testrail'
      ? { id: 1, name: 'QA circle 1', user_ids: list.map(Number) }
      : { _id: id, id_project: project, name: 'Tier 1', members: list, trashed: false };
  house.server(source).fault({ mode: 'status', status: 200, body, applied: true, times, match: isWrite });
}

/** The first read after so many writes. */
function isReadAfter(writes: number, { source }: Crew) {
  return ({ method }: BoxRequest) => method === 'GET' && house.writes(source).length === writes;
}

describe.each(wholeListCrews)('a stranger who edits a group at $source', (crew) => {
  const { source, group, members, others } = crew;
  const [own, foreign] = others;
  const add = (more = '') =>
    house.write('addGroupMembers', { group, members: [own] }, selectionOf('addGroupMembers') + more);

  it('and whose edit the answer shows beside ours, keeps it, and is shown', async () => {
    answerWith(crew, [...members, own, foreign], 1);

    const answer = await add('group { memberCount }');

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', group: { memberCount: 5 } });
    expect(idsOf(answer.added)).toEqual([own]);
  });

  it('and has undone ours by the time of the answer: it is read and done again, on top of his', async () => {
    answerWith(crew, [members[0], foreign], 1);
    meanwhile(house, source, isReadAfter(1, crew), () => crew.become(house, [members[0], foreign]));

    const answer = await add();

    expect(house.writes(source)).toHaveLength(2);
    expect(answer).toMatchObject({ userErrors: [], added: [{ id: own }], confirmedBy: 'VENDOR_RESPONSE' });
    expect(crew.now(house)).toEqual([members[0], foreign, own]);
  });

  it('and only seems to have undone it: the read shows it, and nothing is sent again', async () => {
    answerWith(crew, members, 1);

    const answer = await add();

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({ userErrors: [], added: [{ id: own }], confirmedBy: 'READ_BACK' });
  });

  it('and undoes it again and again is CONCURRENT_CHANGE after three writes', async () => {
    for (const [round, who] of [foreign, others[2], members[0], members[1]].entries()) {
      answerWith(crew, [who], 1);
      meanwhile(house, source, isReadAfter(round + 1, crew), () => crew.become(house, [who]));
    }

    const answer = await add();

    expect(house.writes(source)).toHaveLength(3);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['members', '0'], target: own, source }],
      added: [],
      confirmedBy: null,
    });
  });

  it('and puts the very list back that was read: the same list is never sent again', async () => {
    answerWith(crew, members, 3);
    meanwhile(house, source, isReadAfter(1, crew), () => crew.become(house, members));

    const answer = await add();

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({ userErrors: [{ code: 'CONCURRENT_CHANGE', target: own }], added: [] });
  });

  it('between the request and the read, is never undone: the list is read right before it is written', async () => {
    meanwhile(house, source, isReadAfter(0, crew), () => crew.become(house, [foreign]));

    await add();

    expect(crew.now(house)).toEqual([foreign, own]);
  });

  it('so that a set has another list before it than the caller believes, is told to him', async () => {
    meanwhile(house, source, isReadAfter(0, crew), () => crew.become(house, [...members, foreign]));

    const answer = await house.write('setGroupMembers', { group, members: [own], expectedCount: 3 });

    expect(answer).toMatchObject({ userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['expectedCount'] }] });
    expect(crew.now(house)).toEqual([...members, foreign]);
  });
});

it('a stranger who takes somebody out of an ASA group before he is read back makes it CONCURRENT_CHANGE', async () => {
  const { group, members, others } = crews.asa;
  meanwhile(house, 'asa', isReadAfter(2, crews.asa), () => crews.asa.become(house, [...members, others[0]]));

  const answer = await house.write('addGroupMembers', { group, members: [others[0], others[2]] });

  expect(answer).toMatchObject({
    userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['members', '1'], target: others[2] }],
    added: [{ id: others[0] }],
    confirmedBy: 'READ_BACK',
  });
});
