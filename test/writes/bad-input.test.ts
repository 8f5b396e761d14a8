import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse({ settings: { tiledesk: { projects: ['5b55e806c93dde0014000001'] } } });
});
afterAll(() => house.close());

const nobodyWasAsked = () =>
  Object.keys(house.sandbox.sources).every((name) => house.server(name).journal.length === 0);

type Case = readonly [what: string, mutation: MutationName, input: object, ...fields: (readonly string[])[]];

function refusedBeforeAnyCall(code: string, cases: readonly Case[]): void {
  it.each(cases.map(([what, ...rest]) => ({ what, rest })))('$what', async ({ rest: [mutation, input, ...fields] }) => {
    const answer = await house.write(mutation as MutationName, input as object);

    expect(answer.userErrors.map((error) => ({ code: error.code, field: error.field }))).toEqual(
      fields.map((field) => ({ code, field })),
    );
    expect(answer).toMatchObject({ calls: [], confirmedBy: null });
    expect([answer.group, answer.tester].filter(Boolean)).toEqual([]);
    expect([...(answer.groups ?? []), ...(answer.added ?? []), ...(answer.unchanged ?? [])]).toEqual([]);
    expect(nobodyWasAsked()).toBe(true);
  });
}

const name = (
  text: string,
  ...fields: (readonly string[])[]
): readonly [MutationName, object, ...(readonly string[])[]] => [
  'addTestRailGroup',
  { organization: ids.testrail, name: text },
  ...fields,
];
const asaName = (text: string): readonly [MutationName, object, readonly string[]] => [
  'createAsaGroup',
  { organization: ids.asa, name: text },
  ['name'],
];
const tester = (email: string): readonly [MutationName, object, readonly string[]] => [
  'addUpdraftTester',
  { email, groups: [ids.distributionGroup] },
  ['email'],
];
const velt = (
  groups: object[],
  ...fields: (readonly string[])[]
): readonly [MutationName, object, ...(readonly string[])[]] => [
  'addVeltUserGroups',
  { organization: ids.veltOrganization, groups },
  ...fields,
];
const members = (
  group: string,
  of: string[],
  ...fields: (readonly string[])[]
): readonly [MutationName, object, ...(readonly string[])[]] => ['addGroupMembers', { group, members: of }, ...fields];
const many = (count: number) => Array.from({ length: count }, (_, at) => `gid://velt/User/org-a/u-${at + 1}`);

describe('an id is refused before any call when', () => {
  const organization = ['organization'];
  refusedBeforeAnyCall('BAD_USER_INPUT', [
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
    ['it is no group', ...members(ids.veltUser(1), [ids.veltUser(1)], ['group'])],
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
  refusedBeforeAnyCall('NOT_FOUND', [
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
    ['a group of another ASA team', ...members('gid://asa/AsaGroup/other/x', [ids.asaUser('ana.lin')], ['group'])],
  ]);
});

describe('a name is refused before any call when it', () => {
  refusedBeforeAnyCall('BAD_USER_INPUT', [
    ['is empty', ...name('', ['name'])],
    ['is blank', ...name(' \u00a0 ', ['name'])],
    ['has 256 characters', ...name('x'.repeat(256), ['name'])],
    ['has a control character', ...name('a\u0007b', ['name'])],
    ['ends with a line break', ...name('a\n', ['name'])],
    ['has half a character', ...name('a\ud83d', ['name'])],
    [
      'is the title of a distribution group',
      'createUpdraftDistributionGroup',
      { project: ids.updraftProject, title: '' },
      ['title'],
    ],
    [
      'is the title of a permission group',
      'createUpdraftPermissionGroup',
      { organization: ids.updraftOrganization, title: '\t' },
      ['title'],
    ],
    ['is of a Tiledesk group', 'createTiledeskGroup', { project: ids.tiledeskProject, name: ' ' }, ['name']],
    ...['/', '\\', '%', '?', '#'].map((sign): Case => [`has ${sign} at ASA`, ...asaName(`a${sign}b`)]),
    ['is . at ASA', ...asaName('.')],
    ['is .. at ASA', ...asaName('..')],
    ['begins with a blank at ASA', ...asaName(' a')],
    ['ends with a blank at ASA', ...asaName('a ')],
  ]);
});

describe('an e-mail address is refused before any call when it', () => {
  refusedBeforeAnyCall('BAD_USER_INPUT', [
    ['is empty', ...tester('')],
    ['has no @', ...tester('tess')],
    ['has two @', ...tester('a@b@c')],
    ['has nothing before the @', ...tester('@example.com')],
    ['has a blank', ...tester('te ss@example.com')],
    ['has an outer blank', ...tester(' tess@example.com')],
    ['has a control character', ...tester('tess\u0000@example.com')],
    ['has 255 characters', ...tester(`${'a'.repeat(243)}@example.com`)],
  ]);
});

describe('a list of groups is refused before any call when', () => {
  refusedBeforeAnyCall('BAD_USER_INPUT', [
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
    ['it is empty at Velt', ...velt([], ['groups'])],
    ['a groupId is empty', ...velt([{ groupId: 'a' }, { groupId: '' }], ['groups', '1', 'groupId'])],
    ['a groupId has 257 characters', ...velt([{ groupId: 'a'.repeat(257) }], ['groups', '0', 'groupId'])],
    ['a groupId has a control character', ...velt([{ groupId: 'a\u0000' }], ['groups', '0', 'groupId'])],
    [
      'a groupId is repeated',
      ...velt([{ groupId: 'a' }, { groupId: 'b' }, { groupId: 'a' }], ['groups', '2', 'groupId']),
    ],
    ['a groupName is empty', ...velt([{ groupId: 'a', groupName: '' }], ['groups', '0', 'groupName'])],
  ]);
});

describe('a role is refused before any call when', () => {
  const roles = ['ACCESS_USER', 'UNKNOWN', 'UNKNOWN'];
  refusedBeforeAnyCall('BAD_USER_INPUT', [
    ['it is UNKNOWN', 'createAsaGroup', { organization: ids.asa, name: 'n', roles }, ['roles', '1'], ['roles', '2']],
  ]);
});

describe('members are refused before any call when', () => {
  const other = 'gid://velt/User/org-b/u-1';
  refusedBeforeAnyCall('BAD_USER_INPUT', [
    ['there are none', ...members(ids.veltGroup(), [], ['members'])],
    ['there are 251', ...members(ids.veltGroup(), many(251), ['members'])],
    ['one is malformed', ...members(ids.veltGroup(), [ids.veltUser(1), 'u-2'], ['members', '1'])],
    ['one is of another source', ...members(ids.veltGroup(), [ids.veltUser(1), ids.testrailUser(1)], ['members', '1'])],
    ['one is of another organization at Velt', ...members(ids.veltGroup(), [other], ['members', '0'])],
    ['one is of another ASA team', ...members(ids.asaGroup('x'), ['gid://asa/User/other/ana'], ['members', '0'])],
    ['one is a tester', ...members(ids.permissionGroup(), ['gid://updraft/Tester/1'], ['members', '0'])],
    ['one is a group', ...members(ids.veltGroup(), [ids.veltGroup()], ['members', '0'])],
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

describe('a group whose vendor documents no such edit is UNSUPPORTED_BY_VENDOR before any call', () => {
  refusedBeforeAnyCall('UNSUPPORTED_BY_VENDOR', [
    ['a distribution group', ...members(ids.distributionGroup, [ids.updraftUser(1)], ['group'])],
    ['a TestRail group', ...members('gid://testrail/TestRailGroup/1', [ids.testrailUser(1)], ['group'])],
    [
      'a Tiledesk group',
      ...members(
        'gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000001/5c34b5149f22a70016000001',
        [ids.tiledeskUser(1)],
        ['group'],
      ),
    ],
  ]);

  it('and says what can be done instead, with the group as target', async () => {
    const [distribution, testrail] = await Promise.all([
      house.write('addGroupMembers', { group: ids.distributionGroup, members: [ids.updraftUser(1)] }),
      house.write('addGroupMembers', { group: 'gid://testrail/TestRailGroup/1', members: [ids.testrailUser(1)] }),
    ]);

    expect(distribution.userErrors).toMatchObject([{ target: ids.distributionGroup, source: 'updraft' }]);
    expect(distribution.userErrors[0]?.message).toContain('use addUpdraftTester');
    expect(testrail.userErrors).toMatchObject([{ target: 'gid://testrail/TestRailGroup/1', source: 'testrail' }]);
    expect(testrail.userErrors[0]?.message).toContain('replace the whole list');
  });
});

describe('what is at a limit is sent:', () => {
  it.each([
    ['a name of 255 characters beside blanks', ...name(` ${'😀'.repeat(255)} `)],
    [
      'an e-mail address of 254 characters',
      'addUpdraftTester' as const,
      { email: `${'a'.repeat(242)}@example.com`, groups: [ids.distributionGroup] },
    ],
    [
      '250 members, repetitions counted once',
      'addGroupMembers' as const,
      { group: ids.veltGroup(), members: [...many(250), ...many(250)] },
    ],
    ['a groupId of 256 characters', ...velt([{ groupId: '\u00fc'.repeat(256) }])],
  ])('%s', async (_what, mutation, input) => {
    const answer = await house.write(mutation as MutationName, { ...(input as object), dryRun: true });

    expect(answer.userErrors).toEqual([]);
    expect(answer.calls).toHaveLength(1);
  });
});
