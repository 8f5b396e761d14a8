import { afterAll, beforeAll, describe } from 'vitest';
import { manyMembers, membersOf, refusedBeforeAnyCall, veltGroups } from './bad-writes.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse({ settings: { tiledesk: { projects: ['5b55e806c93dde0014000001'] } } });
});
afterAll(() => house.close());

describe('an id is refused before any call when', () => {
  const organization = ['organization'];
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['it is empty', 'addTestRailGroup', { organization: '', name: 'n' }, organization],
    ['it is malformed', 'addTestRailGroup', { organization: 'testrail', name: 'n' }, organization],
    [
      'its source is not configured',
      'addTestRailGroup',
      { organization: 'gid://x/Organization/x', name: 'n' },
      organization,
    ],
    ['it is of another type', 'addTestRailGroup', { organization: ids.testrailUser(1), name: 'n' }, organization],
    [
      'it is of a source',
      'addTestRailGroup',
      { organization: 'gid://testrail/Source/testrail', name: 'n' },
      organization,
    ],
    ['it is of a source of another vendor', 'addTestRailGroup', { organization: ids.asa, name: 'n' }, organization],
    ['it is of another vendor', 'createTiledeskGroup', { project: ids.updraftProject, name: 'n' }, ['project']],
    [
      'it breaks the pattern',
      'createUpdraftDistributionGroup',
      { project: 'gid://updraft/Project/x', title: 't' },
      ['project'],
    ],
    [
      'it is no group to take somebody out of',
      'removeGroupMembers',
      { group: ids.testrail, members: [ids.testrailUser(1)] },
      ['group'],
    ],
    ['it is no group to be renamed', 'updateGroup', { group: ids.testrailUser(1), name: 'n' }, ['group']],
    ['it is no group to be deleted', 'deleteGroup', { group: 'gid://testrail/Project/1' }, ['group']],
    ['it is of no source to be deleted', 'deleteGroup', { group: 'gid://x/TestRailGroup/1' }, ['group']],
    ['it is no group', ...membersOf(ids.veltUser(1), [ids.veltUser(1)], ['group'])],
    [
      'it is a permission group',
      'addUpdraftTester',
      { email: 'a@b', groups: [ids.permissionGroup()] },
      ['groups', '0'],
    ],
    [
      'it is too long',
      'addTestRailGroup',
      { organization: `gid://testrail/Organization/${'a'.repeat(1100)}`, name: 'n' },
      organization,
    ],
  ]);
});

describe('a scope that its source does not serve is refused before any call', () => {
  refusedBeforeAnyCall(() => house, 'NOT_FOUND', [
    [
      'another ASA team',
      'createAsaGroup',
      { organization: 'gid://asa/Organization/other', name: 'n' },
      ['organization'],
    ],
    [
      'an Updraft organization that is not configured',
      'createUpdraftPermissionGroup',
      { organization: 'gid://updraft/Organization/99', title: 't' },
      ['organization'],
    ],
    [
      'a Tiledesk project outside `projects`',
      'createTiledeskGroup',
      { project: 'gid://tiledesk/Project/5b55e806c93dde0014000002', name: 'n' },
      ['project'],
    ],
    [
      'a group of another ASA team, to be changed',
      'updateGroup',
      { group: 'gid://asa/AsaGroup/other/x', roles: [] },
      ['group'],
    ],
    [
      'a Tiledesk group of another project, to be deleted',
      'deleteGroup',
      { group: 'gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000002/5c34b5149f22a70016000001' },
      ['group'],
    ],
    ['a group of another ASA team', ...membersOf('gid://asa/AsaGroup/other/x', [ids.asaUser('ana.lin')], ['group'])],
  ]);
});

describe('a list of groups is refused before any call when', () => {
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['it is empty', 'addUpdraftTester', { email: 'a@b', groups: [] }, ['groups']],
    [
      'it is empty for a user',
      'addUpdraftUserToPermissionGroups',
      { user: ids.updraftUser(1), groups: [] },
      ['groups'],
    ],
    [
      'it repeats one',
      'addUpdraftTester',
      { email: 'a@b', groups: [ids.distributionGroup, ids.distributionGroup] },
      ['groups', '1'],
    ],
    [
      'it repeats one for a user',
      'addUpdraftUserToPermissionGroups',
      { user: ids.updraftUser(1), groups: [ids.permissionGroup(), ids.permissionGroup(32), ids.permissionGroup()] },
      ['groups', '2'],
    ],
    [
      'several are wrong: each is told',
      'addUpdraftTester',
      { email: 'x', groups: ['y', ids.distributionGroup, ids.veltGroup()] },
      ['email'],
      ['groups', '0'],
      ['groups', '2'],
    ],
    ['it is empty at Velt', ...veltGroups([], ['groups'])],
    ['a groupId is empty', ...veltGroups([{ groupId: 'a' }, { groupId: '' }], ['groups', '1', 'groupId'])],
    ['a groupId has 257 characters', ...veltGroups([{ groupId: 'a'.repeat(257) }], ['groups', '0', 'groupId'])],
    ['a groupId has a control character', ...veltGroups([{ groupId: 'a\u0000' }], ['groups', '0', 'groupId'])],
    [
      'a groupId is repeated',
      ...veltGroups([{ groupId: 'a' }, { groupId: 'b' }, { groupId: 'a' }], ['groups', '2', 'groupId']),
    ],
    ['a groupName is empty', ...veltGroups([{ groupId: 'a', groupName: '' }], ['groups', '0', 'groupName'])],
  ]);
});

describe('members are refused before any call when', () => {
  const other = 'gid://velt/User/org-b/u-1';
  const group = ids.testrailGroup(1);
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['there are none', ...membersOf(ids.veltGroup(), [], ['members'])],
    ['there are 251', ...membersOf(ids.veltGroup(), manyMembers(251), ['members'])],
    ['there are none to take out', 'removeGroupMembers', { group, members: [] }, ['members']],
    [
      'there are 251 to take out',
      'removeGroupMembers',
      { group: ids.veltGroup(), members: manyMembers(251) },
      ['members'],
    ],
    [
      'one to take out is of another source',
      'removeGroupMembers',
      { group, members: [ids.testrailUser(1), ids.veltUser(1)] },
      ['members', '1'],
    ],
    [
      'two of a set are wrong: each is told',
      'setGroupMembers',
      { group, members: ['x', ids.testrailUser(1), ids.testrailGroup(2)] },
      ['members', '0'],
      ['members', '2'],
    ],
    [
      'one is of another Tiledesk project',
      ...membersOf(
        ids.tiledeskGroup(1),
        ['gid://tiledesk/User/5b55e806c93dde0014000002/5ab0f3fa57066e0014000001'],
        ['members', '0'],
      ),
    ],
    ['one is malformed', ...membersOf(ids.veltGroup(), [ids.veltUser(1), 'u-2'], ['members', '1'])],
    [
      'one is of another source',
      ...membersOf(ids.veltGroup(), [ids.veltUser(1), ids.testrailUser(1)], ['members', '1']),
    ],
    ['one is of another organization at Velt', ...membersOf(ids.veltGroup(), [other], ['members', '0'])],
    ['one is of another ASA team', ...membersOf(ids.asaGroup('x'), ['gid://asa/User/other/ana'], ['members', '0'])],
    ['one is a tester', ...membersOf(ids.permissionGroup(), ['gid://updraft/Tester/1'], ['members', '0'])],
    ['one is a group', ...membersOf(ids.veltGroup(), [ids.veltGroup()], ['members', '0'])],
    [
      'one of a new TestRail group is of another source',
      'addTestRailGroup',
      { organization: ids.testrail, name: 'n', users: [ids.testrailUser(1), ids.updraftUser(1)] },
      ['users', '1'],
    ],
    [
      'one of a new Tiledesk group is of another project',
      'createTiledeskGroup',
      {
        project: ids.tiledeskProject,
        name: 'n',
        members: ['gid://tiledesk/User/5b55e806c93dde0014000002/5ab0f3fa57066e0014000001'],
      },
      ['members', '0'],
    ],
  ]);
});
