import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { refKey, type Fact, type GroupRow, type MemberRef } from '../../src/vendors/vendor.js';
import { aGroup, aMember, aTester, departure, membership } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';

const monday = new Date('2024-01-01T08:00:00.001Z');
const tuesday = new Date('2024-01-02T08:00:00.002Z');
const beta = aGroup('1', 'Beta');

describe.each(bothKinds())('A ledger $kind', ({ fresh, sql }) => {
  let place: string;
  let ledger: Ledger;

  beforeEach(async () => {
    place = await fresh();
    ledger = await ledgerAt(place);
  });

  afterEach(() => ledger.close());

  async function restart(): Promise<void> {
    await ledger.close();
    ledger = await ledgerAt(place);
  }

  async function remember(at: Date, ...facts: readonly Fact[]): Promise<void> {
    await ledger.remember('updraft', 'ann', facts, at);
  }

  async function membersOf(group: GroupRow, source = 'updraft') {
    return (await ledger.members(source, [group])).get(refKey(group));
  }

  describe('remembers', () => {
    it('groups, testers and memberships over a restart', async () => {
      await remember(
        monday,
        { kind: 'group', row: beta },
        { kind: 'tester', row: aTester('9') },
        membership(beta, aMember('9')),
      );

      await restart();

      expect(await ledger.groups('updraft')).toEqual([{ row: beta, writtenAt: monday }]);
      expect(await ledger.group('updraft', beta)).toEqual({ row: beta, writtenAt: monday });
      expect(await ledger.testers('updraft')).toEqual([{ row: aTester('9'), writtenAt: monday }]);
      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: monday }]);
      expect(await ledger.groupsOf('updraft', aMember('9'))).toEqual([{ type: beta.type, path: beta.path }]);
    });

    it('every field of a group, dates as dates, and texts that only look like dates as texts', async () => {
      const row: GroupRow = {
        ...beta,
        projects: [['1'], ['2']],
        enabled: false,
        roles: ['ACCESS_USER'],
        createdAt: new Date('2020-02-29T12:00:00.123Z'),
        updatedAt: null,
        federationApprovedAt: new Date(0),
        attributes: { since: '2020-02-29T12:00:00.000Z', createdAt: '2020-02-29T12:00:00.000Z', deep: [{ n: 1.5 }] },
      };

      await remember(monday, { kind: 'group', row });
      await restart();

      expect((await ledger.group('updraft', row))?.row).toStrictEqual(row);
    });

    it('what a row leaves out as left out, and null as null', async () => {
      const { organization: _, ...silent } = beta;
      const outspoken = { ...aGroup('2'), organization: null };

      await remember(monday, { kind: 'group', row: silent }, { kind: 'group', row: outspoken });

      expect((await ledger.group('updraft', silent))?.row).not.toHaveProperty('organization');
      expect((await ledger.group('updraft', outspoken))?.row.organization).toBeNull();
    });

    it('the new name of a group, and its members still', async () => {
      await remember(monday, { kind: 'group', row: beta }, membership(beta, aMember('9')));

      await remember(tuesday, { kind: 'group', row: { ...beta, name: 'Gamma' } });

      expect(await ledger.groups('updraft')).toEqual([{ row: { ...beta, name: 'Gamma' }, writtenAt: tuesday }]);
      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: monday }]);
    });

    it('the new e-mail of a tester', async () => {
      await remember(monday, { kind: 'tester', row: aTester('9', 'old@example.com') });

      await remember(tuesday, { kind: 'tester', row: aTester('9', 'new@example.com') });

      expect(await ledger.testers('updraft')).toEqual([{ row: aTester('9', 'new@example.com'), writtenAt: tuesday }]);
    });

    it('a membership once, as of its first write, and its group as of the last', async () => {
      await remember(monday, { kind: 'group', row: beta }, membership(beta, aMember('9')));

      await remember(tuesday, membership(beta, aMember('9')));

      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: monday }]);
      expect((await ledger.group('updraft', beta))?.writtenAt).toEqual(tuesday);
    });

    it('who left a group no more, and the group as of that', async () => {
      await remember(
        monday,
        { kind: 'group', row: beta },
        membership(beta, aMember('8')),
        membership(beta, aMember('9')),
      );

      await remember(tuesday, departure(beta, aMember('9')), departure(beta, aMember('never in')));

      expect(await membersOf(beta)).toEqual([{ member: aMember('8'), writtenAt: monday }]);
      expect(await ledger.groupsOf('updraft', aMember('9'))).toEqual([]);
      expect((await ledger.group('updraft', beta))?.writtenAt).toEqual(tuesday);
    });

    it('who left and came again since he came again, and who came and left at once not at all', async () => {
      await remember(monday, membership(beta, aMember('9')));

      await remember(tuesday, departure(beta, aMember('9')), membership(beta, aMember('9')));
      await remember(tuesday, membership(beta, aMember('8')), departure(beta, aMember('8')));

      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: tuesday }]);
    });

    it('of several facts about one thing the last', async () => {
      const [one, other] = ['One', 'Other'].map((name) => ({ kind: 'group', row: { ...beta, name } }) as const);

      await remember(monday, one!, other!);

      expect((await ledger.groups('updraft')).map(({ row }) => row.name)).toEqual(['Other']);
    });

    it('thousands of facts at once', async () => {
      const ids = Array.from({ length: 3000 }, (_, index) => String(index));

      await remember(
        monday,
        ...ids.map((id) => ({ kind: 'group', row: aGroup(id) }) as const),
        ...ids.map((id) => membership(beta, aMember(id))),
      );

      expect(await ledger.groups('updraft')).toHaveLength(3000);
      expect(await membersOf(beta)).toHaveLength(3000);

      await remember(tuesday, ...ids.slice(1).map((id) => departure(beta, aMember(id))));

      expect(await membersOf(beta)).toEqual([{ member: aMember('0'), writtenAt: monday }]);
    });

    it('members of a group that it does not know, which stays unknown until it is remembered itself', async () => {
      await remember(monday, membership(beta, aMember('9')));

      expect(await ledger.group('updraft', beta)).toBeNull();
      expect(await ledger.groups('updraft')).toEqual([]);
      expect(await ledger.groupsOf('updraft', aMember('9'))).toEqual([{ type: beta.type, path: beta.path }]);

      await remember(tuesday, { kind: 'group', row: beta });

      expect(await ledger.group('updraft', beta)).toEqual({ row: beta, writtenAt: tuesday });
      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: monday }]);
    });

    it('of a member only what a group names it by, not the details that would grow stale', async () => {
      const row = { ...aTester('9'), email: 'private@example.com' };

      await remember(monday, membership(beta, row satisfies MemberRef));

      expect(await membersOf(beta)).toEqual([{ member: aMember('9'), writtenAt: monday }]);
    });

    it('the caller who wrote each row', async () => {
      await remember(monday, { kind: 'group', row: beta }, membership(beta, aMember('9')));
      await ledger.remember(
        'updraft',
        'bob',
        [membership(beta, aMember('9')), membership(beta, aMember('8'))],
        tuesday,
      );
      await ledger.remember('updraft', 'eve', [{ kind: 'tester', row: aTester('9') }], tuesday);

      const callers = (table: string) => sql(place, `select caller from ${table} order by caller`);
      expect(await callers('"groups"')).toEqual([{ caller: 'ann' }]);
      expect(await callers('memberships')).toEqual([{ caller: 'ann' }, { caller: 'bob' }]);
      expect(await callers('testers')).toEqual([{ caller: 'eve' }]);
    });
  });

  describe('answers', () => {
    it('an entry for every group asked, perhaps empty, and for no other', async () => {
      const groups = Array.from({ length: 300 }, (_, index) => aGroup(String(index)));
      await remember(monday, ...groups.slice(100).map((group) => membership(group, aMember('9'))));

      const members = await ledger.members('updraft', groups.slice(0, 200));

      expect(members.size).toBe(200);
      expect(groups.slice(0, 200).map((group) => members.get(refKey(group))?.length)).toEqual([
        ...Array.from({ length: 100 }, () => 0),
        ...Array.from({ length: 100 }, () => 1),
      ]);
      expect(await ledger.members('updraft', [])).toEqual(new Map());
    });

    it('each source with its own rows only', async () => {
      await remember(monday, { kind: 'group', row: beta }, { kind: 'tester', row: aTester('9') });
      await remember(monday, membership(beta, aMember('9')));

      await ledger.remember('updraft-eu', 'ann', [{ kind: 'group', row: { ...beta, name: 'EU' } }], tuesday);

      expect(await ledger.groups('updraft')).toEqual([{ row: beta, writtenAt: monday }]);
      expect((await ledger.group('updraft-eu', beta))?.row.name).toBe('EU');
      expect(await ledger.testers('updraft-eu')).toEqual([]);
      expect(await membersOf(beta, 'updraft-eu')).toEqual([]);
      expect(await ledger.groupsOf('updraft-eu', aMember('9'))).toEqual([]);
    });

    it('by type as well as by id: a user is not the tester of the same number', async () => {
      const permission: GroupRow = { ...beta, type: 'UpdraftPermissionGroup' };
      const user: MemberRef = { type: 'User', path: ['9'], vendorId: '9' };

      await remember(monday, { kind: 'group', row: beta }, membership(permission, user));

      expect(await ledger.group('updraft', permission)).toBeNull();
      expect(await membersOf(beta)).toEqual([]);
      expect(await ledger.groupsOf('updraft', aMember('9'))).toEqual([]);
      expect(await ledger.groupsOf('updraft', user)).toEqual([{ type: permission.type, path: ['1'] }]);
    });
  });
});
