import { registerEnumType } from 'type-graphql';

/** An enum whose values are their own names, so that rows of adapters need no import of ours to hold one. */
function ownNames<const Name extends string>(...names: readonly Name[]): { readonly [N in Name]: N } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [N in Name]: N };
}

/** Puts an enum into the graph, with a sentence for itself and for each of its values. */
function register<Values extends object>(
  values: Values,
  name: string,
  description: string,
  meanings: Record<keyof Values, string>,
): void {
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(meanings).map(([value, meaning]) => [value, { description: meaning }]),
  );
  registerEnumType<object>(values, { name, description, valuesConfig });
}

export const Vendor = ownNames('UPDRAFT', 'VELT', 'TESTRAIL', 'TILEDESK', 'OKTA_ASA');
export type Vendor = keyof typeof Vendor;
register(Vendor, 'Vendor', 'The product that a source is an account at.', {
  UPDRAFT: 'Updraft (getupdraft.com), which hands builds of apps to testers.',
  VELT: 'Velt (velt.dev), which puts comments and collaboration into other products.',
  TESTRAIL: 'TestRail, which manages test cases and test runs.',
  TILEDESK: 'Tiledesk, which runs conversations with customers.',
  OKTA_ASA: 'Okta Advanced Server Access (formerly ScaleFT), which lets people into servers.',
});

export const SourceState = ownNames('OK', 'STALE', 'PARTIAL', 'UNAVAILABLE');
export type SourceState = keyof typeof SourceState;
register(SourceState, 'SourceState', 'How much of what it was asked for a source could give.', {
  OK: 'All of it. Also the state of a source that nobody has asked yet; `fetchedAt` is null then.',
  STALE: 'All of it, but from data kept longer than usual, since the vendor cannot be reached; see `fetchedAt`.',
  PARTIAL: 'Some pages or scopes could not be read; the others are in the answer.',
  UNAVAILABLE: 'None of it.',
});

export const Origin = ownNames('VENDOR', 'LEDGER', 'CONFIGURATION');
export type Origin = keyof typeof Origin;
register(Origin, 'Origin', 'Where something is known from.', {
  VENDOR: 'Read at the vendor, by an endpoint that it documents.',
  LEDGER: 'Remembered here. The vendor documents no such read, so that only what was written through here is known.',
  CONFIGURATION: 'Named in the configuration of the source.',
});

export const Operation = ownNames(
  'LIST_ORGANIZATIONS',
  'LIST_PROJECTS',
  'LIST_GROUPS',
  'READ_GROUP',
  'LIST_MEMBERS',
  'LIST_USERS',
  'READ_USER',
  'CREATE_GROUP',
  'UPDATE_GROUP',
  'DELETE_GROUP',
  'ADD_MEMBERS',
  'REMOVE_MEMBERS',
  'SET_MEMBERS',
  'ADD_TESTER',
);
export type Operation = keyof typeof Operation;
register(Operation, 'Operation', 'Something that can be done with endpoints that a vendor documents.', {
  LIST_ORGANIZATIONS: 'List organizations: Velt `POST /v2/organizations/get`. Elsewhere the configuration names them.',
  LIST_PROJECTS:
    'List projects: Updraft `GET /api/applications/`, TestRail `get_projects`, Tiledesk `GET /projects/`, ' +
    'ASA `GET /v1/teams/{team}/projects`.',
  LIST_GROUPS:
    'List groups: TestRail `get_groups`, Tiledesk `GET /{project_id}/groups`, ASA `GET /v1/teams/{team}/groups`.',
  READ_GROUP:
    'Read one group: TestRail `get_group/{id}`, Tiledesk `GET /{project_id}/groups/{id}`, ' +
    'ASA `GET /v1/teams/{team}/groups/{group_name}`.',
  LIST_MEMBERS:
    'List the members of a group: named in the group itself at TestRail and Tiledesk; Velt `POST /v2/users/get` ' +
    'by group, ASA `GET /v1/teams/{team}/groups/{group_name}/users`.',
  LIST_USERS:
    'List users: those named in Updraft `GET /api/applications/`; Velt `POST /v2/users/get`, TestRail `get_users`, ' +
    'Tiledesk `GET /{project_id}/project_users`, ASA `GET /v1/teams/{team}/users`.',
  READ_USER:
    'Read one user: Velt `POST /v2/users/get` by id, TestRail `get_user/{id}`, ' +
    'Tiledesk `GET /{project_id}/project_users/users/{user_id}`, ASA `GET /v1/teams/{team}/users/{user_name}`.',
  CREATE_GROUP: 'Create a group. Each vendor has its own mutation for it, since each wants something else.',
  UPDATE_GROUP:
    'Change a group itself: TestRail `update_group/{id}` (name), Tiledesk `PUT /{project_id}/groups/{id}` ' +
    '(name, attributes), ASA `PUT /v1/teams/{team}/groups/{group_name}` (roles).',
  DELETE_GROUP:
    'Delete a group: TestRail `delete_group/{id}`, Tiledesk `DELETE /{project_id}/groups/{id}`, ' +
    'ASA `DELETE /v1/teams/{team}/groups/{group_name}`.',
  ADD_MEMBERS:
    'Put users into a group and leave its other members as they are: Updraft `POST /api/useringrouporg/`, Velt ' +
    '`POST /v2/organizations/usergroups/users/add`, ASA `POST /v1/teams/{team}/groups/{group_name}/users`; TestRail ' +
    'and Tiledesk by replacing the list of members that was just read.',
  REMOVE_MEMBERS:
    'Take users out of a group and leave its other members as they are: Velt ' +
    '`POST /v2/organizations/usergroups/users/delete`, ASA ' +
    '`DELETE /v1/teams/{team}/groups/{group_name}/users/{user_name}`; TestRail and Tiledesk by replacing the list of ' +
    'members that was just read.',
  SET_MEMBERS:
    'Give a group exactly the members that are named: TestRail `update_group/{id}`, Tiledesk ' +
    '`PUT /{project_id}/groups/{id}`; Velt and ASA by reading the members, adding and removing.',
  ADD_TESTER: 'Put an e-mail address into distribution groups: Updraft `POST /api/testers/`.',
});

export const AsaRole = ownNames('ACCESS_USER', 'ACCESS_ADMIN', 'REPORTING_USER', 'SERVER_ADMIN', 'UNKNOWN');
export type AsaRole = keyof typeof AsaRole;
register(AsaRole, 'AsaRole', 'A role that an ASA group gives its members in the team.', {
  ACCESS_USER: 'ASA `access_user`: may read groups, users and projects.',
  ACCESS_ADMIN: 'ASA `access_admin`: may read and change groups, users and projects.',
  REPORTING_USER: 'ASA `reporting_user`: may read groups, users and projects, for reports.',
  SERVER_ADMIN: 'ASA `server_admin`, which ASA has only where a feature flag is on.',
  UNKNOWN: 'A role that ASA added after this schema was written. Shown, but refused as input.',
});

export const UserStatus = ownNames('ACTIVE', 'INACTIVE', 'DELETED', 'UNKNOWN');
export type UserStatus = keyof typeof UserStatus;
register(UserStatus, 'UserStatus', 'Whether an account can be used at its vendor.', {
  ACTIVE: 'It can: TestRail `is_active`, Tiledesk status `active`, ASA status `ACTIVE`.',
  INACTIVE: 'It is switched off: TestRail `is_active` false, any other Tiledesk status, ASA status `DISABLED`.',
  DELETED: 'It is deleted, though its vendor still lists it: Tiledesk `trashed`, ASA status `DELETED`.',
  UNKNOWN: 'Nobody tells: Updraft and Velt never do, nor does anyone of a member whom the user list no longer holds.',
});

export const UserKind = ownNames('HUMAN', 'SERVICE');
export type UserKind = keyof typeof UserKind;
register(UserKind, 'UserKind', 'Who uses an account.', {
  HUMAN: 'A person. Every user of a vendor that makes no difference.',
  SERVICE: 'A program: ASA `user_type` `service`.',
});

export const Confirmation = ownNames('VENDOR_RESPONSE', 'READ_BACK', 'UNKNOWN');
export type Confirmation = keyof typeof Confirmation;
register(Confirmation, 'Confirmation', 'How it is known that a write took effect; of several calls, the weakest.', {
  VENDOR_RESPONSE: 'The vendor answered 2xx and, where it documents a content, with what was meant.',
  READ_BACK:
    'It was seen by a read after the write: the edits of ASA, which answers without content, and writes whose answer ' +
    'was lost.',
  UNKNOWN: 'The answer was lost: the write may have taken effect or not. It is never sent again by itself.',
});

export const ErrorCode = ownNames(
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'UNSUPPORTED_BY_VENDOR',
  'VENDOR_REJECTED',
  'VENDOR_CONFLICT',
  'VENDOR_AUTH',
  'VENDOR_RATE_LIMITED',
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_BUSY',
  'VENDOR_BAD_RESPONSE',
  'GROUP_BUSY',
  'CONCURRENT_CHANGE',
  'OUTCOME_UNKNOWN',
  'IDEMPOTENCY_KEY_REUSED',
  'QUERY_TOO_EXPENSIVE',
  'LEDGER_UNAVAILABLE',
  'SERVER_BUSY',
);
export type ErrorCode = keyof typeof ErrorCode;
register(
  ErrorCode,
  'ErrorCode',
  'What went wrong, in `extensions.code` of an error, a `SourceStatus` or a `UserError`.',
  {
    BAD_USER_INPUT: 'An argument cannot be right. No vendor was called, save to count members for `expectedCount`.',
    NOT_FOUND:
      'The vendor does not know what a list, a scope or a write named: 404, or a 400 that says so at TestRail, ' +
      'Tiledesk or Velt.',
    FORBIDDEN: 'The caller is known and may not do this.',
    UNAUTHENTICATED: 'The caller did not say, or could not prove, who is asking.',
    UNSUPPORTED_BY_VENDOR: 'The vendor documents no such call, or not for this group.',
    VENDOR_REJECTED: 'The vendor refused what it was sent: 400, 405, 413, 415, 422, or a refusal inside a 200 at Velt.',
    VENDOR_CONFLICT: 'It exists already, or contradicts what exists: 409.',
    VENDOR_AUTH: 'The vendor does not accept the credentials of the source, or they do not suffice: 401, 403.',
    VENDOR_RATE_LIMITED: 'Too many calls: 429. `retryAfterSeconds` says how long to wait, where the vendor tells.',
    VENDOR_UNAVAILABLE: 'The vendor could not be reached, answered 5xx, or is under maintenance.',
    VENDOR_TIMEOUT: 'The vendor did not answer within the deadline.',
    VENDOR_BUSY: 'No place was left, within the deadline, among the calls that may run at this source at once.',
    VENDOR_BAD_RESPONSE:
      'The answer was cut, too large, no JSON, of another shape than documented, or contradicts itself.',
    GROUP_BUSY:
      'The group is held shut until it is clear what became of an earlier write, or another process is writing to it.',
    CONCURRENT_CHANGE:
      'Somebody else changed the group meanwhile, or it is not as the caller believes (`expectedCount`).',
    OUTCOME_UNKNOWN:
      'A write was sent and its answer was lost. It may have taken effect; it is not sent again by itself. ' +
      '`ledgerEntry` says how to find out.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used before, with another input.',
    QUERY_TOO_EXPENSIVE: 'The document asks for more than one operation may cost.',
    LEDGER_UNAVAILABLE:
      'The ledger cannot be written, so that nothing was sent: what nobody keeps is not begun. In a query: it cannot be ' +
      'read, and no vendor tells what it knows.',
    SERVER_BUSY:
      'Rollcall has too much to do, or is stopping: HTTP 503, and nothing was begun. See `retryAfterSeconds`.',
  },
);

export const LedgerState = ownNames('INTENT', 'DONE', 'REFUSED', 'UNSENT', 'UNKNOWN');
export type LedgerState = keyof typeof LedgerState;
register(LedgerState, 'LedgerState', 'What the ledger knows of what became of a mutation.', {
  INTENT: 'It is being carried out just now.',
  DONE: 'The vendor did it, save what `userErrors` says of single members or groups.',
  REFUSED: 'The vendor did nothing of it, and said so.',
  UNSENT: 'Nothing of it was carried out: it was never sent, or turned away with 429. The key is free again.',
  UNKNOWN: 'It was sent and its answer was lost; `hint` says how to find out what became of it.',
});
