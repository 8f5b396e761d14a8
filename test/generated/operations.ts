/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A new group at TestRail: the body of `POST add_group`. */
export type AddTestRailGroupInput = {
  /** Whether only to plan: what is needed is read, nothing is written, and `calls` are those that would be sent. */
  dryRun?: boolean | null | undefined;
  /** Makes it safe to repeat this mutation, and is strongly advised: 1 to 128 visible ASCII characters without blanks, new for each thing that is to be done once. With the same key and input nothing is sent and the first answer is given again, also when the vendor had refused (4xx) or its answer was lost; another input under the key is IDEMPOTENCY_KEY_REUSED. What was never sent, was refused here or was turned away with 429 leaves the key free; a `dryRun` uses none. Each caller and each mutation has keys of its own. Where none is given one is made, and told in `extensions.idempotencyKeys`, a list of `{ path, key, replayed }`. */
  idempotencyKey?: string | null | undefined;
  /** Its name, 1 to 255 characters. */
  name: string;
  /** Global id of the organization, which is the installation: it says which TestRail is meant. */
  organization: string;
  /** Global ids of its first members, users of the same TestRail; sent as `user_ids`. */
  users?: Array<string> | null | undefined;
};

/** A role that an ASA group gives its members in the team. */
export type AsaRole =
  /** ASA `access_admin`: may read and change groups, users and projects. */
  | 'ACCESS_ADMIN'
  /** ASA `access_user`: may read groups, users and projects. */
  | 'ACCESS_USER'
  /** ASA `reporting_user`: may read groups, users and projects, for reports. */
  | 'REPORTING_USER'
  /** ASA `server_admin`, which ASA has only where a feature flag is on. */
  | 'SERVER_ADMIN'
  /** A role that ASA added after this schema was written. Shown, but refused as input. */
  | 'UNKNOWN';

/** How it is known that a write took effect; of several calls, the weakest. */
export type Confirmation =
  /** It was seen by a read after the write: the edits of ASA, which answers without content, and writes whose answer was lost. */
  | 'READ_BACK'
  /** The answer was lost: the write may have taken effect or not. It is never sent again by itself. */
  | 'UNKNOWN'
  /** The vendor answered 2xx and, where it documents a content, with what was meant. */
  | 'VENDOR_RESPONSE';

/** What went wrong, in `extensions.code` of an error, a `SourceStatus` or a `UserError`. */
export type ErrorCode =
  /** An argument cannot be right. No vendor was called, save to count members for `expectedCount`. */
  | 'BAD_USER_INPUT'
  /** Somebody else changed the group meanwhile, or it is not as the caller believes (`expectedCount`). */
  | 'CONCURRENT_CHANGE'
  /** The caller is known and may not do this. */
  | 'FORBIDDEN'
  /** The group is held shut until it is clear what became of an earlier write, or another process is writing to it. */
  | 'GROUP_BUSY'
  /** The idempotency key was used before, with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The ledger cannot be written, so that nothing was sent: what nobody keeps is not begun. In a query: it cannot be read, and no vendor tells what it knows. */
  | 'LEDGER_UNAVAILABLE'
  /** The vendor does not know what a list, a scope or a write named: 404, or a 400 that says so at TestRail, Tiledesk or Velt. */
  | 'NOT_FOUND'
  /** A write was sent and its answer was lost. It may have taken effect; it is not sent again by itself. `ledgerEntry` says how to find out. */
  | 'OUTCOME_UNKNOWN'
  /** The document asks for more than one operation may cost. */
  | 'QUERY_TOO_EXPENSIVE'
  /** Rollcall has too much to do, or is stopping: HTTP 503, and nothing was begun. See `retryAfterSeconds`. */
  | 'SERVER_BUSY'
  /** The caller did not say, or could not prove, who is asking. */
  | 'UNAUTHENTICATED'
  /** The vendor documents no such call, or not for this group. */
  | 'UNSUPPORTED_BY_VENDOR'
  /** The vendor does not accept the credentials of the source, or they do not suffice: 401, 403. */
  | 'VENDOR_AUTH'
  /** The answer was cut, too large, no JSON, of another shape than documented, or contradicts itself. */
  | 'VENDOR_BAD_RESPONSE'
  /** No place was left, within the deadline, among the calls that may run at this source at once. */
  | 'VENDOR_BUSY'
  /** It exists already, or contradicts what exists: 409. */
  | 'VENDOR_CONFLICT'
  /** Too many calls: 429. `retryAfterSeconds` says how long to wait, where the vendor tells. */
  | 'VENDOR_RATE_LIMITED'
  /** The vendor refused what it was sent: 400, 405, 413, 415, 422, or a refusal inside a 200 at Velt. */
  | 'VENDOR_REJECTED'
  /** The vendor did not answer within the deadline. */
  | 'VENDOR_TIMEOUT'
  /** The vendor could not be reached, answered 5xx, or is under maintenance. */
  | 'VENDOR_UNAVAILABLE';

/** A group, and users of its source. */
export type GroupMembersInput = {
  /** Whether only to plan: what is needed is read, nothing is written, and `calls` are those that would be sent. */
  dryRun?: boolean | null | undefined;
  /** Global id of the group. Its source decides which endpoint is called. */
  group: string;
  /** Makes it safe to repeat this mutation, and is strongly advised: 1 to 128 visible ASCII characters without blanks, new for each thing that is to be done once. With the same key and input nothing is sent and the first answer is given again, also when the vendor had refused (4xx) or its answer was lost; another input under the key is IDEMPOTENCY_KEY_REUSED. What was never sent, was refused here or was turned away with 429 leaves the key free; a `dryRun` uses none. Each caller and each mutation has keys of its own. Where none is given one is made, and told in `extensions.idempotencyKeys`, a list of `{ path, key, replayed }`. */
  idempotencyKey?: string | null | undefined;
  /** Global ids of 1 to 250 users of the group's source (at Tiledesk of its project, at Velt of its organization). Repetitions count once; a wrong one refuses the whole mutation before any call. */
  members: Array<string>;
};

/** What the ledger knows of what became of a mutation. */
export type LedgerState =
  /** The vendor did it, save what `userErrors` says of single members or groups. */
  | 'DONE'
  /** It is being carried out just now. */
  | 'INTENT'
  /** The vendor did nothing of it, and said so. */
  | 'REFUSED'
  /** It was sent and its answer was lost; `hint` says how to find out what became of it. */
  | 'UNKNOWN'
  /** Nothing of it was carried out: it was never sent, or turned away with 429. The key is free again. */
  | 'UNSENT';

/** Something that can be done with endpoints that a vendor documents. */
export type Operation =
  /** Put users into a group and leave its other members as they are: Updraft `POST /api/useringrouporg/`, Velt `POST /v2/organizations/usergroups/users/add`, ASA `POST /v1/teams/{team}/groups/{group_name}/users`; TestRail and Tiledesk by replacing the list of members that was just read. */
  | 'ADD_MEMBERS'
  /** Put an e-mail address into distribution groups: Updraft `POST /api/testers/`. */
  | 'ADD_TESTER'
  /** Create a group. Each vendor has its own mutation for it, since each wants something else. */
  | 'CREATE_GROUP'
  /** Delete a group: TestRail `delete_group/{id}`, Tiledesk `DELETE /{project_id}/groups/{id}`, ASA `DELETE /v1/teams/{team}/groups/{group_name}`. */
  | 'DELETE_GROUP'
  /** List groups: TestRail `get_groups`, Tiledesk `GET /{project_id}/groups`, ASA `GET /v1/teams/{team}/groups`. */
  | 'LIST_GROUPS'
  /** List the members of a group: named in the group itself at TestRail and Tiledesk; Velt `POST /v2/users/get` by group, ASA `GET /v1/teams/{team}/groups/{group_name}/users`. */
  | 'LIST_MEMBERS'
  /** List organizations: Velt `POST /v2/organizations/get`. Elsewhere the configuration names them. */
  | 'LIST_ORGANIZATIONS'
  /** List projects: Updraft `GET /api/applications/`, TestRail `get_projects`, Tiledesk `GET /projects/`, ASA `GET /v1/teams/{team}/projects`. */
  | 'LIST_PROJECTS'
  /** List users: those named in Updraft `GET /api/applications/`; Velt `POST /v2/users/get`, TestRail `get_users`, Tiledesk `GET /{project_id}/project_users`, ASA `GET /v1/teams/{team}/users`. */
  | 'LIST_USERS'
  /** Read one group: TestRail `get_group/{id}`, Tiledesk `GET /{project_id}/groups/{id}`, ASA `GET /v1/teams/{team}/groups/{group_name}`. */
  | 'READ_GROUP'
  /** Read one user: Velt `POST /v2/users/get` by id, TestRail `get_user/{id}`, Tiledesk `GET /{project_id}/project_users/users/{user_id}`, ASA `GET /v1/teams/{team}/users/{user_name}`. */
  | 'READ_USER'
  /** Take users out of a group and leave its other members as they are: Velt `POST /v2/organizations/usergroups/users/delete`, ASA `DELETE /v1/teams/{team}/groups/{group_name}/users/{user_name}`; TestRail and Tiledesk by replacing the list of members that was just read. */
  | 'REMOVE_MEMBERS'
  /** Give a group exactly the members that are named: TestRail `update_group/{id}`, Tiledesk `PUT /{project_id}/groups/{id}`; Velt and ASA by reading the members, adding and removing. */
  | 'SET_MEMBERS'
  /** Change a group itself: TestRail `update_group/{id}` (name), Tiledesk `PUT /{project_id}/groups/{id}` (name, attributes), ASA `PUT /v1/teams/{team}/groups/{group_name}` (roles). */
  | 'UPDATE_GROUP';

/** Where something is known from. */
export type Origin =
  /** Named in the configuration of the source. */
  | 'CONFIGURATION'
  /** Remembered here. The vendor documents no such read, so that only what was written through here is known. */
  | 'LEDGER'
  /** Read at the vendor, by an endpoint that it documents. */
  | 'VENDOR';

/** How much of what it was asked for a source could give. */
export type SourceState =
  /** All of it. Also the state of a source that nobody has asked yet; `fetchedAt` is null then. */
  | 'OK'
  /** Some pages or scopes could not be read; the others are in the answer. */
  | 'PARTIAL'
  /** All of it, but from data kept longer than usual, since the vendor cannot be reached; see `fetchedAt`. */
  | 'STALE'
  /** None of it. */
  | 'UNAVAILABLE';

/** A group, and what is to be changed of it: at least one of `name`, `roles`, `attributes`. */
export type UpdateGroupInput = {
  /** The attributes of a Tiledesk group, sent as they are in place of all that it has now. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Whether only to plan: what is needed is read, nothing is written, and `calls` are those that would be sent. */
  dryRun?: boolean | null | undefined;
  /** Global id of the group. Its source decides which endpoint is called. */
  group: string;
  /** Makes it safe to repeat this mutation, and is strongly advised: 1 to 128 visible ASCII characters without blanks, new for each thing that is to be done once. With the same key and input nothing is sent and the first answer is given again, also when the vendor had refused (4xx) or its answer was lost; another input under the key is IDEMPOTENCY_KEY_REUSED. What was never sent, was refused here or was turned away with 429 leaves the key free; a `dryRun` uses none. Each caller and each mutation has keys of its own. Where none is given one is made, and told in `extensions.idempotencyKeys`, a list of `{ path, key, replayed }`. */
  idempotencyKey?: string | null | undefined;
  /** Its new name, 1 to 255 characters, at TestRail and Tiledesk. Elsewhere names cannot be changed. Left out, the name stays; null is refused. */
  name?: string | null | undefined;
  /** All roles that an ASA group is to give, in place of those it gives now. UNKNOWN is refused. */
  roles?: Array<AsaRole> | null | undefined;
};

/** Who uses an account. */
export type UserKind =
  /** A person. Every user of a vendor that makes no difference. */
  | 'HUMAN'
  /** A program: ASA `user_type` `service`. */
  | 'SERVICE';

/** Whether an account can be used at its vendor. */
export type UserStatus =
  /** It can: TestRail `is_active`, Tiledesk status `active`, ASA status `ACTIVE`. */
  | 'ACTIVE'
  /** It is deleted, though its vendor still lists it: Tiledesk `trashed`, ASA status `DELETED`. */
  | 'DELETED'
  /** It is switched off: TestRail `is_active` false, any other Tiledesk status, ASA status `DISABLED`. */
  | 'INACTIVE'
  /** Nobody tells: Updraft and Velt never do, nor does anyone of a member whom the user list no longer holds. */
  | 'UNKNOWN';

/** The product that a source is an account at. */
export type Vendor =
  /** Okta Advanced Server Access (formerly ScaleFT), which lets people into servers. */
  | 'OKTA_ASA'
  /** TestRail, which manages test cases and test runs. */
  | 'TESTRAIL'
  /** Tiledesk, which runs conversations with customers. */
  | 'TILEDESK'
  /** Updraft (getupdraft.com), which hands builds of apps to testers. */
  | 'UPDRAFT'
  /** Velt (velt.dev), which puts comments and collaboration into other products. */
  | 'VELT';

export type AddGroupMembersMutationVariables = Exact<{
  input: GroupMembersInput;
}>;


export type AddGroupMembersMutation = { addGroupMembers: { confirmedBy: Confirmation | null, group:
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
     | null, added: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, unchanged: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, calls: Array<{ source: string, method: string, url: string, status: number | null }>, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };

export type CreateTestRailGroupMutationVariables = Exact<{
  input: AddTestRailGroupInput;
}>;


export type CreateTestRailGroupMutation = { addTestRailGroup: { confirmedBy: Confirmation | null, group:
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
      | { id: string, name: string | null, memberCount: number | null }
     | null, calls: Array<{ source: string, method: string, url: string, body: Record<string, unknown> | null, status: number | null, durationMs: number | null }>, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };

export type DeleteGroupMutationVariables = Exact<{
  group: string;
  key: string;
}>;


export type DeleteGroupMutation = { deleteGroup: { deletedId: string | null, confirmedBy: Confirmation | null, userErrors: Array<{ code: ErrorCode, message: string, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };

export type GroupListQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type GroupListQuery = { groups: { totalCount: number | null, complete: boolean, edges: Array<{ cursor: string, node:
        | { __typename: 'AsaGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
        | { __typename: 'TestRailGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
        | { __typename: 'TiledeskGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
        | { __typename: 'UpdraftDistributionGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
        | { __typename: 'UpdraftPermissionGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
        | { __typename: 'VeltUserGroup', id: string, name: string | null, memberCount: number | null, source: { name: string, vendor: Vendor }, members: { nodes: Array<
              | { id: string, name: string | null, email: string | null }
              | { id: string, name: string | null, email: string | null }
            >, pageInfo: { hasNextPage: boolean } } | null }
       }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ source: string, state: SourceState, code: ErrorCode | null, retryAfterSeconds: number | null }> } };

export type GroupPageQueryVariables = Exact<{
  id: string;
  members?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type GroupPageQuery = { group:
    | { __typename: 'AsaGroup', roles: Array<AsaRole>, federatedFromTeam: string | null, federationApprovedAt: string | null, id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, candidates: { nodes: Array<{ id: string, username: string | null }> } | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
    | { __typename: 'TestRailGroup', id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
    | { __typename: 'TiledeskGroup', enabled: boolean | null, attributes: Record<string, unknown> | null, createdAt: string | null, updatedAt: string | null, id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, createdBy: { id: string, name: string | null } | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
    | { __typename: 'UpdraftDistributionGroup', id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
    | { __typename: 'UpdraftPermissionGroup', id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, projects: { nodes: Array<{ id: string, name: string | null }> } | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
    | { __typename: 'VeltUserGroup', serverId: string | null, id: string, name: string | null, vendorId: string, operations: Array<Operation>, origin: Origin, fetchedAt: string, memberCount: number | null, organization: { id: string, name: string | null } | null, project: { id: string, name: string | null } | null, members: { totalCount: number | null, edges: Array<{ cursor: string, node:
            | { __typename: 'Tester', id: string, name: string | null, email: string | null }
            | { __typename: 'User', username: string | null, status: UserStatus, kind: UserKind, role: string | null, id: string, name: string | null, email: string | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null }
   | null };

export type HeadCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type HeadCountsQuery = { groups: { totalCount: number | null, complete: boolean }, people: { totalCount: number | null, complete: boolean }, active: { complete: boolean, nodes: Array<{ id: string, status: UserStatus, kind: UserKind }> }, testers: { totalCount: number | null, complete: boolean } };

export type WhatBecameOfQueryVariables = Exact<{
  key: string;
  mutation?: string | null | undefined;
}>;


export type WhatBecameOfQuery = { ledgerEntry: { key: string, mutation: string, source: string, state: LedgerState, createdAt: string, finishedAt: string | null, hint: string | null, calls: Array<{ source: string, method: string, url: string, body: Record<string, unknown> | null, status: number | null, durationMs: number | null }>, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, retryAfterSeconds: number | null }> } | null };

export type MemberSearchQueryVariables = Exact<{
  email: string;
}>;


export type MemberSearchQuery = { users: { complete: boolean, nodes: Array<{ id: string, name: string | null, status: UserStatus, source: { name: string } }> }, testers: { complete: boolean, nodes: Array<{ id: string, email: string | null }> }, groups: { totalCount: number | null, complete: boolean, nodes: Array<
      | { __typename: 'AsaGroup', id: string, name: string | null }
      | { __typename: 'TestRailGroup', id: string, name: string | null }
      | { __typename: 'TiledeskGroup', id: string, name: string | null }
      | { __typename: 'UpdraftDistributionGroup', id: string, name: string | null }
      | { __typename: 'UpdraftPermissionGroup', id: string, name: string | null }
      | { __typename: 'VeltUserGroup', id: string, name: string | null }
    >, sources: Array<{ source: string, state: SourceState, message: string | null }> } };

export type MembershipsPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MembershipsPageQuery = { memberships: { totalCount: number | null, complete: boolean, nodes: Array<{ source: string, vendor: Vendor, organizationId: string | null, organizationName: string | null, projectId: string | null, projectName: string | null, groupId: string, groupVendorId: string, groupName: string, groupType: string, memberId: string, memberVendorId: string, memberType: string, memberName: string | null, memberEmail: string | null, memberStatus: UserStatus | null, origin: Origin, fetchedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ source: string, state: SourceState, origin: Origin, fetchedAt: string | null, code: ErrorCode | null, message: string | null }> } };

export type NodeDetailsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NodeDetailsQuery = { nodes: Array<
    | { __typename: 'AsaGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
    | { __typename: 'Organization', name: string | null, vendorId: string, id: string }
    | { __typename: 'Project', name: string | null, id: string, organization: { id: string } | null }
    | { __typename: 'Source', vendor: Vendor, id: string, sourceName: string }
    | { __typename: 'TestRailGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
    | { __typename: 'Tester', name: string | null, email: string | null, id: string, groups: { nodes: Array<
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
        > } | null }
    | { __typename: 'TiledeskGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
    | { __typename: 'UpdraftDistributionGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
    | { __typename: 'UpdraftPermissionGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
    | { __typename: 'User', name: string | null, email: string | null, id: string, groups: { nodes: Array<
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
        > } | null }
    | { __typename: 'VeltUserGroup', name: string | null, memberCount: number | null, operations: Array<Operation>, id: string }
   | null> };

export type OrganizationTreeQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationTreeQuery = { organizations: { complete: boolean, nodes: Array<{ id: string, name: string | null, vendorId: string, source: { name: string }, projects: { complete: boolean, nodes: Array<{ id: string, name: string | null, groups: { nodes: Array<
              | { id: string, name: string | null }
              | { id: string, name: string | null }
              | { id: string, name: string | null }
              | { id: string, name: string | null }
              | { id: string, name: string | null }
              | { id: string, name: string | null }
            > } | null }> } | null, groups: { complete: boolean, nodes: Array<
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
          | { id: string, name: string | null }
        > } | null, users: { complete: boolean, nodes: Array<{ id: string, name: string | null }> } | null }> } };

export type RemoveGroupMembersMutationVariables = Exact<{
  group: string;
  members: Array<string> | string;
  key: string;
}>;


export type RemoveGroupMembersMutation = { removeGroupMembers: { confirmedBy: Confirmation | null, group:
      | { id: string, memberCount: number | null }
      | { id: string, memberCount: number | null }
      | { id: string, memberCount: number | null }
      | { id: string, memberCount: number | null }
      | { id: string, memberCount: number | null }
      | { id: string, memberCount: number | null }
     | null, removed: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, unchanged: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };

export type RenameGroupMutationVariables = Exact<{
  group: string;
  name: string;
  key?: string | null | undefined;
}>;


export type RenameGroupMutation = { updateGroup: { confirmedBy: Confirmation | null, group:
      | { __typename: 'AsaGroup', id: string, name: string | null, fetchedAt: string }
      | { __typename: 'TestRailGroup', id: string, name: string | null, fetchedAt: string }
      | { __typename: 'TiledeskGroup', id: string, name: string | null, fetchedAt: string }
      | { __typename: 'UpdraftDistributionGroup', id: string, name: string | null, fetchedAt: string }
      | { __typename: 'UpdraftPermissionGroup', id: string, name: string | null, fetchedAt: string }
      | { __typename: 'VeltUserGroup', id: string, name: string | null, fetchedAt: string }
     | null, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, retryAfterSeconds: number | null }> } };

export type SetGroupMembersMutationVariables = Exact<{
  group: string;
  members: Array<string> | string;
  expected: number;
  key: string;
  preview?: boolean | null | undefined;
}>;


export type SetGroupMembersMutation = { setGroupMembers: { confirmedBy: Confirmation | null, group:
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
      | { id: string, memberCount: number | null, members: { edges: Array<{ cursor: string, node:
              | { __typename: 'Tester', id: string, name: string | null, email: string | null }
              | { __typename: 'User', id: string, name: string | null, email: string | null }
             }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
     | null, added: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, removed: Array<
      | { id: string, name: string | null }
      | { id: string, name: string | null }
    >, unchanged: Array<
      | { id: string }
      | { id: string }
    >, calls: Array<{ source: string, method: string, url: string, body: Record<string, unknown> | null, status: number | null, durationMs: number | null }>, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };

export type SourceListQueryVariables = Exact<{ [key: string]: never; }>;


export type SourceListQuery = { sources: Array<{ __typename: 'Source', id: string, name: string, vendor: Vendor, operations: Array<Operation>, status: { source: string, state: SourceState, origin: Origin, fetchedAt: string | null, code: ErrorCode | null, message: string | null, retryAfterSeconds: number | null } }> };

export type UpdateGroupMutationVariables = Exact<{
  input: UpdateGroupInput;
}>;


export type UpdateGroupMutation = { updateGroup: { confirmedBy: Confirmation | null, group:
      | { roles: Array<AsaRole>, id: string, name: string | null }
      | { id: string, name: string | null }
      | { attributes: Record<string, unknown> | null, updatedAt: string | null, id: string, name: string | null }
      | { id: string, name: string | null }
      | { id: string, name: string | null }
      | { id: string, name: string | null }
     | null, calls: Array<{ method: string, url: string, body: Record<string, unknown> | null, status: number | null, durationMs: number | null }>, userErrors: Array<{ code: ErrorCode, message: string, field: Array<string> | null, target: string | null, source: string | null, retryAfterSeconds: number | null }> } };


export const AddGroupMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddGroupMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GroupMembersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addGroupMembers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"added"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<AddGroupMembersMutation, AddGroupMembersMutationVariables>;
export const CreateTestRailGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTestRailGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddTestRailGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addTestRailGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<CreateTestRailGroupMutation, CreateTestRailGroupMutationVariables>;
export const DeleteGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"group"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"group"},"value":{"kind":"Variable","name":{"kind":"Name","value":"group"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<DeleteGroupMutation, DeleteGroupMutationVariables>;
export const GroupListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GroupList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"nameContains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]}}]} as unknown as DocumentNode<GroupListQuery, GroupListQueryVariables>;
export const GroupPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GroupPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"25"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"operations"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdraftPermissionGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VeltUserGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serverId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TiledeskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AsaGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"federatedFromTeam"}},{"kind":"Field","name":{"kind":"Name","value":"federationApprovedAt"}},{"kind":"Field","name":{"kind":"Name","value":"candidates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<GroupPageQuery, GroupPageQueryVariables>;
export const HeadCountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"HeadCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"people"},"name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"active"},"name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"vendors"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"TESTRAIL"},{"kind":"EnumValue","value":"OKTA_ASA"}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","name":{"kind":"Name","value":"testers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}}]}}]} as unknown as DocumentNode<HeadCountsQuery, HeadCountsQueryVariables>;
export const WhatBecameOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatBecameOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"mutation"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ledgerEntry"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"key"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}},{"kind":"Argument","name":{"kind":"Name","value":"mutation"},"value":{"kind":"Variable","name":{"kind":"Name","value":"mutation"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<WhatBecameOfQuery, WhatBecameOfQueryVariables>;
export const MemberSearchDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MemberSearch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","name":{"kind":"Name","value":"testers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"memberEmail"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<MemberSearchQuery, MemberSearchQueryVariables>;
export const MembershipsPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MembershipsPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"500"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"memberships"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"organizationName"}},{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"projectName"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"groupVendorId"}},{"kind":"Field","name":{"kind":"Name","value":"groupName"}},{"kind":"Field","name":{"kind":"Name","value":"groupType"}},{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"memberVendorId"}},{"kind":"Field","name":{"kind":"Name","value":"memberType"}},{"kind":"Field","name":{"kind":"Name","value":"memberName"}},{"kind":"Field","name":{"kind":"Name","value":"memberEmail"}},{"kind":"Field","name":{"kind":"Name","value":"memberStatus"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<MembershipsPageQuery, MembershipsPageQueryVariables>;
export const NodeDetailsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NodeDetails"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"sourceName"},"name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Organization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Project"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"operations"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<NodeDetailsQuery, NodeDetailsQueryVariables>;
export const OrganizationTreeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganizationTree"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organizations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}}]}}]} as unknown as DocumentNode<OrganizationTreeQuery, OrganizationTreeQueryVariables>;
export const RemoveGroupMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveGroupMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"group"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeGroupMembers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"group"},"value":{"kind":"Variable","name":{"kind":"Name","value":"group"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"members"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<RemoveGroupMembersMutation, RemoveGroupMembersMutationVariables>;
export const RenameGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenameGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"group"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"group"},"value":{"kind":"Variable","name":{"kind":"Name","value":"group"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<RenameGroupMutation, RenameGroupMutationVariables>;
export const SetGroupMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetGroupMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"group"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"expected"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"key"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"preview"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setGroupMembers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"group"},"value":{"kind":"Variable","name":{"kind":"Name","value":"group"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"members"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"expectedCount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"expected"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"key"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"dryRun"},"value":{"kind":"Variable","name":{"kind":"Name","value":"preview"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"25"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"added"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<SetGroupMembersMutation, SetGroupMembersMutationVariables>;
export const SourceListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SourceList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"operations"}},{"kind":"Field","name":{"kind":"Name","value":"status"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]}}]} as unknown as DocumentNode<SourceListQuery, SourceListQueryVariables>;
export const UpdateGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AsaGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TiledeskGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}}]}}]} as unknown as DocumentNode<UpdateGroupMutation, UpdateGroupMutationVariables>;