import fc from 'fast-check';
import { SharedReads } from '../../src/reads/shared/shared-reads.js';
import { RecentSizes } from '../../src/reads/sizes.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { lookUp, openShop, shopReads, shopTransport, type Shop, type Ways } from './shop.js';

let server: SandboxServer<Shop>;
let transport: Transport;

beforeAll(async () => {
  server = await openSandboxServer(openShop({}), { journalLimit: 1 });
  transport = shopTransport(server.origin);
});

afterAll(async () => {
  transport.close();
  await server.close();
});

const sent = () => server.journal[0]?.sequence ?? 0;
const id = fc.integer({ min: 1, max: 12 }).map((nr) => `u${nr}`);
const shop = fc.record({
  a: fc.uniqueArray(id, { maxLength: 12 }),
  b: fc.uniqueArray(id, { maxLength: 4 }),
  pageSize: fc.integer({ min: 1, max: 6 }),
  refusing: fc.boolean(),
});
const ways: fc.Arbitrary<Ways> = fc
  .record({
    one: fc.boolean(),
    maxKeys: fc.constantFrom(0, 1, 2, 5),
    pages: fc.boolean(),
    oddly: fc.boolean(),
    anywhere: fc.boolean(),
  })
  .filter(({ one, maxKeys, pages }) => one || maxKeys > 0 || pages)
  .map(({ oddly, anywhere, ...given }) => ({
    ...given,
    askTheList: oddly && given.pages ? (one: string) => one.endsWith('2') : undefined,
    scopeOf: anywhere && given.pages ? () => null : undefined,
  }));
const paths = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), id), { minLength: 1, maxLength: 14 });

interface Kept extends Pick<Shop, 'pageSize' | 'refusing'> {
  readonly a: string[];
  readonly b: string[];
}

/** What was learnt, apart from what will be. */
function copyOf(sizes: RecentSizes): RecentSizes {
  const copy = new RecentSizes();
  for (const list of ['all users ["a"]', 'all users ["b"]']) {
    const seen = sizes.get(list);
    if (seen) copy.set(list, seen);
  }
  return copy;
}

/** Reads the keys in one request, then each in a request of its own, and compares answers and calls. */
async function compare(
  { a, b, ...behaviour }: Kept,
  way: Ways,
  keys: [string, string][],
  seen: boolean,
): Promise<void> {
  const users: Shop['users'] = { a, b };
  Object.assign(server.box.state, { users, ...behaviour });
  const sizes = new RecentSizes();
  if (seen && way.pages) await shopReads(transport, way, { sizes }).all('users');

  const before = sent();
  const together = await lookUp(shopReads(transport, way, { sizes: copyOf(sizes) }), keys);
  const between = sent();
  const oneByOne = [];
  for (const key of keys) oneByOne.push(...(await lookUp(shopReads(transport, way, { sizes: copyOf(sizes) }), [key])));

  expect(together).toEqual(oneByOne);
  const shared = new SharedReads(60_000);
  expect(await lookUp(shopReads(transport, way, { sizes: copyOf(sizes), shared }), keys)).toEqual(together);
  const kept = sent();
  expect(await lookUp(shopReads(transport, way, { sizes: copyOf(sizes), shared }), keys)).toEqual(together);
  // What a scope that is not there refuses is kept of nobody.
  if (keys.every(([scope]) => scope !== 'c')) expect(sent()).toBe(kept);
  expect(together).toEqual(keys.map(([scope, one]) => (users[scope]?.includes(one) ? one : null)));
  // A list that was never read is taken to be one page long, and may turn out to be longer.
  if (way.pages && !seen) return;
  // A multi-get of a scope that is not there is halved down to its keys, since it does not say what it lacks.
  const dearer = way.maxKeys! > 1 && keys.some(([scope]) => scope === 'c') ? 2 : 1;
  expect(between - before).toBeLessThanOrEqual((sent() - between) * dearer);
}

test('whatever the plan, the answers are those of one read for each key, and cost no more', async () => {
  await fc.assert(fc.asyncProperty(shop, ways, paths, fc.boolean(), compare), { numRuns: 150 });
});
