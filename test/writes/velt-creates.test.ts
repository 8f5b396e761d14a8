import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const bodies = (source: string) => house.writes(source).map(({ json }) => json);

describe('Velt groups', () => {
  const add = (groups: object[], more: object = {}) =>
    house.write('addVeltUserGroups', { organization: ids.veltOrganization, groups, ...more });

  it('are created with one call, and remembered; a group without name is called by its id', async () => {
    const answer = await add([{ groupId: 'ops', groupName: 'Ops' }, { groupId: 'süd/1' }]);

    expect(bodies('velt')).toEqual([
      {
        data: {
          organizationId: 'org-a',
          organizationUserGroups: [{ groupId: 'ops', groupName: 'Ops' }, { groupId: 'süd/1' }],
        },
      },
    ]);
    expect(answer.groups).toMatchObject([
      { id: ids.veltGroup('ops'), name: 'Ops', origin: 'LEDGER' },
      { id: 'gid://velt/VeltUserGroup/org-a/s%C3%BCd%2F1', name: 'süd/1', origin: 'LEDGER' },
    ]);
  });

  it('say createOrganization only when it is true', async () => {
    await add([{ groupId: 'a' }], { createOrganization: false });
    await add([{ groupId: 'b' }], { createOrganization: null });
    await house.write('addVeltUserGroups', {
      organization: 'gid://velt/Organization/org-new',
      groups: [{ groupId: 'c' }],
      createOrganization: true,
    });

    const told = bodies('velt').map((body: any) => body.data.createOrganization);
    expect(told).toEqual([undefined, undefined, true]);
  });

  it.each([200, 500] as const)(
    'that Velt refuses within a %i are VENDOR_REJECTED with their target',
    async (status) => {
      const { state } = house.server('velt').box;
      Object.assign(state, { existingGroups: 'refused', partialFailure: status });

      const answer = await add([
        { groupId: 'ops', groupName: 'Ops' },
        { groupId: 'qa', groupName: 'New' },
      ]);

      expect(answer).toMatchObject({
        userErrors: [{ code: 'VENDOR_REJECTED', field: ['groups', '1', 'groupId'], target: ids.veltGroup('qa') }],
        calls: [{ status }],
        confirmedBy: 'VENDOR_RESPONSE',
        groups: [{ id: ids.veltGroup('ops') }],
      });
      expect(answer.userErrors[0]?.message).toContain(`(status ${status})`);
      expect((await house.ledger.groups('velt')).map(({ row }) => row.vendorId)).toEqual(['ops']);
    },
  );

  it('that Velt refuses all of: nothing is written or remembered', async () => {
    const { state } = house.server('velt').box;
    Object.assign(state, { existingGroups: 'refused' });

    const answer = await add([{ groupId: 'qa', groupName: 'New' }]);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_REJECTED' }], confirmedBy: null, groups: [] });
    expect(await house.ledger.groups('velt')).toEqual([]);
  });

  it('that exist are remembered with their new name when Velt answers success', async () => {
    const answer = await add([{ groupId: 'qa', groupName: 'Quality' }]);

    expect(answer).toMatchObject({ userErrors: [], groups: [{ name: 'Quality', origin: 'LEDGER' }] });
  });

  it('of an organization that Velt does not know are NOT_FOUND', async () => {
    const answer = await house.write('addVeltUserGroups', {
      organization: 'gid://velt/Organization/nobody',
      groups: [{ groupId: 'a' }],
    });

    expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: null, target: null }]);
  });
});
