import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { gid, part } from '../support/gid.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let state: AsaState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 2, membersPerGroup: 4, projects: 1 };
  rollcall = await openRollcall({ only: ['asa'], population });
  state = rollcall.sandbox.server<AsaState>('asa').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const namesake = '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d';
const own = '5e41a7d8-4b81-49db-b552-3cb1f3ec936c';
const id = (...path: string[]) => gid('asa', 'AsaGroup', 'acme', ...path);
const auditors = () => state.groups.find(({ name }) => name === 'jefferson auditors')!;
const unsupported = (path: readonly unknown[]) => ({
  path,
  extensions: { code: 'UNSUPPORTED_BY_VENDOR', source: 'asa', status: null },
});
const shown =
  'id memberCount members { totalCount } operations ...on AsaGroup { federatedFromTeam candidates { totalCount } }';

interface Shown {
  readonly id: string;
  readonly memberCount: number | null;
}

it('federated groups are listed, and one whose name another bears has members, memberCount and candidates null with UNSUPPORTED_BY_VENDOR', async () => {
  const { data, errors } = await rollcall.ask(
    `{ groups { totalCount complete sources { state code message } nodes { ${shown} } } }`,
  );

  const nodes = data.groups.nodes as Shown[];
  const { message } = data.groups.sources[0];
  expect(nodes.find((node) => node.id === id('compsons', namesake))).toEqual({
    id: id('compsons', namesake),
    memberCount: null,
    members: null,
    operations: ['READ_GROUP', 'LIST_MEMBERS'],
    federatedFromTeam: 'william-faulkner',
    candidates: null,
  });
  expect(nodes.filter(({ memberCount }) => memberCount === null)).toHaveLength(1);
  expect(nodes.find((node) => node.id === id('compsons', own))).toMatchObject({
    memberCount: 2,
    members: { totalCount: 2 },
  });
  expect(data.groups).toMatchObject({
    totalCount: nodes.length,
    complete: true,
    sources: [{ state: 'OK', code: null }],
  });
  expect(message).toContain('compsons');
  expect(message).not.toContain('jefferson');
  expect(errors).toMatchObject([unsupported(['groups'])]);
  expect(heard()['asa']!.filter((request) => request.endsWith('/compsons/users'))).toHaveLength(1);
});

it('a federated group whose name nobody else bears shows its members', async () => {
  const { data, errors } = await rollcall.ask(`query ($id: ID!) { group(id: $id) { ${shown} } }`, {
    id: id(auditors().name, auditors().id),
  });

  expect(errors).toBeUndefined();
  expect(data.group).toMatchObject({
    memberCount: 1,
    members: { totalCount: 1 },
    operations: ['READ_GROUP', 'LIST_MEMBERS'],
  });
  expect(data.group.candidates.totalCount).toBeGreaterThan(0);
});

it.each([namesake, own])('by its id, a group with a namesake shows nobody else’s members: %s', async (uuid) => {
  const { data, errors } = await rollcall.ask(
    `query ($id: ID!) { group(id: $id) { memberCount members { totalCount } } }`,
    {
      id: id('compsons', uuid),
    },
  );

  const isOwn = uuid === own;
  expect(data.group).toEqual({ memberCount: isOwn ? 2 : null, members: isOwn ? { totalCount: 2 } : null });
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(
    isOwn ? undefined : ['UNSUPPORTED_BY_VENDOR', 'UNSUPPORTED_BY_VENDOR'],
  );
});

it('two federated groups of one name have no members either', async () => {
  const { name } = auditors();
  state.groups.push({
    ...auditors(),
    id: '00000000-0000-4000-8000-000000000000',
    federated_from_team: 'yoknapatawpha',
  });

  const { data, errors } = await rollcall.ask(
    '{ groups(filter: { nameContains: "jefferson" }) { complete sources { message } nodes { memberCount } } }',
  );

  expect(data.groups).toMatchObject({ complete: true, nodes: [{ memberCount: null }, { memberCount: null }] });
  expect(data.groups.sources[0].message).toContain(`${name} (from yoknapatawpha)`);
  expect(errors).toMatchObject([unsupported(['groups'])]);
});

it('it gives no membership rows and is named in its source’s message; the answer stays complete', async () => {
  const { data, errors } = await rollcall.ask(
    '{ memberships { totalCount complete sources { state message } nodes { groupVendorId memberVendorId } } }',
  );

  const alive = state.groups.filter(({ id: uuid, name }) => uuid !== namesake && name !== 'dismissed');
  const rows = alive.flatMap((group) => state.members.get(group.id)!.map((member) => `${group.id} ${member}`));
  const told = data.memberships.nodes as { groupVendorId: string; memberVendorId: string }[];
  expect(errors).toBeUndefined();
  expect(told.map((row) => `${row.groupVendorId} ${row.memberVendorId}`).sort()).toEqual(rows.sort());
  expect(data.memberships).toMatchObject({ totalCount: rows.length, complete: true, sources: [{ state: 'OK' }] });
  expect(data.memberships.sources[0].message).toContain('compsons (from william-faulkner)');
});

it('among the groups of a user it is marked by the list of the team’s groups', async () => {
  const member = state.users.find((user) => state.members.get(namesake)!.includes(user.id))!;
  const query = 'query ($id: ID!) { user(id: $id) { groups { nodes { id memberCount } } } }';

  const { data } = await rollcall.ask(query, { id: gid('asa', 'User', 'acme', member.name) });

  const nodes = data.user.groups.nodes as Shown[];
  expect(nodes.find((node) => node.id === id('compsons', namesake))).toMatchObject({ memberCount: null });
  expect(nodes.filter(({ memberCount }) => memberCount === null)).toHaveLength(1);
  expect(heard()['asa']).toContain(`GET /v1/teams/acme/users/${part(member.name)}/groups`);
  expect(heard()['asa']!.filter((request) => request.endsWith('acme/groups'))).toHaveLength(1);
});

it('in a list that breaks off, no federated group shows the members of a namesake that the list did not come to', async () => {
  const isNamesake = ({ id: uuid }: { readonly id: string }) => uuid === namesake;
  state.groups = [...state.groups.filter(isNamesake), ...state.groups.filter((group) => !isNamesake(group))];
  state.pageSize = 1;
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 503, match: /\/acme\/groups\?.*offset=/ });

  const { data } = await rollcall.ask('{ groups { complete nodes { id memberCount members { totalCount } } } }');
  const byName = await rollcall.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [id('compsons'), id('dismissed')],
  });

  expect(data.groups.complete).toBe(false);
  expect(data.groups.nodes).toEqual([{ id: id('compsons', namesake), memberCount: null, members: null }]);
  expect(byName.data.nodes).toEqual([null, null]);
  expect(byName.errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE' } }]);
});

it('among the groups of a user it shows nobody else’s members where the list of the team’s groups fails', async () => {
  const member = state.users.find((user) => state.members.get(namesake)!.includes(user.id))!;
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 503, match: /\/acme\/groups$/ });

  const { data } = await rollcall.ask('query ($id: ID!) { user(id: $id) { groups { nodes { id memberCount } } } }', {
    id: gid('asa', 'User', 'acme', member.name),
  });

  const nodes = data.user.groups.nodes as Shown[];
  expect(nodes.find((node) => node.id === id('compsons', namesake))).toMatchObject({ memberCount: null });
});
