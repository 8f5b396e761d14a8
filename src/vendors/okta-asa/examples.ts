import type { AsaRole } from '../../../schema/enums.js';
import { mapped, type RestCall } from '../../http/rest-call.js';
import type { Example, Exchange } from '../example.js';
import { ASK_THE_LIST, type Adapter, type Collection, type GroupRow, type PagesOf, type UserRow } from '../vendor.js';

const introduction = 'https://developer.okta.com/docs/reference/api/asa/introduction/';
const groupsPage = 'https://developer.okta.com/docs/reference/api/asa/groups/';
const usersPage = 'https://developer.okta.com/docs/reference/api/asa/users/';
const projectsPage = 'https://developer.okta.com/docs/reference/api/asa/projects/';
const serviceUsersPage = 'https://developer.okta.com/docs/reference/api/asa/service-users/';

const key = { key_id: '6052868b-1b04-4a14-8288-e6496d7f2f4b', key_secret: 'secret-of-the-example' };

export const exampleSettings = { url: 'ORIGIN', team: 'acme', keyId: key.key_id, keySecret: key.key_secret };

/** A token at hand, so that an example shows its own exchange alone. */
const tokenAtHand = { keyId: undefined, keySecret: undefined, token: 'token-of-the-example' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const get = (path: string, answer: unknown, status = 200): Exchange => ({
  request: `GET /v1/teams/acme/${path}`,
  headers: bearer('token-of-the-example'),
  status,
  answer,
});

const write = (
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  answer: unknown,
  status: number,
): Exchange => ({
  request: `${method} /v1/teams/acme/${path}`,
  headers: { ...bearer('token-of-the-example'), 'content-type': 'application/json' },
  body,
  status,
  answer,
});
const post = (path: string, body: unknown, answer: unknown, status: number) =>
  write('POST', path, body, answer, status);
const put = (path: string, body: unknown, answer: unknown, status: number) => write('PUT', path, body, answer, status);
const remove = (path: string, answer: unknown, status: number) => write('DELETE', path, undefined, answer, status);

const compsons = {
  deleted_at: '0001-01-01T00:00:00Z',
  federated_from_team: null,
  federation_approved_at: null,
  id: '5e41a7d8-4b81-49db-b552-3cb1f3ec936c',
  name: 'compsons',
  roles: ['access_user', 'reporting_user', 'access_admin'],
};
const namesake = {
  ...compsons,
  federated_from_team: 'william-faulkner',
  federation_approved_at: '2018-04-07T00:00:00Z',
  id: '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d',
};
const person = (first: string, full: string, id: string, name: string, status: string) => ({
  deleted_at: null as string | null,
  details: {
    email: `${first.toLowerCase()}.compson@example.com`,
    first_name: first,
    full_name: full,
    last_name: 'Compson',
  },
  id,
  name,
  oauth_client_application_id: null,
  role_grants: null,
  status,
  user_type: 'human',
});
const benjy = person('Benjy', 'Benjy Compson', '0f679637-83f4-4c23-8bb1-088d04587986', 'Benjy.Compson', 'DISABLED');
const jason = person('Jason', 'Jason Compson IV', '8b19c6cb-7b48-48d1-bc2e-6c31bfe4d300', 'Jason.Compson.IV', 'ACTIVE');
const quentin = {
  ...person('Quentin', 'Quentin Compson III', '58ead550-ebcd-469b-8541-af64057b6a00', 'Quentin.Compson.III', 'DELETED'),
  deleted_at: '1910-06-10T00:00:00Z',
};
const shreve = {
  ...jason,
  details: null,
  id: 'aa225c16-af6e-4ab4-9150-456fd472e2d7',
  name: 'shreve',
  user_type: 'service',
};
const fury = {
  deleted_at: '0001-01-01T00:00:00Z',
  id: '1b127da1-bde2-4b37-993f-499cf4e2aa58',
  name: 'the-sound-and-the-fury',
  team: 'acme',
};
const attached = {
  create_server_group: true,
  deleted_at: null,
  group: 'compsons',
  group_id: '86f20e75-594e-4c37-8dd7-8d9cb383a5ee',
  name: 'compsons',
  removed_at: null,
  server_access: false,
  server_admin: true,
};

const oneGroup =
  (...path: string[]) =>
  ({ groups }: Adapter): RestCall<unknown> =>
    mapped((groups as Collection<GroupRow>).one!(['acme', ...path]), (answer) => {
      return answer === ASK_THE_LIST ? 'ask the list' : answer;
    });
const allGroups = ({ groups }: Adapter) => (groups as Collection<GroupRow>).pages!([]);
const oneUser = (name: string) => (adapter: Adapter) => adapter.users.one!(['acme', name]);
const allUsers = (adapter: Adapter) => adapter.users.pages!([]);
const oneProject = (name: string) => (adapter: Adapter) => adapter.projects!.one!(['acme', name]);
const membersOf =
  (name: string) =>
  ({ members }: Adapter) =>
    (members as PagesOf<UserRow>).pages(['acme', name]);
const groupsOfFury = ({ groupsOfProject }: Adapter) =>
  (groupsOfProject as Exclude<Adapter['groupsOfProject'], string | undefined>).pages([
    'acme',
    'the-sound-and-the-fury',
  ]);
const create =
  (name: string, roles: readonly AsaRole[] = []) =>
  ({ commands }: Adapter) =>
    commands.createGroup!(['acme'], { name, members: [], roles }).call;
const ownCompsons = { type: 'AsaGroup', path: ['acme', 'compsons', compsons.id] } as const;
const addBenjy = ({ commands }: Adapter) => commands.addMembers!(ownCompsons, [['acme', 'Benjy.Compson']])[0]!.call;
const removeBenjy = ({ commands }: Adapter) =>
  commands.removeMembers!(ownCompsons, [['acme', 'Benjy.Compson']])[0]!.call;
const giveRoles =
  (...roles: AsaRole[]) =>
  ({ commands }: Adapter) =>
    commands.updateGroup!.step(ownCompsons, { roles }).call;
const deleteCompsons = ({ commands }: Adapter) => commands.deleteGroup!(ownCompsons).call;

const groups: readonly Example[] = [
  {
    name: 'the list of groups as the page shows it: two of one name, one of them federated, alive since the year 1',
    offer: 'groups.pages',
    docs: groupsPage,
    ask: allGroups,
    exchanges: [get('groups', { list: [namesake, compsons] })],
    outcome: {
      value: {
        rows: [
          {
            path: ['acme', 'compsons', namesake.id],
            vendorId: namesake.id,
            editable: false,
            federatedFromTeam: 'william-faulkner',
            federationApprovedAt: '2018-04-07T00:00:00.000Z',
          },
          {
            type: 'AsaGroup',
            path: ['acme', 'compsons', compsons.id],
            vendorId: compsons.id,
            name: 'compsons',
            organization: ['acme'],
            project: null,
            editable: true,
            roles: ['ACCESS_USER', 'REPORTING_USER', 'ACCESS_ADMIN'],
            federatedFromTeam: null,
            federationApprovedAt: null,
          },
        ],
        next: null,
      },
    },
  },
  {
    name: 'null, nothing and an empty text mean alive as well; a real time of deletion leaves the group out',
    offer: 'groups.pages',
    docs: introduction,
    ask: allGroups,
    exchanges: [
      get('groups', {
        list: [
          { ...compsons, name: 'a', deleted_at: null },
          { ...compsons, name: 'b', deleted_at: undefined },
          { ...compsons, name: 'c', deleted_at: '2024-02-29T12:00:00Z' },
          { ...compsons, name: 'd', deleted_at: '' },
        ],
      }),
    ],
    outcome: { value: { rows: [{ name: 'a' }, { name: 'b' }, { name: 'd' }] } },
  },
  {
    name: 'a group without roles, and one with a role that came later',
    offer: 'groups.pages',
    docs: groupsPage,
    ask: allGroups,
    exchanges: [
      get('groups', {
        list: [
          { ...compsons, roles: null },
          { ...compsons, roles: ['constructor', 'server_admin'] },
        ],
      }),
    ],
    outcome: { value: { rows: [{ roles: [] }, { roles: ['UNKNOWN', 'SERVER_ADMIN'] }] } },
  },
  {
    name: 'a list goes on where the link with rel next leads, not where the one with rel prev does',
    offer: 'groups.pages',
    docs: introduction,
    ask: allGroups,
    exchanges: [
      {
        ...get('groups', { list: [compsons] }),
        answerHeaders: {
          link:
            '<ORIGIN/v1/teams/acme/groups?count=1&offset=0a1&prev=true>; rel="prev", ' +
            '<ORIGIN/v1/teams/acme/groups?count=1&offset=7a3>; rel="next"',
        },
      },
    ],
    outcome: { value: { next: { method: 'GET', path: 'ORIGIN/v1/teams/acme/groups?count=1&offset=7a3' } } },
  },
  {
    name: 'a link to another host is not followed, so that it sees no token',
    offer: 'groups.pages',
    docs: introduction,
    ask: (adapter) => {
      const link = '<https://app.scaleft.example/v1/teams/acme/groups?offset=7a3>; rel="next"';
      return allGroups(adapter).parse({ list: [] }, new Headers({ link })).next!;
    },
    exchanges: [],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'an answer without its list is no empty list',
    offer: 'groups.pages',
    docs: groupsPage,
    ask: allGroups,
    exchanges: [get('groups', { list: null })],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'over the limit',
    offer: 'groups.pages',
    docs: introduction,
    ask: allGroups,
    exchanges: [
      {
        ...get('groups', { message: 'too many requests', errors: [{ path: '', message: 'slow down' }] }, 429),
        answerHeaders: { 'x-ratelimit-remaining': '0', 'x-ratelimit-retry-at': '1760000060' },
      },
    ],
    outcome: { code: 'VENDOR_RATE_LIMITED' },
  },
  {
    name: 'too many at once, without a word on when to come again',
    offer: 'groups.pages',
    docs: introduction,
    ask: allGroups,
    exchanges: [get('groups', 'slow down', 429)],
    outcome: { code: 'VENDOR_RATE_LIMITED' },
  },
  {
    name: 'a group by its name alone tells its uuid',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('compsons'),
    exchanges: [get('groups/compsons', compsons)],
    outcome: { value: { path: ['acme', 'compsons', compsons.id], vendorId: compsons.id, editable: true } },
  },
  {
    name: 'a name goes encoded into the address',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup("nuit d'été & co"),
    exchanges: [get('groups/nuit%20d%27%C3%A9t%C3%A9%20%26%20co', { ...compsons, name: "nuit d'été & co" })],
    outcome: { value: { path: ['acme', "nuit d'été & co", compsons.id] } },
  },
  {
    name: 'a group whose uuid is the one that was asked for',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('compsons', compsons.id),
    exchanges: [get('groups/compsons', compsons)],
    outcome: { value: { path: ['acme', 'compsons', compsons.id] } },
  },
  {
    name: 'another uuid under the name: only the list tells whether a federated group bears it',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('compsons', namesake.id),
    exchanges: [get('groups/compsons', compsons)],
    outcome: { value: 'ask the list' },
  },
  {
    name: 'a federated group: only the list tells whether another group bears its name',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('compsons', namesake.id),
    exchanges: [get('groups/compsons', namesake)],
    outcome: { value: 'ask the list' },
  },
  {
    name: 'a name that meets no group, while its uuid may be that of a federated one',
    offer: 'groups.one',
    docs: introduction,
    ask: oneGroup('compsons', namesake.id),
    exchanges: [
      get('groups/compsons', { code: 'resource_does_not_exist', error: 'no such group', error_cause: null }, 404),
    ],
    outcome: { value: 'ask the list' },
  },
  {
    name: 'a name that meets no group',
    offer: 'groups.one',
    docs: introduction,
    ask: oneGroup('sutpens'),
    exchanges: [get('groups/sutpens', { message: 'resource_does_not_exist', errors: [] }, 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a deleted group may still be answered, and is unknown',
    offer: 'groups.one',
    docs: 'https://github.com/oktadev/terraform-provider-oktaasa',
    ask: oneGroup('compsons', compsons.id),
    exchanges: [get('groups/compsons', { ...compsons, deleted_at: '2024-02-29T12:00:00Z' })],
    outcome: { value: null },
  },
  {
    name: 'another name than the one asked for is no answer',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('sutpens'),
    exchanges: [get('groups/sutpens', compsons)],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
  {
    name: 'a name that would leave the address is never asked for',
    offer: 'groups.one',
    docs: groupsPage,
    ask: oneGroup('..'),
    exchanges: [],
    outcome: { code: 'VENDOR_BAD_RESPONSE' },
  },
];

const users: readonly Example[] = [
  {
    name: 'the members of a group as the page shows them',
    offer: 'members',
    docs: groupsPage,
    ask: membersOf('compsons'),
    exchanges: [get('groups/compsons/users', { list: [benjy] })],
    outcome: {
      value: {
        rows: [
          {
            type: 'User',
            path: ['acme', 'Benjy.Compson'],
            vendorId: benjy.id,
            name: 'Benjy Compson',
            email: 'benjy.compson@example.com',
            username: 'Benjy.Compson',
            status: 'INACTIVE',
            kind: 'HUMAN',
            role: null,
            organization: ['acme'],
            projects: null,
          },
        ],
        next: null,
      },
    },
  },
  {
    name: 'members go on by their link as well',
    offer: 'members',
    docs: introduction,
    ask: membersOf('compsons'),
    exchanges: [
      {
        ...get('groups/compsons/users', { list: [] }),
        answerHeaders: { link: '<ORIGIN/v1/teams/acme/groups/compsons/users?offset=7a3>; rel="next"' },
      },
    ],
    outcome: { value: { rows: [], next: { path: 'ORIGIN/v1/teams/acme/groups/compsons/users?offset=7a3' } } },
  },
  {
    name: 'the members of a group that is not there',
    offer: 'members',
    docs: introduction,
    ask: membersOf('sutpens'),
    exchanges: [get('groups/sutpens/users', '', 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'users who are not in the group as the page shows them',
    offer: 'candidates',
    docs: groupsPage,
    ask: ({ candidates }) => candidates!.pages(['acme', 'compsons', compsons.id]),
    exchanges: [get('groups/compsons/users_not_in_group', { list: [jason] })],
    outcome: { value: { rows: [{ path: ['acme', 'Jason.Compson.IV'], status: 'ACTIVE' }] } },
  },
  {
    name: 'the list of users as the page shows it, with disabled and deleted ones',
    offer: 'users.pages',
    docs: usersPage,
    ask: allUsers,
    exchanges: [get('users?include_service_users=true', { list: [jason, benjy, quentin] })],
    outcome: { value: { rows: [{ status: 'ACTIVE' }, { status: 'INACTIVE' }, { status: 'DELETED' }] } },
  },
  {
    name: 'a service user has no details',
    offer: 'users.pages',
    docs: serviceUsersPage,
    ask: allUsers,
    exchanges: [get('users?include_service_users=true', { list: [shreve] })],
    outcome: {
      value: { rows: [{ path: ['acme', 'shreve'], kind: 'SERVICE', name: null, email: null, username: 'shreve' }] },
    },
  },
  {
    name: 'a user as the page shows him',
    offer: 'users.one',
    docs: usersPage,
    ask: oneUser('Jason.Compson.IV'),
    exchanges: [get('users/Jason.Compson.IV', jason)],
    outcome: {
      value: { path: ['acme', 'Jason.Compson.IV'], vendorId: jason.id, name: 'Jason Compson IV', kind: 'HUMAN' },
    },
  },
  {
    name: 'a deleted user stays, as in the list',
    offer: 'users.one',
    docs: usersPage,
    ask: oneUser('Quentin.Compson.III'),
    exchanges: [get('users/Quentin.Compson.III', { ...quentin, status: 'ACTIVE' })],
    outcome: { value: { status: 'DELETED' } },
  },
  {
    name: 'a status that came later',
    offer: 'users.one',
    docs: usersPage,
    ask: oneUser('Jason.Compson.IV'),
    exchanges: [get('users/Jason.Compson.IV', { ...jason, status: 'LOCKED' })],
    outcome: { value: { status: 'UNKNOWN' } },
  },
  {
    name: 'the groups of a user as the page shows them',
    offer: 'groupsOfUser',
    docs: usersPage,
    ask: ({ groupsOfUser }) => groupsOfUser!.pages(['acme', 'Benjy.Compson']),
    exchanges: [get('users/Benjy.Compson/groups', { list: [compsons] })],
    outcome: { value: { rows: [{ path: ['acme', 'compsons', compsons.id] }], next: null } },
  },
];

const projects: readonly Example[] = [
  {
    name: 'the list of projects as the page shows it',
    offer: 'projects.pages',
    docs: projectsPage,
    ask: (adapter) => adapter.projects!.pages!([]),
    exchanges: [get('projects', { list: [fury] })],
    outcome: {
      value: {
        rows: [
          { path: ['acme', fury.name], vendorId: fury.id, name: 'the-sound-and-the-fury', organization: ['acme'] },
        ],
        next: null,
      },
    },
  },
  {
    name: 'one project',
    offer: 'projects.one',
    docs: projectsPage,
    ask: oneProject('the-sound-and-the-fury'),
    exchanges: [get('projects/the-sound-and-the-fury', fury)],
    outcome: { value: { path: ['acme', 'the-sound-and-the-fury'] } },
  },
  {
    name: 'a deleted project may still be answered, and is unknown',
    offer: 'projects.one',
    docs: projectsPage,
    ask: oneProject('the-sound-and-the-fury'),
    exchanges: [get('projects/the-sound-and-the-fury', { ...fury, deleted_at: '2024-02-29T12:00:00Z' })],
    outcome: { value: null },
  },
  {
    name: 'the groups of a project as the page shows them',
    offer: 'groupsOfProject',
    docs: projectsPage,
    ask: groupsOfFury,
    exchanges: [get('projects/the-sound-and-the-fury/groups', { list: [attached] })],
    outcome: { value: { rows: [{ type: 'AsaGroup', path: ['acme', 'compsons', attached.group_id] }], next: null } },
  },
  {
    name: 'groups taken out of the project are left out, and a name or the uuid may be missing',
    offer: 'groupsOfProject',
    docs: projectsPage,
    ask: groupsOfFury,
    exchanges: [
      get('projects/the-sound-and-the-fury/groups', {
        list: [
          { ...attached, removed_at: '2024-02-29T12:00:00Z' },
          { ...attached, deleted_at: '2024-02-29T12:00:00Z' },
          { group: 'sutpens', group_id: '', removed_at: '0001-01-01T00:00:00Z' },
          { id: 'of-the-row', name: 'snopeses', group_id: attached.group_id },
        ],
      }),
    ],
    outcome: { value: { rows: [{ path: ['acme', 'sutpens'] }, { path: ['acme', 'snopeses', attached.group_id] }] } },
  },
];

const writes: readonly Example[] = [
  {
    name: 'a group is created as the page shows it',
    offer: 'commands.createGroup',
    docs: groupsPage,
    ask: create('compsons', ['ACCESS_USER', 'REPORTING_USER', 'ACCESS_ADMIN']),
    exchanges: [post('groups', { name: 'compsons', roles: compsons.roles }, compsons, 201)],
    outcome: { value: { group: { path: ['acme', 'compsons', compsons.id], vendorId: compsons.id }, facts: [] } },
  },
  {
    name: 'a 200 is as good as a 201, and a role that nobody knows is never sent',
    offer: 'commands.createGroup',
    docs: groupsPage,
    ask: create('sutpens', ['UNKNOWN']),
    exchanges: [post('groups', { name: 'sutpens', roles: [] }, { ...compsons, name: 'sutpens', roles: [] }, 200)],
    outcome: { value: { group: { name: 'sutpens', roles: [] } } },
  },
  {
    name: 'a name that exists is a conflict',
    offer: 'commands.createGroup',
    docs: introduction,
    ask: create('compsons'),
    exchanges: [post('groups', { name: 'compsons', roles: [] }, { code: 'resource_already_exists' }, 409)],
    outcome: { code: 'VENDOR_CONFLICT' },
  },
  {
    name: 'a 201 that tells another group proves nothing',
    offer: 'commands.createGroup',
    docs: groupsPage,
    ask: create('sutpens'),
    exchanges: [post('groups', { name: 'sutpens', roles: [] }, compsons, 201)],
    outcome: { code: 'OUTCOME_UNKNOWN' },
  },
  {
    name: 'a user is added by name, and nothing is answered',
    offer: 'commands.addMembers',
    docs: groupsPage,
    ask: addBenjy,
    exchanges: [post('groups/compsons/users', { name: 'Benjy.Compson' }, undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'a user who is in the group already may be refused as a conflict',
    offer: 'commands.addMembers',
    docs: groupsPage,
    ask: addBenjy,
    exchanges: [post('groups/compsons/users', { name: 'Benjy.Compson' }, { code: 'resource_already_exists' }, 409)],
    outcome: { code: 'VENDOR_CONFLICT' },
  },
  {
    name: 'a group that Okta pushes cannot be edited here',
    offer: 'commands.addMembers',
    docs: 'https://help.okta.com/wf/en-us/content/topics/workflows/connector-reference/advancedserveraccess/actions/addusertogroup.htm',
    ask: addBenjy,
    exchanges: [post('groups/compsons/users', { name: 'Benjy.Compson' }, { code: 'invalid_request' }, 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'a user is removed by name, in a call of his own without a body, and nothing is answered',
    offer: 'commands.removeMembers',
    docs: groupsPage,
    ask: removeBenjy,
    exchanges: [remove('groups/compsons/users/Benjy.Compson', undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'the names of group and user go encoded into the address',
    offer: 'commands.removeMembers',
    docs: groupsPage,
    ask: ({ commands }) =>
      commands.removeMembers!({ type: 'AsaGroup', path: ['acme', "nuit d'été & co"] }, [['acme', 'ana lin+ops']])[0]!
        .call,
    exchanges: [remove('groups/nuit%20d%27%C3%A9t%C3%A9%20%26%20co/users/ana%20lin%2Bops', undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'a user who is not in the group may be unknown',
    offer: 'commands.removeMembers',
    docs: introduction,
    ask: removeBenjy,
    exchanges: [remove('groups/compsons/users/Benjy.Compson', { code: 'resource_does_not_exist' }, 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a user who is not in the group may be a conflict as well',
    offer: 'commands.removeMembers',
    docs: introduction,
    ask: removeBenjy,
    exchanges: [remove('groups/compsons/users/Benjy.Compson', { message: 'no member' }, 409)],
    outcome: { code: 'VENDOR_CONFLICT' },
  },
  {
    name: 'nobody is removed here from a group that Okta pushes',
    offer: 'commands.removeMembers',
    docs: introduction,
    ask: removeBenjy,
    exchanges: [remove('groups/compsons/users/Benjy.Compson', { code: 'forbidden_error' }, 403)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'the roles of a group are sent as a whole, each once, and nothing is answered',
    offer: 'commands.updateGroup',
    docs: groupsPage,
    ask: giveRoles('ACCESS_USER', 'REPORTING_USER', 'ACCESS_USER'),
    exchanges: [put('groups/compsons', { roles: ['access_user', 'reporting_user'] }, undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'no roles at all are an empty list',
    offer: 'commands.updateGroup',
    docs: groupsPage,
    ask: giveRoles(),
    exchanges: [put('groups/compsons', { roles: [] }, undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'a role that this team does not have',
    offer: 'commands.updateGroup',
    docs: introduction,
    ask: giveRoles('SERVER_ADMIN'),
    exchanges: [put('groups/compsons', { roles: ['server_admin'] }, { code: 'invalid_request' }, 400)],
    outcome: { code: 'VENDOR_REJECTED' },
  },
  {
    name: 'the roles of a group that is not there any more',
    offer: 'commands.updateGroup',
    docs: introduction,
    ask: giveRoles('ACCESS_USER'),
    exchanges: [put('groups/compsons', { roles: ['access_user'] }, { code: 'resource_does_not_exist' }, 404)],
    outcome: { code: 'NOT_FOUND' },
  },
  {
    name: 'a group is deleted by its name, without a body, and nothing is answered',
    offer: 'commands.deleteGroup',
    docs: groupsPage,
    ask: deleteCompsons,
    exchanges: [remove('groups/compsons', undefined, 204)],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'a group that is deleted already is unknown',
    offer: 'commands.deleteGroup',
    docs: introduction,
    ask: deleteCompsons,
    exchanges: [remove('groups/compsons', { code: 'resource_does_not_exist' }, 404)],
    outcome: { code: 'NOT_FOUND' },
  },
];

const mint = (answer: unknown, status = 200): Exchange => ({
  request: 'POST /v1/teams/acme/service_token',
  headers: { 'content-type': 'application/json' },
  body: key,
  status,
  answer,
});
const minted = (token: string) => mint({ bearer_token: token, expires_at: '2099-10-18T17:26:30Z', team_name: 'acme' });
const asked = (token: string, status = 200, answer: unknown = compsons): Exchange => ({
  ...get('groups/compsons', answer, status),
  headers: bearer(token),
});

const tokens: readonly Example[] = [
  {
    name: 'a token is asked for with the key of a service user, and is sent with the call',
    offer: 'token',
    docs: serviceUsersPage,
    ask: oneGroup('compsons'),
    exchanges: [minted('first'), asked('first')],
    outcome: { value: { vendorId: compsons.id } },
  },
  {
    name: 'a token may end at any time: it is renewed, and the call is sent again',
    offer: 'token',
    docs: serviceUsersPage,
    ask: oneGroup('compsons'),
    exchanges: [
      minted('first'),
      asked('first', 401, { code: 'authentication_error' }),
      minted('second'),
      asked('second'),
    ],
    outcome: { value: { vendorId: compsons.id } },
  },
  {
    name: 'a write that was refused with 401 was not carried out, and is sent again as well',
    offer: 'token',
    docs: serviceUsersPage,
    ask: addBenjy,
    exchanges: [
      minted('first'),
      { ...post('groups/compsons/users', { name: 'Benjy.Compson' }, undefined, 401), headers: bearer('first') },
      minted('second'),
      { ...post('groups/compsons/users', { name: 'Benjy.Compson' }, undefined, 204), headers: bearer('second') },
    ],
    outcome: { value: { facts: [] } },
  },
  {
    name: 'a 401 with a new token is a lack of permission',
    offer: 'token',
    docs: introduction,
    ask: oneGroup('compsons'),
    exchanges: [
      minted('first'),
      asked('first', 401, { code: 'authorization_error' }),
      minted('second'),
      asked('second', 401, { code: 'authorization_error' }),
    ],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'a key that is not accepted',
    offer: 'token',
    docs: introduction,
    ask: oneGroup('compsons'),
    exchanges: [mint({ code: 'authentication_error' }, 401)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'a team that is not there has no group that could be unknown',
    offer: 'token',
    docs: introduction,
    ask: oneGroup('compsons', compsons.id),
    exchanges: [mint({ code: 'resource_does_not_exist' }, 404)],
    outcome: { code: 'VENDOR_AUTH' },
  },
  {
    name: 'a token whose end cannot be read serves until a 401',
    offer: 'token',
    docs: serviceUsersPage,
    ask: oneGroup('compsons'),
    exchanges: [mint({ bearer_token: 'first', expires_at: 'in a while' }), asked('first')],
    outcome: { value: { vendorId: compsons.id } },
  },
];

export const examples: readonly Example[] = [
  ...[...groups, ...users, ...projects, ...writes].map((example) => ({ ...example, settings: tokenAtHand })),
  ...tokens,
];
