import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { crews } from './crews.js';
import { openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const { group, members, others } = crews.asa;
const [member, other] = [members[1], others[2]];
const state = () => house.server<AsaState>('asa').box.state;
const edit = (does: 'add' | 'remove', who: readonly string[]) =>
  house.write(`${does}GroupMembers`, { group, members: who });

describe('somebody who is in an ASA group already', () => {
  it('is unchanged where ASA calls that a conflict and the read shows him', async () => {
    state().memberTwice = 409;

    const answer = await edit('add', [member, other]);

    expect(answer).toMatchObject({ userErrors: [], added: [{ id: other }], unchanged: [{ id: member }] });
    expect(answer.calls.map(({ status }) => status)).toEqual([409, 204]);
    expect(answer.confirmedBy).toBe('READ_BACK');
  });

  it('counts as added where ASA says nothing of it', async () => {
    const answer = await edit('add', [member]);

    expect(answer).toMatchObject({ userErrors: [], added: [{ id: member }], unchanged: [], confirmedBy: 'READ_BACK' });
  });

  it('confirms nothing when nobody else was to be added', async () => {
    state().memberTwice = 409;

    const answer = await edit('add', [member]);

    expect(answer).toMatchObject({ userErrors: [], added: [], unchanged: [{ id: member }], confirmedBy: null });
  });
});

describe('somebody who is not in an ASA group', () => {
  it('is unchanged where ASA does not know him there and the read does not show him', async () => {
    state().nonMember = 404;

    const answer = await edit('remove', [other, member]);

    expect(answer).toMatchObject({ userErrors: [], removed: [{ id: member }], unchanged: [{ id: other }] });
    expect(answer.calls.map(({ status }) => status)).toEqual([404, 204]);
    expect(answer.confirmedBy).toBe('READ_BACK');
  });

  it('counts as removed where ASA says nothing of it', async () => {
    const answer = await edit('remove', [other]);

    expect(answer).toMatchObject({ userErrors: [], removed: [{ id: other }], unchanged: [] });
  });
});

describe('a refusal that the read does not bear out', () => {
  it('is told as it came: 409 for somebody who is not in the group', async () => {
    house.server('asa').fault({ mode: 'status', status: 409, match: /^POST .*\/users$/ });

    const answer = await edit('add', [other]);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_CONFLICT', target: other }], unchanged: [] });
  });

  it('is told as it came: 404 for somebody who is still in the group', async () => {
    house.server('asa').fault({ mode: 'status', status: 404, match: /^DELETE / });

    const answer = await edit('remove', [member]);

    expect(answer).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', target: member }], unchanged: [] });
  });

  it('is told as it came where the members cannot be read', async () => {
    state().memberTwice = 409;
    house.server('asa').fault({ mode: 'status', status: 503, match: /^GET / });

    const answer = await edit('add', [member]);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_CONFLICT', target: member }], unchanged: [] });
  });
});

it('an ASA group whose members Okta pushes refuses the first, and the rest is not tried', async () => {
  state().pushed.add(state().groups[0]!.id);

  const answer = await edit('remove', members);

  expect(house.writes('asa')).toHaveLength(1);
  expect(answer.userErrors.map(({ code, target }) => [code, target])).toEqual(members.map((id) => ['VENDOR_AUTH', id]));
  expect(answer).toMatchObject({ removed: [], confirmedBy: null });
});
