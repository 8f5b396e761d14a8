import { z } from 'zod';
import { linkOf } from '../../http/address.js';
import type { MintedToken } from '../../http/connection.js';
import { RefusedInside } from '../../http/errors.js';
import { encodePart, type JsonObject, type RestCall } from '../../http/rest-call.js';
import type { Page } from '../vendor.js';

const text = z.string().nullish();

export const AsaGroup = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()).nullish(),
  federated_from_team: text,
  federation_approved_at: text,
  deleted_at: text,
});
export type AsaGroup = z.infer<typeof AsaGroup>;

// Service users have no details.
export const AsaUser = z.object({
  id: z.string(),
  name: z.string(),
  status: text,
  user_type: text,
  details: z.object({ email: text, full_name: text }).nullish(),
  deleted_at: text,
});
export type AsaUser = z.infer<typeof AsaUser>;

export const AsaProject = z.object({ id: z.string(), name: z.string(), deleted_at: text });
export type AsaProject = z.infer<typeof AsaProject>;

// The group's name stands in `name` and, in the page's sample, in `group` too; `id` is not the group's.
export const AsaProjectGroup = z
  .object({ name: text, group: text.catch(null), group_id: text, deleted_at: text, removed_at: text })
  .refine(({ name, group }) => name || group, 'no name of a group');
export type AsaProjectGroup = z.infer<typeof AsaProjectGroup>;

// Made once: to make a shape takes longer than to look at a list.
const [AsaGroups, AsaUsers, AsaProjects, AsaProjectGroups] = [
  listOf(AsaGroup),
  listOf(AsaUser),
  listOf(AsaProject),
  listOf(AsaProjectGroup),
];

// Without a life that can be told, a token serves until a 401.
const ServiceToken = z.object({ bearer_token: z.string().min(1), expires_at: text.catch(null) });

// https://developer.okta.com/docs/reference/api/asa/service-users/
export function issueServiceUserToken(
  team: string,
  key: { key_id: string; key_secret: string },
): RestCall<MintedToken> {
  return {
    does: 'read',
    method: 'POST',
    path: api(team, 'service_token'),
    body: key,
    parse(answer) {
      const { bearer_token, expires_at } = ServiceToken.parse(answer);
      return { token: bearer_token, expiresAt: new Date(expires_at ?? NaN) };
    },
    // A team that is not there is a source set up wrongly, and must not read as "no such group".
    rescue(status) {
      if (status === 404) throw new RefusedInside('VENDOR_AUTH');
      return undefined;
    },
  };
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function getGroups(team: string): RestCall<Page<AsaGroup>> {
  return listed(api(team, 'groups'), AsaGroups);
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function getGroup(team: string, groupName: string): RestCall<AsaGroup> {
  return { ...read(api(team, 'groups', groupName)), parse: only(AsaGroup, groupName) };
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function createGroup(team: string, body: { name: string; roles: string[] }): RestCall<AsaGroup> {
  return { does: 'write', method: 'POST', path: api(team, 'groups'), body, parse: only(AsaGroup, body.name) };
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function updateGroup(team: string, groupName: string, body: { roles: string[] }): RestCall<undefined> {
  return unanswered('PUT', api(team, 'groups', groupName), body);
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function deleteGroup(team: string, groupName: string): RestCall<undefined> {
  return unanswered('DELETE', api(team, 'groups', groupName));
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function getUsersOfGroup(team: string, groupName: string): RestCall<Page<AsaUser>> {
  return listed(api(team, 'groups', groupName, 'users'), AsaUsers);
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function getUsersNotInGroup(team: string, groupName: string): RestCall<Page<AsaUser>> {
  return listed(api(team, 'groups', groupName, 'users_not_in_group'), AsaUsers);
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function addUserToGroup(team: string, groupName: string, userName: string): RestCall<undefined> {
  return unanswered('POST', api(team, 'groups', groupName, 'users'), { name: userName });
}

// https://developer.okta.com/docs/reference/api/asa/groups/
export function removeUserFromGroup(team: string, groupName: string, userName: string): RestCall<undefined> {
  return unanswered('DELETE', api(team, 'groups', groupName, 'users', userName));
}

// https://developer.okta.com/docs/reference/api/asa/users/
export function getUsers(team: string): RestCall<Page<AsaUser>> {
  return listed(`${api(team, 'users')}?include_service_users=true`, AsaUsers);
}

// https://developer.okta.com/docs/reference/api/asa/users/
export function getUser(team: string, userName: string): RestCall<AsaUser> {
  return { ...read(api(team, 'users', userName)), parse: only(AsaUser, userName) };
}

// https://developer.okta.com/docs/reference/api/asa/users/
export function getGroupsOfUser(team: string, userName: string): RestCall<Page<AsaGroup>> {
  return listed(api(team, 'users', userName, 'groups'), AsaGroups);
}

// https://developer.okta.com/docs/reference/api/asa/projects/
export function getProjects(team: string): RestCall<Page<AsaProject>> {
  return listed(api(team, 'projects'), AsaProjects);
}

// https://developer.okta.com/docs/reference/api/asa/projects/
export function getProject(team: string, projectName: string): RestCall<AsaProject> {
  return { ...read(api(team, 'projects', projectName)), parse: only(AsaProject, projectName) };
}

// https://developer.okta.com/docs/reference/api/asa/projects/
export function getGroupsOfProject(team: string, projectName: string): RestCall<Page<AsaProjectGroup>> {
  return listed(api(team, 'projects', projectName, 'groups'), AsaProjectGroups);
}

function api(team: string, ...parts: readonly string[]): string {
  return ['/v1/teams', encodePart(team), ...parts.map(encodePart)].join('/');
}

function read(path: string) {
  return { does: 'read', method: 'GET', path } as const;
}

/** A write that answers an empty 204. */
function unanswered(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonObject): RestCall<undefined> {
  return { does: 'write', method, path, body, answersNothing: true, parse: () => undefined };
}

/** The one that was named, and no other. */
function only<T extends { name: string }>(shape: z.ZodType<T>, named: string): (answer: unknown) => T {
  return (answer) => {
    const found = shape.parse(answer);
    if (found.name !== named) throw new Error('another name was answered');
    return found;
  };
}

function listOf<T>(shape: z.ZodType<T>) {
  return z.object({ list: z.array(shape) });
}

/** Any list may go on without notice, and goes on where its `Link` says: `offset` there is opaque. */
function listed<T>(path: string, shape: z.ZodType<{ list: T[] }>): RestCall<Page<T>> {
  return {
    does: 'read',
    method: 'GET',
    path,
    parse(answer, headers) {
      const { list } = shape.parse(answer);
      const next = linkOf(headers.get('link'), 'next');
      return { rows: list, next: next === null ? null : listed(next, shape) };
    },
  };
}
