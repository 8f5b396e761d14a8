import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { clearFaults } from '../support/faults.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let tiledesk: TiledeskState;

beforeAll(async () => {
  const population = { people: people(40), groups: 4, membersPerGroup: 20, projects: 2, awkward: false };
  rollcall = await openRollcall({ population });
  tiledesk = rollcall.sandbox.server<TiledeskState>('tiledesk').box.state;
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

it('duplicates cost nothing: ids, aliases and the same person in many groups', async () => {
  const id = 'gid://testrail/TestRailGroup/1';
  const query = `query ($ids: [ID!]!) {
    a: group(id: "${id}") { ...Whole } b: group(id: "${id}") { ...Whole } c: node(id: "${id}") { ...Whole } nodes(ids: $ids) { ...Whole }
    user(id: "gid://testrail/User/1") { email }
  } fragment Whole on Group { name members { nodes { email } } more: members(first: 1) { nodes { name } } }`;
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(query, { ids: Array(100).fill(id) });

  expect(errors).toBeUndefined();
  expect(new Set([data.a, data.b, data.c, ...data.nodes].map((group) => JSON.stringify(group))).size).toBe(1);
  expect(heard().testrail!.filter((call) => call.includes('get_group'))).toHaveLength(1);
  expect(heard().testrail!.length).toBeLessThanOrEqual(4);
});

it('what a list of the same request holds costs no look-up of its own', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(`{
    user(id: "gid://testrail/User/3") { name } group(id: "gid://testrail/TestRailGroup/2") { name }
    users(filter: { sources: ["testrail"] }) { totalCount } groups(filter: { sources: ["testrail"] }) { totalCount }
  }`);

  expect(errors).toBeUndefined();
  expect([data.user.name, data.group.name]).toEqual([expect.any(String), 'QA circle 2']);
  expect(heard()).toEqual({ testrail: ['GET /index.php?/api/v2/get_groups', 'GET /index.php?/api/v2/get_users'] });
});

it('one failed key fails alone', async () => {
  const [first, second] = tiledesk.projects;
  const idOf = (project: string) => tiledesk.groups.find(({ id_project }) => id_project === project)!._id;
  const ids = [first!, second!].map(({ _id }) => `gid://tiledesk/TiledeskGroup/${_id}/${idOf(_id)}`);
  rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 503, match: new RegExp(first!._id) });

  const { data, errors } = await rollcall.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });

  expect(data.nodes).toEqual([null, { id: ids[1] }]);
  expect(errors).toMatchObject([{ path: ['nodes'], extensions: { code: 'VENDOR_UNAVAILABLE', status: 503 } }]);
});

it('one failed key of many at one address fails alone', async () => {
  const ids = [1, 2, 3].map((crew) => `gid://asa/AsaGroup/acme/Bastion%20crew%20${crew}`);
  rollcall.sandbox.server('asa').fault({ mode: 'reset', match: /crew%202\/users/ });

  const { data, errors } = await rollcall.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Group { name memberCount } } }',
    { ids },
  );

  expect(data.nodes.map((node: any) => node?.memberCount ?? null)).toEqual([20, null, 20]);
  expect(errors).toMatchObject([{ path: ['nodes'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'asa' } }]);
});
