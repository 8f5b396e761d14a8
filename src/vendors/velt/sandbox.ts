import { createHash } from 'node:crypto';
import type { Box, BoxAnswer, BoxDefinition, BoxRequest, Population } from '../boxed.js';

const apiKey = 'sandbox-velt-api-key';
const authToken = 'sandbox-velt-auth-token';
const maxIds = 30;

type User = { userId: string; name?: string; email?: string };
type Group = { clientGroupId: string; groupName: string; members: string[] };
type Organization = { id: string; organizationName: string; disabled: boolean; users: User[]; groups: Group[] };

/** The workspace's data, and how it behaves where Velt documents nothing; tests may change all of it at will. */
export interface VeltState {
  organizations: Organization[];
  pageSize: number;
  /** What a read by ids does for one it does not know: leave it out, or refuse the call with a list of them. */
  missingIds: 'left out' | 'refused';
  /** What adding a group that exists does. */
  existingGroups: 'renamed' | 'refused';
  /** What taking out a user who is not in the group does. */
  nonMembers: 'accepted' | 'refused';
  /** The status of a write that failed in part: a 200 with the items, or a 500 with the same in its details. */
  partialFailure: 200 | 500;
}

const usualGroups: readonly (readonly [string, string])[] = [
  ['qa', 'QA'],
  ['design', 'Design'],
];

function stateOf({ people, groups, membersPerGroup, awkward }: Population): VeltState {
  const users = people.map(({ index, firstName, lastName, email }) => ({
    userId: `u-${index + 1}`,
    name: `${firstName} ${lastName}`,
    email,
  }));
  const acme: Organization = {
    id: 'org-a',
    organizationName: 'Acme Studio',
    disabled: false,
    users,
    groups: Array.from({ length: groups }, (_, at) => {
      const [clientGroupId, groupName] = usualGroups[at] ?? [`circle-${at + 1}`, `Circle ${at + 1}`];
      const places = Array.from(
        { length: Math.min(membersPerGroup, users.length) },
        (_, place) => (at * 5 + place) % users.length,
      );
      return { clientGroupId, groupName, members: places.map((place) => users[place]!.userId) };
    }),
  };
  const harbour: Organization = {
    id: 'org-b',
    organizationName: 'Harbour Labs',
    disabled: awkward,
    users: users.filter((_, at) => at % 3 === 0),
    groups: [],
  };
  if (awkward) {
    // Ids are the client's own, and neither name nor e-mail is a must.
    acme.users.push({ userId: 'sso|guest/ü 1', name: '=SUM(A1:A9)' });
    acme.groups[0]?.members.push('sso|guest/ü 1');
  }
  return {
    organizations: [acme, harbour],
    pageSize: 1000,
    missingIds: 'left out',
    existingGroups: 'renamed',
    nonMembers: 'accepted',
    partialFailure: 200,
  };
}

type Data = { readonly [key: string]: unknown };
type Endpoint = { fields: readonly string[]; answer: (state: VeltState, data: Data) => BoxAnswer };

const usersOfGroup = ['organizationId', 'organizationUserGroupId', 'userIds'];

const endpoints = new Map<string, Endpoint>([
  ['/v2/organizations/get', { fields: ['organizationIds', 'pageSize', 'pageToken'], answer: getOrganizations }],
  [
    '/v2/users/get',
    { fields: ['organizationId', 'userIds', 'organizationUserGroupIds', 'pageSize', 'pageToken'], answer: getUsers },
  ],
  [
    '/v2/organizations/usergroups/add',
    { fields: ['organizationId', 'organizationUserGroups', 'createOrganization'], answer: addUserGroups },
  ],
  ['/v2/organizations/usergroups/users/add', { fields: usersOfGroup, answer: addUsersToGroup }],
  // `deleteAll`, which nobody may ask for, is a field that this box does not know.
  ['/v2/organizations/usergroups/users/delete', { fields: usersOfGroup, answer: deleteUsersFromGroup }],
]);

function handle(state: VeltState, request: BoxRequest): BoxAnswer {
  const endpoint = endpoints.get(request.target);
  if (!endpoint || request.method !== 'POST') return refusal(404, 'NOT_FOUND', 'No such endpoint.');
  const { 'x-velt-api-key': key, 'x-velt-auth-token': token, 'content-type': type } = request.headers;
  if (!key || !token) return refusal(400, 'INVALID_ARGUMENT', 'x-velt-api-key and x-velt-auth-token are required.');
  if (key !== apiKey) return refusal(403, 'PERMISSION_DENIED', 'The auth token is not valid for this API key.');
  if (token !== authToken) return refusal(401, 'UNAUTHENTICATED', 'The auth token is not valid.');
  if (!type?.startsWith('application/json')) return invalid('The body must be application/json.');
  const data = dataOf(request.body);
  if (!data) return invalid('data is required.');
  const unknown = Object.keys(data).find((field) => !endpoint.fields.includes(field));
  return unknown === undefined ? endpoint.answer(state, data) : invalid(`data.${unknown} is not known.`);
}

function dataOf(body: string): Data | undefined {
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Data) : undefined;
  } catch {
    return undefined;
  }
}

function getOrganizations(state: VeltState, data: Data): BoxAnswer {
  const { organizationIds } = data;
  if (!isIds(organizationIds, maxIds) && organizationIds !== undefined) return invalid('organizationIds');
  const rows = state.organizations.map(({ id, organizationName, disabled }) => ({ id, organizationName, disabled }));
  const missing = (organizationIds ?? []).filter((id) => !rows.some((row) => row.id === id));
  if (missing.length > 0 && state.missingIds === 'refused') return refusedFor(missing);
  return paged(state, data, organizationIds ? rows.filter(({ id }) => organizationIds.includes(id)) : rows);
}

function getUsers(state: VeltState, data: Data): BoxAnswer {
  const { organizationId, userIds, organizationUserGroupIds } = data;
  if (!isId(organizationId)) return invalid('organizationId');
  if (!isIds(userIds, maxIds) && userIds !== undefined) return invalid('userIds');
  if (!isIds(organizationUserGroupIds, maxIds) && organizationUserGroupIds !== undefined)
    return invalid('organizationUserGroupIds');
  const organization = state.organizations.find(({ id }) => id === organizationId);
  if (!organization) return refusal(404, 'NOT_FOUND', 'Organization not found.');
  const missing = (userIds ?? []).filter((id) => !organization.users.some(({ userId }) => userId === id));
  if (missing.length > 0 && state.missingIds === 'refused') return refusedFor(missing);
  const asked = organization.groups.filter(({ clientGroupId }) => organizationUserGroupIds?.includes(clientGroupId));
  const members = new Set(asked.flatMap((group) => group.members));
  const found = organization.users.filter(
    ({ userId }) => (!userIds || userIds.includes(userId)) && (!organizationUserGroupIds || members.has(userId)),
  );
  return paged(state, data, found);
}

function addUserGroups(state: VeltState, data: Data): BoxAnswer {
  const { organizationId, organizationUserGroups: wanted, createOrganization } = data;
  if (!isId(organizationId)) return invalid('organizationId');
  if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isNewGroup))
    return invalid('organizationUserGroups');
  let organization = state.organizations.find(({ id }) => id === organizationId);
  if (!organization) {
    if (createOrganization !== true) return refusal(404, 'NOT_FOUND', 'Organization not found.');
    organization = { id: organizationId, organizationName: organizationId, disabled: false, users: [], groups: [] };
    state.organizations.push(organization);
  }
  const { groups } = organization;
  return byItem(
    state,
    'Organization User Groups added successfully.',
    wanted.map(({ groupId, groupName = groupId }) => {
      const existing = groups.find(({ clientGroupId }) => clientGroupId === groupId);
      const id = createHash('md5').update(`${organizationId}/${groupId}`).digest('hex');
      if (existing && state.existingGroups === 'refused') {
        return [groupId, { success: false, id, message: 'Organization user group exists.', code: 'already-exists' }];
      }
      if (existing) existing.groupName = groupName;
      else groups.push({ clientGroupId: groupId, groupName, members: [] });
      return [groupId, { success: true, id, message: 'Organization user group added.' }];
    }),
  );
}

function addUsersToGroup(state: VeltState, data: Data): BoxAnswer {
  return edited(state, data, 'added to', ({ users }, { members }, id) => {
    if (!users.some(({ userId }) => userId === id)) return 'User not found.';
    if (!members.includes(id)) members.push(id);
    return null;
  });
}

function deleteUsersFromGroup(state: VeltState, data: Data): BoxAnswer {
  return edited(state, data, 'deleted from', ({ users }, group, id) => {
    const isMember = group.members.includes(id);
    group.members = group.members.filter((member) => member !== id);
    if (isMember) return null;
    if (!users.some(({ userId }) => userId === id)) return 'User not found.';
    return state.nonMembers === 'refused' ? 'User is not in the organization user group.' : null;
  });
}

/** What is wrong with one user; null: it is done. */
type Edit = (organization: Organization, group: Group, userId: string) => string | null;

function edited(state: VeltState, data: Data, done: string, edit: Edit): BoxAnswer {
  const { organizationId, organizationUserGroupId, userIds } = data;
  if (!isId(organizationId)) return invalid('organizationId');
  if (!isId(organizationUserGroupId)) return invalid('organizationUserGroupId');
  if (!isIds(userIds, Infinity) || userIds.length === 0) return invalid('userIds');
  const organization = state.organizations.find(({ id }) => id === organizationId);
  if (!organization) return refusal(404, 'NOT_FOUND', 'Organization not found.');
  const group = organization.groups.find(({ clientGroupId }) => clientGroupId === organizationUserGroupId);
  return byItem(
    state,
    `Users ${done} organization user group.`,
    userIds.map((id) => {
      const item = { organizationUserGroupId };
      const message = group ? edit(organization, group, id) : 'Organization user group not found.';
      if (message !== null) return [id, { success: false, ...item, message, code: 'not-found' }];
      return [id, { success: true, ...item, message: `User ${done} organization user group.` }];
    }),
  );
}

type Item = readonly [string, { readonly success: boolean }];

function byItem({ partialFailure }: VeltState, message: string, items: readonly Item[]): BoxAnswer {
  // `fromEntries` makes own properties, whatever the ids are.
  const data = Object.fromEntries(items);
  const failed = items.some(([, { success }]) => !success);
  if (failed && partialFailure === 500) return refusal(500, 'INTERNAL', 'Some items failed.', data);
  return success({ message, data });
}

function paged(state: VeltState, data: Data, rows: readonly unknown[]): BoxAnswer {
  const { pageSize = state.pageSize, pageToken } = data;
  if (typeof pageSize !== 'number' || pageSize < 1) return invalid('pageSize');
  const from = pageToken === undefined ? 0 : Number(Buffer.from(`${pageToken as string}`, 'base64url').toString());
  if (!Number.isInteger(from)) return invalid('pageToken');
  const to = from + pageSize;
  const next = to < rows.length ? { nextPageToken: Buffer.from(String(to)).toString('base64url') } : {};
  return success({ message: 'Retrieved successfully.', data: rows.slice(from, to), ...next });
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isIds = (value: unknown, atMost: number): value is string[] =>
  Array.isArray(value) && value.length <= atMost && value.every(isId);

function isNewGroup(value: unknown): value is { groupId: string; groupName?: string } {
  const { groupId, groupName } = (value ?? {}) as { groupId?: unknown; groupName?: unknown };
  return isId(groupId) && (groupName === undefined || isId(groupName));
}

const success = (result: Data): BoxAnswer => ({ status: 200, body: { result: { status: 'success', ...result } } });
const refusal = (status: number, word: string, message: string, details?: unknown): BoxAnswer => ({
  status,
  body: { error: { message, status: word, details } },
});
const invalid = (field: string): BoxAnswer => refusal(400, 'INVALID_ARGUMENT', `Invalid argument: ${field}`);
const refusedFor = (ids: readonly string[]): BoxAnswer =>
  refusal(
    500,
    'INTERNAL',
    'Not found.',
    ids.map((id) => ({ id, success: false, message: 'Not found.', code: 'not-found' })),
  );

export const veltBox: BoxDefinition<VeltState> = {
  kind: 'velt',
  sourceName: 'velt',
  open(population): Box<VeltState> {
    const state = stateOf(population);
    return { state, handle: (request) => handle(state, request) };
  },
  settings(origin, { organizations }) {
    const named = organizations[0]!.groups.slice(0, usualGroups.length);
    const groups = {
      'org-a': Object.fromEntries(named.map(({ clientGroupId, groupName }) => [clientGroupId, groupName])),
    };
    return { url: origin, apiKey, authToken, groups };
  },
};
