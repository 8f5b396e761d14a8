import { z } from 'zod';
import { encodePart, type JsonObject, type RestCall } from '../../http/rest-call.js';
import type { Page } from '../vendor.js';

const id = z.number().int();

export const TestRailGroup = z.object({ id, name: z.string(), user_ids: z.array(id) });
export type TestRailGroup = z.infer<typeof TestRailGroup>;

// Older servers give only id, name, email and is_active.
export const TestRailUser = z.object({
  id,
  name: z.string(),
  email: z.string().nullish(),
  is_active: z.boolean().nullish(),
  role: z.string().nullish(),
  assigned_projects: z.array(z.union([id, z.object({ id }).transform((project) => project.id)])).nullish(),
});
export type TestRailUser = z.infer<typeof TestRailUser>;

// `groups` is told since 7.3.
export const TestRailProject = z.object({ id, name: z.string(), groups: z.array(z.object({ id })).nullish() });
export type TestRailProject = z.infer<typeof TestRailProject>;

// Made once: to make a shape takes longer than to look at a list.
const [TestRailGroups, TestRailUsers, TestRailProjects, UserIds] = [
  z.array(TestRailGroup),
  z.array(TestRailUser),
  z.array(TestRailProject),
  z.array(id.positive()),
];

const Envelope = z.object({
  offset: z.number().int().nullish(),
  limit: z.number().int().nullish(),
  size: z.number().int().nullish(),
  _links: z.object({ next: z.string().nullish() }).nullish(),
});

export type GroupBody = { name: string; user_ids: number[] };

/** The API's path is the query string: what follows is joined by `&`. */
const api = (method: string) => `/index.php?/api/v2/${method}`;

/** TestRail says 400 for an id it does not know, and 404 for a method it does not know. */
const unknownId = { unknownAt: [400, 404] };

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#getgroup
export function getGroup(groupId: string): RestCall<TestRailGroup> {
  return { ...read(`get_group/${encodePart(groupId)}`), ...unknownId, parse: only(TestRailGroup, groupId) };
}

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#getgroup
export function getWholeGroup(groupId: string): RestCall<TestRailGroup> {
  return { ...getGroup(groupId), parse: whole(groupId) };
}

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#getgroups
export function getGroups(): RestCall<Page<TestRailGroup>> {
  return listed('get_groups', 'groups', TestRailGroups);
}

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#addgroup
export function addGroup(body: GroupBody): RestCall<TestRailGroup> {
  return { ...write('add_group'), body, parse: (answer) => TestRailGroup.parse(answer) };
}

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#updategroup
export function updateGroup(groupId: string, body: GroupBody): RestCall<TestRailGroup> {
  return { ...write(`update_group/${encodePart(groupId)}`), body, parse: whole(groupId) };
}

// https://support.testrail.com/hc/en-us/articles/7077338821012-Groups#deletegroup
export function deleteGroup(groupId: string): RestCall<undefined> {
  const call = write(`delete_group/${encodePart(groupId)}`);
  return { ...call, ...unknownId, answersNothing: true, parse: () => undefined };
}

// https://support.testrail.com/hc/en-us/articles/7077978310292-Users#getuser
export function getUser(userId: string): RestCall<TestRailUser> {
  return { ...read(`get_user/${encodePart(userId)}`), ...unknownId, parse: only(TestRailUser, userId) };
}

// https://support.testrail.com/hc/en-us/articles/7077978310292-Users#getuserbyemail
export function getUserByEmail(email: string): RestCall<TestRailUser> {
  const call = read(`get_user_by_email&email=${encodePart(email)}`);
  return { ...call, ...unknownId, parse: (answer) => TestRailUser.parse(answer) };
}

// https://support.testrail.com/hc/en-us/articles/7077978310292-Users#getusers
export function getUsers(): RestCall<Page<TestRailUser>> {
  return listed('get_users', 'users', TestRailUsers);
}

// https://support.testrail.com/hc/en-us/articles/7077978310292-Users#getusers
export function getUsersOfProject(projectId: string): RestCall<Page<TestRailUser>> {
  return { ...listed(`get_users/${encodePart(projectId)}`, 'users', TestRailUsers), ...unknownId };
}

// https://support.testrail.com/hc/en-us/articles/7077792415124-Projects#getproject
export function getProject(projectId: string): RestCall<TestRailProject> {
  return { ...read(`get_project/${encodePart(projectId)}`), ...unknownId, parse: only(TestRailProject, projectId) };
}

// https://support.testrail.com/hc/en-us/articles/7077792415124-Projects#getprojects
export function getProjects(): RestCall<Page<TestRailProject>> {
  return listed('get_projects', 'projects', TestRailProjects);
}

function read(method: string) {
  return { does: 'read', method: 'GET', path: api(method) } as const;
}

function write(method: string) {
  return { does: 'write', method: 'POST', path: api(method) } as const;
}

/** The one that was asked for, and no other. */
function only<T extends { id: number }>(shape: z.ZodType<T>, asked: string): (answer: unknown) => T {
  return (answer) => {
    const found = shape.parse(answer);
    if (String(found.id) !== asked) throw new Error('another id was answered');
    return found;
  };
}

/** A group whose list of users is beyond doubt, since it is written back: nothing beside it may say that it is not whole. */
function whole(groupId: string): (answer: unknown) => TestRailGroup {
  return (answer) => {
    const group = only(TestRailGroup, groupId)(answer);
    const users = UserIds.parse(group.user_ids);
    if (saysOtherwise(answer as JsonObject, users)) throw new Error('the list of users contradicts itself');
    return group;
  };
}

/** An error beside the list, a list that goes on elsewhere, or another number of users, however it may be called. */
function saysOtherwise(answer: JsonObject, users: readonly number[]): boolean {
  const { offset, limit, _links } = Envelope.parse(answer);
  const goesOn = _links ? _links.next : limit && users.length >= limit;
  const counts = Object.keys(answer).filter((key) => /^(total_?)?(users?_?)?(ids_?)?(size|count|total)$/i.test(key));
  const right: readonly unknown[] = [users.length, new Set(users).size, null];
  return 'error' in answer || Boolean(offset || goesOn) || counts.some((key) => !right.includes(answer[key]));
}

/** A list: an envelope whose link leads to the next page, or the bare array of servers before 6.7. */
function listed<T>(method: string, key: string, shape: z.ZodType<T[]>, path = api(method)): RestCall<Page<T>> {
  return {
    does: 'read',
    method: 'GET',
    path,
    parse(answer) {
      if (Array.isArray(answer)) return { rows: shape.parse(answer), next: null };
      const { offset, limit, size, _links } = Envelope.parse(answer);
      const rows = shape.parse((answer as JsonObject)[key]);
      const next = nextPath(method, _links?.next, _links ? undefined : { offset, limit, rows: rows.length });
      // Whether `size` counts the page or the whole, it cannot be more than what a last page ends with.
      if (next === null && (size ?? 0) > (offset ?? 0) + rows.length)
        throw new Error('the list is shorter than it says');
      return { rows, next: next === null ? null : listed(method, key, shape, next) };
    },
  };
}

type Position = { offset: number | null | undefined; limit: number | null | undefined; rows: number };

/** Where the list goes on. Links come without `index.php?`, and from some servers with `limit=0`. */
function nextPath(method: string, link: string | null | undefined, unlinked: Position | undefined): string | null {
  if (unlinked) {
    const { offset, limit, rows } = unlinked;
    return limit && rows >= limit ? api(`${method}&limit=${limit}&offset=${(offset ?? 0) + limit}`) : null;
  }
  if (!link) return null;
  const at = link.indexOf('/api/v2/');
  const rest = link.slice(at + '/api/v2/'.length);
  if (at < 0 || !(rest === method || rest.startsWith(`${method}&`))) throw new Error('the link leads to another list');
  const whole = rest.replace(/([&?]limit=)0(?=&|$)/, '$1250');
  return link.startsWith('http') ? link.slice(0, at) + '/api/v2/' + whole : api(whole);
}
