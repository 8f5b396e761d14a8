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
        members: ['1', '2', '3', '4', '5'].map((id) => ({ type: 'User', path: [id], vendorId: id })),
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
    outcome: { value: { members: [{ type: 'User', path: ['2'], vendorId: '2' }] } },
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
    exchanges: [
      {
        request: 'POST /index.php?/api/v2/add_group',
        headers,
        body: { name: 'New Group', user_ids: [1, 2, 3, 4, 5] },
        answer: sample,
      },
    ],
    outcome: { value: { group: { path: ['1'], name: 'New group' }, facts: [] } },
  },
  {
    name: 'an invalid user id refuses the create',
    offer: 'commands.createGroup',
    docs: `${groupsPage}#addgroup`,
    ask: ({ commands }) => commands.createGroup!(['testrail'], { name: 'New Group', members: [['9']], roles: [] }).call,
    exchanges: [
      {
        request: 'POST /index.php?/api/v2/add_group',
        headers,
        body: { name: 'New Group', user_ids: [9] },
        status: 400,
        answer: { error: 'Field :user_ids contains an invalid user.' },
      },
    ],
    outcome: { code: 'VENDOR_REJECTED' },
  },
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
