/** What is written of values and kept beside them: how much of it, and for how long. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConnectionValue, Graph, NodeValue } from '../../src/graph/graph.js';
import type { Sources } from '../../src/graph/sources.js';
import { Executor } from '../../src/server/graphql/written/executor.js';
import type { Told } from '../../src/server/graphql/written/signs.js';
import { byGraphqlJs, openTheatre, schema, type Theatre } from '../support/executed.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let theatre: Theatre;
let sources: Sources;
const executor = new Executor(schema, 4);

beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());
beforeEach(() => {
  sources = theatre.openKeeping();
});
afterEach(() => sources.close());

/** Asks over sources that keep what they read; gives the values that were written. */
async function valuesOf(list: 'users' | 'groups', fields: string): Promise<readonly WeakRef<NodeValue>[]> {
  let values: readonly WeakRef<NodeValue>[] = [];
  const spoil = (graph: Graph) =>
    new Proxy(graph, {
      get(of, method: keyof Graph) {
        const ask = of[method] as (...given: unknown[]) => Promise<unknown>;
        if (method !== list) return ask;
        return async (...given: unknown[]) => {
          const page = (await ask(...given)) as ConnectionValue<NodeValue>;
          values = page.nodes.map((node) => new WeakRef(node));
          return page;
        };
      },
    });
  const text = `{ ${list}(first: 99) { nodes { ${fields} } } }`;
  await theatre.perform((execution) => executor.execute(execution), { text }, { sources, spoil });
  return values;
}

function textsOf({ told }: NodeValue): readonly string[] {
  const texts: string[] = [];
  for (let one = told as Told | null; one; one = one.before) texts.push(one.text);
  return texts;
}

it('of each value three choices are kept at most, the last ones', async () => {
  const choices = ['id', 'name', 'email', 'id name', 'id email', 'name email', 'name id', 'email id', 'id name email'];
  for (const fields of choices.slice(1)) await valuesOf('users', fields);
  const users = await valuesOf('users', choices[0]!);

  const kept = users.map((user) => textsOf(user.deref()!).map((text) => Object.keys(JSON.parse(text)).join(' ')));
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((texts) => texts.length > 0).length).toBeGreaterThan(10);
  for (const texts of kept) if (texts.length > 0) expect(texts).toEqual(['id', ...choices.slice(-2).toReversed()]);
});

it('of choices whose keys are long nothing is kept', async () => {
  const keptAs = async (key: string) => {
    const users = await valuesOf('users', `${key}: id`);
    return users.map((user) => textsOf(user.deref()!)).filter(([text]) => text?.includes(key)).length;
  };

  expect(await keptAs('a'.repeat(1_000))).toBeGreaterThan(10);
  expect(await keptAs('b'.repeat(2_000))).toBe(0);
});

it('what was told of before is not told as the newest, so that it goes when others come', async () => {
  for (const fields of ['id', 'name', 'email', 'id', 'id name']) await valuesOf('users', fields);
  const users = await valuesOf('users', 'id name');

  const [texts] = users.map((user) => textsOf(user.deref()!)).filter((one) => one.length > 0);
  expect(texts!.map((text) => Object.keys(JSON.parse(text)).join(' '))).toEqual(['id name', 'email', 'name']);
});

it('what was written of rows goes with them when their list is read anew, and nothing else does', async () => {
  await valuesOf('groups', 'id name');
  const groups = (await valuesOf('groups', 'id name')).filter((group) => textsOf(group.deref()!).length > 0);
  const idsHeld = async () => {
    // What a task has looked at is held until its end.
    await new Promise((pass) => setImmediate(pass));
    collectGarbage();
    return groups.flatMap((group) => group.deref()?.id ?? []);
  };
  const before = await idsHeld();
  const edited = before.find((id) => id.startsWith('gid://testrail/'))!;

  await theatre.perform(
    byGraphqlJs,
    { text: `mutation { updateGroup(input: { group: "${edited}", name: "Another" }) { userErrors { code } } }` },
    { sources },
  );
  await valuesOf('groups', 'id name');

  const elsewhere = before.filter((id) => !id.startsWith('gid://testrail/'));
  expect(elsewhere.length).toBeGreaterThan(5);
  expect(await idsHeld()).toEqual(elsewhere);
});

it('what had to be asked for is asked for again, and so is what failed', async () => {
  const details = [() => 'First', () => 'Second', failing, () => 'Third'];
  const { data } = await theatre.perform(byGraphqlJs, { text: '{ groups(first: 99) { nodes { id } } }' }, { sources });
  const { id } = JSON.parse(data!).groups.nodes.find((group: { id: string }) => group.id.startsWith('gid://testrail/'));
  const text = `{ group(id: "${id}") { members(first: 1) { nodes { ... on User { email } } } } }`;
  const told: string[] = [];
  for (const detail of details) {
    const spoil = (graph: Graph) =>
      new Proxy(graph, { get: (of, method: keyof Graph) => (method === 'userDetail' ? detail : of[method]) });
    const answer = await theatre.perform((execution) => executor.execute(execution), { text }, { sources, spoil });
    told.push(JSON.parse(answer.data!).group.members.nodes[0].email);
  }

  expect(told).toEqual(['First', 'Second', null, 'Third']);
});

function failing(): never {
  throw new Error('It could not be had.');
}
