import type { Collection, OrganizationRow, PagesOf, UserRow } from '../vendor.js';
import type { Example, Exchange } from '../example.js';

const pages = 'https://docs.velt.dev/api-reference/rest-apis/v2';
const organizationsPage = `${pages}/organizations/get-organizations-v2`;
const usersPage = `${pages}/users/get-users-v2`;
const addGroupsPage = `${pages}/user-groups/add-groups`;
const addUsersPage = `${pages}/user-groups/add-users-to-group`;
const deleteUsersPage = `${pages}/user-groups/delete-users-from-group`;
const documentsPage = `${pages}/documents/get-documents-v2`;
const addDocumentsPage = `${pages}/documents/add-documents`;
const codesPage = 'https://docs.velt.dev/ai/approval-engine/customize-behavior';

export const exampleSettings = { url: 'ORIGIN', apiKey: 'key-of-the-example', authToken: 'token-of-the-example' };

const post = (path: string, data: unknown, answer: unknown, status = 200): Exchange => ({
  request: `POST /v2/${path}`,
  headers: {
    'x-velt-api-key': 'key-of-the-example',
    'x-velt-auth-token': 'token-of-the-example',
    'content-type': 'application/json',
  },
  body: { data },
  status,
  answer,
});

const success = (data: unknown, beside: object = {}) => ({
  result: { status: 'success', message: 'Done.', data, ...beside },
});
const failure = (status: string, details?: unknown) => ({ error: { message: 'ERROR_MESSAGE', status, details } });

const acme = { id: 'org-a', organizationName: 'Acme Studio', disabled: false };
const ana = { userId: 'u-1', name: 'Ana Lin', email: 'ana@example.com' };
const qa = { organizationId: 'org-a', organizationUserGroupIds: ['qa'] };

const allOrganizations: Example['ask'] = ({ organizations }) =>
  (organizations as Collection<OrganizationRow>).pages!([]);
const twoOrganizations: Example['ask'] = ({ organizations }) =>
  (organizations as Collection<OrganizationRow>).many!.call([], [['org-a'], ['org-z']]);
const allUsers: Example['ask'] = ({ users }) => (users as Collection<UserRow>).pages!(['org-a']);
const twoUsers: Example['ask'] = ({ users }) =>
  (users as Collection<UserRow>).many!.call(
    ['org-a'],
    [
      ['org-a', 'u-1'],
      ['org-a', 'u-9'],
    ],
  );
const membersOfQa: Example['ask'] = ({ members }) => (members as PagesOf<UserRow>).pages(['org-a', 'qa']);

const create =
  (...ids: string[]): Example['ask'] =>
  ({ commands }) =>
    commands.createUserGroups!(
      ['org-a'],
      ids.map((groupId) => ({ groupId, groupName: null })),
      false,
    ).call;
const wanted = (...ids: string[]) => ({
  organizationId: 'org-a',
  organizationUserGroups: ids.map((groupId) => ({ groupId })),
});
const usersOfQa = (...userIds: string[]) => ({
  organizationId: 'org-a',
  organizationUserGroupId: 'qa',
  userIds,
});
const both = usersOfQa('u-1', 'u-9');
const upTo = (count: number) => Array.from({ length: count }, (_, at) => ['org-a', `u-${at + 1}`]);
const edit =
  (verb: 'addMembers' | 'removeMembers', members: readonly string[][], call = 0): Example['ask'] =>
  ({ commands }) =>
    commands[verb]!({ type: 'VeltUserGroup', path: ['org-a', 'qa'] }, members)[call]!.call;
const anaAndNobody = [
  ['org-a', 'u-1'],
  ['org-a', 'u-9'],
];
const addToQa = edit('addMembers', anaAndNobody);
const removeFromQa = edit('removeMembers', anaAndNobody);

const serverId = '77ab6767b022ad0323ba39c24f12cc95';
const added = { success: true, id: serverId, message: 'Organization user group added.' };
const joined = { success: true, organizationUserGroupId: 'qa', message: 'User added.' };
const notJoined = { success: false, organizationUserGroupId: 'qa', message: 'User not found.' };
const anaInQa = {
  kind: 'membership',
  group: { type: 'VeltUserGroup', path: ['org-a', 'qa'] },
  member: { type: 'User', path: ['org-a', 'u-1'], vendorId: 'u-1' },
};
const left = { success: true, organizationUserGroupId: 'qa', message: 'User deleted.' };
const anaOutOfQa = { ...anaInQa, kind: 'departure' };

export const examples: readonly Example[] = [
  {
    name: 'all organizations, the disabled ones too',
    offer: 'organizations.pages',
    docs: organizationsPage,
    ask: allOrganizations,
    exchanges: [post('organizations/get', {}, success([acme, { id: 'org-b', disabled: true }]))],
    outcome: {
      value: {
        rows: [
          { type: 'Organization', path: ['org-a'], vendorId: 'org-a', name: 'Acme Studio' },
          { path: ['org-b'], name: null },
        ],
        next: null,
      },
    },
  },
  {
    name: 'a token beside the rows leads to the next page',
    offer: 'organizations.pages',
    docs: organizationsPage,
    ask: allOrganizations,
    exchanges: [post('organizations/get', {}, success([acme], { nextPageToken: 'eyJ4' }))],
    outcome: { value: { next: { path: '/v2/organizations/get', body: { data: { pageToken: 'eyJ4' } } } } },
  },
  {
    name: 'several organizations in one call, one of them unknown and therefore absent',
    offer: 'organizations.many',
    docs: organizationsPage,
    ask: twoOrganizations,
    exchanges: [post('organizations/get', { organizationIds: ['org-a', 'org-z'] }, success([acme]))],
    outcome: { value: { rows: [{ path: ['org-a'] }], next: null } },
  },
  {
    name: 'a call refused for an unknown organization says which one it is',
    offer: 'organizations.many',
    docs: documentsPage,
    ask: twoOrganizations,
    exchanges: [
      post(
        'organizations/get',
        { organizationIds: ['org-a', 'org-z'] },
        failure('INTERNAL', [{ id: 'org-z', success: false, message: 'Not found.', code: 'not-found' }]),
        500,
      ),
    ],
    outcome: { value: { rows: [], next: null, unknown: [['org-z']] } },
  },
  {
    name: 'an organization without an id is no organization',
    offer: 'organizations.pages',
    docs: organizationsPage,
    ask: allOrganizations,
    exchanges: [post('organizations/get', {}, success([{ organizationName: 'Acme Studio' }]))],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a list without its rows is no list',
    offer: 'organizations.pages',
    docs: organizationsPage,
    ask: allOrganizations,
    exchanges: [post('organizations/get', {}, { result: { status: 'success', message: 'Done.' } })],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'the users of an organization, name and e-mail as far as told',
    offer: 'users.pages',
    docs: usersPage,
    ask: allUsers,
    exchanges: [post('users/get', { organizationId: 'org-a' }, success([ana, { userId: 'u-2' }]))],
    outcome: {
      value: {
        rows: [
          {
            type: 'User',
            path: ['org-a', 'u-1'],
            vendorId: 'u-1',
            name: 'Ana Lin',
            email: 'ana@example.com',
            status: 'UNKNOWN',
            kind: 'HUMAN',
            organization: ['org-a'],
            projects: null,
          },
          { path: ['org-a', 'u-2'], name: null, email: null },
        ],
        next: null,
      },
    },
  },
  {
    name: 'a token called pageToken leads on as well, and the question stays the same',
    offer: 'users.pages',
    docs: usersPage,
    ask: allUsers,
    exchanges: [post('users/get', { organizationId: 'org-a' }, success([ana], { pageToken: 'eyJ5' }))],
    outcome: { value: { next: { body: { data: { organizationId: 'org-a', pageToken: 'eyJ5' } } } } },
  },
  {
    name: 'of two tokens nextPageToken is the one that leads on',
    offer: 'users.pages',
    docs: usersPage,
    ask: allUsers,
    exchanges: [
      post('users/get', { organizationId: 'org-a' }, success([ana], { pageToken: 'eyJ4', nextPageToken: 'eyJ5' })),
    ],
    outcome: { value: { next: { body: { data: { pageToken: 'eyJ5' } } } } },
  },
  {
    name: 'an empty token ends the list',
    offer: 'users.pages',
    docs: usersPage,
    ask: allUsers,
    exchanges: [post('users/get', { organizationId: 'org-a' }, success([], { pageToken: 'eyJ4', nextPageToken: '' }))],
    outcome: { value: { rows: [], next: null } },
  },
  {
    name: 'a missing organization may be a 404',
    offer: 'users.pages',
    docs: codesPage,
    ask: allUsers,
    exchanges: [post('users/get', { organizationId: 'org-a' }, failure('NOT_FOUND'), 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a missing organization may be a 400 that says NOT_FOUND',
    offer: 'users.pages',
    docs: codesPage,
    ask: allUsers,
    exchanges: [post('users/get', { organizationId: 'org-a' }, failure('NOT_FOUND'), 400)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'several users in one call, one of them unknown and therefore absent',
    offer: 'users.many',
    docs: usersPage,
    ask: twoUsers,
    exchanges: [post('users/get', { organizationId: 'org-a', userIds: ['u-1', 'u-9'] }, success([ana]))],
    outcome: { value: { rows: [{ path: ['org-a', 'u-1'] }] } },
  },
  {
    name: 'details that are a map by id say which user is unknown, too',
    offer: 'users.many',
    docs: addDocumentsPage,
    ask: twoUsers,
    exchanges: [
      post(
        'users/get',
        { organizationId: 'org-a', userIds: ['u-1', 'u-9'] },
        failure('INTERNAL', { 'u-1': { success: true }, 'u-9': { success: false, id: serverId, code: 'not-found' } }),
        500,
      ),
    ],
    outcome: { value: { rows: [], unknown: [['org-a', 'u-9']] } },
  },
  {
    name: 'details that refuse an item refuse the read',
    offer: 'users.many',
    docs: documentsPage,
    ask: twoUsers,
    exchanges: [
      post(
        'users/get',
        { organizationId: 'org-a', userIds: ['u-1', 'u-9'] },
        failure('INTERNAL', [
          { id: 'u-1', success: false, message: 'Failed.', code: 'internal' },
          { id: 'u-9', success: false, message: 'Not found.', code: 'not-found' },
        ]),
        500,
      ),
    ],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'details that refuse something that was not asked for refuse the read, too',
    offer: 'users.many',
    docs: documentsPage,
    ask: twoUsers,
    exchanges: [
      post(
        'users/get',
        { organizationId: 'org-a', userIds: ['u-1', 'u-9'] },
        failure('INTERNAL', [{ id: 'org-a', success: false, message: 'Not found.', code: 'not-found' }]),
        500,
      ),
    ],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a 200 that says it did not succeed is a refusal',
    offer: 'users.many',
    docs: documentsPage,
    ask: twoUsers,
    exchanges: [post('users/get', { organizationId: 'org-a', userIds: ['u-1', 'u-9'] }, { success: false })],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'the members of a group are the users found by it',
    offer: 'members',
    docs: usersPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, success([ana], { nextPageToken: 'eyJ5' }))],
    outcome: {
      value: {
        rows: [{ type: 'User', path: ['org-a', 'u-1'] }],
        next: { body: { data: { ...qa, pageToken: 'eyJ5' } } },
      },
    },
  },
  {
    name: 'a missing or bad argument is a 400',
    offer: 'members',
    docs: addGroupsPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('INVALID_ARGUMENT'), 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a refusal may hide in a 200',
    offer: 'members',
    docs: addGroupsPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('INVALID_ARGUMENT'))],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a result that is no success is a refusal',
    offer: 'members',
    docs: usersPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, { result: { status: 'error', message: 'ERROR_MESSAGE' } })],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a token that Velt does not accept',
    offer: 'members',
    docs: codesPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('UNAUTHENTICATED'), 401)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'a token that is not for this key',
    offer: 'members',
    docs: codesPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('PERMISSION_DENIED'), 403)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'too many calls',
    offer: 'members',
    docs: codesPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('RESOURCE_EXHAUSTED'), 429)],
    outcome: { code: 'VENDOR_RATE_LIMITED' },
  },
  {
    name: 'a server that was too slow for itself',
    offer: 'members',
    docs: codesPage,
    ask: membersOfQa,
    exchanges: [post('users/get', qa, failure('DEADLINE_EXCEEDED'), 504)],
    outcome: { code: 'VENDOR_UNAVAILABLE' },
  },
  {
    name: 'a group is added as the page shows it',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: ({ commands }) =>
      commands.createUserGroups!(['yourOrganizationId'], [{ groupId: 'engineering', groupName: 'Engineering' }], false)
        .call,
    exchanges: [
      post(
        'organizations/usergroups/add',
        {
          organizationId: 'yourOrganizationId',
          organizationUserGroups: [{ groupId: 'engineering', groupName: 'Engineering' }],
        },
        {
          result: {
            status: 'success',
            message: 'Organization User Groups added successfully.',
            data: { engineering: added },
          },
        },
      ),
    ],
    outcome: {
      value: {
        refused: [],
        facts: [
          {
            kind: 'group',
            row: {
              type: 'VeltUserGroup',
              path: ['yourOrganizationId', 'engineering'],
              vendorId: 'engineering',
              name: 'Engineering',
              organization: ['yourOrganizationId'],
              project: null,
              serverId,
            },
          },
        ],
      },
    },
  },
  {
    name: 'a group without a name is called by its id, and the organization is created where that is asked',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: ({ commands }) => commands.createUserGroups!(['org-a'], [{ groupId: 'qa', groupName: null }], true).call,
    exchanges: [
      post(
        'organizations/usergroups/add',
        { ...wanted('qa'), createOrganization: true },
        success({ qa: { success: true } }),
      ),
    ],
    outcome: { value: { facts: [{ row: { path: ['org-a', 'qa'], name: 'qa', serverId: null } }] } },
  },
  {
    name: 'a 200 may refuse one of the groups',
    offer: 'commands.createUserGroups',
    docs: `${pages}/organizations/add-organizations`,
    ask: create('qa', 'ops'),
    exchanges: [
      post(
        'organizations/usergroups/add',
        wanted('qa', 'ops'),
        success({ ops: added, qa: { success: false, id: serverId, message: 'Failed.' } }),
      ),
    ],
    outcome: { value: { refused: [0], facts: [{ row: { path: ['org-a', 'ops'] } }] } },
  },
  {
    name: 'of a 200 that is silent about a group nobody knows what it did',
    offer: 'commands.createUserGroups',
    docs: `${pages}/organizations/add-organizations`,
    ask: create('qa', 'ops'),
    exchanges: [post('organizations/usergroups/add', wanted('qa', 'ops'), success({ ops: added }))],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a 500 may hold the same results in its details',
    offer: 'commands.createUserGroups',
    docs: addDocumentsPage,
    ask: create('qa', 'ops'),
    exchanges: [
      post(
        'organizations/usergroups/add',
        wanted('qa', 'ops'),
        failure('INTERNAL', {
          ops: added,
          qa: { success: false, id: serverId, message: 'Exists.', code: 'already-exists' },
        }),
        500,
      ),
    ],
    outcome: { value: { refused: [0], facts: [{ row: { path: ['org-a', 'ops'], serverId } }] } },
  },
  {
    name: 'of a 500 whose details leave out a group nobody knows what it did',
    offer: 'commands.createUserGroups',
    docs: addDocumentsPage,
    ask: create('qa', 'ops'),
    exchanges: [
      post(
        'organizations/usergroups/add',
        wanted('qa', 'ops'),
        failure('INTERNAL', { qa: { success: false, message: 'Failed.', code: 'internal' } }),
        500,
      ),
    ],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'names that every object knows are ids like any other',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: create('constructor', '__proto__'),
    exchanges: [
      post(
        'organizations/usergroups/add',
        wanted('constructor', '__proto__'),
        success({ constructor: { success: false, message: 'Failed.' }, ['__proto__']: added }),
      ),
    ],
    outcome: { value: { refused: [0], facts: [{ row: { path: ['org-a', '__proto__'], serverId } }] } },
  },
  {
    name: 'a whole create refused as the page shows it',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: create('qa'),
    exchanges: [post('organizations/usergroups/add', wanted('qa'), failure('INVALID_ARGUMENT'), 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a whole create refused in a 200',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: create('qa'),
    exchanges: [post('organizations/usergroups/add', wanted('qa'), failure('INVALID_ARGUMENT'))],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'an organization that does not exist is not created unasked',
    offer: 'commands.createUserGroups',
    docs: codesPage,
    ask: create('qa'),
    exchanges: [post('organizations/usergroups/add', wanted('qa'), failure('NOT_FOUND'), 400)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a group that exists may be a 409',
    offer: 'commands.createUserGroups',
    docs: codesPage,
    ask: create('qa'),
    exchanges: [post('organizations/usergroups/add', wanted('qa'), failure('ALREADY_EXISTS'), 409)],
    outcome: { code: 'VENDOR_CONFLICT' },
  },
  {
    name: 'a success without results by group leaves open what was done',
    offer: 'commands.createUserGroups',
    docs: addGroupsPage,
    ask: create('qa'),
    exchanges: [post('organizations/usergroups/add', wanted('qa'), success(null))],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'users are put into a group in one call, and one of them is unknown',
    offer: 'commands.addMembers',
    docs: addUsersPage,
    ask: addToQa,
    exchanges: [post('organizations/usergroups/users/add', both, success({ 'u-1': joined, 'u-9': notJoined }))],
    outcome: { value: { refused: [1], facts: [anaInQa] } },
  },
  {
    name: 'the same in the details of a 500, as a list',
    offer: 'commands.addMembers',
    docs: documentsPage,
    ask: addToQa,
    exchanges: [
      post(
        'organizations/usergroups/users/add',
        both,
        failure('INTERNAL', [
          { id: 'u-1', success: true, message: 'User added.' },
          { id: 'u-9', success: false, message: 'User not found.', code: 'not-found' },
        ]),
        500,
      ),
    ],
    outcome: { value: { refused: [1], facts: [anaInQa] } },
  },
  {
    name: 'a fault of the server leaves open who was put into the group',
    offer: 'commands.addMembers',
    docs: codesPage,
    ask: addToQa,
    exchanges: [post('organizations/usergroups/users/add', both, failure('INTERNAL'), 500)],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a call adds 250 users at most, and the next one goes on',
    offer: 'commands.addMembers',
    docs: addUsersPage,
    ask: edit('addMembers', upTo(251), 1),
    exchanges: [post('organizations/usergroups/users/add', usersOfQa('u-251'), success({ 'u-251': joined }))],
    outcome: { value: { refused: [], facts: [{ member: { vendorId: 'u-251' } }] } },
  },
  {
    name: 'users are taken out of a group in one call, named one by one',
    offer: 'commands.removeMembers',
    docs: deleteUsersPage,
    ask: removeFromQa,
    exchanges: [post('organizations/usergroups/users/delete', both, success({ 'u-1': left, 'u-9': left }))],
    outcome: { value: { refused: [], facts: [anaOutOfQa, { kind: 'departure', member: { vendorId: 'u-9' } }] } },
  },
  {
    name: 'a 200 may refuse to take out one of them, who may be no member or no user',
    offer: 'commands.removeMembers',
    docs: deleteUsersPage,
    ask: removeFromQa,
    exchanges: [post('organizations/usergroups/users/delete', both, success({ 'u-9': notJoined, 'u-1': left }))],
    outcome: { value: { refused: [1], facts: [anaOutOfQa] } },
  },
  {
    name: 'the details of a 500 tell by id who was taken out',
    offer: 'commands.removeMembers',
    docs: addDocumentsPage,
    ask: removeFromQa,
    exchanges: [
      post(
        'organizations/usergroups/users/delete',
        both,
        failure('INTERNAL', { 'u-1': left, 'u-9': { ...notJoined, code: 'not-found' } }),
        500,
      ),
    ],
    outcome: { value: { refused: [1], facts: [anaOutOfQa] } },
  },
  {
    name: 'of a 200 that is silent about a user nobody knows whether he was taken out',
    offer: 'commands.removeMembers',
    docs: deleteUsersPage,
    ask: removeFromQa,
    exchanges: [post('organizations/usergroups/users/delete', both, success({ 'u-1': left }))],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a fault of the server leaves open who was taken out of the group',
    offer: 'commands.removeMembers',
    docs: codesPage,
    ask: removeFromQa,
    exchanges: [post('organizations/usergroups/users/delete', both, failure('INTERNAL'), 500)],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a missing organization, from which nobody was taken out',
    offer: 'commands.removeMembers',
    docs: codesPage,
    ask: removeFromQa,
    exchanges: [post('organizations/usergroups/users/delete', both, failure('NOT_FOUND'), 400)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a call takes out 250 users at most, and the next one goes on',
    offer: 'commands.removeMembers',
    docs: deleteUsersPage,
    ask: edit('removeMembers', upTo(251), 1),
    exchanges: [post('organizations/usergroups/users/delete', usersOfQa('u-251'), success({ 'u-251': left }))],
    outcome: { value: { refused: [], facts: [{ kind: 'departure', member: { vendorId: 'u-251' } }] } },
  },
];
