import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { refusedBeforeAnyCall, type Case } from './bad-writes.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const members = [ids.updraftUser(1)];
const [distribution, permission] = [ids.distributionGroup, ids.permissionGroup()];
const [velt, asa] = [ids.veltGroup(), ids.asaGroup('Bastion crew 1')];
const [testrail, tiledesk] = [ids.testrailGroup(1), ids.tiledeskGroup(1)];
const attributes = { shift: 'day' };
const roles = ['ACCESS_USER'];

type Refused = readonly [what: string, mutation: MutationName, input: { group: string }, instead: string];

const edits: readonly Refused[] = [
  ['users into a distribution group', 'addGroupMembers', { group: distribution, members }, 'use addUpdraftTester'],
  [
    'users out of a distribution group',
    'removeGroupMembers',
    { group: distribution, members },
    'pages of Updraft itself',
  ],
  ['all users of a distribution group', 'setGroupMembers', { group: distribution, members }, 'pages of Updraft itself'],
  ['users out of a permission group', 'removeGroupMembers', { group: permission, members }, 'pages of Updraft itself'],
  ['all users of a permission group', 'setGroupMembers', { group: permission, members }, 'add with addGroupMembers'],
  ['the end of a distribution group', 'deleteGroup', { group: distribution }, 'pages of Updraft itself'],
  ['the end of a permission group', 'deleteGroup', { group: permission }, 'pages of Updraft itself'],
  ['the end of a Velt group', 'deleteGroup', { group: velt }, 'pages of Velt itself'],
] as never;

describe('what a vendor does not document is refused before any call:', () => {
  refusedBeforeAnyCall(
    () => house,
    'UNSUPPORTED_BY_VENDOR',
    edits.map(([what, mutation, input]): Case => [what, mutation, input, ['group']]),
  );

  it.each(edits)('%s: it is said what can be done instead, with the group as target', async (...refused) => {
    const [, mutation, input, instead] = refused;

    const { userErrors } = await house.write(mutation, input);

    expect(userErrors).toMatchObject([{ target: input.group, source: input.group.split('/')[2] }]);
    expect(userErrors[0]?.message).toContain(instead);
  });
});

const changes: readonly (readonly [what: string, input: object, fields: readonly string[], instead: string])[] = [
  ['the name of a distribution group', { group: distribution, name: 'n' }, ['name'], 'nothing of a group'],
  ['the name of a permission group', { group: permission, name: 'n' }, ['name'], 'nothing of a group'],
  ['the name of a Velt group', { group: velt, name: 'n' }, ['name'], 'nothing of a group'],
  ['all of a Velt group', { group: velt, name: 'n', roles, attributes }, ['name', 'roles', 'attributes'], 'nothing'],
  ['the name of an ASA group', { group: asa, name: 'n' }, ['name'], 'only roles can be changed'],
  ['the attributes of an ASA group', { group: asa, attributes }, ['attributes'], 'only roles can be changed'],
  ['the roles of a TestRail group', { group: testrail, roles }, ['roles'], 'only name can be changed'],
  ['the attributes of a TestRail group', { group: testrail, attributes }, ['attributes'], 'only name can be changed'],
  ['the roles of a Tiledesk group', { group: tiledesk, roles }, ['roles'], 'only name and attributes can be changed'],
  ['what can be changed beside what cannot', { group: testrail, name: 'n', roles }, ['roles'], 'only name'],
];

describe('what a vendor cannot change of a group is refused before any call, with its field:', () => {
  refusedBeforeAnyCall(
    () => house,
    'UNSUPPORTED_BY_VENDOR',
    changes.map(([what, input, fields]): Case => [what, 'updateGroup', input, ...fields.map((field) => [field])]),
  );

  it.each(changes)('%s: it is said what can be changed', async (_what, input, _fields, instead) => {
    const { userErrors } = await house.write('updateGroup', input);

    expect(userErrors[0]).toMatchObject({ target: (input as { group: string }).group });
    expect(userErrors[0]?.message).toContain(instead);
  });
});
