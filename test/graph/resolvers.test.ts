import {
  getNamedType,
  graphql,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphSchema } from '../../resolvers/index.js';
import type {
  ConnectionValue,
  Graph,
  GroupValue,
  MutationName,
  NodeValue,
  PayloadValue,
} from '../../src/graph/graph.js';
import type { GroupType } from '../../src/vendors/vendor.js';

const schema = buildGraphSchema();

const groupTypes: readonly GroupType[] = [
  'UpdraftDistributionGroup',
  'UpdraftPermissionGroup',
  'VeltUserGroup',
  'TestRailGroup',
  'TiledeskGroup',
  'AsaGroup',
];

function valueOf<Type extends NodeValue['__typename']>(__typename: Type, id = `gid://box/${__typename}/1`) {
  return { __typename, id, vendorId: '1', sourceName: 'box', path: ['1'] };
}

function groupOf(type: GroupType): GroupValue {
  const fetchedAt = new Date('2026-01-02T03:04:05.678Z');
  return { ...valueOf(type), name: `a ${type}`, operations: ['READ_GROUP'], origin: 'VENDOR', fetchedAt };
}

function connectionOf<Value>(
  nodes: readonly Value[],
  totalCount: ConnectionValue<Value>['totalCount'] = nodes.length,
): ConnectionValue<Value> {
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  const edges = nodes.map((node, index) => ({ cursor: String(index), node }));
  return { edges, nodes, pageInfo, totalCount, complete: true, sources: [] };
}

const ask = (source: string, contextValue: { graph: Graph }, variableValues = {}) =>
  graphql({ schema, source, contextValue, variableValues });
const noInfo = {} as GraphQLResolveInfo;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

const box = { id: 'gid://box/Source/box', name: 'box' };
const user = valueOf('User');
const tester = {
  ...valueOf('Tester'),
  row: { type: 'Tester' as const, path: ['1'], vendorId: '1', email: 'tess@example.com' },
};

/** A graph that answers at once and knows one of everything; a test overrules what it is about. */
function graphWith(overruled: Partial<Graph> = {}): { graph: Graph } {
  const graph: Partial<Graph> = {
    groups: () => connectionOf(groupTypes.map(groupOf)),
    sourceOf: () => ({ ...box, __typename: 'Source', vendor: 'TESTRAIL', operations: [] }),
    organizationOf: () => valueOf('Organization'),
    projectOf: () => null,
    nameOf: (_info, { __typename }) => `the ${__typename}`,
    userDetail: (_info, _user, field) => ({ status: 'ACTIVE', kind: 'HUMAN' })[field as string] ?? field,
    memberCount: () => 2,
    members: () => connectionOf([user, tester]),
    groupsOf: () => connectionOf([groupOf('TestRailGroup')]),
    ...overruled,
  };
  return { graph: graph as Graph };
}

describe('resolvers', () => {
  it('answer the fields of the interface on all six kinds of groups', async () => {
    const source = `{ groups { nodes {
      __typename id vendorId name operations origin fetchedAt memberCount
      source { id name } organization { name } project { name }
      members { nodes { __typename id name email source { name } groups { nodes { id } } ... on User { status kind } } }
    } } }`;

    const { data, errors } = await ask(source, graphWith());

    expect(errors).toBeUndefined();
    const anywhere = { source: { name: 'box' }, groups: { nodes: [{ id: 'gid://box/TestRailGroup/1' }] } };
    const account = { __typename: 'User', id: user.id, name: 'name', email: 'email', status: 'ACTIVE', kind: 'HUMAN' };
    expect(plain(data?.groups)).toEqual({
      nodes: groupTypes.map((type) => ({
        ...{ __typename: type, id: `gid://box/${type}/1`, vendorId: '1', name: `a ${type}` },
        ...{ operations: ['READ_GROUP'], origin: 'VENDOR', fetchedAt: '2026-01-02T03:04:05.678Z', memberCount: 2 },
        ...{ source: box, project: null },
        organization: { name: 'the Organization' },
        members: {
          nodes: [
            { ...account, ...anywhere },
            { __typename: 'Tester', id: tester.id, name: null, email: 'tess@example.com', ...anywhere },
          ],
        },
      })),
    });
  });

  it.each(groupTypes)('make no promise of a field of a %s whose value is at hand', (type) => {
    const { members, source } = (schema.getType(type) as GraphQLObjectType).getFields();
    const group = schema.getType('Group') as GraphQLInterfaceType;
    const answered = connectionOf([user]);
    const context = graphWith({ members: () => answered });

    expect(members!.resolve!(groupOf(type), { first: 1 }, context, noInfo)).toBe(answered);
    expect(source!.resolve!(groupOf(type), {}, context, noInfo)).toMatchObject(box);
    expect(group.resolveType!(groupOf(type), context, noInfo, group)).toBe(type);
  });

  it('let an error among nodes spoil its own place only', async () => {
    const context = graphWith({
      nodes: (_info, ids) => ids.map((id) => (id === 'bad' ? new GraphQLError('no such id') : valueOf('User', id))),
    });

    const { data, errors } = await ask('{ all: nodes(ids: ["a", "bad", "a"]) { id } }', context);

    expect(data).toEqual({ all: [{ id: 'a' }, null, { id: 'a' }] });
    expect(errors?.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: 'no such id', path: ['all', 1] },
    ]);
  });

  it('hand on arguments as they came, with the defaults of the contract', async () => {
    const seen: unknown[] = [];
    const see = (_info: unknown, ...args: unknown[]) => (seen.push(...args), connectionOf([]));
    const context = graphWith({ memberships: see, users: see, groups: see });
    const source = `{
      memberships { totalCount }
      users(filter: { vendors: [VELT], sources: [], email: null }, first: null, after: "x") { totalCount }
      groups(filter: { nameContains: "qa" }, first: 3) { totalCount }
    }`;

    await ask(source, context);

    expect(plain(seen)).toEqual([
      { first: 500 },
      { filter: { vendors: ['VELT'], sources: [], email: null }, first: null, after: 'x' },
      { filter: { nameContains: 'qa' }, first: 3 },
    ]);
  });

  it.each<[MutationName, object]>([
    ['createUpdraftDistributionGroup', { project: 'p', title: 't' }],
    ['addUpdraftTester', { email: 'e', groups: ['g'] }],
    ['createUpdraftPermissionGroup', { organization: 'o', title: 't' }],
    ['addUpdraftUserToPermissionGroups', { user: 'u', groups: ['g'] }],
    ['addVeltUserGroups', { organization: 'o', groups: [{ groupId: 'g', groupName: null }], createOrganization: true }],
    ['addTestRailGroup', { organization: 'o', name: 'n', users: ['u'] }],
    ['createTiledeskGroup', { project: 'p', name: 'n', members: ['u'] }],
    ['createAsaGroup', { organization: 'o', name: 'n', roles: ['ACCESS_ADMIN'] }],
    ['addGroupMembers', { group: 'g', members: ['u'], idempotencyKey: 'k' }],
    ['removeGroupMembers', { group: 'g', members: ['u'], idempotencyKey: null }],
    ['setGroupMembers', { group: 'g', members: [], expectedCount: 3 }],
    ['updateGroup', { group: 'g', name: null, roles: ['SERVER_ADMIN'], attributes: { a: [1] } }],
    ['deleteGroup', { group: 'g' }],
  ])('hand %s its input, and answer its payload', async (mutation, input) => {
    const seen: unknown[] = [];
    const { args, type } = schema.getMutationType()!.getFields()[mutation]!;
    const __typename = getNamedType(type).name as PayloadValue['__typename'];
    const context = graphWith({
      mutate: async (_info, ...given) => {
        seen.push(...given);
        return { __typename, userErrors: [], calls: [], confirmedBy: 'VENDOR_RESPONSE' };
      },
    });
    const document = `mutation ($input: ${args[0]!.type}) { ${mutation}(input: $input) { ... on Payload { confirmedBy } } }`;

    const answer = await ask(document, context, { input });

    expect(answer).toEqual({ data: { [mutation]: { confirmedBy: 'VENDOR_RESPONSE' } } });
    expect(plain(seen)).toEqual([mutation, { ...input, dryRun: false }]);
  });

  it('hand the ledger a key, with the mutation where one is named, and answer the entry', async () => {
    const seen: unknown[] = [];
    const createdAt = new Date('2026-01-02T03:04:05.678Z');
    const told = { key: 'k', mutation: 'deleteGroup', source: 'box', state: 'UNKNOWN', hint: 'Look there.' } as const;
    const context = graphWith({
      ledgerEntry: async (key, mutation = null) => {
        seen.push([key, mutation]);
        return mutation ? { ...told, createdAt, finishedAt: null, calls: [], userErrors: [] } : null;
      },
    });
    const document = `{
      none: ledgerEntry(key: "k") { key }
      one: ledgerEntry(key: "k", mutation: "deleteGroup") { key mutation source state hint createdAt finishedAt }
    }`;

    const { data, errors } = await ask(document, context);

    expect(errors).toBeUndefined();
    expect(seen).toEqual([
      ['k', null],
      ['k', 'deleteGroup'],
    ]);
    expect(plain(data)).toEqual({
      none: null,
      one: { ...told, createdAt: '2026-01-02T03:04:05.678Z', finishedAt: null },
    });
  });
});
