/** What was written of a thing is told again to who asks for it by its id, in whatever company: through the front door. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi, type MockInstance } from 'vitest';
import { ThingsTold } from '../../src/server/graphql/kept-by-id.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let groups: readonly string[];
let find: MockInstance<ThingsTold['find']>;

beforeAll(async () => {
  rollcall = await openRollcall({ cacheSeconds: 30, only: ['testrail', 'tiledesk', 'asa'] });
  const { data } = await rollcall.ask('{ groups(first: 1000) { nodes { id } } }');
  groups = data.groups.nodes.map(({ id }: { id: string }) => id);
});
beforeEach(() => {
  find = vi.spyOn(ThingsTold.prototype, 'find');
});
afterEach(() => {
  find.mockRestore();
  return clearFaults(rollcall.sandbox);
});
afterAll(() => rollcall.close());

const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Group { name members { nodes { id email } } } } }';
const ask = (ids: readonly string[], headers: Record<string, string> = {}, text = query) =>
  rollcall.ask(text, { ids }, headers);
const told = () => find.mock.results.filter(({ value }) => value !== undefined).length;
const of = (source: string, nth = 0) => groups.filter((id) => id.startsWith(`gid://${source}/`))[nth]!;
const rename = (id: string, name: string) =>
  rollcall.ask(`mutation { updateGroup(input: { group: "${id}", name: "${name}" }) { userErrors { code } } }`);

it('each in its place, also where some are new, come twice or are not there', async () => {
  const [a, b, c] = [of('testrail'), of('tiledesk'), of('asa')];
  const nowhere = 'gid://testrail/TestRailGroup/99999';
  const { data } = await ask([a, b]);
  const [first, second] = data.nodes;

  const again = await ask([c, b, nowhere, a, 'no id', a]);

  expect(told()).toBe(3);
  expect(again.data.nodes).toMatchObject([{ id: c }, second, null, first, null, first]);
  expect(again.errors).toMatchObject([{ path: ['nodes', 4], extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('costs no call, and is counted as what is kept', async () => {
  const ids = [of('testrail'), of('tiledesk')];
  await ask(ids);
  const { extensions } = await ask([...ids].reverse(), { 'x-rollcall-trace': '1' });

  expect(extensions.upstream).toMatchObject([
    { source: 'testrail', calls: 0, cacheHits: 1 },
    { source: 'tiledesk', calls: 0, cacheHits: 1 },
  ]);
});

it('is told to who asks the same of it: other fields and other variables are something else', async () => {
  const of2 =
    'query ($ids: [ID!]!, $n: Int) { nodes(ids: $ids) { ... on Group { members(first: $n) { nodes { id } } } } }';
  const asked = (n: number) => rollcall.ask(of2, { ids: [of('testrail')], n });
  const counts = [];
  for (const n of [1, 2, 1, 2]) counts.push((await asked(n)).data.nodes[0].members.nodes.length);

  expect(counts).toEqual([1, 2, 1, 2]);
  expect(told()).toBe(2);
});

it('is not told after a write to its source, while those of another source are', async () => {
  const [edited, other] = [of('testrail', 1), of('tiledesk', 1)];
  const { data } = await ask([edited, other]);
  const { name } = data.nodes[0];
  await rename(edited, 'Renamed by id');
  find.mockClear();

  const after = await ask([other, edited]);

  expect(after.data.nodes.map((group: { name: string }) => group.name)).toEqual([data.nodes[1].name, 'Renamed by id']);
  expect(told()).toBe(1);
  await rename(edited, name);
});

it('is not told when it was read anew for somebody else', async () => {
  const id = of('testrail', 2);
  const before = await ask([id]);
  const { name } = before.data.nodes[0];
  const { state } = rollcall.sandbox.server<TestRailState>('testrail').box;
  state.groups.find((group) => String(group.id) === id.split('/').at(-1))!.name = 'Changed elsewhere';

  const kept = await ask([id]);
  const strict = await ask([id], { 'cache-control': 'no-cache' });
  const after = await ask([id]);

  expect([kept, strict, after].map(({ data }) => data.nodes[0].name)).toEqual([
    name,
    'Changed elsewhere',
    'Changed elsewhere',
  ]);
});

it('is not told when a list has shown it as it is now', async () => {
  const fresh = await openRollcall({ cacheSeconds: 30, only: ['testrail'] });
  const id = of('testrail');
  const one = `{ group(id: "${id}") { name } }`;
  await fresh.ask(one);
  const before = await fresh.ask(one);
  fresh.sandbox.server<TestRailState>('testrail').box.state.groups.find((group) => id.endsWith(`/${group.id}`))!.name =
    'As the list has it';

  const kept = await fresh.ask(one);
  await fresh.ask('{ groups(first: 99) { nodes { name } } }');
  const after = await fresh.ask(one);
  await fresh.close();

  expect(kept.data).toEqual(before.data);
  expect(after.data.group.name).toBe('As the list has it');
});

it('is not told from an answer that says of anything that it is not there: it may be in a moment', async () => {
  const id = of('testrail', 3);
  await ask([id, 'gid://testrail/TestRailGroup/99998']);
  find.mockClear();

  await ask([id]);

  expect(told()).toBe(0);
});

it('is not told to who wants it younger, and a plan tells what would be read', async () => {
  const ids = [of('asa'), of('asa', 1)];
  await ask(ids);
  find.mockClear();

  const strict = await ask(ids, { 'cache-control': 'max-age=0', 'x-rollcall-trace': '1' });
  const planned = await ask(ids, { 'cache-control': 'no-cache', 'x-rollcall-explain': '1' });

  expect(told()).toBe(0);
  expect(strict.extensions.upstream[0].calls).toBeGreaterThan(0);
  expect(planned.extensions.plan[0].calls.length).toBeGreaterThan(0);
});

it('is not told where anything of its answer failed', async () => {
  const fresh = await openRollcall({ cacheSeconds: 30, only: ['testrail'] });
  const ids = groups.filter((id) => id.startsWith('gid://testrail/')).slice(0, 2);
  fresh.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_users/ });
  const failed = await fresh.ask(query, { ids });
  await clearFaults(fresh.sandbox);
  find.mockClear();

  const after = await fresh.ask(query, { ids });
  await fresh.close();

  expect(failed.errors?.length).toBeGreaterThan(0);
  expect(told()).toBe(0);
  expect(after.errors).toBeUndefined();
  expect(after.data.nodes[0].members.nodes[0].email).toEqual(expect.any(String));
});

it('does not let anybody ask for more at once', async () => {
  await ask([of('testrail')]);
  const { errors } = await ask(Array.from({ length: 251 }, () => of('testrail')));

  expect(errors).toMatchObject([
    { message: expect.stringContaining('at most 250'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
