/**
 * What a vendor tells as before is not parsed again: held against who reads everything for the first time, while others change it.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Sources } from '../../src/graph/sources.js';
import { LastAnswer } from '../../src/http/last-answer.js';
import { Executor } from '../../src/server/graphql/written/executor.js';
import {
  byGraphqlJs,
  comparable,
  idsIn,
  openTheatre,
  schema,
  type Execute,
  type Operation,
  type Theatre,
} from '../support/executed.js';
import { writtenQuery } from '../support/written-documents.js';

const runs = Number(process.env['ROLLCALL_WRITTEN_RUNS'] ?? 25);

let theatre: Theatre;
let ids: readonly string[];
let sources: Sources;
let executor: Executor;
const byUs: Execute = (execution) => executor.execute(execution);

beforeAll(async () => {
  theatre = await openTheatre();
  ids = (await idsIn(theatre)).filter((id) => !id.includes('/compsons/'));
  sources = theatre.openAsking();
  executor = new Executor(schema, 4);
});
beforeEach(() => vi.restoreAllMocks());
afterAll(async () => {
  sources.close();
  await theatre.close();
});

const members = 'members(first: 50) { totalCount nodes { id name email } }';
const standing: readonly Operation[] = [
  { text: `{ groups(first: 99) { complete totalCount nodes { id name ${members} } } }` },
  {
    text: `{ groups(first: 99) { nodes { id members { nodes { id } } } } users(first: 99) { nodes { id name email } } }`,
  },
  {
    text: `{ groups(first: 3) { nodes { id members(first: 1) { nodes { name } pageInfo { hasNextPage endCursor } } } } }`,
  },
];

const byId = (some: readonly string[]): Operation => ({
  text: `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Group { name ${members} } ... on User { name email } } }`,
  variables: { ids: some },
});

/** What somebody else does at a vendor. */
type Change =
  | 'nothing'
  | 'rename a group'
  | 'rename a person'
  | 'take a member out'
  | 'another order'
  | 'a person goes';

interface Given {
  readonly seed: number;
  readonly change: Change;
  readonly at: 'testrail' | 'tiledesk' | 'asa';
  readonly nth: number;
}

const given: fc.Arbitrary<Given> = fc.record({
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  change: fc.constantFrom<Change[]>(
    'nothing',
    'rename a group',
    'rename a person',
    'take a member out',
    'another order',
    'a person goes',
  ),
  at: fc.constantFrom('testrail', 'tiledesk', 'asa'),
  nth: fc.nat({ max: 99 }),
});

/** Changes what a vendor holds, unheard by us. */
function carryOut({ change, at, nth }: Given): void {
  const { state } = theatre.sandbox.server<any>(at).box;
  const pick = <Value>(all: readonly Value[]): Value => all[nth % all.length]!;
  const groups: any[] = [...state.groups.values()].filter((group: any) => group.name !== 'compsons');
  const group = pick(groups);
  switch (change) {
    case 'rename a group':
      // The name is the address at Okta.
      if (at !== 'asa') group.name = `Group ${nth} ${Math.random()}`;
      return;
    case 'take a member out':
      (at === 'testrail' ? group.user_ids : at === 'tiledesk' ? group.members : state.members.get(group.id))?.pop();
      return;
    case 'another order':
      if (at === 'testrail') state.groups.reverse();
      return;
    case 'rename a person':
      if (at === 'testrail') pick<any>(state.users).name = `Person ${nth} ${Math.random()}`;
      return;
    case 'a person goes':
      if (at === 'testrail' && state.users.length > 6) state.users.pop();
      return;
    case 'nothing':
  }
}

const told = (of: Parameters<typeof comparable>[0]) => JSON.stringify(comparable(of));

async function differences(one: Given): Promise<string[][]> {
  carryOut(one);
  const written = writtenQuery(schema, ids, one.seed);
  const some = ids.filter((_id, at) => (at + one.seed) % 5 === 0);
  const differing: string[][] = [];
  for (const operation of [...standing, byId(some), written]) {
    // How a source is, and what was asked of it, depends on what it has been asked.
    if (/\bstatus\b|\bsources\b/.test(operation.text)) continue;
    const expected = told(await theatre.perform(byGraphqlJs, operation));
    for (const _time of [1, 2]) {
      const got = told(await theatre.perform(byUs, operation, { sources }));
      if (got !== expected) differing.push([operation.text, expected, got]);
    }
  }
  return differing;
}

it('answers are those of who reads everything for the first time, whatever has changed at the vendors', async () => {
  const same = vi.spyOn(LastAnswer.prototype, 'same');
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      expect(await differences(one)).toEqual([]);
    }),
    { numRuns: runs, endOnFailure: true },
  );
  const found = same.mock.results.map(({ value }) => value !== null);
  expect(found.filter((isSame) => isSame).length).toBeGreaterThan(runs * 10);
  expect(found.filter((isSame) => !isSame).length).toBeGreaterThan(runs / 2);
}, 120_000);

it('a list that is told alike counts as seen just now: whoever makes a group knows what was there', async () => {
  const see = () => theatre.perform(byUs, standing[0]!, { sources });
  const { recentGroups } = sources.get('testrail')!;
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (let nth = 0; nth < 3; nth += 1) await see();
    vi.setSystemTime(Date.now() + 61_000);
    const tooOld = recentGroups.before([], 'New');
    await see();
    expect([tooOld, recentGroups.before([], 'New')]).toEqual([null, { namesakes: [], highest: expect.any(Number) }]);
  } finally {
    vi.useRealTimers();
  }
});

it('finds one who takes any answer for the last one', async () => {
  const lasts = new WeakMap<object, unknown>();
  const { keep } = LastAnswer.prototype;
  vi.spyOn(LastAnswer.prototype, 'keep').mockImplementation(function (this: LastAnswer<unknown>, ...kept) {
    lasts.set(this, kept[2]);
    keep.apply(this, kept);
  });
  vi.spyOn(LastAnswer.prototype, 'same').mockImplementation(function (this: LastAnswer<unknown>) {
    return lasts.has(this) ? { meant: lasts.get(this) } : null;
  });
  const differing: string[][] = [];
  for (let nth = 0; nth < runs && differing.length === 0; nth += 1)
    differing.push(...(await differences({ seed: nth, change: 'rename a group', at: 'testrail', nth })));
  expect(differing.length).toBeGreaterThan(0);
}, 60_000);
