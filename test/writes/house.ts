/** All five vendors behind real HTTP, a ledger in memory, and the real graph on top: what the tests of writes ask. */
import { getNamedType, graphql, type GraphQLInterfaceType } from 'graphql';
import { buildGraphSchema } from '../../resolvers/index.js';
import type { MutationName } from '../../src/graph/graph.js';
import { graphOf } from '../../src/graph/graph-of.js';
import { localCaller } from '../../src/graph/caller.js';
import { Request } from '../../src/graph/request.js';
import { Sources, type ConfiguredSource } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import type { JournalEntry } from '../../src/sandbox/journal.js';
import { people } from '../../src/sandbox/people.js';
import { openSandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxServer } from '../../src/sandbox/server.js';
import { Writes } from '../../src/writes/writes.js';
import { boxes, vendors } from '../../src/vendors/all.js';

export const schema = buildGraphSchema();
const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: true };
const bounds = { concurrency: 8, maxBodyBytes: 1 << 20, maxPages: 50 };

/** What a mutation answers, as far as these tests ask for it. */
export interface Answered {
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[] | null;
    readonly target: string | null;
    readonly source: string | null;
    readonly retryAfterSeconds: number | null;
  }[];
  readonly calls: readonly {
    readonly source: string;
    readonly method: string;
    readonly url: string;
    readonly body: unknown;
    readonly status: number | null;
    readonly durationMs: number | null;
  }[];
  readonly confirmedBy: string | null;
  readonly group?: any;
  readonly groups?: any[];
  readonly tester?: any;
  readonly added?: any[];
  readonly removed?: any[];
  readonly unchanged?: any[];
  readonly deletedId?: string | null;
}

export interface HouseOptions {
  /** By source: what differs from the sandbox's own settings. */
  readonly settings?: Readonly<Record<string, object>>;
  readonly ledger?: Ledger;
  readonly requestsPerMinute?: number;
  /** Long when left out, so that only what is meant to take too long does. */
  readonly readTimeoutMs?: number;
  readonly writeTimeoutMs?: number;
  /** How long a group is shut after an unknown outcome; not at all when left out, so that each test starts open. */
  readonly settleMs?: number;
}

export type House = Awaited<ReturnType<typeof openHouse>>;

export async function openHouse(options: HouseOptions = {}) {
  const {
    settings = {},
    ledger: given,
    requestsPerMinute = null,
    readTimeoutMs = 5000,
    writeTimeoutMs = 5000,
    settleMs = 0,
  } = options;
  const sandbox = await openSandbox(boxes, { population });
  const ledger = given ?? (await openLedger(':memory:'));
  const sources = Sources.open(
    Object.entries(sandbox.sources).map(([name, { vendor, ...own }]): ConfiguredSource => {
      const definition = vendors.find(({ kind }) => kind === vendor)!;
      return {
        name,
        definition,
        settings: definition.settings.parse({ ...own, ...settings[name] }),
        bounds: { ...bounds, requestsPerMinute, readTimeoutMs, writeTimeoutMs, settleMs },
      };
    }),
  );
  const writes = new Writes(ledger);
  const newRequest = (caller = 'tests') => new Request({ ...localCaller, name: caller }, sources, writes);

  async function ask(source: string, variableValues: object = {}, request = newRequest()) {
    const context = { graph: graphOf(request) };
    const { data, errors = [] } = await graphql({
      schema,
      source,
      variableValues: { ...variableValues },
      contextValue: context,
    });
    return { data: plain(data) as any, errors: [...plain(errors), ...request.troubles.entries] };
  }

  /** Runs one mutation; it must answer its payload, without any top-level error. */
  async function write(mutation: MutationName, input: object, selection = selectionOf(mutation)): Promise<Answered> {
    const { data, errors } = await ask(documentOf(mutation, selection), { input });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data[mutation] as Answered;
  }

  return {
    sandbox,
    sources,
    ledger,
    ask,
    write,
    newRequest,
    server: <State = any>(name: string): SandboxServer<State> => sandbox.server<State>(name),
    /** What the vendor was asked to write, token calls left out. */
    writes: (name: string): readonly JournalEntry[] => sandbox.server(name).journal.filter(isWrite),
    /** Everything that the vendor was asked, token calls left out. */
    asked: (name: string): readonly string[] =>
      sandbox
        .server(name)
        .journal.filter(({ target }) => !target.endsWith('/service_token'))
        .map(({ method, target }) => `${method} ${target}`),
    async close() {
      sources.close();
      await sandbox.close();
      if (!given) await ledger.close();
    },
  };
}

/** Whether a vendor is asked to write; neither a token nor, at Velt, a read that is a POST too. */
export function isWrite({ method, target }: Pick<JournalEntry, 'method' | 'target'>): boolean {
  return method !== 'GET' && !target.endsWith('/service_token') && !target.endsWith('/get');
}

/** What every payload tells. */
export const common = `
  userErrors { code message field target source retryAfterSeconds }
  calls { source method url body status durationMs }
  confirmedBy`;
const own: Readonly<Record<string, string>> = {
  GroupPayload: 'group { __typename id vendorId name origin }',
  GroupsPayload: 'groups { __typename id vendorId name origin }',
  TesterPayload: 'tester { id vendorId email }',
  GroupMembersPayload: 'added { id } removed { id } unchanged { id }',
  DeleteGroupPayload: 'deletedId',
};

export function selectionOf(mutation: MutationName): string {
  const payload = getNamedType(schema.getMutationType()!.getFields()[mutation]!.type) as GraphQLInterfaceType;
  return `${common} ${own[payload.name]}`;
}

export function documentOf(mutation: MutationName, selection = selectionOf(mutation)): string {
  const inputType = schema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  return `mutation ($input: ${inputType}) { ${mutation}(input: $input) { ${selection} } }`;
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value ?? null)) as T;

/** Ids of what the sandbox holds. */
export const ids = {
  updraftProject: 'gid://updraft/Project/901',
  updraftOrganization: 'gid://updraft/Organization/12',
  updraftUser: (id: number) => `gid://updraft/User/${id}`,
  distributionGroup: 'gid://updraft/UpdraftDistributionGroup/56',
  permissionGroup: (id = 31) => `gid://updraft/UpdraftPermissionGroup/${id}`,
  veltOrganization: 'gid://velt/Organization/org-a',
  veltGroup: (id = 'qa') => `gid://velt/VeltUserGroup/org-a/${id}`,
  veltUser: (id: number) => `gid://velt/User/org-a/u-${id}`,
  testrail: 'gid://testrail/Organization/testrail',
  testrailGroup: (id: number) => `gid://testrail/TestRailGroup/${id}`,
  testrailUser: (id: number) => `gid://testrail/User/${id}`,
  tiledeskProject: 'gid://tiledesk/Project/5b55e806c93dde0014000001',
  tiledeskGroup: (id: number) => `gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000001/5c34b5149f22a7001600000${id}`,
  tiledeskUser: (id: number) => `gid://tiledesk/User/5b55e806c93dde0014000001/5ab0f3fa57066e001400000${id}`,
  asa: 'gid://asa/Organization/acme',
  asaGroup: (name: string, uuid?: string) =>
    `gid://asa/AsaGroup/acme/${encodeURIComponent(name)}${uuid ? `/${uuid}` : ''}`,
  asaUser: (name: string) => `gid://asa/User/acme/${name}`,
};

/** One input of each mutation that the sandbox carries out, and where it is sent. */
export const goodWrites: readonly (readonly [mutation: MutationName, source: string, input: object])[] = [
  ['createUpdraftDistributionGroup', 'updraft', { project: ids.updraftProject, title: 'Beta ring' }],
  ['addUpdraftTester', 'updraft', { email: 'tess@example.com', groups: [ids.distributionGroup] }],
  ['createUpdraftPermissionGroup', 'updraft', { organization: ids.updraftOrganization, title: 'Leads' }],
  ['addUpdraftUserToPermissionGroups', 'updraft', { user: ids.updraftUser(1), groups: [ids.permissionGroup()] }],
  ['addVeltUserGroups', 'velt', { organization: ids.veltOrganization, groups: [{ groupId: 'ops', groupName: 'Ops' }] }],
  ['addTestRailGroup', 'testrail', { organization: ids.testrail, name: 'Smoke', users: [ids.testrailUser(1)] }],
  ['createTiledeskGroup', 'tiledesk', { project: ids.tiledeskProject, name: 'Night', members: [ids.tiledeskUser(1)] }],
  ['createAsaGroup', 'asa', { organization: ids.asa, name: 'release crew', roles: ['ACCESS_USER'] }],
  ['addGroupMembers', 'velt', { group: ids.veltGroup(), members: [ids.veltUser(9)] }],
  ['addGroupMembers', 'updraft', { group: ids.permissionGroup(), members: [ids.updraftUser(1)] }],
  ['addGroupMembers', 'asa', { group: ids.asaGroup('Bastion crew 1'), members: [ids.asaUser('jun.anand')] }],
];
