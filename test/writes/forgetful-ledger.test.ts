import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { crews } from './crews.js';
import { diskFull, makeForgetful, type Left } from './forgetful.js';
import { ids, isWrite, openHouse, selectionOf, type House } from './house.js';
import { everyWrite } from './lost-answers.js';

let left: Left;
let ledger: Ledger;
let house: House;

beforeEach(async () => {
  left = {};
  ledger = await openLedger(':memory:');
  makeForgetful(ledger, left);
  house = await openHouse({ ledger });
});
afterEach(async () => {
  await house.close();
  await ledger.close();
});

describe.each(everyWrite)('a ledger that cannot be written before %s at %s', (mutation, source, input) => {
  it('is told, and nothing is sent', async () => {
    left.begin = 0;

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toEqual([]);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(['LEDGER_UNAVAILABLE']);
    expect(answer.userErrors[0]?.message).not.toContain('rollcall.db');
    expect(answer.calls.filter(({ method, url }) => isWrite({ method, target: url }))).toEqual([]);
    expect(answer.confirmedBy).toBeNull();
  });

  it('leaves the key free: once there is room again the same key is carried out', async () => {
    left.begin = 0;
    const refused = await house.write(mutation, { ...input, idempotencyKey: 'k' });
    left.begin = Infinity;

    const answer = await house.write(mutation, { ...input, idempotencyKey: 'k' });

    expect(refused.userErrors).toMatchObject([{ code: 'LEDGER_UNAVAILABLE' }]);
    expect(answer.userErrors).toEqual([]);
    expect(house.writes(source)).toHaveLength(1);
  });
});

describe.each(everyWrite)('a ledger that fails after %s at %s', (mutation, source, input) => {
  it('takes nothing from the answer: it is told as it was, and that it will be forgotten', async () => {
    left.finish = 0;

    const answer = await house.write(mutation, input);

    expect(answer.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', source }]);
    expect(answer.userErrors[0]?.message).toMatch(/has answered this.*could not be kept.*do not send it again/);
    expect(answer.userErrors[0]?.message).not.toContain('rollcall.db');
    expect(answer.confirmedBy).toMatch(/VENDOR_RESPONSE|READ_BACK/);
    expect(answer.calls.at(-1)?.status).toBeLessThan(300);
  });

  it('does not let it be sent again: its intent holds the key', async () => {
    left.finish = 0;
    await house.write(mutation, { ...input, idempotencyKey: 'k' });

    const again = await house.write(mutation, { ...input, idempotencyKey: 'k' });

    expect(house.writes(source)).toHaveLength(1);
    expect(again).toMatchObject({ userErrors: [{ code: 'OUTCOME_UNKNOWN' }], confirmedBy: 'UNKNOWN' });
  });
});

describe('a ledger that fails after the vendor has said yes', () => {
  it('shows the id of what is new', async () => {
    left.finish = 0;

    const answer = await house.write('createUpdraftDistributionGroup', { project: ids.updraftProject, title: 'Beta' });

    expect(answer.group).toMatchObject({ id: 'gid://updraft/UpdraftDistributionGroup/57', name: 'Beta' });
  });

  it('begins no further call, which would be forgotten too', async () => {
    left.remember = 1;
    const members = [1, 2, 3].map(ids.updraftUser);

    const answer = await house.write('addGroupMembers', { group: ids.permissionGroup(), members });

    expect(house.writes('updraft')).toHaveLength(2);
    expect(answer.added).toEqual([{ id: members[0] }, { id: members[1] }]);
    expect(answer.userErrors).toMatchObject([
      { code: 'LEDGER_UNAVAILABLE', field: ['members', '2'], target: members[2] },
    ]);
  });

  it('does not keep a payload back that would show a group from it', async () => {
    left.finish = 0;
    ledger.groups = () => Promise.reject(diskFull());

    const answer = await house.write(
      'addGroupMembers',
      { group: ids.permissionGroup(), members: [ids.updraftUser(1)] },
      `${selectionOf('addGroupMembers')} group { id }`,
    );

    expect(answer).toMatchObject({ group: null, added: [{ id: ids.updraftUser(1) }], confirmedBy: 'VENDOR_RESPONSE' });
  });

  it('takes nothing from a refusal either', async () => {
    left.finish = 0;
    house.server('testrail').fault({ mode: 'status', status: 403, match: isWrite });

    const answer = await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke' });

    expect(answer.userErrors.map(({ code }) => code)).toEqual(['VENDOR_AUTH', 'OUTCOME_UNKNOWN']);
    expect(answer).toMatchObject({ group: null, confirmedBy: null });
  });
});

describe('a ledger that cannot be read', () => {
  it('is told to whoever gives a key: nobody can say what it has led to', async () => {
    ledger.holder = () => Promise.reject(diskFull());

    const answer = await house.write('deleteGroup', { group: crews.testrail.group, idempotencyKey: 'k' });

    expect(answer).toMatchObject({ userErrors: [{ code: 'LEDGER_UNAVAILABLE', field: null }], calls: [] });
    expect(house.asked('testrail')).toEqual([]);
  });

  it('is told to whoever edits a group: nobody can say whether it is shut', async () => {
    ledger.unsettledSince = () => Promise.reject(diskFull());

    const answer = await house.write('deleteGroup', { group: crews.testrail.group });

    expect(answer).toMatchObject({ userErrors: [{ code: 'LEDGER_UNAVAILABLE' }], calls: [] });
    expect(house.asked('testrail')).toEqual([]);
  });
});

it('a full disk is no fault of any value of the input', async () => {
  left.begin = 0;

  const answers = await Promise.all([
    house.write('deleteGroup', { group: crews.testrail.group }),
    house.write('addGroupMembers', { group: crews.tiledesk.group, members: [crews.tiledesk.others[0]] }),
    house.write('removeGroupMembers', { group: crews.asa.group, members: [crews.asa.members[0]] }),
  ]);

  expect(answers.map(({ userErrors }) => userErrors[0]?.field)).toEqual([null, null, null]);
});
