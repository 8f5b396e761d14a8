import type { Operation } from '../../schema/enums.js';
import type { Adapter, GroupRow } from '../vendors/vendor.js';

/** What can be done at a source, read off what its adapter has: there is no second list that could lie. */
export function operationsOf(adapter: Adapter): readonly Operation[] {
  const { organizations, projects, groups, members, users, commands } = adapter;
  const { addMembers, removeMembers, replaceMembers } = commands;
  const creates = [
    commands.createGroup,
    commands.createUserGroups,
    commands.createDistributionGroup,
    commands.createPermissionGroup,
  ];
  const present: Partial<Record<Operation, unknown>> = {
    LIST_ORGANIZATIONS: 'configured' in organizations || organizations.pages,
    LIST_PROJECTS: projects?.pages,
    LIST_GROUPS: 'pages' in groups && groups.pages,
    READ_GROUP: 'one' in groups && groups.one,
    LIST_MEMBERS: members !== 'ledger',
    LIST_USERS: users.pages,
    READ_USER: users.one ?? users.many,
    CREATE_GROUP: creates.some(Boolean),
    UPDATE_GROUP: commands.updateGroup,
    DELETE_GROUP: commands.deleteGroup,
    ADD_MEMBERS: addMembers ?? replaceMembers,
    REMOVE_MEMBERS: removeMembers ?? replaceMembers,
    SET_MEMBERS: replaceMembers ?? (members !== 'ledger' && addMembers && removeMembers),
    ADD_TESTER: commands.addTester,
  };
  return (Object.keys(present) as Operation[]).filter((operation) => present[operation]);
}

const ofGroups: readonly Operation[] = [
  'READ_GROUP',
  'LIST_MEMBERS',
  'UPDATE_GROUP',
  'DELETE_GROUP',
  'ADD_MEMBERS',
  'REMOVE_MEMBERS',
  'SET_MEMBERS',
  'ADD_TESTER',
];

/** What may be done to this very group. */
export function operationsOfGroup(adapter: Adapter, all: readonly Operation[], group: GroupRow): readonly Operation[] {
  const allowed = adapter.groupOperations?.(group) ?? ofGroups;
  return all.filter((operation) => ofGroups.includes(operation) && allowed.includes(operation));
}
