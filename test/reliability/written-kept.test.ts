/** What was written of a value is kept beside it, and told again: held against graphql-js, while groups are edited. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Sources } from '../../src/graph/sources.js';
import { SharedReads } from '../../src/reads/shared/shared-reads.js';
import { KeptThings, ThingsTold } from '../../src/server/graphql/kept-by-id.js';
import type { OperationContext } from '../../src/server/graphql/operation-context.js';
import { Executor } from '../../src/server/graphql/written/executor.js';
import type * as Signs from '../../src/server/graphql/written/signs.js';
import { Chance } from '../support/chance.js';
import { variantsOf } from '../support/document-variants.js';
import {
  byGraphqlJs,
  comparable,
  idsIn,
  isValid,
  openTheatre,
  schema,
  type Execute,
  type Operation,
  type Theatre,
} from '../support/executed.js';
import { writtenQuery } from '../support/written-documents.js';

const runs = Number(process.env['ROLLCALL_WRITTEN_RUNS'] ?? 20);

/** Of some twenty documents that are alike. */
const asked = 8;

/** What the executor does with what it keeps: how often it told it again. */
const seen = vi.hoisted(() => ({
  toldAgain: 0,
  /** For the control: texts by what they are of, as if no value ever gave place to a newer one. */
  byId: null as Map<string, string> | null,
}));

vi.mock('../../src/server/graphql/written/signs.js', async (load) => {
  const real = await load<typeof Signs>();
  const nameOf = (value: Signs.Tellable, { fields }: Signs.Sign) => 'id' in value && `${String(value.id)} ${fields}`;
  return {
    ...real,
    toldBefore(value: Signs.Tellable, sign: Signs.Sign) {
      const name = seen.byId && nameOf(value, sign);
      const text = (name && seen.byId?.get(name)) || real.toldBefore(value, sign);
      if (text !== undefined) seen.toldAgain += 1;
      return text;
    },
    keepTold(value: Signs.Tellable, sign: Signs.Sign, text: string) {
      const name = seen.byId && nameOf(value, sign);
      if (name) seen.byId?.set(name, text);
      real.keepTold(value, sign, text);
    },
  };
});

let theatre: Theatre;
let ids: readonly string[];
let sources: Sources;
let executor: Executor;
let things: KeptThings;
/** As the server does it. */
const byUs: Execute = async (execution) => {
  const byId = things.for((execution.context as OperationContext).request);
  const result = await executor.execute({ ...execution, byId });
  if (!result.errors) byId?.keep();
  return result;
};

beforeAll(async () => {
  theatre = await openTheatre();
  ids = await idsIn(theatre);
});
afterAll(() => theatre.close());
beforeEach(() => {
  sources = theatre.openKeeping();
  executor = new Executor(schema, 4);
  things = new KeptThings();
  Object.assign(seen, { toldAgain: 0, byId: null });
});
afterEach(() => sources.close());

/** Asked beside what chance writes, so that there is something that an edit changes. */
const standing = [
  'fragment Whole on Group { id name fetchedAt ...People } fragment People on Group { members { totalCount nodes { id ... on User { email name } } } } { groups(first: 99) { nodes { ...Whole } } }',
  '{ groups(first: 99) { nodes { id name members { totalCount edges { cursor node { id ... on User { name email } } } pageInfo { endCursor hasNextPage } } } } }',
  'query Names { groups(first: 99) { nodes { __typename id name } } }',
  '{ groups(first: 99) { nodes { __typename key: id title: name } } }',
  '{ groups(first: 99) { nodes { id members { nodes { ... on User { name } ... on Tester { id } } } } } }',
  '{ groups(first: 99) { nodes { id members { nodes { ... on User { name } ... on Tester { name email } } } } } }',
  '{ groups(first: 99) { nodes { id members(first: 1) { nodes { id } pageInfo { hasNextPage } } } } }',
  '{ groups(first: 99) { nodes { id members(first: 2) { nodes { id } pageInfo { hasNextPage } } } } }',
  '{ users(first: 99) { nodes { id name email status kind } } groups(first: 99) { edges { node { name id } } } }',
];

/** Asked by ids, of which some were asked for before. */
const byIds = [
  `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Group { name members { nodes { id ... on User { email } } } } ... on User { name } } }`,
  `query ($ids: [ID!]!, $first: Int) { nodes(ids: $ids) { __typename ...Some } } fragment Some on Group { name members(first: $first) { nodes { id } pageInfo { endCursor } } }`,
  `query ($ids: [ID!]!, $no: Boolean = false) { some: nodes(ids: $ids) { id ... on Group { name @skip(if: $no) } } all: nodes(ids: $ids) { ... on Group { memberCount name } } }`,
];

interface Edit {
  readonly kind: 'none' | 'rename' | 'members';
  readonly nth: number;
}

interface Given {
  readonly seed: number;
  readonly edit: Edit;
}

const given: fc.Arbitrary<Given> = fc.record({
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  edit: fc.record({ kind: fc.constantFrom('none', 'rename', 'members', 'members'), nth: fc.nat({ max: 99 }) }),
});

interface Editable {
  readonly id: string;
  readonly operations: readonly string[];
  readonly members: { readonly nodes: readonly { readonly id: string }[] } | null;
}

/** Edits a group through the sources that keep what they read; whether the vendor took it. */
async function carryOut({ kind, nth }: Edit): Promise<boolean> {
  if (kind === 'none') return false;
  const perform = async (text: string) => {
    const { data, errors } = await theatre.perform(byGraphqlJs, { text }, { sources });
    return { data: JSON.parse(data!), errors };
  };
  const { data } = await perform('{ groups(first: 99) { nodes { id operations members { nodes { id } } } } }');
  const groups = (data.groups.nodes as Editable[]).filter(({ id, operations, members }) =>
    kind === 'rename'
      ? operations.includes('UPDATE_GROUP') && !id.startsWith('gid://asa/')
      : operations.includes('REMOVE_MEMBERS') && (members?.nodes.length ?? 0) > 1,
  );
  const { id, members } = groups[nth % groups.length]!;
  const [field, input] =
    kind === 'rename'
      ? ['updateGroup', `name: "Name ${nth} of ${Math.random()}"`]
      : nth % 2 === 0
        ? ['removeGroupMembers', `members: ["${members!.nodes[0]!.id}"]`]
        : ['addGroupMembers', `members: ["${strangerTo(id, members!.nodes)}"]`];
  const done = await perform(`mutation { ${field}(input: { group: "${id}", ${input} }) { userErrors { code } } }`);
  // Some may not be edited: those that another directory fills.
  return done.data[field!].userErrors.length === 0;
}

/** Somebody of a group's source who is not in it. */
function strangerTo(group: string, members: readonly { readonly id: string }[]): string {
  const source = group.split('/')[2];
  const others = ids.filter((id) => id.startsWith(`gid://${source}/User/`) && !members.some((one) => one.id === id));
  return others[0]!;
}

/** What was told of an operation that should have been the same; where it was not, from there on. */
interface Difference {
  readonly text: string;
  /** By graphql-js over the same sources; the same over new ones, and by us one time after the other: null where it is no other. */
  readonly expected: string;
  readonly anew: string | null;
  readonly got: readonly (string | null)[];
}

function differenceOf(text: string, expected: string, anew: string, got: readonly string[]): Difference | null {
  const others = [anew, ...got].filter((other) => other !== expected);
  if (others.length === 0) return null;
  const at = [...expected].findIndex((sign, place) => others.some((other) => other[place] !== sign));
  const from = (other: string) => (other === expected ? null : other.slice(Math.max(0, at - 200), at + 100));
  return { text, expected: expected.slice(Math.max(0, at - 200), at + 100), anew: from(anew), got: got.map(from) };
}

/** Asks in many ways, each twice, in an order of chance. Gives what differed from graphql-js over the same sources, or over new ones. */
async function differences({ seed, edit }: Given): Promise<{ edited: boolean; differing: Difference[] }> {
  const edited = await carryOut(edit);
  const { text, variables } = writtenQuery(schema, ids, seed);
  const chance = new Chance(seed);
  const all = [text, chance.pick(standing), chance.pick(standing)].flatMap(variantsOf).filter(isValid);
  const differing: Difference[] = [];
  for (const one of chance.shuffled(all).slice(0, asked)) {
    const operation: Operation = { text: one, ...(variables && { variables }) };
    const again = { sources };
    const expected = told(await theatre.perform(byGraphqlJs, operation, again));
    const got = [await theatre.perform(byUs, operation, again), await theatre.perform(byUs, operation, again)].map(
      told,
    );
    // How a source is depends on what it has been asked.
    const isOfSources = /\bstatus\b|\bsources\b/.test(one);
    const anew = isOfSources ? expected : told(await theatre.perform(byGraphqlJs, operation));
    differing.push(...[differenceOf(one, expected, anew, got)].filter((difference) => difference !== null));
  }
  return { edited, differing };
}

/** Without what it took: that is less from time to time. */
function told(of: Parameters<typeof comparable>[0]): string {
  const { data, errors } = comparable(of);
  return JSON.stringify({ data, errors });
}

/** The same of things by their ids, many of which are asked for again and again. */
async function differencesById({ seed, edit }: Given): Promise<{ edited: boolean; differing: Difference[] }> {
  const edited = await carryOut(edit);
  const chance = new Chance(seed);
  const differing: Difference[] = [];
  for (const text of chance.shuffled(byIds)) {
    const wrong = chance.whole(0, 4) === 0 ? ['no id'] : [];
    const some = [...chance.shuffled(ids.filter(isRight)).slice(0, chance.whole(1, 12)), ids[0]!, ...wrong];
    const variables = {
      ids: some,
      ...(chance.whole(0, 1) && { first: chance.whole(1, 2), no: chance.whole(0, 1) === 1 }),
    };
    const asked = Object.fromEntries(Object.entries(variables).filter(([name]) => text.includes(`$${name}:`)));
    const operation: Operation = { text, variables: asked };
    const expected = whole(await theatre.perform(byGraphqlJs, operation, { sources }));
    const got = [
      await theatre.perform(byUs, operation, { sources }),
      await theatre.perform(byUs, operation, { sources }),
    ];
    const anew = whole(await theatre.perform(byGraphqlJs, operation));
    differing.push(...[differenceOf(text, expected, anew, got.map(whole))].filter((one) => one !== null));
  }
  return { edited, differing };
}

/** Whether an id can be right. A name that two groups bear is told otherwise by their list than by a read of its own. */
function isRight(id: string): boolean {
  return /^gid:\/\/(?!nobody)/.test(id) && !id.includes('/compsons/');
}

/** Also with what failed at sources. */
function whole(of: Parameters<typeof comparable>[0]): string {
  return JSON.stringify([told(of), of.troubles]);
}

/** How many edits there were in as many runs, after none of which anything differed. */
async function editsWithout(differencesOf: typeof differences): Promise<number> {
  let edits = 0;
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      const { edited, differing } = await differencesOf(one);
      edits += Number(edited);
      expect(differing).toEqual([]);
    }),
    { numRuns: runs, endOnFailure: true },
  );
  return edits;
}

it('things are told by their ids as by graphql-js, whatever was told of them before, and edited since', async () => {
  const find = vi.spyOn(ThingsTold.prototype, 'find');
  const edits = await editsWithout(differencesById);
  const again = find.mock.results.filter(({ value }) => value !== undefined);
  find.mockRestore();
  expect(edits).toBeGreaterThan(runs / 4);
  expect(again.length).toBeGreaterThan(runs);
}, 60_000);

it('finds one who tells a thing again though its source was written to', async () => {
  const edition = vi.spyOn(SharedReads.prototype, 'edition', 'get').mockReturnValue(1);
  const differing: Difference[] = [];
  for (let seed = 0; seed < 3 * runs && differing.length === 0; seed += 1)
    differing.push(...(await differencesById({ seed, edit: { kind: 'rename', nth: seed } })).differing);
  edition.mockRestore();
  expect(differing[0]).toBeDefined();
}, 60_000);

it('a query is answered as by graphql-js, however often it was answered, in whatever words, and whatever was edited since', async () => {
  const edits = await editsWithout(differences);
  expect(edits).toBeGreaterThan(runs / 4);
  expect(seen.toldAgain).toBeGreaterThan(runs * 100);
}, 60_000);

it('documents that choose almost the same of the same values are told apart', async () => {
  for (const text of [...standing, ...standing]) {
    const expected = await theatre.perform(byGraphqlJs, { text });
    expect(told(await theatre.perform(byUs, { text }, { sources }))).toBe(told(expected));
  }
  expect(seen.toldAgain).toBeGreaterThan(0);
});

it('finds an executor that tells again what was written of a row that is no longer the same', async () => {
  seen.byId = new Map();
  const differing: Difference[] = [];
  for (let seed = 0; seed < runs && differing.length === 0; seed += 1)
    differing.push(...(await differences({ seed, edit: { kind: 'rename', nth: seed } })).differing);

  const [found] = differing;
  expect(found).toBeDefined();
  expect(found!.anew).toBeNull();
  expect(found!.got).not.toContain(null);
}, 60_000);
