import { z } from 'zod';
import { mapped, type RestCall } from '../../http/rest-call.js';
import { mappedPage } from '../page.js';
import { sourceNamePattern, UserRefs, type VendorDefinition, type WriteStep } from '../vendor.js';
import * as mapping from './mapping.js';
import * as rest from './rest.js';

const ProjectId = z
  .string({ error: 'must be a text; put it in quotation marks' })
  .regex(mapping.objectId, { error: 'must be the id of a project; write its 24 digits of 0-9 and a-f' });

const Settings = z
  .strictObject({
    url: z.string(),
    // HTTP Basic ends the name at the first colon.
    email: z
      .string()
      .regex(/^[^:]+$/, { error: 'must be an address without a colon; change it' })
      .optional(),
    password: z.string().optional(),
    token: z
      .string()
      .regex(/^(JWT )?[^\s]+$/, { error: 'must be one word, with or without JWT before it; copy it from /auth/signin' })
      .optional(),
    projects: z
      .array(ProjectId)
      .min(1, { error: 'names no project; add one, or leave the key out for all' })
      .optional(),
  })
  .check(({ value, issues }) => {
    const complaint = aboutCredentials(value);
    if (complaint) issues.push({ code: 'custom', input: value, ...complaint });
  });
type Settings = z.infer<typeof Settings>;

function aboutCredentials({ email, password, token }: Record<string, unknown>) {
  const [hasEmail, hasPassword, hasToken] = [email, password, token].map((value) => value !== undefined);
  if (hasToken && (hasEmail || hasPassword)) {
    return { path: ['token'], message: 'is given beside email or password; keep the token, or email and password' };
  }
  if (!hasToken && !hasEmail && !hasPassword) {
    return { path: [], message: 'needs email and password, or token; add them' };
  }
  if (!hasToken && !hasPassword)
    return { path: ['password'], message: 'is missing beside email; add it, or give token alone' };
  if (!hasToken && !hasEmail)
    return { path: ['email'], message: 'is missing beside password; add it, or give token alone' };
  return null;
}

function authorizationOf({ email, password, token }: Settings): { authorization: string; secrets: string[] } {
  if (token === undefined) {
    const basic = Buffer.from(`${email}:${password}`).toString('base64');
    return { authorization: `Basic ${basic}`, secrets: [password!, basic] };
  }
  // What /auth/signin answers begins with the scheme already.
  const word = token.replace(/^JWT /, '');
  return { authorization: `JWT ${word}`, secrets: [word] };
}

export const tiledesk: VendorDefinition<Settings> = {
  vendor: 'TILEDESK',
  kind: 'tiledesk',
  title: 'Tiledesk',
  settings: Settings,
  secrets: ['password', 'token'],
  connect(sourceName, settings) {
    const { authorization, secrets } = authorizationOf(settings);
    const only = settings.projects && [...new Set(settings.projects)];
    const isServed = (projectId: string) => !only || only.includes(projectId);
    const project = (row: rest.TiledeskProject) => mapping.toProject(row, sourceName);
    const refs = new UserRefs();
    const group = (projectId: string) => (row: rest.TiledeskGroup) => mapping.toGroup(row, projectId, sourceName, refs);
    const person = (projectId: string) => (row: rest.TiledeskProjectUser) => mapping.toUser(row, projectId, sourceName);
    const written = (projectId: string, call: RestCall<rest.TiledeskGroup>): WriteStep => ({
      items: [],
      call: mapped(call, (row) => ({ group: group(projectId)(row), facts: [] })),
    });
    const inProjects = {
      within: only ? only.map((projectId) => [projectId]) : ('projects' as const),
      scopeOf: ([projectId]: readonly string[]) => [projectId!],
    };
    return {
      connection: { url: settings.url, headers: { authorization }, secrets },
      paths: {
        Organization: { parts: [sourceNamePattern] },
        Project: { parts: [mapping.objectId] },
        User: { parts: [mapping.objectId, mapping.objectId] },
        TiledeskGroup: { parts: [mapping.objectId, mapping.objectId] },
      },
      serves: ({ type, path }) => (type === 'Organization' ? path[0] === sourceName : isServed(path[0]!)),

      organizations: { configured: [mapping.toOrganization(sourceName)] },
      projects: {
        within: [[]],
        scopeOf: () => [],
        one: ([projectId]) => mapped(rest.getProject(projectId!), (row) => row && project(row)),
        pages: () => mappedPage(rest.getProjects(), (row) => (isServed(row._id) ? project(row) : null)),
      },
      users: {
        ...inProjects,
        one: ([projectId, userId]) =>
          mapped(rest.getTeammate(projectId!, userId!), (row) => row && person(projectId!)(row)),
        pages: ([projectId]) => mappedPage(rest.getTeam(projectId!), person(projectId!)),
      },
      groups: {
        ...inProjects,
        one: ([projectId, groupId]) =>
          mapped(rest.getGroup(projectId!, groupId!), (row) => row && group(projectId!)(row)),
        pages: ([projectId]) => mappedPage(rest.getGroups(projectId!), group(projectId!)),
      },
      members: 'carried',
      groupsOfProject: 'scope',
      usersOfProject: 'scope',

      commands: {
        createGroup: ([projectId], input) =>
          written(projectId!, rest.createGroup(projectId!, mapping.toCreateGroupBody(input))),
        replaceMembers: ({ path: [projectId, groupId] }, members) =>
          written(projectId!, rest.updateGroup(projectId!, groupId!, mapping.toMembersBody(members))),
        updateGroup: {
          changes: ['name', 'attributes'],
          step: ({ path: [projectId, groupId] }, changes) =>
            written(projectId!, rest.updateGroup(projectId!, groupId!, mapping.toUpdateGroupBody(changes))),
        },
        deleteGroup: ({ path: [projectId, groupId] }) => ({
          items: [],
          call: mapped(rest.deleteGroup(projectId!, groupId!), () => ({ facts: [] })),
        }),
      },
      // Its PUT makes what it does not know, its DELETE succeeds without a group, and both reach into other projects.
      groupBefore: {
        writes: ['members', 'update', 'delete'],
        read: ([projectId, groupId]) =>
          mapped(rest.getWholeGroup(projectId!, groupId!), (row) => row && group(projectId!)(row)),
      },
    };
  },
};
