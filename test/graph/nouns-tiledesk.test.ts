import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeGroup } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: TiledeskState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 4, membersPerGroup: 4, projects: 2 };
  rollcall = await openRollcall({ only: ['tiledesk'], population });
  state = rollcall.sandbox.server<TiledeskState>('tiledesk').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const first = '5b55e806c93dde0014000001';
const second = '5b55e806c93dde0014000002';
const api = (...paths: string[]): Heard => ({ tiledesk: paths.map((path) => `GET /v3/${path}`).sort() });
const group = (project: string, id: string) => `gid://tiledesk/TiledeskGroup/${project}/${id}`;
const user = (project: string, id: string) => `gid://tiledesk/User/${project}/${id}`;
const project = (id: string) => ({ id: `gid://tiledesk/Project/${id}`, vendorId: id });
const organization = { id: 'gid://tiledesk/Organization/tiledesk', vendorId: 'tiledesk', name: null };
const source = { name: 'tiledesk' };

const groupsOf = (id: string) => state.groups.filter((one) => one.id_project === id && one.trashed === false);
const named = (name: string) => groupsOf(first).find((one) => one.name === name)!;

it('a group: name, the installation, the project of its id, its distinct members, from VENDOR when it was read', async () => {
  const began = Date.now();
  const own = '... on TiledeskGroup { enabled attributes createdAt updatedAt createdBy { id } }';

  const { data, errors } = await rollcall.ask(`{ groups { nodes { ...WholeGroup ${own} } } } ${wholeGroup}`);

  expect(errors).toBeUndefined();
  expect(data.groups.nodes).toEqual(
    [...groupsOf(first), ...groupsOf(second)].map((row) => {
      const members = [...new Set(row.members)].sort();
      return {
        __typename: 'TiledeskGroup',
        id: group(row.id_project!, row._id),
        vendorId: row._id,
        name: row.name,
        source,
        organization,
        project: project(row.id_project!),
        memberCount: members.length,
        members: {
          totalCount: members.length,
          nodes: members.map((id) => ({ __typename: 'User', id: user(row.id_project!, id), vendorId: id })),
        },
        operations: [
          'READ_GROUP',
          'LIST_MEMBERS',
          'UPDATE_GROUP',
          'DELETE_GROUP',
          'ADD_MEMBERS',
          'REMOVE_MEMBERS',
          'SET_MEMBERS',
        ],
        origin: 'VENDOR',
        fetchedAt: expect.any(String),
        enabled: row.enabled ?? null,
        attributes: row.attributes ?? null,
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        createdBy: { id: user(row.id_project!, row.createdBy!) },
      };
    }),
  );
  const times = data.groups.nodes.map(({ fetchedAt }: { fetchedAt: string }) => Date.parse(fetchedAt));
  expect(times.every((time: number) => time >= began && time <= Date.now())).toBe(true);
  expect(heard()).toEqual(api('projects/', `${first}/groups`, `${second}/groups`));
});

it('a group by its id is the same as in the list, by one call', async () => {
  const { _id } = named('Tier 1');
  const query = `query ($id: ID!) { group(id: $id) { ...WholeGroup } } ${wholeGroup}`;

  const { data } = await rollcall.ask(query, { id: group(first, _id) });

  expect(data.group).toMatchObject({ name: 'Tier 1', project: project(first), memberCount: 4 });
  expect(heard()).toEqual(api(`${first}/groups/${_id}`));
});

it('a group that is trashed, of another project, or of none is null, though Tiledesk answers it', async () => {
  const shell = { _id: '5c34b5149f22a700160fffff', members: [], __v: 0 };
  state.groups.push(shell);
  const trashed = state.groups.find((one) => one.name === 'Closed desk')!;
  const ids = [group(first, trashed._id), group(second, named('Tier 1')._id), group(first, shell._id)];

  const answers = await Promise.all(ids.map((id) => rollcall.ask('query ($id: ID!) { node(id: $id) { id } }', { id })));

  for (const { data, errors } of answers) expect([data, errors]).toEqual([{ node: null }, undefined]);
  expect(rollcall.sandbox.server('tiledesk').journal.map(({ status }) => status)).toEqual([200, 200, 200]);
});

it('a group, user or project that Tiledesk does not know is null without an error, as is all that is in such a project', async () => {
  const nobody = '5ab0f3fa57066e001400ffff';
  const closed = state.projects.find(({ name }) => name === 'Given up')!._id;
  const ids = [
    group(first, nobody),
    user(first, nobody),
    ...[nobody, closed].flatMap((id) => [project(id).id, group(id, nobody)]),
  ];

  const answers = await Promise.all(ids.map((id) => rollcall.ask('query ($id: ID!) { node(id: $id) { id } }', { id })));

  for (const { data, errors } of answers) expect([data, errors]).toEqual([{ node: null }, undefined]);
  expect(heard()['tiledesk']).toHaveLength(ids.length);
});

it('a project that is trashed is unknown: it is null, not listed, and its groups are not read', async () => {
  Object.assign(state.projects[1]!, { trashed: true });
  const query =
    'query ($id: ID!) { node(id: $id) { id } projects { nodes { id } } groups { nodes { project { id } } } }';

  const { data, errors } = await rollcall.ask(query, { id: project(second).id });

  expect(errors).toBeUndefined();
  expect(data.node).toBeNull();
  expect(data.projects.nodes).toEqual([{ id: project(first).id }]);
  expect(new Set(data.groups.nodes.map((one: { project: { id: string } }) => one.project.id))).toEqual(
    new Set([project(first).id]),
  );
  expect(heard()['tiledesk']).toContain(`GET /v3/${first}/groups`);
  expect(heard()['tiledesk']).not.toContain(`GET /v3/${second}/groups`);
});
