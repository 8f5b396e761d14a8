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
  const population = { people: people(20), groups: 12, membersPerGroup: 4, projects: 2 };
  rollcall = await openRollcall({ only: ['asa'], population });
  state = rollcall.sandbox.server<AsaState>('asa').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const api = (...paths: string[]): Heard => ({ asa: paths.map((path) => `GET /v1/teams/acme/${path}`).sort() });
const id = (...path: string[]) => gid('asa', 'AsaGroup', 'acme', ...path);
const own = '5e41a7d8-4b81-49db-b552-3cb1f3ec936c';
const another = '00000000-0000-4000-8000-000000000000';
const namesOf = (members: { nodes: { vendorId: string }[] }) => members.nodes.map(({ vendorId }) => vendorId).sort();
const crew = () => state.groups.slice(0, 12);
const usersOf = (name: string) => `groups/${part(name)}/users`;

const asked = 'query ($id: ID!) { group(id: $id) { id name memberCount members { nodes { vendorId } } } }';

it('a read by name meets the team’s own group, though another team’s bears the name too', async () => {
  const { data } = await rollcall.ask(
    'query ($id: ID!) { group(id: $id) { id vendorId ...on AsaGroup { federatedFromTeam } } }',
    { id: id('compsons') },
  );

  expect(data.group).toEqual({ id: id('compsons'), vendorId: own, federatedFromTeam: null });
});

it('an id without uuid asks by name, costs no check, and is answered under the same id', async () => {
  const [group] = crew();

  const { data } = await rollcall.ask(
    'query ($id: ID!) { group(id: $id) { id vendorId name operations memberCount } }',
    { id: id(group!.name) },
  );

  const { id: vendorId, name } = group!;
  const operations = [
    'READ_GROUP',
    'LIST_MEMBERS',
    'UPDATE_GROUP',
    'DELETE_GROUP',
    'ADD_MEMBERS',
    'REMOVE_MEMBERS',
    'SET_MEMBERS',
  ];
  expect(data.group).toEqual({ id: id(name), vendorId, name, operations, memberCount: 4 });
  expect(heard()).toEqual(api(`groups/${part(name)}`, usersOf(name)));
});

it('where only name and members are asked, the member list stands for the group', async () => {
  const [group] = crew();

  const { data, errors } = await rollcall.ask(asked, { id: id(group!.name) });

  expect(errors).toBeUndefined();
  expect(data.group).toMatchObject({ id: id(group!.name), name: group!.name, memberCount: 4 });
  expect(namesOf(data.group.members)).toEqual(state.members.get(group!.id)!.toSorted());
  expect(heard()).toEqual(api(usersOf(group!.name)));
});

it('what is asked of other types of groups does not count: the member list still stands for the group', async () => {
  const fragments =
    '...on TiledeskGroup { attributes enabled } ...Rail ...on Node { id } ...on Group { name memberCount }';
  const query = `query ($id: ID!) { node(id: $id) { ${fragments} } } fragment Rail on TestRailGroup { operations }`;

  const { data } = await rollcall.ask(query, { id: id('compsons') });

  expect(data.node).toEqual({ id: id('compsons'), name: 'compsons', memberCount: 2 });
  expect(heard()).toEqual(api(usersOf('compsons')));
});

it('where the member list that stands for a group is a 404, the group is null', async () => {
  const { data, errors } = await rollcall.ask(asked, { id: id('nobody') });

  expect([data, errors]).toEqual([{ group: null }, undefined]);
  expect(heard()).toEqual(api(usersOf('nobody')));
});

it('an id that holds a uuid shows members once the row with that uuid has been seen in the same request', async () => {
  const { data } = await rollcall.ask(asked, { id: id('compsons', own) });

  expect(data.group).toMatchObject({ id: id('compsons', own), name: 'compsons', memberCount: 2 });
  expect(namesOf(data.group.members)).toEqual(state.members.get(own)!.toSorted());
  expect(heard()).toEqual(api('groups/compsons', usersOf('compsons')));
});

it.each(['compsons', 'Bastion crew 1', 'nobody'])(
  'another uuid under the name is null, and no members are shown: %s',
  async (name) => {
    const { data, errors } = await rollcall.ask(asked, { id: id(name, another) });

    expect([data, errors]).toEqual([{ group: null }, undefined]);
  },
);

it('a name that was given to another group since does not make it the one of the id', async () => {
  const [group] = crew();
  const before = id(group!.name, group!.id);
  group!.id = another;
  state.members.set(another, [state.users[0]!.id]);

  const { data, errors } = await rollcall.ask(
    'query ($a: ID!, $b: ID!) { gone: node(id: $a) { id } now: node(id: $b) { id } }',
    {
      a: before,
      b: id(group!.name, another),
    },
  );

  expect([data, errors]).toEqual([{ gone: null, now: { id: id(group!.name, another) } }, undefined]);
});

it('one list of the team’s groups serves all ids that hold a uuid, beside the member reads and not before them', async () => {
  const server = rollcall.sandbox.server('asa');
  const ids = crew().map((group) => id(group.name, group.id));
  server.fault({ mode: 'slow', ms: 150, match: /\/groups$/ });

  const { data, errors } = await rollcall.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ...on Group { memberCount } } }',
    { ids },
  );

  expect(errors).toBeUndefined();
  expect(data.nodes).toEqual(ids.map((one) => ({ id: one, memberCount: 4 })));
  expect(heard()).toEqual(api('groups', ...crew().map(({ name }) => usersOf(name))));
  const list = server.journal.find(({ target }) => target.endsWith('/groups'))!;
  const members = server.journal.filter(({ target }) => target.endsWith('/users'));
  expect(members.every(({ at }) => at < list.answeredAt!)).toBe(true);
});

it('ids with and without uuid of the same groups meet them side by side, each answered under its own id', async () => {
  const groups = crew().slice(0, 3);
  const ids = [...groups.flatMap(({ id: uuid, name }) => [id(name), id(name, uuid)]), id('compsons'), id('nobody')];

  const { data, errors } = await rollcall.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ...on AsaGroup { vendorId roles } } }',
    { ids },
  );

  const uuids = [...groups.flatMap(({ id: uuid }) => [uuid, uuid]), own];
  expect(errors).toBeUndefined();
  expect(
    data.nodes.slice(0, -1).map((node: { id: string; vendorId: string } | null) => [node?.id, node?.vendorId]),
  ).toEqual(uuids.map((uuid, at) => [ids[at], uuid]));
  expect(data.nodes.at(-1)).toBeNull();
  expect(heard()).toEqual(api('groups'));
});

it('a project’s group that ASA names without its uuid is listed under the full id', async () => {
  const [project] = state.projects;
  for (const one of state.projectGroups.get(project!.id)!) delete (one as { group_id?: string }).group_id;

  const { data } = await rollcall.ask('{ project(id: "gid://asa/Project/acme/region-1") { groups { nodes { id } } } }');

  const named = state.projectGroups.get(project!.id)!.filter(({ removed_at }) => removed_at === null);
  const full = named.map(({ name }) => id(name, state.groups.find((group) => group.name === name)!.id));
  expect(data.project.groups.nodes.map((node: { id: string }) => node.id).sort()).toEqual(full.sort());
});

it('two ids of one name that are asked for at the same moment are each answered as they would be alone', async () => {
  const federated = state.groups.find((group) => group.name === 'compsons' && group.id !== own)!.id;
  const one = (asked: string) => rollcall.ask('query ($id: ID!) { group(id: $id) { id vendorId } }', { id: asked });
  const alone = await one(id('compsons', federated));
  rollcall.sandbox.server('asa').setLatency(100);

  const [named, other] = await Promise.all([one(id('compsons')), one(id('compsons', federated))]);

  expect(named.data.group).toEqual({ id: id('compsons'), vendorId: own });
  expect(other.data).toEqual(alone.data);
  expect(alone.data.group).toEqual({ id: id('compsons', federated), vendorId: federated });
});
