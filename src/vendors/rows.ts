/** The rows that adapters make of what their vendors tell: plain objects, their fields named as in the graph. */
import type { AsaRole, UserKind, UserStatus } from '../../schema/enums.js';
import type { JsonObject } from '../http/rest-call.js';

/** The vendor's own address of a thing inside one source, outermost part first: `[projectId, groupId]`. */
export type Path = readonly string[];

export type GroupType =
  | 'UpdraftDistributionGroup'
  | 'UpdraftPermissionGroup'
  | 'VeltUserGroup'
  | 'TestRailGroup'
  | 'TiledeskGroup'
  | 'AsaGroup';
export type NodeType = 'Organization' | 'Project' | 'User' | 'Tester' | GroupType;

/** A thing that has a global id: its type and its address. */
export interface Ref {
  readonly type: NodeType;
  readonly path: Path;
}

/**
 * A text that two references share only when they mean the same thing. The ledger keeps these on disk, so that it stays as
 * it is: JSON, which escapes what a database would cut (NUL) or blur (lone surrogates).
 */
export function refKey({ type, path }: Ref): string {
  return JSON.stringify([type, ...path]);
}

export interface OrganizationRow extends Ref {
  readonly type: 'Organization';
  readonly vendorId: string;
  readonly name: string | null;
}

export interface ProjectRow extends Ref {
  readonly type: 'Project';
  readonly vendorId: string;
  readonly name: string | null;
  readonly organization: Path | null;
  /** The groups that the project's own row names (TestRail). */
  readonly groups?: readonly Path[];
  /** The people that the project's own row names (Updraft). */
  readonly users?: readonly UserRow[];
}

export interface GroupRow extends Ref {
  readonly type: GroupType;
  readonly vendorId: string;
  readonly name: string;
  /** Null: the vendor tells none. Left out: it is that of the group's project. */
  readonly organization?: Path | null;
  readonly project: Path | null;
  /** The members that the row itself names, each once; left out where they are another read. */
  readonly members?: readonly MemberRef[];
  /** False for a group that may only be looked at (a federated group). */
  readonly editable?: boolean;
  /** False where nothing documented addresses the group, so that its members cannot be asked for. */
  readonly addressable?: boolean;
  /** Further fields of the group's own type, named as in the graph. */
  readonly projects?: readonly Path[];
  readonly serverId?: string | null;
  readonly enabled?: boolean | null;
  readonly attributes?: JsonObject | null;
  readonly createdAt?: Date | null;
  readonly updatedAt?: Date | null;
  readonly createdBy?: Path | null;
  readonly roles?: readonly AsaRole[];
  readonly federatedFromTeam?: string | null;
  readonly federationApprovedAt?: Date | null;
}

export interface UserRow extends Ref {
  readonly type: 'User';
  readonly vendorId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly status: UserStatus;
  readonly kind: UserKind;
  /** The vendor's own word. */
  readonly role: string | null;
  readonly organization: Path | null;
  /** Null: the vendor does not tell. */
  readonly projects: readonly Path[] | null;
}

export interface TesterRow extends Ref {
  readonly type: 'Tester';
  readonly vendorId: string;
  readonly email: string;
}

/** A member as a group names it: the id alone, or the whole row where the member list tells it. */
export type MemberRef = { readonly type: 'User' | 'Tester'; readonly path: Path; readonly vendorId: string };
export type MemberRow = UserRow | TesterRow;

/** So many are kept; then it begins anew. */
const mostRefs = 200_000;

/** The references of one source to its users, each made once: a million memberships name a few thousand people. */
export class UserRefs {
  readonly #refs = new Map<string, MemberRef>();

  /** `key` is the address as one text. */
  at(key: string, path: () => Path): MemberRef {
    let ref = this.#refs.get(key);
    if (!ref) {
      if (this.#refs.size >= mostRefs) this.#refs.clear();
      const made = path();
      ref = { type: 'User', path: made, vendorId: made.at(-1)! };
      this.#refs.set(key, ref);
    }
    return ref;
  }
}
export type Row = OrganizationRow | ProjectRow | GroupRow | UserRow | TesterRow;
