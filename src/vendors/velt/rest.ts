import { z } from 'zod';
import { RefusedInside } from '../../http/errors.js';
import type { JsonObject, RestCall } from '../../http/rest-call.js';
import type { Page, Path } from '../vendor.js';

// Reads call it `id`, writes `organizationId`.
export const VeltOrganization = z.object({ id: z.string(), organizationName: z.string().nullish() });
export type VeltOrganization = z.infer<typeof VeltOrganization>;

export const VeltUser = z.object({ userId: z.string(), name: z.string().nullish(), email: z.string().nullish() });
export type VeltUser = z.infer<typeof VeltUser>;

/** What Velt says about one item of a call; `id` is the server's own. */
const VeltItem = z
  .object({
    success: z.unknown().optional(),
    id: z.string().nullish().catch(null),
    code: z.string().nullish().catch(null),
  })
  .catch({ success: undefined, id: null, code: null });

/** Items by the client's own ids. A Map, since those ids may be `__proto__` or `constructor`. */
const VeltItems = z
  .custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .transform((map) => Object.entries(map))
  .pipe(z.array(z.tuple([z.string(), VeltItem])))
  .transform((pairs) => new Map(pairs));
export type VeltItems = ReadonlyMap<string, z.infer<typeof VeltItem>>;

/** The items of a refusal: by id in documented writes, a list of `{id, …}` in a documented read. */
const Details = z.union([
  VeltItems,
  z
    .array(z.object({ id: z.string(), success: z.unknown().optional(), code: z.string().nullish() }))
    .transform((list) => new Map(list.map(({ id, success, code }) => [id, { success, code, id: null }]))),
]);

const Refusal = z.object({ error: z.object({ status: z.string().nullish(), details: z.unknown().optional() }) });

/** Nobody documents this form for a whole call, and nothing else can be meant by it. */
const failed = z.object({ success: z.literal(false) });
const Failure = z.union([failed, z.object({ result: failed })]);

const Answer = z.object({
  result: z.object({
    status: z.string(),
    data: z.unknown().optional(),
    nextPageToken: z.string().nullish(),
    pageToken: z.string().nullish(),
  }),
});

// https://docs.velt.dev/api-reference/rest-apis/v2/organizations/get-organizations-v2
export function getOrganizations(): RestCall<Page<VeltOrganization>> {
  return listed('/v2/organizations/get', {}, VeltOrganization);
}

// https://docs.velt.dev/api-reference/rest-apis/v2/organizations/get-organizations-v2
export function getOrganizationsById(organizationIds: readonly string[]): RestCall<Page<VeltOrganization>> {
  const call = listed('/v2/organizations/get', { organizationIds }, VeltOrganization);
  return { ...call, rescue: unknownAmong(new Map(organizationIds.map((id) => [id, [id]]))) };
}

// https://docs.velt.dev/api-reference/rest-apis/v2/users/get-users-v2
export function getUsers(organizationId: string): RestCall<Page<VeltUser>> {
  return listed('/v2/users/get', { organizationId }, VeltUser);
}

// https://docs.velt.dev/api-reference/rest-apis/v2/users/get-users-v2
export function getUsersById(organizationId: string, userIds: readonly string[]): RestCall<Page<VeltUser>> {
  const call = listed('/v2/users/get', { organizationId, userIds }, VeltUser);
  return { ...call, rescue: unknownAmong(new Map(userIds.map((id) => [id, [organizationId, id]]))) };
}

// https://docs.velt.dev/api-reference/rest-apis/v2/users/get-users-v2
export function getUsersOfGroup(organizationId: string, groupId: string): RestCall<Page<VeltUser>> {
  // Rows do not say by which group they were found, so that several groups in one call could not be told apart.
  return listed('/v2/users/get', { organizationId, organizationUserGroupIds: [groupId] }, VeltUser);
}

export type AddUserGroupsData = {
  organizationId: string;
  organizationUserGroups: { groupId: string; groupName?: string }[];
  createOrganization?: true;
};

// https://docs.velt.dev/api-reference/rest-apis/v2/user-groups/add-groups
export function addUserGroups(data: AddUserGroupsData): RestCall<VeltItems> {
  const groupIds = data.organizationUserGroups.map(({ groupId }) => groupId);
  return written('/v2/organizations/usergroups/add', data, groupIds);
}

export type UsersOfGroupData = { organizationId: string; organizationUserGroupId: string; userIds: string[] };

// https://docs.velt.dev/api-reference/rest-apis/v2/user-groups/add-users-to-group
export function addUsersToGroup(data: UsersOfGroupData): RestCall<VeltItems> {
  return written('/v2/organizations/usergroups/users/add', data, data.userIds);
}

// https://docs.velt.dev/api-reference/rest-apis/v2/user-groups/delete-users-from-group
export function deleteUsersFromGroup(data: UsersOfGroupData): RestCall<VeltItems> {
  // The page has `deleteAll` too, which would take out those whom nobody named.
  return written('/v2/organizations/usergroups/users/delete', data, data.userIds);
}

/** A list that goes on by a token beside its rows; what is optional is left out of the question. */
function listed<T>(path: string, data: JsonObject, shape: z.ZodType<T>): RestCall<Page<T>> {
  return {
    does: 'read',
    method: 'POST',
    path,
    body: { data },
    parse(answer) {
      const { data: rows, nextPageToken, pageToken } = resultOf(answer);
      // One example of the page calls the token of the next page `pageToken`.
      const token = nextPageToken === undefined ? pageToken : nextPageToken;
      return {
        rows: z.array(shape).parse(rows),
        next: token ? listed(path, { ...data, pageToken: token }, shape) : null,
      };
    },
    rescue: refusedInDetails,
  };
}

/** A write whose answer is by item, be it a 200 or, where a part failed, a 500 with the same map in its details. */
function written(path: string, data: JsonObject, items: readonly string[]): RestCall<VeltItems> {
  return {
    does: 'write',
    method: 'POST',
    path,
    body: { data },
    parse(answer) {
      const told = VeltItems.parse(resultOf(answer).data);
      if (!tellsAll(told, items)) throw new Error('the answer leaves out what was asked');
      return told;
    },
    rescue(status, body) {
      const details = detailsOf(status, body);
      return details && tellsAll(details, items) ? details : refusedAsUnknown(status, body);
    },
  };
}

/** What became of an item that an answer is silent about, nobody knows. */
function tellsAll(told: VeltItems, items: readonly string[]): boolean {
  return items.every((id) => typeof told.get(id)?.success === 'boolean');
}

/** The page that a multi-get stands for when Velt refused it, all of it, for ids that it does not know. */
function unknownAmong<T>(asked: ReadonlyMap<string, Path>): RestCall<Page<T>>['rescue'] {
  return (status, body) => {
    const failed = [...(detailsOf(status, body) ?? [])].filter(([, { success }]) => success !== true);
    const namesThem = failed.length > 0 && failed.every(([id, { code }]) => code === 'not-found' && asked.has(id));
    if (!namesThem) return refusedInDetails(status, body);
    return { rows: [], next: null, unknown: failed.map(([id]) => asked.get(id)!) };
  };
}

/** A read that failed for an item says so where a write does: that is a refusal, and not a fault of the server. */
function refusedInDetails(status: number, body: unknown): undefined {
  const items = [...(detailsOf(status, body)?.values() ?? [])];
  if (items.some(({ success }) => success === false)) throw new RefusedInside('VENDOR_REJECTED');
  return refusedAsUnknown(status, body);
}

/** Velt lists only 200 and 400 for these endpoints, so that what it does not know may be a 400 which says so. */
function refusedAsUnknown(status: number, body: unknown): undefined {
  if (status === 400 && Refusal.safeParse(body).data?.error.status === 'NOT_FOUND')
    throw new RefusedInside('NOT_FOUND');
}

function detailsOf(status: number, body: unknown): VeltItems | undefined {
  return status === 500 ? Details.safeParse(Refusal.safeParse(body).data?.error.details).data : undefined;
}

function resultOf(answer: unknown): z.infer<typeof Answer>['result'] {
  if (Refusal.safeParse(answer).success || Failure.safeParse(answer).success)
    throw new RefusedInside('VENDOR_REJECTED');
  const { result } = Answer.parse(answer);
  if (result.status !== 'success') throw new RefusedInside('VENDOR_REJECTED');
  return result;
}
