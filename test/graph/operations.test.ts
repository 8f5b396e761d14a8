import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildGraphSchema } from '../../resolvers/index.js';
import { people } from '../../src/sandbox/people.js';
import { listen } from '../support/heard.js';
import { rememberUpdraft } from '../support/remembered-updraft.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const schema = buildGraphSchema();
let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { people: people(12), groups: 2, membersPerGroup: 3, projects: 1 } });
  await rememberUpdraft(rollcall.ledger);
});
afterAll(() => rollcall.close());

const everyRead = 'LIST_ORGANIZATIONS LIST_PROJECTS LIST_GROUPS READ_GROUP LIST_MEMBERS LIST_USERS READ_USER';
const everyEdit = 'UPDATE_GROUP DELETE_GROUP ADD_MEMBERS REMOVE_MEMBERS SET_MEMBERS';
const allButTesters = `${everyRead} CREATE_GROUP ${everyEdit}`;

it('operations of a source are what it can do with documented endpoints, and cost no call', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask('{ sources { name operations } }');

  expect(errors).toBeUndefined();
  const told = (data.sources as { name: string; operations: string[] }[]).map((source) => [
    source.name,
    source.operations.join(' '),
  ]);
  expect(Object.fromEntries(told)).toEqual({
    updraft: 'LIST_ORGANIZATIONS LIST_PROJECTS LIST_USERS CREATE_GROUP ADD_MEMBERS ADD_TESTER',
    velt: 'LIST_ORGANIZATIONS LIST_MEMBERS LIST_USERS READ_USER CREATE_GROUP ADD_MEMBERS REMOVE_MEMBERS SET_MEMBERS',
    testrail: allButTesters,
    tiledesk: allButTesters,
    asa: allButTesters,
  });
  expect(heard()).toEqual({});
});

interface Told {
  readonly __typename: string;
  readonly id: string;
  readonly operations: readonly string[];
  readonly federatedFromTeam?: string | null;
  readonly members?: { readonly nodes: readonly { readonly id: string }[] } | null;
}

const kindOf = ({ __typename, federatedFromTeam }: Told) => `${federatedFromTeam ? 'federated ' : ''}${__typename}`;

it('operations of a group are the part that this group allows', async () => {
  const { data } = await rollcall.ask(
    '{ groups(first: 1000) { nodes { __typename operations ...on AsaGroup { federatedFromTeam } } } }',
  );

  const told = (data.groups.nodes as Told[]).map((group) => `${kindOf(group)}: ${group.operations.join(' ')}`);
  expect([...new Set(told)].sort()).toEqual([
    `AsaGroup: READ_GROUP LIST_MEMBERS ${everyEdit}`,
    `TestRailGroup: READ_GROUP LIST_MEMBERS ${everyEdit}`,
    `TiledeskGroup: READ_GROUP LIST_MEMBERS ${everyEdit}`,
    'UpdraftDistributionGroup: ADD_TESTER',
    'UpdraftPermissionGroup: ADD_MEMBERS',
    'VeltUserGroup: LIST_MEMBERS ADD_MEMBERS REMOVE_MEMBERS SET_MEMBERS',
    'federated AsaGroup: READ_GROUP LIST_MEMBERS',
  ]);
});

it('an edit is planned where it is told, and UNSUPPORTED_BY_VENDOR where it is not, for every kind of group', async () => {
  const { data } = await rollcall.ask(`{ groups(first: 1000) { nodes {
    __typename id operations members(first: 1000) { nodes { id } } ...on AsaGroup { federatedFromTeam }
  } } }`);
  const sizeOf = ({ members }: Told) => members?.nodes.length ?? 0;
  const bySize = (data.groups.nodes as Told[]).toSorted((one, other) => sizeOf(one) - sizeOf(other));
  const groups = new Map(bySize.map((group) => [kindOf(group), group]));

  for (const [kind, { id: group, operations, members }] of groups) {
    const ids = members!.nodes.map((member) => member.id);
    const one = ids.slice(0, 1);
    const changes = kind.endsWith('AsaGroup') ? { roles: ['ACCESS_USER'] } : { name: 'Renamed' };
    const edits: Record<string, object> = {
      ADD_MEMBERS: { addGroupMembers: { members: one } },
      REMOVE_MEMBERS: { removeGroupMembers: { members: one } },
      SET_MEMBERS: { setGroupMembers: { members: ids, expectedCount: ids.length } },
      UPDATE_GROUP: { updateGroup: changes },
      DELETE_GROUP: { deleteGroup: {} },
    };
    for (const [operation, edit] of Object.entries(edits)) {
      const [[mutation, input]] = Object.entries(edit) as [[string, object]];
      const codes = await codesOf(mutation, { group, dryRun: true, ...input });

      expect([kind, operation, codes]).toEqual([
        kind,
        operation,
        operations.includes(operation) ? [] : ['UNSUPPORTED_BY_VENDOR'],
      ]);
    }
  }
  expect(groups.size).toBe(7);
});

/** The codes of what a mutation refuses. */
async function codesOf(mutation: string, input: object): Promise<string[]> {
  const type = String(schema.getMutationType()!.getFields()[mutation]!.args[0]!.type);
  const document = `mutation ($input: ${type}) { it: ${mutation}(input: $input) { userErrors { code } } }`;
  const { data } = await rollcall.ask(document, { input });
  return data.it.userErrors.map(({ code }: { code: string }) => code);
}

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
