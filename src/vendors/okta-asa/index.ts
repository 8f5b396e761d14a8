import { z } from 'zod';
import type { Operation } from '../../../schema/enums.js';
import type { Connection } from '../../http/connection.js';
import { mapped, type RestCall } from '../../http/rest-call.js';
import { mappedPage } from '../page.js';
import { ASK_THE_LIST, type GroupRow, type Path, type VendorDefinition, type WriteStep } from '../vendor.js';
import * as mapping from './mapping.js';
import * as rest from './rest.js';

/** Names are parts of addresses, where these characters could mean something else. */
const name = /^(?!\.{1,2}$)[^/\\%?#\p{Cc}\p{Cs}]+$/u;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const Settings = z
  .strictObject({
    url: z.string(),
    team: z.string().regex(name, 'must be the name of a team as in its addresses, not . or .. and without / \\ % ? #'),
    keyId: z.string().optional(),
    keySecret: z.string().optional(),
    token: z.string().optional(),
  })
  .check(({ value: { keyId, keySecret, token }, issues }) => {
    const wrong = (key: string, message: string) =>
      issues.push({ code: 'custom', input: undefined, path: [key], message });
    if (token !== undefined) {
      if ((keyId ?? keySecret) !== undefined)
        wrong('token', 'cannot stand beside keyId and keySecret; leave out one or the other');
    } else if (keyId === undefined) {
      wrong('keyId', 'is missing; add keyId and keySecret of an API key of a service user, or a token');
    } else if (keySecret === undefined) {
      wrong('keySecret', 'is missing; add the secret that belongs to keyId');
    }
  });
type Settings = z.infer<typeof Settings>;

/** What may be done to any group, and beside it to one of the team's own. */
const reads: readonly Operation[] = ['READ_GROUP', 'LIST_MEMBERS'];
const edits: readonly Operation[] = ['ADD_MEMBERS', 'REMOVE_MEMBERS', 'SET_MEMBERS', 'UPDATE_GROUP', 'DELETE_GROUP'];

export const oktaAsa: VendorDefinition<Settings> = {
  vendor: 'OKTA_ASA',
  kind: 'okta-asa',
  title: 'Okta ASA',
  settings: Settings,
  // The id is no secret, but half of a credential: checked like one.
  secrets: ['keyId', 'keySecret', 'token'],
  // Members are a list of their own for each group.
  concurrency: 64,
  connect(_sourceName, settings) {
    const { team } = settings;
    const group = (row: rest.AsaGroup) => mapping.toGroup(row, team);
    const person = (row: rest.AsaUser) => mapping.toUser(row, team);
    const project = (row: rest.AsaProject) => mapping.toProject(row, team);
    // One source is one team, which stands in every path.
    const everything = { within: [[]], scopeOf: () => [] };
    return {
      connection: connectionOf(settings),
      paths: {
        Organization: { parts: [name] },
        Project: { parts: [name, name] },
        User: { parts: [name, name] },
        AsaGroup: { parts: [name, name, uuid], optional: 1 },
      },
      serves: ({ path }) => path[0] === team,

      organizations: { configured: [mapping.toOrganization(team)] },
      projects: {
        ...everything,
        one: ([, projectName]) => mapped(rest.getProject(team, projectName!), project),
        pages: () => mappedPage(rest.getProjects(team), project),
      },
      users: {
        ...everything,
        one: ([, userName]) => mapped(rest.getUser(team, userName!), person),
        pages: () => mappedPage(rest.getUsers(team), person),
      },
      groups: {
        ...everything,
        one: (path) => oneGroup(team, path),
        pages: () => mappedPage(rest.getGroups(team), group),
        find: mapping.groupAt,
        whole: mapping.withNamesakes,
      },
      members: { pages: ([, groupName]) => mappedPage(rest.getUsersOfGroup(team, groupName!), person) },
      groupByMembers: (path) => (path.length === 2 ? mapping.toNamedGroup(path) : null),
      candidates: { pages: ([, groupName]) => mappedPage(rest.getUsersNotInGroup(team, groupName!), person) },
      groupsOfUser: { pages: ([, userName]) => mappedPage(rest.getGroupsOfUser(team, userName!), group) },
      groupsOfProject: {
        pages: ([, projectName]) =>
          mappedPage(rest.getGroupsOfProject(team, projectName!), (named) => mapping.toGroupRef(named, team)),
      },

      commands: {
        createGroup: (_organization, input) => ({
          items: [],
          call: mapped(rest.createGroup(team, mapping.toCreateGroupBody(input)), (row) => ({
            group: created(row, team),
            facts: [],
          })),
        }),
        addMembers: ({ path: [, groupName] }, members) =>
          members.map((member) => silent(rest.addUserToGroup(team, groupName!, member[1]!), member)),
        removeMembers: ({ path: [, groupName] }, members) =>
          members.map((member) => silent(rest.removeUserFromGroup(team, groupName!, member[1]!), member)),
        updateGroup: {
          changes: ['roles'],
          step: ({ path: [, groupName] }, { roles }) =>
            silent(rest.updateGroup(team, groupName!, mapping.toUpdateGroupBody(roles!))),
        },
        deleteGroup: ({ path: [, groupName] }) => silent(rest.deleteGroup(team, groupName!)),
      },
      memberEdits: 'read-back',
      groupOperations: ({ editable }) => (editable ? [...reads, ...edits] : reads),
    };
  },
};

function connectionOf({ url, team, keyId, keySecret, token }: Settings): Connection {
  const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
  if (token !== undefined) return { url, headers: bearer(token), secrets: [token] };
  const call = rest.issueServiceUserToken(team, { key_id: keyId!, key_secret: keySecret! });
  // Made once for each token: it is long, and goes with every call.
  let made = { of: '', headers: bearer('') };
  const headers = (value: string) => {
    if (made.of !== value) made = { of: value, headers: bearer(value) };
    return made.headers;
  };
  return { url, headers: {}, minted: { call, headers }, secrets: [keySecret!] };
}

type GroupOrList = GroupRow | null | typeof ASK_THE_LIST;

/** A name meets the team's own group. Whether a uuid is another's under that name, only the list can tell. */
function oneGroup(team: string, path: Path): RestCall<GroupOrList> {
  const [, groupName, wanted] = path;
  const call = rest.getGroup(team, groupName!);
  if (wanted === undefined) return mapped(call, (row) => mapping.toGroup(row, team));
  return {
    ...mapped(call, (row): GroupOrList => {
      return row.id === wanted && !mapping.isFederated(row) ? mapping.toGroup(row, team) : ASK_THE_LIST;
    }),
    // Without the uuid the same answer means the team's own group, whichever it is.
    as: wanted,
    rescue: (status) => (status === 404 ? ASK_THE_LIST : undefined),
  };
}

/** A write whose 204 tells nothing. */
function silent(call: RestCall<undefined>, ...items: readonly Path[]): WriteStep {
  return { items, call: mapped(call, () => ({ facts: [] })) };
}

/** A group that was made just now and is deleted says nothing that can be relied on. */
function created(row: rest.AsaGroup, team: string): GroupRow {
  const group = mapping.toGroup(row, team);
  if (!group) throw new Error('the group that was created is deleted');
  return group;
}
