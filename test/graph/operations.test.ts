import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { listen } from '../support/heard.js';
import { rememberUpdraft } from '../support/remembered-updraft.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { people: people(12), groups: 2, membersPerGroup: 3, projects: 1 } });
  await rememberUpdraft(rollcall.ledger);
});
afterAll(() => rollcall.close());

const lists = [
  'LIST_ORGANIZATIONS',
  'LIST_PROJECTS',
  'LIST_GROUPS',
  'READ_GROUP',
  'LIST_MEMBERS',
  'LIST_USERS',
  'READ_USER',
];

it('operations of a source are what it can do with documented endpoints, of this issue, and cost no call', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask('{ sources { name operations } }');

  expect(errors).toBeUndefined();
  expect(data.sources).toEqual([
    {
      name: 'updraft',
      operations: ['LIST_ORGANIZATIONS', 'LIST_PROJECTS', 'LIST_USERS', 'CREATE_GROUP', 'ADD_MEMBERS', 'ADD_TESTER'],
    },
    {
      name: 'velt',
      operations: ['LIST_ORGANIZATIONS', 'LIST_MEMBERS', 'LIST_USERS', 'READ_USER', 'CREATE_GROUP', 'ADD_MEMBERS'],
    },
    { name: 'testrail', operations: [...lists, 'CREATE_GROUP'] },
    { name: 'tiledesk', operations: [...lists, 'CREATE_GROUP'] },
    { name: 'asa', operations: [...lists, 'CREATE_GROUP', 'ADD_MEMBERS'] },
  ]);
  expect(heard()).toEqual({});
});

it('operations of a group are the part that this group allows', async () => {
  const { data } = await rollcall.ask(
    '{ groups(first: 1000) { nodes { __typename operations ...on AsaGroup { federatedFromTeam } } } }',
  );

  interface Told {
    readonly __typename: string;
    readonly operations: readonly string[];
    readonly federatedFromTeam?: string | null;
  }
  const told = (data.groups.nodes as Told[]).map(({ __typename, operations, federatedFromTeam }) => [
    federatedFromTeam ? `federated ${__typename}` : __typename,
    operations.join(' '),
  ]);
  expect([...new Set(told.map((one) => one.join(': ')))].sort()).toEqual([
    'AsaGroup: READ_GROUP LIST_MEMBERS ADD_MEMBERS',
    'TestRailGroup: READ_GROUP LIST_MEMBERS',
    'TiledeskGroup: READ_GROUP LIST_MEMBERS',
    'UpdraftDistributionGroup: ADD_TESTER',
    'UpdraftPermissionGroup: ADD_MEMBERS',
    'VeltUserGroup: LIST_MEMBERS ADD_MEMBERS',
    'federated AsaGroup: READ_GROUP LIST_MEMBERS',
  ]);
});

it('organizations cost no call where the configuration is the list: all but those of Velt', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(
    '{ organizations { totalCount complete sources { source origin } nodes { id vendorId name } } }',
  );

  expect(errors).toBeUndefined();
  expect(data.organizations).toEqual({
    totalCount: 7,
    complete: true,
    sources: [
      { source: 'updraft', origin: 'CONFIGURATION' },
      { source: 'velt', origin: 'VENDOR' },
      { source: 'testrail', origin: 'CONFIGURATION' },
      { source: 'tiledesk', origin: 'CONFIGURATION' },
      { source: 'asa', origin: 'CONFIGURATION' },
    ],
    nodes: [
      { id: 'gid://updraft/Organization/12', vendorId: '12', name: null },
      { id: 'gid://updraft/Organization/13', vendorId: '13', name: null },
      { id: 'gid://velt/Organization/org-a', vendorId: 'org-a', name: 'Acme Studio' },
      { id: 'gid://velt/Organization/org-b', vendorId: 'org-b', name: 'Harbour Labs' },
      { id: 'gid://testrail/Organization/testrail', vendorId: 'testrail', name: null },
      { id: 'gid://tiledesk/Organization/tiledesk', vendorId: 'tiledesk', name: null },
      { id: 'gid://asa/Organization/acme', vendorId: 'acme', name: 'acme' },
    ],
  });
  expect(heard()).toEqual({ velt: ['POST /v2/organizations/get'] });
});

it('an organization of the configuration is read by its id without a call, and names its source', async () => {
  const ids = [
    'updraft/Organization/12',
    'testrail/Organization/testrail',
    'tiledesk/Organization/tiledesk',
    'asa/Organization/acme',
  ];
  const heard = listen(rollcall.sandbox);

  const { data } = await rollcall.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ...on Organization { source { name } } } }',
    {
      ids: ids.map((id) => `gid://${id}`),
    },
  );

  expect(data.nodes).toEqual(ids.map((id) => ({ source: { name: id.split('/')[0] } })));
  expect(heard()).toEqual({});
});

it.each([
  [
    'projects of a Velt organization',
    '{ organization(id: "gid://velt/Organization/org-a") { of: projects { totalCount } } }',
  ],
  ['users of an ASA project', '{ project(id: "gid://asa/Project/acme/region-1") { of: users { totalCount } } }'],
  ['projects of an ASA user', '{ user(id: "gid://asa/User/acme/ana.lin") { of: projects { totalCount } } }'],
  ['the name of a tester', '{ tester(id: "gid://updraft/Tester/700") { of: name } }'],
  [
    'Velt’s id of a group of the configuration',
    '{ group(id: "gid://velt/VeltUserGroup/org-a/qa") { ...on VeltUserGroup { of: serverId } } }',
  ],
])(
  'a field for which the vendor documents no read, and the ledger knows nothing, is null without an error: %s',
  async (_what, query) => {
    const { data, errors } = await rollcall.ask(query);

    expect(errors).toBeUndefined();
    expect(Object.values(data)).toEqual([{ of: null }]);
  },
);
