/** What resolvers may ask of the graph of one request: the arguments as they came in, the values that fields resolve from. */
import type { GraphQLResolveInfo } from 'graphql';
import type { WriteInput } from '../../schema/inputs.js';
import type {
  ErrorCode,
  Origin,
  Operation,
  SourceState,
  UserStatus,
  Vendor,
  Confirmation,
  LedgerState,
} from '../../schema/enums.js';
import type { Known } from '../reads/known.js';
import type { GroupType, MemberRef, MemberRow, NodeType, Path, Row } from '../vendors/vendor.js';
import type { Complaint } from '../writes/answer.js';
import type { CallRecord } from '../writes/plan.js';

export interface ScopeFilter {
  readonly sources?: readonly string[] | null;
  readonly vendors?: readonly Vendor[] | null;
}
export interface GroupFilter extends ScopeFilter {
  readonly organization?: string | null;
  readonly project?: string | null;
  readonly nameContains?: string | null;
  readonly member?: string | null;
  readonly memberEmail?: string | null;
}
export interface MemberFilter extends ScopeFilter {
  readonly organization?: string | null;
  readonly project?: string | null;
  readonly email?: string | null;
  readonly nameContains?: string | null;
}
export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}
export interface ListArgs<Filter> extends PageArgs {
  readonly filter?: Filter | null;
}

/** A source as the graph shows it. */
export interface SourceValue {
  readonly __typename: 'Source';
  readonly id: string;
  readonly name: string;
  readonly vendor: Vendor;
  readonly operations: readonly Operation[];
}

/** What one source contributed to one answer. */
export interface SourceStatusValue {
  readonly source: string;
  readonly state: SourceState;
  readonly origin: Origin;
  readonly fetchedAt: Date | null;
  readonly code: ErrorCode | null;
  readonly message: string | null;
  readonly retryAfterSeconds: number | null;
}

/** A thing with a global id. `row` is what is known of it; left out while only its id is. */
export interface NodeValue<R extends Row = Row> {
  readonly __typename: NodeType;
  readonly id: string;
  readonly vendorId: string;
  /** The name of its source, and its address there. */
  readonly sourceName: string;
  readonly path: Path;
  readonly row?: R;
  /** What whoever tells it has made of it; null: nothing yet. */
  told?: object | null;
}

/** A group, with what every kind of group tells of itself; what only one kind does is asked of its row. */
export interface GroupValue extends NodeValue {
  readonly __typename: GroupType;
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly origin: Origin;
  readonly fetchedAt: Date;
  /** The members that its row carries, in order; null: nobody has asked. */
  membersKnown?: readonly Known<MemberRef>[] | null;
}

export interface ConnectionValue<Value> {
  readonly edges: readonly { readonly cursor: string; readonly node: Value }[];
  readonly nodes: readonly Value[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
  /** What whoever tells it has made of it; null: nothing yet. */
  told?: object | null;
  readonly complete?: boolean;
  readonly sources?: readonly SourceStatusValue[];
}

export interface MembershipValue {
  readonly source: string;
  readonly vendor: Vendor;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly groupId: string;
  readonly groupVendorId: string;
  readonly groupName: string;
  readonly groupType: GroupType;
  readonly memberId: string;
  readonly memberVendorId: string;
  readonly memberType: MemberRow['type'];
  readonly memberName: string | null;
  readonly memberEmail: string | null;
  readonly memberStatus: UserStatus | null;
  readonly origin: Origin;
  readonly fetchedAt: Date;
}

export interface PayloadValue {
  readonly __typename:
    | 'GroupPayload'
    | 'GroupsPayload'
    | 'TesterPayload'
    | 'GroupMembersPayload'
    | 'DeleteGroupPayload';
  readonly userErrors: readonly Complaint[];
  readonly calls: readonly CallRecord[];
  readonly confirmedBy: Confirmation | null;
  readonly group?: NodeValue | null;
  readonly groups?: readonly NodeValue[];
  readonly tester?: NodeValue | null;
  readonly added?: readonly NodeValue[];
  readonly removed?: readonly NodeValue[];
  readonly unchanged?: readonly NodeValue[];
  readonly deletedId?: string | null;
}

/** What the ledger remembers of one mutation. */
export interface LedgerEntryValue {
  readonly key: string;
  readonly mutation: string;
  readonly source: string;
  readonly state: LedgerState;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly calls: readonly CallRecord[];
  readonly userErrors: readonly Complaint[];
  readonly hint: string | null;
}

type Info = GraphQLResolveInfo;
type Answer<T> = T | Promise<T>;

/** One noun by its global id. */
export type Noun = 'Organization' | 'Project' | 'Group' | 'User' | 'Tester';

/** The members of the user's row that may still have to be read. */
export type UserDetail = 'name' | 'email' | 'username' | 'status' | 'kind' | 'role';

export interface Graph {
  node(info: Info, id: string): Answer<NodeValue | SourceValue | null>;
  /** As long as `ids`, in their order; an Error spoils its own place only. */
  nodes(info: Info, ids: readonly string[]): readonly Answer<NodeValue | SourceValue | Error | null>[];
  lookUp(info: Info, noun: Noun, id: string): Answer<NodeValue | null>;

  sources(): readonly SourceValue[];
  source(name: string): SourceValue | null;
  status(source: SourceValue): SourceStatusValue;

  organizations(info: Info, args: ListArgs<ScopeFilter>): Answer<ConnectionValue<NodeValue>>;
  projects(info: Info, args: ListArgs<ScopeFilter>): Answer<ConnectionValue<NodeValue>>;
  groups(info: Info, args: ListArgs<GroupFilter>): Answer<ConnectionValue<NodeValue>>;
  users(info: Info, args: ListArgs<MemberFilter>): Answer<ConnectionValue<NodeValue>>;
  testers(info: Info, args: ListArgs<MemberFilter>): Answer<ConnectionValue<NodeValue>>;
  memberships(info: Info, args: ListArgs<GroupFilter>): Answer<ConnectionValue<MembershipValue>>;

  /** The source of any value. */
  sourceOf(value: NodeValue): SourceValue;
  /** Of a project, group or user. */
  organizationOf(info: Info, value: NodeValue): Answer<NodeValue | null>;
  /** Of a group. */
  projectOf(info: Info, value: NodeValue): Answer<NodeValue | null>;
  /** The name of an organization or project of which perhaps only the id is known. */
  nameOf(info: Info, value: NodeValue): Answer<string | null>;
  /** A field of a user of whom perhaps only the id is known. */
  userDetail(info: Info, user: NodeValue, field: UserDetail): Answer<string | null>;
  memberCount(info: Info, group: NodeValue): Answer<number | null>;
  members(info: Info, group: NodeValue, args: PageArgs): Answer<ConnectionValue<NodeValue> | null>;
  candidates(info: Info, group: NodeValue, args: PageArgs): Answer<ConnectionValue<NodeValue> | null>;
  /** Who made a Tiledesk group. */
  createdBy(info: Info, group: NodeValue): Answer<NodeValue | null>;
  /** Of an organization, a user, or a permission group. */
  projectsOf(info: Info, value: NodeValue, args: PageArgs): Answer<ConnectionValue<NodeValue> | null>;
  /** Of an organization, project, user or tester. */
  groupsOf(info: Info, value: NodeValue, args: PageArgs): Answer<ConnectionValue<NodeValue> | null>;
  /** Of an organization or project. */
  usersOf(info: Info, value: NodeValue, args: PageArgs): Answer<ConnectionValue<NodeValue> | null>;

  /** `input` is the mutation's own. It always answers its payload. */
  mutate(info: Info, mutation: MutationName, input: WriteInput): Promise<PayloadValue>;
  /** The caller's newest entry of a key; of any mutation where none is named. */
  ledgerEntry(key: string, mutation?: string | null): Promise<LedgerEntryValue | null>;
}

export type MutationName =
  | 'createUpdraftDistributionGroup'
  | 'addUpdraftTester'
  | 'createUpdraftPermissionGroup'
  | 'addUpdraftUserToPermissionGroups'
  | 'addVeltUserGroups'
  | 'addTestRailGroup'
  | 'createTiledeskGroup'
  | 'createAsaGroup'
  | 'addGroupMembers'
  | 'removeGroupMembers'
  | 'setGroupMembers'
  | 'updateGroup'
  | 'deleteGroup';

/** The context of one GraphQL request, as resolvers see it. */
export interface GraphContext {
  readonly graph: Graph;
}
