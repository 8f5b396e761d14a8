/** Ids are taken apart once: what is remembered of them is theirs alone, and not the query in which they stood. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { configOf } from '../../src/config.js';
import { parseId } from '../../src/graph/global-id.js';
import { Sources } from '../../src/graph/sources.js';
import { vendors } from '../../src/vendors/all.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const source = { vendor: 'testrail', url: 'http://127.0.0.1:1', user: 'ana', apiKey: 'key' };
const sources = Sources.open(configOf({ sources: { testrail: source } }, { env: {}, vendors }).sources);
const queryBytes = 1_000_000;
const queries = 200;

/** Ids as a parser of queries gives them: each a part of a long text. */
function inQueries(take: (id: string) => unknown): unknown[] {
  return Array.from({ length: queries }, (_, nth) => {
    const query = `${' '.repeat(queryBytes)}${nth} gid://testrail/User/${1_000_000 + nth}`;
    return take(/gid:\S+$/.exec(query)![0]);
  });
}

function bytesHeldBy(hold: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const held = hold();
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  expect(held).toBeDefined();
  return bytes;
}

it('the same id is taken apart once', () => {
  const id = 'gid://testrail/User/7';

  expect(parseId(id, sources)).toBe(parseId(`${id}`.slice(0), sources));
});

it('what is remembered of ids holds on to no query', () => {
  const control = bytesHeldBy(() => inQueries((id) => id));
  const remembered = bytesHeldBy(() => inQueries((id) => parseId(id, sources)));

  expect(control).toBeGreaterThan((queries * queryBytes) / 2);
  expect(remembered).toBeLessThan(control / 20);
});
