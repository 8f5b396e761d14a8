import { z } from 'zod';
import { RefusedInside } from '../../http/errors.js';
import { encodePart, type JsonObject, type RestCall } from '../../http/rest-call.js';
import type { Page } from '../vendor.js';

/** What nothing depends on: null when it is missing or not as documented, so that it cannot spoil its row. */
const told = <S extends z.ZodType>(shape: S) => shape.nullish().catch(null);

export const TiledeskProject = z.object({
  _id: z.string(),
  name: z.string(),
  status: z.number().nullish(),
  trashed: z.boolean().nullish(),
});
export type TiledeskProject = z.infer<typeof TiledeskProject>;

// A project may be deleted while the caller still belongs to it.
const CallersProjects = z.array(z.object({ id_project: TiledeskProject.nullish() }));

const Belonging = z.object({ _id: z.string(), id_project: z.string().nullish(), trashed: z.boolean().nullish() });

export const TiledeskGroup = z.object({
  _id: z.string(),
  name: z.string(),
  members: z.array(z.string()),
  // Told by newer servers.
  enabled: told(z.boolean()),
  attributes: z.unknown().optional(),
  createdBy: told(z.string()),
  createdAt: told(z.string()),
  updatedAt: told(z.string()),
});
export type TiledeskGroup = z.infer<typeof TiledeskGroup>;
export type GroupChange = { name?: string; members?: string[]; attributes?: JsonObject };

export const TiledeskUser = z.object({
  _id: z.string(),
  email: z.string().nullish(),
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
});
export type TiledeskUser = z.infer<typeof TiledeskUser>;

/** One person in one project; the person is null when the account is deleted. */
const ProjectUser = z.object({
  _id: z.string(),
  id_project: z.union([z.string(), z.object({ _id: z.string() }).transform(({ _id }) => _id)]).nullish(),
  trashed: z.boolean().nullish(),
  id_user: TiledeskUser.nullish(),
  role: z.string().nullish(),
  status: z.string().nullish(),
});
export type TiledeskProjectUser = z.infer<typeof ProjectUser> & { id_user: TiledeskUser };

// For a write, other than for a read, a 400 of other words is a refusal of what was sent.
const UnknownProject = z.object({ error: z.string().regex(/^(Invalid project id|Project not found)/) });

/** Tiledesk says 400 for a project that it does not know or that is disabled, 404 for what is in one. */
const unknownId = { unknownAt: [400, 404] };

// https://developer.tiledesk.com/apis/rest-api/projects
export function getProjects(): RestCall<Page<TiledeskProject>> {
  return {
    ...read('/projects/'),
    parse(answer) {
      const rows = CallersProjects.parse(Array.isArray(answer) ? answer.map(withIds) : answer);
      const projects = rows.flatMap(({ id_project }) => id_project ?? []);
      return whole([...new Map(projects.filter(isOpen).map((project) => [project._id, project])).values()]);
    },
  };
}

// https://developer.tiledesk.com/apis/rest-api/projects
export function getProject(projectId: string): RestCall<TiledeskProject | null> {
  return {
    ...read(`/projects/${encodePart(projectId)}`),
    ...unknownId,
    parse(answer) {
      const project = only(TiledeskProject.parse(withIds(answer)), projectId);
      return isOpen(project) ? project : null;
    },
  };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function getGroups(projectId: string): RestCall<Page<TiledeskGroup>> {
  return { ...read(groupsOf(projectId)), ...unknownId, parse: listOf((row) => groupIn(projectId, row)) };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function getGroup(projectId: string, groupId: string): RestCall<TiledeskGroup | null> {
  return {
    ...read(oneGroup(projectId, groupId)),
    ...unknownId,
    parse: (answer) => groupIn(projectId, answer, groupId),
  };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function getWholeGroup(projectId: string, groupId: string): RestCall<TiledeskGroup | null> {
  return { ...getGroup(projectId, groupId), parse: (answer) => wholeGroupIn(projectId, answer, groupId) };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function createGroup(projectId: string, body: { name: string; members: string[] }): RestCall<TiledeskGroup> {
  return {
    ...write('POST', groupsOf(projectId)),
    body,
    parse(answer) {
      const group = groupIn(projectId, carriedOut(answer));
      if (!group) throw new Error('the new group is not in the project');
      return group;
    },
  };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function updateGroup(projectId: string, groupId: string, body: GroupChange): RestCall<TiledeskGroup> {
  return {
    ...write('PUT', oneGroup(projectId, groupId)),
    body,
    parse(answer) {
      const group = wholeGroupIn(projectId, carriedOut(answer), groupId);
      // It has written to what has this id, be it none of the project's, and made a shell where nothing had.
      if (!group) throw new RefusedInside('NOT_FOUND');
      return group;
    },
  };
}

// https://developer.tiledesk.com/apis/rest-api/management-api/groups
export function deleteGroup(projectId: string, groupId: string): RestCall<undefined> {
  return {
    ...write('DELETE', oneGroup(projectId, groupId)),
    rescue(status, refusal) {
      // A department uses it; whoever may not delete at all is told a `msg`.
      if (status === 403 && isObject(refusal) && 'error' in refusal) throw new RefusedInside('VENDOR_REJECTED');
      return unknownProject(status, refusal);
    },
    parse(answer) {
      const told = carriedOut(answer);
      // The page shows the group, the server says that it succeeded.
      if (told['success'] !== true) only(Belonging.parse(withIds(told)), groupId);
    },
  };
}

// https://developer.tiledesk.com/apis/rest-api/team
export function getTeam(projectId: string): RestCall<Page<TiledeskProjectUser>> {
  return { ...read(teamOf(projectId)), ...unknownId, parse: listOf((row) => projectUserIn(projectId, row)) };
}

// https://developer.tiledesk.com/apis/rest-api/team
export function getTeammate(projectId: string, userId: string): RestCall<TiledeskProjectUser | null> {
  return {
    ...read(`${teamOf(projectId)}/users/${encodePart(userId)}`),
    ...unknownId,
    parse(answer) {
      // The page shows the row itself, the server answers a list of one.
      const rows = Array.isArray(answer) ? answer : [answer];
      if (rows.length !== 1) throw new Error('one teammate was asked for');
      const row = projectUserIn(projectId, rows[0]);
      return row?.id_user._id === userId ? row : null;
    },
  };
}

const groupsOf = (projectId: string) => `/${encodePart(projectId)}/groups`;
const oneGroup = (projectId: string, groupId: string) => `${groupsOf(projectId)}/${encodePart(groupId)}`;
const teamOf = (projectId: string) => `/${encodePart(projectId)}/project_users`;

const read = (path: string) => ({ does: 'read', method: 'GET', path }) as const;
const write = (method: 'POST' | 'PUT' | 'DELETE', path: string) =>
  ({ does: 'write', method, path, rescue: unknownProject }) as const;

function unknownProject(status: number, refusal: unknown): undefined {
  if (status === 400 && UnknownProject.safeParse(refusal).success) throw new RefusedInside('NOT_FOUND');
}

/** What a write has answered, unless it says that it did not succeed. */
function carriedOut(answer: unknown): JsonObject {
  if (!isObject(answer)) throw new Error('an object was to be answered');
  if (answer['success'] === false) throw new RefusedInside('VENDOR_REJECTED');
  return answer;
}

/**
 * The group, if the project has it. Tiledesk looks up by the group's id alone and so answers groups of other projects,
 * groups in the trash, and shells without a project that a PUT to an unknown id leaves behind.
 */
function groupIn(projectId: string, answer: unknown, named?: string): TiledeskGroup | null {
  const row = withIds(answer);
  const found = Belonging.parse(row);
  const { id_project, trashed } = named === undefined ? found : only(found, named);
  return id_project === projectId && !trashed ? TiledeskGroup.parse(row) : null;
}

/** The same with a list of members beyond doubt, since it is written back: nothing beside it may say that it is not whole. */
function wholeGroupIn(projectId: string, answer: unknown, named: string): TiledeskGroup | null {
  const group = groupIn(projectId, answer, named);
  if (group && saysOtherwise(answer as JsonObject, group.members)) throw new Error('the list contradicts itself');
  return group;
}

/** An error beside the list, a member without id, or another number of members, however it may be called. */
function saysOtherwise(answer: JsonObject, members: readonly string[]): boolean {
  const counts = Object.keys(answer).filter((key) => /^(total_?)?(members?_?)?(size|count|total)$/i.test(key));
  const right: readonly unknown[] = [members.length, new Set(members).size, null];
  const isRefusal = 'error' in answer || answer['success'] === false;
  return isRefusal || members.includes('') || counts.some((key) => !right.includes(answer[key]));
}

function projectUserIn(projectId: string, answer: unknown): TiledeskProjectUser | null {
  const row = ProjectUser.parse(withIds(answer));
  return (row.id_project ?? projectId) === projectId && row.id_user ? (row as TiledeskProjectUser) : null;
}

/** 100 is active; not every server tells it. */
const isOpen = ({ status, trashed }: TiledeskProject) => (status ?? 100) === 100 && !trashed;

function only<T extends { _id: string }>(found: T, asked: string): T {
  if (found._id !== asked) throw new Error('another id was answered');
  return found;
}

/** A bare array, less the rows that are not the project's. */
function listOf<T>(row: (answer: unknown) => T | null): (answer: unknown) => Page<T> {
  return (answer) => {
    if (!Array.isArray(answer)) throw new Error('a list was to be answered');
    return whole(answer.map(row).filter((found) => found !== null));
  };
}

/** Tiledesk has no pages: one answer is all there is. */
const whole = <T>(rows: T[]): Page<T> => ({ rows, next: null });

/** The pages' tables of fields say `id`, their samples `_id`: of a thing, and of what it holds. All shapes are looked for after this. */
function withIds(answer: unknown): unknown {
  if (!isObject(answer)) return answer;
  let row = withId(answer);
  for (const name of ['id_user', 'id_project']) {
    const held = row[name];
    const named = isObject(held) ? withId(held) : held;
    if (named !== held) row = { ...row, [name]: named };
  }
  return row;
}
const withId = (thing: JsonObject) => ((thing['_id'] ?? null) === null ? { ...thing, _id: thing['id'] } : thing);
const isObject = (answer: unknown): answer is JsonObject =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer);
