import type { Collection, ProjectRow, UserRow } from '../vendor.js';
import type { Example, Exchange } from '../example.js';

const groupsPage = 'https://docs.getupdraft.com/api/rest-api/distribution-group-and-permission-group-api';
const appsPage = 'https://docs.getupdraft.com/api/rest-api';
const usersPage = 'https://docs.getupdraft.com/dashboard/usermanagement';

export const exampleSettings = { url: 'ORIGIN', token: 'token-of-the-example', organizations: [12, 13] };

const headers = { authorization: 'Token token-of-the-example', 'content-type': 'application/json' };

const appsOf12 = (answer: unknown, status = 200): Exchange => ({
  request: 'GET /api/applications/?org=12',
  headers,
  status,
  answer,
});
const post = (path: string, body: unknown, answer: unknown, status = 200): Exchange => ({
  request: `POST /api/${path}/`,
  headers,
  body,
  status,
  answer,
});

const projectsOf12: Example['ask'] = ({ projects }) => (projects as Collection<ProjectRow>).pages!(['12']);
const usersOf12: Example['ask'] = ({ users }) => (users as Collection<UserRow>).pages!(['12']);

const ana = { user_id: 77, username: 'ana@example.com', first_name: 'Ana', last_name: 'Lin' };
const benjy = { user_id: 78, username: 'benjy', first_name: ' Benjy ', last_name: '' };
const ios = {
  id: 4101,
  title: 'Shop iOS',
  project_title: 'Shop',
  first_app_id: 4101,
  ipa_app: 4101,
  apk_app: 4102,
  icon: null,
  env_details: [{ id: 4101, environment: 'Staging', app_type: 0, title: 'Shop iOS' }],
  user_detail: [ana],
  users: [77],
  organization: 12,
  project_app: 903,
  project_detail: { id: 903, project_title: 'Shop' },
  distribution: [],
};
const android = { ...ios, id: 4102, title: 'Shop Android', user_detail: [benjy, ana], users: [78, 77] };
const kiosk = { ...ios, id: 4200, title: 'Kiosk', project_title: 'Kiosks', project_app: 904, project_detail: null };
const { organization: _organization, title: _title, project_app: _app, project_detail: _detail, ...documented } = ios;
const { user_detail: _users, ...silent } = kiosk;

const createGroup: Example['ask'] = ({ commands }) => commands.createDistributionGroup!(['903'], 'Beta ring').call;
const groupBody = { app: 903, title: 'Beta ring' };
const group = { id: 55, testers_count: 0, testers: [], title: 'Beta ring', app: 903 };
const groupRow = {
  type: 'UpdraftDistributionGroup',
  path: ['55'],
  vendorId: '55',
  name: 'Beta ring',
  project: ['903'],
};

const createLeads: Example['ask'] = ({ commands }) => commands.createPermissionGroup!(['12'], 'Leads').call;
const leadsBody = { title: 'Leads', organization: 12 };
const leads = { id: 31, title: 'Leads', organization: 12, members: 0, projects: [] };
const leadsRow = {
  type: 'UpdraftPermissionGroup',
  path: ['31'],
  vendorId: '31',
  name: 'Leads',
  organization: ['12'],
  project: null,
};

const addTester: Example['ask'] = ({ commands }) => commands.addTester!('t@example.com', [['55'], ['56']]).call;
const testerBody = { email: 't@example.com', app: null, groups: [55, 56] };
const tester = { id: 700, email: 't@example.com', app: null, groups: [55, 56] };
const testerRow = { type: 'Tester', path: ['700'], vendorId: '700', email: 't@example.com' };
const testerIn = (id: string) => ({
  kind: 'membership',
  group: { type: 'UpdraftDistributionGroup', path: [id] },
  member: { type: 'Tester', path: ['700'], vendorId: '700' },
});

const addUser: Example['ask'] = ({ commands }) => commands.addUserToGroups!(['77'], [['31'], ['32']]).call;
const userBody = { user: 77, groups: [31, 32] };
const userIn = (id: string) => ({
  kind: 'membership',
  group: { type: 'UpdraftPermissionGroup', path: [id] },
  member: { type: 'User', path: ['77'], vendorId: '77' },
});

export const examples: readonly Example[] = [
  {
    name: 'two apps of one project are one project, with the users of both',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([ios, android])],
    outcome: {
      value: {
        rows: [
          {
            type: 'Project',
            path: ['903'],
            vendorId: '903',
            name: 'Shop',
            organization: ['12'],
            users: [{ path: ['77'] }, { path: ['78'] }],
          },
        ],
        next: null,
      },
    },
  },
  {
    name: 'an app may tell its project by number only',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([kiosk])],
    outcome: { value: { rows: [{ path: ['904'], name: 'Kiosks' }] } },
  },
  {
    name: 'an app in no project is a project of its own',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([ios, { ...kiosk, project_title: null, project_app: null }])],
    outcome: { value: { rows: [{ path: ['903'] }, { path: ['4200'], name: 'Kiosk' }] } },
  },
  {
    name: 'an app with no more than the page names belongs to the organization asked for',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([documented])],
    outcome: { value: { rows: [{ path: ['4101'], name: 'Shop', organization: ['12'] }] } },
  },
  {
    name: 'where `app` means the app, each app is a project',
    offer: 'projects.pages',
    docs: groupsPage,
    settings: { appIs: 'app' },
    ask: projectsOf12,
    exchanges: [appsOf12([ios, android])],
    outcome: {
      value: {
        rows: [
          { path: ['4101'], name: 'Shop iOS', users: [{ path: ['77'], projects: [['4101'], ['4102']] }] },
          { path: ['4102'], name: 'Shop Android' },
        ],
      },
    },
  },
  {
    name: 'projects can be told without their users',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([silent])],
    outcome: { value: { rows: [{ path: ['904'] }] } },
  },
  {
    name: 'a token may stand alone',
    offer: 'projects.pages',
    docs: groupsPage,
    settings: { tokenPrefix: '' },
    ask: projectsOf12,
    exchanges: [{ ...appsOf12([]), headers: { authorization: 'token-of-the-example' } }],
    outcome: { value: { rows: [] } },
  },
  {
    name: 'a token may want another word before it',
    offer: 'projects.pages',
    docs: groupsPage,
    settings: { tokenPrefix: 'Bearer' },
    ask: projectsOf12,
    exchanges: [{ ...appsOf12([]), headers: { authorization: 'Bearer token-of-the-example' } }],
    outcome: { value: { rows: [] } },
  },
  {
    name: 'anything but a bare list is no list',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12({ count: 1, results: [ios] })],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'an app without an id is no app',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [appsOf12([{ ...ios, id: undefined }])],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a read is not led elsewhere',
    offer: 'projects.pages',
    docs: appsPage,
    ask: projectsOf12,
    exchanges: [{ ...appsOf12('', 301), answerHeaders: { location: 'ORIGIN/api/applications/?org=12' } }],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a user is told once, with all projects, and by the name and address that the username allows',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [appsOf12([ios, android, kiosk])],
    outcome: {
      value: {
        rows: [
          {
            type: 'User',
            path: ['77'],
            vendorId: '77',
            name: 'Ana Lin',
            email: 'ana@example.com',
            username: 'ana@example.com',
            status: 'UNKNOWN',
            kind: 'HUMAN',
            role: null,
            organization: ['12'],
            projects: [['903'], ['904']],
          },
          { path: ['78'], name: 'Benjy', email: null, username: 'benjy', projects: [['903']] },
        ],
        next: null,
      },
    },
  },
  {
    name: 'a user may be known by number only',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [appsOf12([{ ...ios, user_detail: [{ user_id: 79, first_name: '', last_name: '' }] }])],
    outcome: { value: { rows: [{ path: ['79'], name: null, email: null, username: null }] } },
  },
  {
    name: 'users that an app does not tell are missing, not none',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [appsOf12([ios, silent])],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a token that Updraft does not know',
    offer: 'users.pages',
    docs: groupsPage,
    ask: usersOf12,
    exchanges: [appsOf12({ detail: 'Invalid token.' }, 401)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'a token that may not see the organization',
    offer: 'users.pages',
    docs: usersPage,
    ask: usersOf12,
    exchanges: [appsOf12({ detail: 'You do not have permission to perform this action.' }, 403)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'an organization that Updraft does not know may be a 404',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [appsOf12({ detail: 'Not found.' }, 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'too many calls',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [
      {
        ...appsOf12({ detail: 'Request was throttled. Expected available in 7 seconds.' }, 429),
        answerHeaders: { 'retry-after': '7' },
      },
    ],
    outcome: { code: 'VENDOR_RATE_LIMITED' },
  },
  {
    name: 'a fault of the server may be a page of HTML',
    offer: 'users.pages',
    docs: appsPage,
    ask: usersOf12,
    exchanges: [{ ...appsOf12('<h1>Server Error</h1>', 500), answerHeaders: { 'content-type': 'text/html' } }],
    outcome: { code: 'VENDOR_UNAVAILABLE' },
  },
  {
    name: 'a distribution group is created as the page shows it',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [post('group-testers', groupBody, group)],
    outcome: { value: { group: groupRow, facts: [{ kind: 'group', row: groupRow }] } },
  },
  {
    name: 'a create may be a 201, and need not say the project back',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [post('group-testers', groupBody, { ...group, app: null }, 201)],
    outcome: { value: { group: groupRow } },
  },
  {
    name: 'a project that Updraft does not know is a refusal by field',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [post('group-testers', groupBody, { app: ['Invalid pk "903" - object does not exist.'] }, 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a method that Updraft does not take is a refusal',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [post('group-testers', groupBody, { detail: 'Method "POST" not allowed.' }, 405)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a redirected create may have been carried out',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [
      { ...post('group-testers', groupBody, '', 301), answerHeaders: { location: 'ORIGIN/api/group-testers/' } },
    ],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a create whose answer has no id may have been carried out',
    offer: 'commands.createDistributionGroup',
    docs: groupsPage,
    ask: createGroup,
    exchanges: [post('group-testers', groupBody, { title: 'Beta ring' })],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a permission group is created as the page shows it; its members are a count',
    offer: 'commands.createPermissionGroup',
    docs: groupsPage,
    ask: createLeads,
    exchanges: [post('groupsinorgs', leadsBody, leads)],
    outcome: {
      value: { group: { ...leadsRow, projects: [] }, facts: [{ kind: 'group', row: { ...leadsRow, projects: [] } }] },
    },
  },
  {
    name: 'the projects of a new permission group, as numbers',
    offer: 'commands.createPermissionGroup',
    docs: groupsPage,
    ask: createLeads,
    exchanges: [post('groupsinorgs', leadsBody, { ...leads, projects: [903, 904, 903] }, 201)],
    outcome: { value: { group: { projects: [['903'], ['904']] } } },
  },
  {
    name: 'the projects of a new permission group, as rows',
    offer: 'commands.createPermissionGroup',
    docs: groupsPage,
    ask: createLeads,
    exchanges: [post('groupsinorgs', leadsBody, { ...leads, projects: [{ id: 903, project_title: 'Shop' }] })],
    outcome: { value: { group: { projects: [['903']] } } },
  },
  {
    name: 'projects of another shape do not lose the new permission group',
    offer: 'commands.createPermissionGroup',
    docs: groupsPage,
    ask: createLeads,
    exchanges: [post('groupsinorgs', leadsBody, { ...leads, projects: 'all' })],
    outcome: { value: { group: leadsRow, facts: [{ kind: 'group', row: leadsRow }] } },
  },
  {
    name: 'a tester is added to groups as the page shows it',
    offer: 'commands.addTester',
    docs: groupsPage,
    ask: addTester,
    exchanges: [post('testers', testerBody, tester)],
    outcome: {
      value: {
        tester: testerRow,
        refused: [],
        facts: [{ kind: 'tester', row: testerRow }, testerIn('55'), testerIn('56')],
      },
    },
  },
  {
    name: 'a group that the new tester is not said to be in has refused',
    offer: 'commands.addTester',
    docs: groupsPage,
    ask: addTester,
    exchanges: [post('testers', testerBody, { ...tester, groups: [54, { id: 56 }] }, 201)],
    outcome: {
      value: { tester: testerRow, refused: [0], facts: [{ kind: 'tester', row: testerRow }, testerIn('56')] },
    },
  },
  {
    name: 'a tester whose groups are not told is in all that were asked for',
    offer: 'commands.addTester',
    docs: groupsPage,
    ask: addTester,
    exchanges: [post('testers', testerBody, { id: 700, email: 't@example.com' }, 201)],
    outcome: {
      value: { refused: [], facts: [{ kind: 'tester', row: testerRow }, testerIn('55'), testerIn('56')] },
    },
  },
  {
    name: 'an address that is a tester already may be refused',
    offer: 'commands.addTester',
    docs: groupsPage,
    ask: addTester,
    exchanges: [post('testers', testerBody, { email: ['tester with this email already exists.'] }, 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a user is put into groups; what is answered is not documented',
    offer: 'commands.addUserToGroups',
    docs: groupsPage,
    ask: addUser,
    exchanges: [post('useringrouporg', userBody, { id: 5, user: 77, groups: [31, 32] }, 201)],
    outcome: { value: { facts: [userIn('31'), userIn('32')] } },
  },
  {
    name: 'the answer may be no JSON at all',
    offer: 'commands.addUserToGroups',
    docs: groupsPage,
    ask: addUser,
    exchanges: [{ ...post('useringrouporg', userBody, 'OK'), answerHeaders: { 'content-type': 'text/plain' } }],
    outcome: { value: { facts: [userIn('31'), userIn('32')] } },
  },
  {
    name: 'the answer may be empty',
    offer: 'commands.addUserToGroups',
    docs: groupsPage,
    ask: addUser,
    exchanges: [post('useringrouporg', userBody, undefined, 204)],
    outcome: { value: { facts: [userIn('31'), userIn('32')] } },
  },
  {
    name: 'a user or group that Updraft does not know refuses the whole',
    offer: 'commands.addUserToGroups',
    docs: groupsPage,
    ask: addUser,
    exchanges: [post('useringrouporg', userBody, { groups: ['Invalid pk "32" - object does not exist.'] }, 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'members of a permission group are put in one by one',
    offer: 'commands.addMembers',
    docs: groupsPage,
    ask: ({ commands }) =>
      commands.addMembers!({ type: 'UpdraftPermissionGroup', path: ['31'] }, [['78'], ['77']])[1]!.call,
    exchanges: [post('useringrouporg', { user: 77, groups: [31] }, undefined, 201)],
    outcome: { value: { facts: [userIn('31')] } },
  },
  {
    name: 'a fault of the server leaves open whether the user was put in',
    offer: 'commands.addMembers',
    docs: groupsPage,
    ask: ({ commands }) => commands.addMembers!({ type: 'UpdraftPermissionGroup', path: ['31'] }, [['77']])[0]!.call,
    exchanges: [post('useringrouporg', { user: 77, groups: [31] }, '<h1>Server Error</h1>', 502)],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
];
