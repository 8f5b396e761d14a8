import type { Collection, GroupRow, PagesOf, ProjectRow, UserRow } from '../vendor.js';
import type { Example, Exchange } from '../example.js';

const groupsPage = 'https://support.testrail.com/hc/en-us/articles/7077338821012-Groups';
const usersPage = 'https://support.testrail.com/hc/en-us/articles/7077978310292-Users';
const projectsPage = 'https://support.testrail.com/hc/en-us/articles/7077792415124-Projects';

export const exampleSettings = { url: 'ORIGIN', user: 'ana@example.com', apiKey: 'key-of-the-example' };

const headers = {
  authorization: `Basic ${Buffer.from('ana@example.com:key-of-the-example').toString('base64')}`,
  'content-type': 'application/json',
};

const get = (method: string, answer: unknown, status = 200): Exchange => ({
  request: `GET /index.php?/api/v2/${method}`,
  headers,
  status,
  answer,
});

const envelope = (key: string, rows: unknown[], next: string | null = null) => ({
  offset: 0,
  limit: 250,
  size: rows.length,
  _links: { next, prev: null },
  [key]: rows,
});

const sample = { id: 1, name: 'New group', user_ids: [1, 2, 3, 4, 5] };
const ana = {
  id: 3,
  name: 'Ana Lin',
  email: 'ana@example.com',
  is_active: true,
  role_id: 2,
  role: 'Lead',
  group_ids: [11],
};
const shop = {
  id: 4,
  name: 'Shop',
  announcement: null,
  is_completed: false,
  users: [],
  groups: [{ id: 11, role: 'Lead', role_id: 2 }],
};

const member = (id: string) => ({ type: 'User', path: [id], vendorId: id }) as const;
const row: GroupRow = {
  type: 'TestRailGroup',
  path: ['1'],
  vendorId: '1',
  name: 'New group',
  organization: ['testrail'],
  project: null,
  members: ['1', '2', '3', '4', '5'].map(member),
};

const post = (method: string, more: Partial<Exchange>): Exchange => ({
  request: `POST /index.php?/api/v2/${method}`,
  headers,
  ...more,
});

const readBefore = (name: string, answer: unknown, outcome: Example['outcome'], status = 200): Example => ({
  name,
  offer: 'groupBefore',
  docs: `${groupsPage}#getgroup`,
  ask: ({ groupBefore }) => groupBefore!.read(['1']),
  exchanges: [get('get_group/1', answer, status)],
  outcome,
});

const replaceMembers = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.replaceMembers',
  docs: `${groupsPage}#updategroup`,
  ask: ({ commands }) => commands.replaceMembers!(row, [['2'], ['7']]).call,
  exchanges: [post('update_group/1', { body: { name: 'New group', user_ids: [2, 7] }, ...exchange })],
  outcome,
});

const renameGroup = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.updateGroup',
  docs: `${groupsPage}#updategroup`,
  ask: ({ commands }) => commands.updateGroup!.step(row, { name: 'Release crew' }).call,
  exchanges: [post('update_group/1', { body: { name: 'Release crew', user_ids: [1, 2, 3, 4, 5] }, ...exchange })],
  outcome,
});

const deleteGroup = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.deleteGroup',
  docs: `${groupsPage}#deletegroup`,
  ask: ({ commands }) => commands.deleteGroup!(row).call,
  exchanges: [post('delete_group/1', exchange)],
  outcome,
});

const unknownGroup = { error: 'Field :group_id is not a valid group.' };
const invalidUser = { error: 'Field :user_ids contains an invalid user.' };
const notPermitted = { error: 'No permission to edit user groups' };

/** What is no list of users that could be written back: with its name, what of the answer is otherwise than in the sample. */
const doubtfulLists: readonly (readonly [string, object])[] = [
  ['is missing', { user_ids: undefined }],
  ['is null', { user_ids: null }],
  ['is a text', { user_ids: '1,2,3,4,5' }],
  ['is an object', { user_ids: { 0: 1, 1: 2 } }],
  ['has a hole', { user_ids: [1, null, 3] }],
  ['has a text in it', { user_ids: [1, '2', 3] }],
  ['has a zero in it', { user_ids: [1, 0, 3] }],
  ['has a fraction in it', { user_ids: [1, 2.5, 3] }],
  ['has whole users in it', { user_ids: [{ id: 1 }] }],
  ['is shorter than its size', { size: 6 }],
  ['is longer than its count', { count: 0 }],
  ['is of another length than the number of users', { user_count: 2000 }],
  ['begins later', { offset: 5, limit: 250, size: 5, _links: { next: null, prev: null } }],
  ['goes on', { offset: 0, limit: 5, size: 5, _links: { next: '/api/v2/get_group/1&offset=5', prev: null } }],
  ['is a full page without links', { offset: 0, limit: 5, size: 5 }],
  ['stands beside an error', { error: 'Some users could not be loaded.' }],
];

export const examples: readonly Example[] = [
  {
    name: 'a group as the page shows it',
    offer: 'groups.one',
    docs: `${groupsPage}#getgroup`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).one!(['1']),
    exchanges: [get('get_group/1', sample)],
    outcome: {
      value: {
        type: 'TestRailGroup',
        path: ['1'],
        name: 'New group',
        members: ['1', '2', '3', '4', '5'].map(member),
      },
    },
  },
  {
    name: 'an unknown group is a 400',
    offer: 'groups.one',
    docs: `${groupsPage}#getgroup`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).one!(['99']),
    exchanges: [get('get_group/99', { error: 'Field :group_id is not a valid group.' }, 400)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a banner line before the JSON is cut',
    offer: 'groups.one',
    docs: 'https://support.testrail.com/hc/en-us/articles/7077039051284-Accessing-the-TestRail-API',
    ask: ({ groups }) => (groups as Collection<GroupRow>).one!(['1']),
    exchanges: [
      {
        ...get('get_group/1', `USER AUTHENTICATION SUCCESSFUL!\n${JSON.stringify(sample)}`),
        answerHeaders: { 'content-type': 'application/json' },
      },
    ],
    outcome: { value: { path: ['1'] } },
  },
  {
    name: 'a member named twice counts once',
    offer: 'groups.one',
    docs: `${groupsPage}#getgroup`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).one!(['1']),
    exchanges: [get('get_group/1', { ...sample, user_ids: [2, 2] })],
    outcome: { value: { members: [member('2')] } },
  },
  {
    name: 'another group than the one asked for is no answer',
    offer: 'groups.one',
    docs: `${groupsPage}#getgroup`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).one!(['2']),
    exchanges: [get('get_group/2', sample)],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'the list of groups as the page shows it, size 0 beside one row',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', { ...envelope('groups', [sample]), size: 0 })],
    outcome: { value: { rows: [{ path: ['1'] }], next: null } },
  },
  {
    name: 'a link without index.php leads to the next page',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', envelope('groups', [sample], '/api/v2/get_groups&limit=250&offset=250'))],
    outcome: { value: { next: { path: '/index.php?/api/v2/get_groups&limit=250&offset=250' } } },
  },
  {
    name: 'a link with limit=0 is repaired',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', envelope('groups', [sample], '/api/v2/get_groups&limit=0&offset=250'))],
    outcome: { value: { next: { path: '/index.php?/api/v2/get_groups&limit=250&offset=250' } } },
  },
  {
    name: 'a link to another method is not followed',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', envelope('groups', [sample], '/api/v2/delete_group/1'))],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a list that says it is longer than it is contradicts itself',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', { ...envelope('groups', []), size: 5 })],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a group without its list of users is no group',
    offer: 'groups.pages',
    docs: `${groupsPage}#getgroups`,
    ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([]),
    exchanges: [get('get_groups', envelope('groups', [{ id: 1, name: 'New group', user_ids: null }]))],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a group is created as the page shows it, under the name that the vendor gives back',
    offer: 'commands.createGroup',
    docs: `${groupsPage}#addgroup`,
    ask: ({ commands }) =>
      commands.createGroup!(['testrail'], {
        name: 'New Group',
        members: [['1'], ['2'], ['3'], ['4'], ['5']],
        roles: [],
      }).call,
    exchanges: [post('add_group', { body: { name: 'New Group', user_ids: [1, 2, 3, 4, 5] }, answer: sample })],
    outcome: { value: { group: { path: ['1'], name: 'New group' }, facts: [] } },
  },
  {
    name: 'an invalid user id refuses the create',
    offer: 'commands.createGroup',
    docs: `${groupsPage}#addgroup`,
    ask: ({ commands }) => commands.createGroup!(['testrail'], { name: 'New Group', members: [['9']], roles: [] }).call,
    exchanges: [post('add_group', { body: { name: 'New Group', user_ids: [9] }, status: 400, answer: invalidUser })],
    outcome: { code: 'VENDOR_REJECTED' },
  },

  readBefore('just before a write the group is read, with everybody in the order of its list', sample, { value: row }),
  readBefore(
    'a user named twice is in the group once',
    { ...sample, user_ids: [2, 1, 2] },
    { value: { members: [member('2'), member('1')] } },
  ),
  readBefore('nobody is a list too', { ...sample, user_ids: [] }, { value: { members: [] } }),
  ...[
    { size: 5 },
    { user_count: 5, count: null },
    { offset: 0, limit: 250, size: 5, _links: { next: null, prev: null } },
    { offset: 0, limit: 250, size: 5 },
    { offset: 0, limit: 5, size: 5, _links: { next: null, prev: null } },
  ].map((more) =>
    readBefore(
      `a list that is as long as it says is whole: ${JSON.stringify(more)}`,
      { ...sample, ...more },
      { value: { members: row.members } },
    ),
  ),
  ...doubtfulLists.map(([what, more]) =>
    readBefore(`a list that ${what} is never written back`, { ...sample, ...more }, { code: 'VENDOR_BAD_RESPONSE' }),
  ),
  readBefore('another group is none to be written to', { ...sample, id: 2 }, { code: 'VENDOR_BAD_RESPONSE' }),
  readBefore('what is to be written to may be unknown by now', unknownGroup, { code: 'NOT_FOUND' }, 400),

  replaceMembers(
    'the list is replaced, whole and in its order, and the name goes with it as it was read',
    { answer: { ...sample, user_ids: [2, 7] } },
    { value: { group: { path: ['1'], name: 'New group', members: [member('2'), member('7')] }, facts: [] } },
  ),
  replaceMembers(
    'the answer tells the list as it is then, whatever was sent',
    { answer: { ...sample, user_ids: [2, 9] } },
    { value: { group: { members: [member('2'), member('9')] } } },
  ),
  {
    ...replaceMembers(
      'a user named twice is sent once',
      { answer: { ...sample, user_ids: [2, 7] } },
      { value: { group: { members: [member('2'), member('7')] } } },
    ),
    ask: ({ commands }) => commands.replaceMembers!(row, [['2'], ['7'], ['2']]).call,
  },
  {
    ...replaceMembers(
      'a group can be emptied',
      { body: { name: 'New group', user_ids: [] }, answer: { ...sample, user_ids: [] } },
      { value: { group: { members: [] } } },
    ),
    ask: ({ commands }) => commands.replaceMembers!(row, []).call,
  },
  ...doubtfulLists.map(([what, more]) =>
    replaceMembers(
      `an answered list that ${what} proves nothing`,
      { answer: { ...sample, ...more } },
      { code: 'OUTCOME_UNKNOWN' },
    ),
  ),
  replaceMembers(
    'another group in the answer proves nothing',
    { answer: { ...sample, id: 2, user_ids: [2, 7] } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  replaceMembers(
    'an invalid user id refuses the whole list',
    { status: 400, answer: invalidUser },
    { code: 'VENDOR_REJECTED' },
  ),
  replaceMembers(
    'who may not edit groups is told so by a 403',
    { status: 403, answer: notPermitted },
    { code: 'VENDOR_AUTH' },
  ),
  replaceMembers(
    'an installation before 7.5 does not know the method',
    { status: 404, answer: { error: "Unknown method 'update_group'" } },
    { code: 'NOT_FOUND' },
  ),

  renameGroup(
    'a rename sends the list that was just read, in its order',
    { answer: { ...sample, name: 'Release crew' } },
    { value: { group: { path: ['1'], name: 'Release crew', members: row.members }, facts: [] } },
  ),
  renameGroup(
    'the vendor may give the name back in another case',
    { answer: { ...sample, name: 'Release Crew' } },
    { value: { group: { name: 'Release Crew' } } },
  ),
  renameGroup(
    'a rename answered without a list of users proves nothing',
    { answer: { id: 1, name: 'Release crew' } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  renameGroup('a name may be refused', { status: 400, answer: invalidUser }, { code: 'VENDOR_REJECTED' }),

  ...[undefined, {}, sample, 'true', 'gone'].map((answer) =>
    deleteGroup(
      `nothing is documented to be answered to a delete, and anything may come: ${JSON.stringify(answer) ?? 'nothing'}`,
      { answer },
      { value: { facts: [] } },
    ),
  ),
  deleteGroup(
    'a group that is not there cannot be deleted',
    { status: 400, answer: unknownGroup },
    { code: 'NOT_FOUND' },
  ),
  deleteGroup(
    'who may not delete groups is told so by a 403',
    { status: 403, answer: notPermitted },
    { code: 'VENDOR_AUTH' },
  ),
  deleteGroup(
    'a page for people is the word of a gateway, and proves nothing',
    { answer: '<h1>Please sign in</h1>', answerHeaders: { 'content-type': 'text/html' } },
    { code: 'OUTCOME_UNKNOWN' },
  ),

  {
    name: 'a user with role and projects',
    offer: 'users.one',
    docs: `${usersPage}#getuser`,
    ask: ({ users }) => (users as Collection<UserRow>).one!(['3']),
    exchanges: [get('get_user/3', { ...ana, assigned_projects: [4] })],
    outcome: {
      value: {
        path: ['3'],
        name: 'Ana Lin',
        email: 'ana@example.com',
        status: 'ACTIVE',
        role: 'Lead',
        projects: [['4']],
      },
    },
  },
  {
    name: 'a user of an older server is known by name and state only',
    offer: 'users.one',
    docs: 'https://www.gurock.com/testrail/docs/api/reference/users',
    ask: ({ users }) => (users as Collection<UserRow>).one!(['3']),
    exchanges: [get('get_user/3', { id: 3, name: 'Ana Lin', email: 'ana@example.com', is_active: false })],
    outcome: { value: { status: 'INACTIVE', role: null, projects: null } },
  },
  {
    name: 'the list of users in an envelope',
    offer: 'users.pages',
    docs: `${usersPage}#getusers`,
    ask: ({ users }) => (users as Collection<UserRow>).pages!([]),
    exchanges: [get('get_users', envelope('users', [ana]))],
    outcome: { value: { rows: [{ path: ['3'] }], next: null } },
  },
  {
    name: 'the bare array of an old server is the whole list',
    offer: 'users.pages',
    docs: 'https://support.testrail.com/hc/en-us/articles/7077083596436-Introduction-to-the-TestRail-API',
    ask: ({ users }) => (users as Collection<UserRow>).pages!([]),
    exchanges: [get('get_users', [ana])],
    outcome: { value: { rows: [{ path: ['3'] }], next: null } },
  },
  {
    name: 'an envelope without links goes on by its offset while pages are full',
    offer: 'users.pages',
    docs: `${usersPage}#getusers`,
    ask: ({ users }) => (users as Collection<UserRow>).pages!([]),
    exchanges: [get('get_users', { offset: 0, limit: 1, size: 1, users: [ana] })],
    outcome: { value: { next: { path: '/index.php?/api/v2/get_users&limit=1&offset=1' } } },
  },
  {
    name: 'the users of a project',
    offer: 'usersOfProject',
    docs: `${usersPage}#getusers`,
    ask: ({ usersOfProject }) => (usersOfProject as PagesOf<UserRow>).pages(['4']),
    exchanges: [get('get_users/4', envelope('users', [ana]))],
    outcome: { value: { rows: [{ path: ['3'] }] } },
  },
  {
    name: 'a user by e-mail, percent-encoded into the query string',
    offer: 'userByEmail',
    docs: `${usersPage}#getuserbyemail`,
    ask: ({ userByEmail }) => userByEmail!('ana+qa@example.com'),
    exchanges: [get('get_user_by_email&email=ana%2Bqa%40example.com', ana)],
    outcome: { value: { path: ['3'] } },
  },
  {
    name: 'an unknown e-mail is a 400',
    offer: 'userByEmail',
    docs: `${usersPage}#getuserbyemail`,
    ask: ({ userByEmail }) => userByEmail!('nobody@example.com'),
    exchanges: [
      get('get_user_by_email&email=nobody%40example.com', { error: 'Field :email is not a valid email address.' }, 400),
    ],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a project and the groups that it names',
    offer: 'projects.one',
    docs: `${projectsPage}#getproject`,
    ask: ({ projects }) => (projects as Collection<ProjectRow>).one!(['4']),
    exchanges: [get('get_project/4', shop)],
    outcome: { value: { path: ['4'], name: 'Shop', groups: [['11']] } },
  },
  {
    name: 'the list of projects',
    offer: 'projects.pages',
    docs: `${projectsPage}#getprojects`,
    ask: ({ projects }) => (projects as Collection<ProjectRow>).pages!([]),
    exchanges: [get('get_projects', envelope('projects', [shop]))],
    outcome: { value: { rows: [{ path: ['4'], name: 'Shop' }] } },
  },
];
