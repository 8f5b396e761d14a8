import type { Collection, GroupChanges, GroupRow, ProjectRow, UserRow } from '../vendor.js';
import type { Example, Exchange } from '../example.js';

const introductionPage = 'https://developer.tiledesk.com/apis/rest-api/introduction';
const groupsPage = 'https://developer.tiledesk.com/apis/rest-api/management-api/groups';
const teamPage = 'https://developer.tiledesk.com/apis/rest-api/team';
const projectsPage = 'https://developer.tiledesk.com/apis/rest-api/projects';

export const exampleSettings = { url: 'ORIGIN', email: 'andrea.leo@f21.it', password: '123456' };

const headers = { authorization: `Basic ${Buffer.from('andrea.leo@f21.it:123456').toString('base64')}` };

const project = '5b55e806c93dde00143163dd';
const otherProject = '5df2240cecd41b00173a06bb';
const creator = '5ab0f3fa57066e0014bfd71e';
const colleague = '5ad5bd40c975820014ba9009';

const get = (path: string, answer: unknown, status = 200): Exchange => ({
  request: `GET ${path}`,
  headers,
  status,
  answer,
});

const first = {
  _id: '5c34b5149f22a7001681e887',
  updatedAt: '2019-01-08T14:35:09.621Z',
  createdAt: '2019-01-08T14:35:00.625Z',
  name: 'gruppo1',
  trashed: false,
  id_project: project,
  createdBy: creator,
  __v: 0,
  members: [colleague],
};
const second = {
  ...first,
  _id: '5c34b52a9f22a7001681e888',
  updatedAt: '2019-01-08T14:35:29.678Z',
  createdAt: '2019-01-08T14:35:22.489Z',
  name: 'gruppo2',
  members: [creator],
};
const { _id: secondId, ...withoutId } = second;
const { id_project: _project, trashed: _trashed, name: _name, ...shell } = second;

const ana = {
  _id: '66aa00000000000000000001',
  id_project: project,
  role: 'agent',
  status: 'active',
  user_available: true,
  createdAt: '2025-02-01T08:00:00.000Z',
  updatedAt: '2025-02-03T08:00:00.000Z',
  id_user: { _id: creator, email: 'ana@example.com', firstname: 'Ana', lastname: 'Lin', emailverified: true },
};
const { status: _status, ...withoutStatus } = ana;

const detail = {
  _id: project,
  name: 'Shop',
  status: 100,
  createdBy: creator,
  createdAt: '2025-02-01T08:00:00.000Z',
  updatedAt: '2025-02-03T08:00:00.000Z',
  settings: { email: { config: { host: 'smtp.example.com' } } },
};

const member = (userId: string) => ({ type: 'User', path: [project, userId], vendorId: userId }) as const;

const oneGroup = `/${project}/groups/${secondId}`;

const readGroup = (name: string, exchange: Exchange, outcome: Example['outcome']): Example => ({
  name,
  offer: 'groups.one',
  docs: groupsPage,
  ask: ({ groups }) => (groups as Collection<GroupRow>).one!([project, secondId]),
  exchanges: [exchange],
  outcome,
});

const listGroups = (name: string, exchange: Exchange, outcome: Example['outcome']): Example => ({
  name,
  offer: 'groups.pages',
  docs: groupsPage,
  ask: ({ groups }) => (groups as Collection<GroupRow>).pages!([project]),
  exchanges: [exchange],
  outcome,
});

const createGroup = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.createGroup',
  docs: groupsPage,
  ask: ({ commands }) =>
    commands.createGroup!([project], { name: 'new group1', members: [[project, creator]], roles: [] }).call,
  exchanges: [
    {
      request: `POST /${project}/groups`,
      headers: { ...headers, 'content-type': 'application/json' },
      body: { name: 'new group1', members: [creator] },
      ...exchange,
    },
  ],
  outcome,
});

const row: GroupRow = {
  type: 'TiledeskGroup',
  path: [project, second._id],
  vendorId: second._id,
  name: 'gruppo2',
  organization: ['tiledesk'],
  project: [project],
  members: [member(creator)],
};

const readBefore = (name: string, answer: unknown, outcome: Example['outcome'], status = 200): Example => ({
  name,
  offer: 'groupBefore',
  docs: groupsPage,
  ask: ({ groupBefore }) => groupBefore!.read(row.path),
  exchanges: [get(oneGroup, answer, status)],
  outcome,
});

const replaceMembers = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.replaceMembers',
  docs: groupsPage,
  ask: ({ commands }) =>
    commands.replaceMembers!(row, [
      [project, creator],
      [project, colleague],
    ]).call,
  exchanges: [
    {
      request: `PUT ${oneGroup}`,
      headers: { ...headers, 'content-type': 'application/json' },
      body: { members: [creator, colleague] },
      ...exchange,
    },
  ],
  outcome,
});

const updateGroup = (
  name: string,
  changes: GroupChanges,
  exchange: Partial<Exchange>,
  outcome: Example['outcome'],
): Example => ({
  name,
  offer: 'commands.updateGroup',
  docs: groupsPage,
  ask: ({ commands }) => commands.updateGroup!.step(row, changes).call,
  exchanges: [{ request: `PUT ${oneGroup}`, headers, body: changes, ...exchange }],
  outcome,
});

const deleteGroup = (name: string, exchange: Partial<Exchange>, outcome: Example['outcome']): Example => ({
  name,
  offer: 'commands.deleteGroup',
  docs: groupsPage,
  ask: ({ commands }) => commands.deleteGroup!(row).call,
  exchanges: [{ request: `DELETE ${oneGroup}`, headers, ...exchange }],
  outcome,
});

const readUser = (name: string, exchange: Exchange, outcome: Example['outcome']): Example => ({
  name,
  offer: 'users.one',
  docs: teamPage,
  ask: ({ users }) => (users as Collection<UserRow>).one!([project, creator]),
  exchanges: [exchange],
  outcome,
});

const listUsers = (name: string, answer: unknown, outcome: Example['outcome']): Example => ({
  name,
  offer: 'users.pages',
  docs: teamPage,
  ask: ({ users }) => (users as Collection<UserRow>).pages!([project]),
  exchanges: [get(`/${project}/project_users`, answer)],
  outcome,
});

const readProject = (name: string, exchange: Exchange, outcome: Example['outcome']): Example => ({
  name,
  offer: 'projects.one',
  docs: projectsPage,
  ask: ({ projects }) => (projects as Collection<ProjectRow>).one!([project]),
  exchanges: [exchange],
  outcome,
});

const listProjects = (name: string, answer: unknown, outcome: Example['outcome']): Example => ({
  name,
  offer: 'projects.pages',
  docs: projectsPage,
  ask: ({ projects }) => (projects as Collection<ProjectRow>).pages!([]),
  exchanges: [get('/projects/', answer)],
  outcome,
});

const oneUser = `/${project}/project_users/users/${creator}`;

const both = { ...second, members: [creator, colleague] };
const unknownProject = { error: `Project not found with id: ${project}` };

/** What is no list of members that could be written back: with its name, what of the answer is otherwise than in the sample. */
const doubtfulLists: readonly (readonly [string, object])[] = [
  ['is missing', { members: undefined }],
  ['is null', { members: null }],
  ['is a text', { members: creator }],
  ['is an object', { members: { 0: creator } }],
  ['has a hole', { members: [creator, null] }],
  ['has a member without id', { members: [creator, ''] }],
  ['has whole users in it', { members: [{ _id: creator }] }],
  ['is shorter than its size', { size: 7 }],
  ['is longer than its count', { members_count: 0 }],
  ['stands beside an error', { error: 'Error getting members.' }],
];

/** What a write to one group may find to have that id: with its name, what of the answer is otherwise than in the sample. */
const othersGroups: readonly (readonly [string, object])[] = [
  ['a group of another project', { ...both, id_project: otherProject }],
  ['a group in the trash', { ...both, trashed: true }],
  ['the shell that was made of an unknown id', shell],
];

export const examples: readonly Example[] = [
  readGroup('a group as the page shows it', get(oneGroup, second), {
    value: {
      type: 'TiledeskGroup',
      path: [project, secondId],
      vendorId: secondId,
      name: 'gruppo2',
      organization: ['tiledesk'],
      project: [project],
      members: [member(creator)],
      enabled: null,
      attributes: null,
      createdAt: '2019-01-08T14:35:22.489Z',
      updatedAt: '2019-01-08T14:35:29.678Z',
      createdBy: [project, creator],
    },
  }),
  readGroup('the id may be called id, as in the table of fields', get(oneGroup, { id: secondId, ...withoutId }), {
    value: { path: [project, secondId], name: 'gruppo2' },
  }),
  readGroup(
    'a newer server tells whether the group is enabled, and its attributes',
    get(oneGroup, { ...second, enabled: false, attributes: { color: '#00c2ff' } }),
    { value: { enabled: false, attributes: { color: '#00c2ff' } } },
  ),
  readGroup(
    'what is told in another form than documented is not told',
    get(oneGroup, {
      ...second,
      enabled: 'yes',
      attributes: ['red'],
      createdAt: 'lately',
      updatedAt: 7,
      createdBy: 'bot',
    }),
    { value: { enabled: null, attributes: null, createdAt: null, updatedAt: null, createdBy: null } },
  ),
  readGroup('a member named twice counts once', get(oneGroup, { ...second, members: [creator, colleague, creator] }), {
    value: { members: [member(creator), member(colleague)] },
  }),
  readGroup('a group in the trash is answered, and is none', get(oneGroup, { ...second, trashed: true }), {
    value: null,
  }),
  readGroup(
    'a group of another project is answered, and is none of this one',
    get(oneGroup, { ...second, id_project: otherProject }),
    { value: null },
  ),
  readGroup('the shell that a PUT to an unknown id leaves behind is no group', get(oneGroup, shell), { value: null }),
  readGroup('another group than the one asked for is no answer', get(oneGroup, first), { code: 'VENDOR_BAD_RESPONSE' }),
  readGroup('a group without its members is no group', get(oneGroup, { ...second, members: null }), {
    code: 'VENDOR_BAD_RESPONSE',
  }),
  readGroup('an unknown group is a 404', get(oneGroup, { success: false, msg: 'Object not found.' }, 404), {
    code: 'NOT_FOUND',
  }),
  readGroup('an unknown project is a 400', get(oneGroup, { error: `Project not found with id: ${project}` }, 400), {
    code: 'NOT_FOUND',
  }),
  readGroup('wrong credentials are told in plain text', get(oneGroup, 'Unauthorized', 401), { code: 'VENDOR_AUTH' }),
  readGroup('an address that is not let in is a 401 too', get(oneGroup, { err: 'error ip filter' }, 401), {
    code: 'VENDOR_AUTH',
  }),
  readGroup(
    'a caller from outside of the project is refused',
    get(oneGroup, { success: false, msg: 'you dont belong to the project.' }, 403),
    { code: 'VENDOR_AUTH' },
  ),
  {
    ...readGroup('more than about 200 requests a minute are too many', get(oneGroup, 'Too many requests', 429), {
      code: 'VENDOR_RATE_LIMITED',
    }),
    docs: introductionPage,
  },
  {
    ...readGroup('maintenance is a 503', get(oneGroup, 'Under maintenance', 503), { code: 'VENDOR_UNAVAILABLE' }),
    docs: introductionPage,
  },
  ...['secret-of-the-example', 'JWT secret-of-the-example'].map((token) => ({
    ...readGroup(
      `a token goes as JWT, and only once: ${token}`,
      { ...get(oneGroup, second), headers: { authorization: 'JWT secret-of-the-example' } },
      { value: { path: [project, secondId] } },
    ),
    docs: introductionPage,
    settings: { email: undefined, password: undefined, token },
  })),

  listGroups('the list of groups as the page shows it', get(`/${project}/groups`, [first, second]), {
    value: {
      rows: [
        { path: [project, first._id], members: [member(colleague)] },
        { path: [project, secondId], members: [member(creator)] },
      ],
      next: null,
    },
  }),
  listGroups(
    'rows in the trash, of another project or of none are left out',
    get(`/${project}/groups`, [{ ...first, trashed: true }, { ...first, id_project: otherProject }, shell, second]),
    { value: { rows: [{ path: [project, secondId] }] } },
  ),
  listGroups('a list that is no bare array is not documented', get(`/${project}/groups`, { groups: [second] }), {
    code: 'VENDOR_BAD_RESPONSE',
  }),
  listGroups(
    'the groups of an unknown or disabled project are a 400',
    get(`/${project}/groups`, { error: `Project not found with id: ${project}` }, 400),
    { code: 'NOT_FOUND' },
  ),

  createGroup(
    'a group is created as the page shows it',
    { answer: second },
    {
      value: { group: { path: [project, secondId], name: 'gruppo2', members: [member(creator)] }, facts: [] },
    },
  ),
  {
    ...createGroup(
      'a member named twice is sent once',
      { answer: { ...second, name: 'new group1' } },
      {
        value: { group: { name: 'new group1' } },
      },
    ),
    ask: ({ commands }) =>
      commands.createGroup!([project], {
        name: 'new group1',
        members: [
          [project, creator],
          [project, creator],
        ],
        roles: [],
      }).call,
  },
  createGroup(
    'a new group in another project proves nothing',
    { answer: { ...second, id_project: otherProject } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  createGroup(
    'a new group in the trash proves nothing',
    { answer: { ...second, trashed: true } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  createGroup(
    'an answer that says it did not succeed is a refusal',
    { answer: { success: false, msg: 'Error saving object.' } },
    { code: 'VENDOR_REJECTED' },
  ),
  createGroup(
    'a name that is missing is a 500, as any fault of the server is',
    { status: 500, answer: { success: false, msg: 'Error saving object.' } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  createGroup(
    'the project of a new group is unknown',
    { status: 400, answer: { error: `Project not found with id: ${project}` } },
    { code: 'NOT_FOUND' },
  ),
  createGroup(
    'any other 400 refuses what was sent',
    { status: 400, answer: 'Bad Request' },
    { code: 'VENDOR_REJECTED' },
  ),
  createGroup(
    'a body over 500 kB is refused',
    { status: 413, answer: { err: 'too large' } },
    { code: 'VENDOR_REJECTED' },
  ),
  createGroup(
    'a role below agent may not create',
    { status: 403, answer: { success: false, msg: 'you dont have the required role.' } },
    { code: 'VENDOR_AUTH' },
  ),

  readBefore('just before a write the group is read, with everybody in the order of its list', both, {
    value: { ...row, members: [member(creator), member(colleague)] },
  }),
  readBefore(
    'a member whose id is none of Tiledesk’s own keeps his place, and one named twice counts once',
    { ...second, members: [colleague, 'bot_1', creator, colleague, 'Ünusual id'] },
    { value: { members: [member(colleague), member('bot_1'), member(creator), member('Ünusual id')] } },
  ),
  readBefore('nobody is a list too', { ...second, members: [] }, { value: { members: [] } }),
  ...[...doubtfulLists, ['stands beside a failure', { success: false }] as const].map(([what, more]) =>
    readBefore(`a list that ${what} is never written back`, { ...second, ...more }, { code: 'VENDOR_BAD_RESPONSE' }),
  ),
  ...othersGroups.map(([what, answer]) => readBefore(`${what} is none to be written to`, answer, { value: null })),
  readBefore('another group is none to be written to', first, { code: 'VENDOR_BAD_RESPONSE' }),
  readBefore(
    'another group is none to be written to, whosever it is',
    { ...first, id_project: otherProject },
    { code: 'VENDOR_BAD_RESPONSE' },
  ),
  readBefore(
    'what is to be written to may be unknown by now',
    { success: false, msg: 'Object not found.' },
    { code: 'NOT_FOUND' },
    404,
  ),

  replaceMembers(
    'the list is replaced, whole and in its order, and nothing else is sent',
    { answer: both },
    {
      value: {
        group: { path: row.path, name: 'gruppo2', members: [member(creator), member(colleague)] },
        facts: [],
      },
    },
  ),
  replaceMembers(
    'the answer tells the list as it is then, whatever was sent',
    { answer: second },
    { value: { group: { members: [member(creator)] } } },
  ),
  {
    ...replaceMembers(
      'a member whose id is none of Tiledesk’s own is sent as he is, and nobody twice',
      { body: { members: ['bot_1', creator] }, answer: { ...second, members: ['bot_1', creator] } },
      { value: { group: { members: [member('bot_1'), member(creator)] } } },
    ),
    ask: ({ commands }) =>
      commands.replaceMembers!(row, [
        [project, 'bot_1'],
        [project, creator],
        [project, 'bot_1'],
      ]).call,
  },
  {
    ...replaceMembers(
      'a group can be emptied',
      { body: { members: [] }, answer: { ...second, members: [] } },
      { value: { group: { members: [] } } },
    ),
    ask: ({ commands }) => commands.replaceMembers!(row, []).call,
  },
  ...othersGroups.map(([what, answer]) =>
    replaceMembers(`${what} is written to, and is not what was meant`, { answer }, { code: 'NOT_FOUND' }),
  ),
  ...doubtfulLists.map(([what, more]) =>
    replaceMembers(
      `an answered list that ${what} proves nothing`,
      { answer: { ...both, ...more } },
      { code: 'OUTCOME_UNKNOWN' },
    ),
  ),
  replaceMembers(
    'another group in the answer proves nothing',
    { answer: { ...both, _id: first._id } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  replaceMembers(
    'an answer that says it did not succeed is a refusal of the list',
    { answer: { success: false, msg: 'Error updating object.' } },
    { code: 'VENDOR_REJECTED' },
  ),
  replaceMembers(
    'what cannot be saved is a 500, as any fault of the server is',
    { status: 500, answer: { success: false, msg: 'Error updating object.' } },
    { code: 'OUTCOME_UNKNOWN' },
  ),
  replaceMembers(
    'the project of the group is unknown by now',
    { status: 400, answer: unknownProject },
    { code: 'NOT_FOUND' },
  ),
  replaceMembers('any other 400 refuses the list', { status: 400, answer: 'Bad Request' }, { code: 'VENDOR_REJECTED' }),
  replaceMembers(
    'a list over 500 kB is refused',
    { status: 413, answer: { err: 'too large' } },
    { code: 'VENDOR_REJECTED' },
  ),
  replaceMembers(
    'a role below agent may not edit',
    { status: 403, answer: { success: false, msg: 'you dont have the required role.' } },
    { code: 'VENDOR_AUTH' },
  ),

  updateGroup(
    'a rename sends the name and no list',
    { name: 'new group1' },
    { answer: { ...second, name: 'new group1' } },
    { value: { group: { path: row.path, name: 'new group1', members: [member(creator)] }, facts: [] } },
  ),
  updateGroup(
    'attributes go as they are given, in place of all that were there',
    { attributes: { color: '#00c2ff', nested: { list: [1, null, ''] } } },
    { answer: { ...second, attributes: { color: '#00c2ff', nested: { list: [1, null, ''] } } } },
    { value: { group: { attributes: { color: '#00c2ff', nested: { list: [1, null, ''] } } } } },
  ),
  updateGroup(
    'name and attributes go together',
    { name: 'new group1', attributes: {} },
    { answer: { ...second, name: 'new group1', attributes: {} } },
    { value: { group: { name: 'new group1', attributes: {} } } },
  ),
  ...othersGroups.map(([what, answer]) =>
    updateGroup(`${what} is renamed, and is not what was meant`, { name: 'n' }, { answer }, { code: 'NOT_FOUND' }),
  ),
  updateGroup(
    'an answer that says it did not succeed is a refusal of the rename',
    { name: 'n' },
    { answer: { success: false, msg: 'Error updating object.' } },
    { code: 'VENDOR_REJECTED' },
  ),

  ...[
    second,
    { ...second, trashed: true, enabled: false },
    { id: secondId, ...withoutId },
    { success: true, message: 'Group successfully deleted' },
  ].map((answer) =>
    deleteGroup(
      `the page shows the deleted group, the server says that it succeeded: ${JSON.stringify(answer).slice(0, 40)}…`,
      { answer },
      { value: { facts: [] } },
    ),
  ),
  ...[first, {}, null, []].map((answer) =>
    deleteGroup(
      `neither that group nor a success proves nothing: ${JSON.stringify(answer).slice(0, 40)}`,
      { answer },
      { code: 'OUTCOME_UNKNOWN' },
    ),
  ),
  deleteGroup(
    'an answer that says it did not succeed is a refusal of the delete',
    { answer: { success: false, msg: 'Error deleting object.' } },
    { code: 'VENDOR_REJECTED' },
  ),
  deleteGroup(
    'a group that a department uses is not deleted',
    { status: 403, answer: { success: false, error: 'Unable to delete a group associated with a department' } },
    { code: 'VENDOR_REJECTED' },
  ),
  deleteGroup(
    'a role below agent may not delete',
    { status: 403, answer: { success: false, msg: 'you dont have the required role.' } },
    { code: 'VENDOR_AUTH' },
  ),
  deleteGroup(
    'the project of what is deleted is unknown',
    { status: 400, answer: unknownProject },
    { code: 'NOT_FOUND' },
  ),
  deleteGroup('any other 400 refuses the delete', { status: 400, answer: 'Bad Request' }, { code: 'VENDOR_REJECTED' }),
  deleteGroup(
    'what is deleted may be unknown by now',
    { status: 404, answer: { success: false, msg: 'Object not found.' } },
    { code: 'NOT_FOUND' },
  ),

  readUser('a teammate, as the server answers: a list of one', get(oneUser, [ana]), {
    value: {
      type: 'User',
      path: [project, creator],
      vendorId: creator,
      name: 'Ana Lin',
      email: 'ana@example.com',
      username: null,
      status: 'ACTIVE',
      kind: 'HUMAN',
      role: 'agent',
      organization: ['tiledesk'],
      projects: [[project]],
    },
  }),
  readUser('a teammate as the page shows it: the row itself, which tells no status', get(oneUser, withoutStatus), {
    value: { path: [project, creator], status: 'UNKNOWN' },
  }),
  readUser('a teammate taken out of the project is deleted', get(oneUser, [{ ...ana, trashed: true }]), {
    value: { status: 'DELETED' },
  }),
  readUser(
    'a teammate without names has none, nor an e-mail that is empty',
    get(oneUser, [{ ...ana, id_user: { _id: creator, email: '', firstname: '', lastname: null } }]),
    { value: { name: null, email: null } },
  ),
  readUser('two teammates are no answer for one', get(oneUser, [ana, ana]), { code: 'VENDOR_BAD_RESPONSE' }),
  readUser('no teammate is no answer for one', get(oneUser, []), { code: 'VENDOR_BAD_RESPONSE' }),
  readUser('a row of another project is none of this one', get(oneUser, [{ ...ana, id_project: otherProject }]), {
    value: null,
  }),
  readUser(
    'the row of another user is not the one asked for',
    get(oneUser, [{ ...ana, id_user: { ...ana.id_user, _id: colleague } }]),
    { value: null },
  ),
  readUser('the row of a deleted account is no user', get(oneUser, [{ ...ana, id_user: null }]), { value: null }),
  readUser(
    'somebody who is not in the project is a 404',
    get(oneUser, { success: false, msg: 'Object not found.' }, 404),
    { code: 'NOT_FOUND' },
  ),

  listUsers(
    'the team of a project, with who is switched off and without deleted accounts',
    [
      ana,
      { ...ana, status: 'disabled', id_user: { ...ana.id_user, _id: colleague, lastname: '' } },
      { ...ana, id_user: null },
      { ...ana, id_project: otherProject },
    ],
    {
      value: {
        rows: [
          { path: [project, creator], name: 'Ana Lin', status: 'ACTIVE' },
          { path: [project, colleague], name: 'Ana', status: 'INACTIVE' },
        ],
        next: null,
      },
    },
  ),
  listUsers('a row without its person cannot be read', [{ ...ana, id_user: { email: 'ana@example.com' } }], {
    code: 'VENDOR_BAD_RESPONSE',
  }),

  readProject('a project, of which nothing but its name is taken', get(`/projects/${project}`, detail), {
    value: { type: 'Project', path: [project], vendorId: project, name: 'Shop', organization: ['tiledesk'] },
  }),
  readProject(
    'a server that tells no status answers active projects only',
    get(`/projects/${project}`, { ...detail, status: undefined }),
    { value: { path: [project] } },
  ),
  readProject('a disabled project is none', get(`/projects/${project}`, { ...detail, status: 0 }), { value: null }),
  readProject(
    'another project than the one asked for is no answer',
    get(`/projects/${project}`, { ...detail, _id: otherProject }),
    {
      code: 'VENDOR_BAD_RESPONSE',
    },
  ),
  ...[400, 404].map((status) =>
    readProject(
      `an unknown project is a ${status}`,
      get(`/projects/${project}`, { success: false, msg: 'Object not found.' }, status),
      { code: 'NOT_FOUND' },
    ),
  ),

  listProjects(
    "the caller's projects, each once, without disabled and deleted ones",
    [
      { ...ana, id_user: creator, id_project: detail },
      { ...ana, id_user: creator, id_project: null },
      { ...ana, id_user: creator, id_project: { ...detail, _id: otherProject, status: 0 } },
      { ...ana, id_user: creator, id_project: { ...detail, _id: otherProject, trashed: true } },
      { ...ana, id_user: creator, id_project: detail },
    ],
    { value: { rows: [{ path: [project], name: 'Shop' }], next: null } },
  ),
  {
    ...listProjects(
      'only the projects that the configuration names',
      [{ id_project: detail }, { id_project: { ...detail, _id: otherProject } }],
      { value: { rows: [{ path: [otherProject] }] } },
    ),
    settings: { projects: [otherProject] },
  },
];
