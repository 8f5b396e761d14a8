/**
 * The contract of a vendor. An adapter declares what its vendor documents; the core decides what to ask, aligns answers
 * by key, dispatches writes and caches. Capability is presence: what is left out, the vendor cannot do.
 */
import type { z } from 'zod';
import type { AsaRole, Operation, Vendor } from '../../schema/enums.js';
import type { Connection } from '../http/connection.js';
import type { JsonObject, RestCall } from '../http/rest-call.js';
import type {
  GroupRow,
  GroupType,
  MemberRef,
  NodeType,
  OrganizationRow,
  Path,
  ProjectRow,
  Ref,
  TesterRow,
  UserRow,
} from './rows.js';

export * from './rows.js';

/** What a source may be called, and so an organization that is the source itself. */
export const sourceNamePattern = /^[a-z][a-z0-9-]{0,31}$/;

/** One page of a list. `next` is the vendor's own link or token, made into a call. */
export interface Page<R> {
  readonly rows: readonly R[];
  readonly next: RestCall<Page<R>> | null;
  /** Keys of a multi-get that the vendor said it does not know, where it refused the whole call for them. */
  readonly unknown?: readonly Path[];
}

/** What a by-id read answers when it cannot decide and only the whole list can. */
export const ASK_THE_LIST = Symbol('ask the list');

/** How the rows of one noun can be read. */
export interface Collection<R extends Ref> {
  /** Where lists are kept: these scopes, or one for each row of that collection. `[[]]` is one list for the whole source. */
  readonly within: readonly Path[] | 'organizations' | 'projects';
  /** The scope whose list holds this path; null where any of them may. */
  scopeOf(path: Path): Path | null;
  /** By id. A status of `unknownAt` or the answer null: the vendor does not know it. */
  one?(path: Path): RestCall<R | null | typeof ASK_THE_LIST>;
  /** Many ids of one scope in one call, at most `maxKeys`. */
  readonly many?: { readonly maxKeys: number; call(scope: Path, paths: readonly Path[]): RestCall<Page<R>> };
  /** All rows of a scope. */
  pages?(scope: Path): RestCall<Page<R>>;
  /** Pages are told apart by where they begin, so that those of last time can be asked for side by side. */
  readonly sideBySide?: true;
  /** Finds the row that a path means, where equal paths are not the whole truth. */
  find?(rows: readonly R[], path: Path): R | undefined;
  /** A look at a list, perhaps broken off, that no single row allows, and a sentence for `SourceStatus.message`. */
  whole?(rows: readonly R[], isWhole: boolean): { readonly rows: readonly R[]; readonly note: string | null };
  /** Whether what is made later is taken to have a higher number, in the last part of its path; a vendor need not promise it. */
  readonly isNumbered?: true;
  /** What a reader must know of every such list, in one sentence. */
  readonly note?: string;
}

/** Rows that the configuration names, at no call. */
export interface Configured<R> {
  readonly configured: readonly R[];
}

/** Rows that no vendor tells: the ledger remembers those written through here, beside those the configuration names. */
export interface Remembered<R> {
  readonly ledger: true;
  readonly configured?: readonly R[];
  /** What cannot be known, in one sentence. */
  readonly note: string;
}

/** A list that hangs on one row. */
export type PagesOf<R> = { pages(of: Path): RestCall<Page<R>> };

/** What one written call brought about. Items are addressed by their place in `WriteStep.items`. */
export interface WriteAnswer {
  readonly group?: GroupRow;
  readonly tester?: TesterRow;
  /** Items that the vendor refused inside an answer that is otherwise good. */
  readonly refused?: readonly number[];
  /** What the ledger must remember, since no vendor will tell it. */
  readonly facts: readonly Fact[];
}

/** One call of a write, and the members or groups it is about, in the order of the input. */
export interface WriteStep {
  readonly call: RestCall<WriteAnswer>;
  readonly items: readonly Path[];
}

/** Something that only we can remember. */
export type Fact =
  | { readonly kind: 'group'; readonly row: GroupRow }
  | { readonly kind: 'tester'; readonly row: TesterRow }
  | { readonly kind: 'membership'; readonly group: Ref & { readonly type: GroupType }; readonly member: MemberRef }
  /** The end of a membership. */
  | { readonly kind: 'departure'; readonly group: Ref & { readonly type: GroupType }; readonly member: MemberRef };

/** What is to be changed of a group; what is left out stays. `roles` and `attributes` replace the whole value. */
export interface GroupChanges {
  readonly name?: string;
  readonly roles?: readonly AsaRole[];
  readonly attributes?: JsonObject;
}

/** The documented writes. Paths have been checked against `paths`, names against the contract's rule. */
export interface Commands {
  createDistributionGroup?(project: Path, title: string): WriteStep;
  createPermissionGroup?(organization: Path, title: string): WriteStep;
  /** Items are the groups. */
  addTester?(email: string, groups: readonly Path[]): WriteStep;
  /** Items are the groups. */
  addUserToGroups?(user: Path, groups: readonly Path[]): WriteStep;
  /** Items are the groups. */
  createUserGroups?(
    organization: Path,
    groups: readonly { readonly groupId: string; readonly groupName: string | null }[],
    createOrganization: boolean,
  ): WriteStep;
  /** `parent` is the organization (TestRail, ASA) or the project (Tiledesk). */
  createGroup?(
    parent: Path,
    group: { readonly name: string; readonly members: readonly Path[]; readonly roles: readonly AsaRole[] },
  ): WriteStep;
  /** One step a call, items are its members; the others stay. */
  addMembers?(group: Ref, members: readonly Path[]): readonly WriteStep[];
  /** One step a call, items are its members; the others stay. Facts tell departures. */
  removeMembers?(group: Ref, members: readonly Path[]): readonly WriteStep[];
  /**
   * Makes `members` the whole list, sent in this order: the only edit that some vendors have. `group` is the row that
   * `groupBefore` has just read; the answer's `group` holds the members as they are then.
   */
  replaceMembers?(group: GroupRow, members: readonly Path[]): WriteStep;
  /** `group` is the row that was read just before, where `groupBefore` says so. */
  readonly updateGroup?: {
    /** What the vendor can change. */
    readonly changes: readonly (keyof GroupChanges)[];
    step(group: Ref | GroupRow, changes: GroupChanges): WriteStep;
  };
  deleteGroup?(group: Ref): WriteStep;
}

/** How many edits of members can be proved: by the vendor's answer, or only by reading the members again. */
export type Proof = 'answer' | 'read-back';

/** One configured account at one vendor: everything that the core may ask of it. */
export interface Adapter {
  readonly connection: Connection;
  /** The types this vendor has, with what every part of their paths must match; an optional last part may be missing. */
  readonly paths: Partial<Record<NodeType, { readonly parts: readonly RegExp[]; readonly optional?: number }>>;
  /** Whether this source serves the scope that the path names; decided without a call. */
  serves(ref: Ref): boolean;

  readonly organizations: Collection<OrganizationRow> | Configured<OrganizationRow>;
  readonly projects?: Collection<ProjectRow>;
  readonly users: Collection<UserRow>;
  readonly testers?: Remembered<TesterRow>;
  readonly groups: Collection<GroupRow> | Remembered<GroupRow>;
  /** `carried`: in the group's row. */
  readonly members: 'carried' | 'ledger' | PagesOf<UserRow>;
  /** What the path alone tells of a group whose member list proves that it exists, where it tells enough (ASA's names). */
  groupByMembers?(path: Path): GroupRow | null;
  /** Left out: found by looking through the group lists. */
  readonly groupsOfUser?: PagesOf<GroupRow>;
  /** `scope`: the project is the scope of the list. `row`: named in the project's row. */
  readonly groupsOfProject?: 'scope' | 'row' | 'ledger' | PagesOf<Ref & { readonly type: GroupType }>;
  readonly usersOfProject?: 'scope' | 'row' | PagesOf<UserRow>;
  /** Users who are not in the group. */
  readonly candidates?: PagesOf<UserRow>;
  userByEmail?(email: string): RestCall<UserRow | null>;

  readonly commands: Commands;
  /**
   * The group as it is at this moment, read before each write of these kinds: null where the vendor does not know it.
   * Stricter than a read for people: a list of members that could be short or contradicts itself is refused, since it
   * would be written back.
   */
  readonly groupBefore?: {
    readonly writes: readonly ('members' | 'update' | 'delete')[];
    read(path: Path): RestCall<GroupRow | null>;
  };
  readonly memberEdits?: Proof;
  /** The part of the source's operations that a group allows; all of them where left out. */
  groupOperations?(group: GroupRow): readonly Operation[];
}

/** A vendor: what it is called, what its settings are, and how a checked set of them becomes an adapter. */
export interface VendorDefinition<Settings = unknown> {
  /** As in the graph. */
  readonly vendor: Vendor;
  /** As in `rollcall.yaml`, and the folder's name. */
  readonly kind: string;
  /** As people write it. */
  readonly title: string;
  /** The keys that only this vendor has, beside `url`. */
  readonly settings: z.ZodType<Settings>;
  /** Those of them that hold a secret: never shown, checked to be sendable in a header. */
  readonly secrets: readonly string[];
  /** How many requests at once a source gets where the configuration says nothing; 32 where left out. */
  readonly concurrency?: number;
  connect(sourceName: string, settings: Settings): Adapter;
}
