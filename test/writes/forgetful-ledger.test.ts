import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { ids, openHouse, selectionOf, type House } from './house.js';

let ledger: Ledger;
let house: House;
/** How many more times the ledger remembers before its disk is full. */
let left = 0;

beforeEach(async () => {
  const real = await openLedger(':memory:');
  const remember: Ledger['remember'] = async (...facts) => {
    if (left-- <= 0) throw new LedgerError('rollcall.db', 'cannot grow because the disk is full');
    return real.remember(...facts);
  };
  ledger = Object.assign(Object.create(real) as Ledger, { remember });
  house = await openHouse({ ledger });
});
afterEach(async () => {
  await house.close();
  await ledger.close();
});

describe('a ledger that fails after the vendor has said yes', () => {
  it('takes nothing from the answer: the new id is told, and that it will be forgotten', async () => {
    left = 0;

    const answer = await house.write('createUpdraftDistributionGroup', { project: ids.updraftProject, title: 'Beta' });

    expect(answer).toMatchObject({
      group: { id: 'gid://updraft/UpdraftDistributionGroup/57', name: 'Beta' },
      confirmedBy: 'VENDOR_RESPONSE',
      calls: [{ status: 201 }],
      userErrors: [{ code: 'OUTCOME_UNKNOWN', source: 'updraft' }],
    });
    expect(answer.userErrors[0]?.message).toMatch(
      /has carried this out.*could not be remembered.*do not send it again/,
    );
    expect(answer.userErrors[0]?.message).not.toContain('rollcall.db');
  });

  it('begins no further call, which would be forgotten too', async () => {
    left = 1;
    const members = [1, 2, 3].map(ids.updraftUser);

    const answer = await house.write('addGroupMembers', { group: ids.permissionGroup(), members });

    expect(house.writes('updraft')).toHaveLength(2);
    expect(answer.added).toEqual([{ id: members[0] }, { id: members[1] }]);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
    expect(answer.userErrors[1]).toMatchObject({ field: ['members', '2'], target: members[2] });
  });

  it('does not keep a payload back that would show a group from it', async () => {
    left = 0;
    ledger.groups = () => Promise.reject(new LedgerError('rollcall.db', 'is damaged'));

    const answer = await house.write(
      'addGroupMembers',
      { group: ids.permissionGroup(), members: [ids.updraftUser(1)] },
      `${selectionOf('addGroupMembers')} group { id }`,
    );

    expect(answer).toMatchObject({ group: null, added: [{ id: ids.updraftUser(1) }], confirmedBy: 'VENDOR_RESPONSE' });
  });

  it('is of no concern where there is nothing to remember', async () => {
    left = 0;

    const answer = await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke' });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE' });
  });
});
