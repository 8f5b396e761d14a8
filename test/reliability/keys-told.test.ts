import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { writesAt } from '../support/vendor-writes.js';
import { company } from '../support/verbs.js';
import { openHouse } from '../writes/house.js';

let rollcall: Rollcall;
beforeEach(async () => {
  rollcall = await openRollcall({ population: company(), only: ['testrail'] });
});
afterEach(() => rollcall.close());

const organization = 'organization: "gid://testrail/Organization/testrail"';
const create = (more: string) =>
  `addTestRailGroup(input: { ${organization} ${more} }) { group { name } userErrors { code } }`;
const writes = () => writesAt(rollcall.sandbox.server('testrail'));

describe('extensions.idempotencyKeys tells each mutation of a document, in order, by its path in the answer:', () => {
  it('keys that were given and keys that were made, and what was answered before', async () => {
    const { data, errors, extensions } = await rollcall.ask(`mutation {
      ${create('name: "One" idempotencyKey: "mine"')}
      made: ${create('name: "Two"')}
      again: ${create('name: "One" idempotencyKey: "mine"')}
      reused: ${create('name: "Other" idempotencyKey: "mine"')}
    }`);

    const [, { key: made }] = extensions.idempotencyKeys;
    expect(errors).toBeUndefined();
    expect(extensions.idempotencyKeys).toEqual([
      { path: ['addTestRailGroup'], key: 'mine', replayed: false },
      { path: ['made'], key: expect.stringMatching(/^[!-~]{16,128}$/), replayed: false },
      { path: ['again'], key: 'mine', replayed: true },
      { path: ['reused'], key: 'mine', replayed: false },
    ]);
    expect(data.again).toEqual(data.addTestRailGroup);
    expect(data.reused.userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(made).not.toBe('mine');
    expect(writes().map(({ json }: any) => json.name)).toEqual(['One', 'Two']);
  });

  it('a key that was made can be used from then on', async () => {
    const first = await rollcall.ask(`mutation { ${create('name: "One"')} }`);
    const [{ key }] = first.extensions.idempotencyKeys;

    const again = await rollcall.ask(`mutation { ${create(`name: "One" idempotencyKey: "${key}"`)} }`);

    expect(again.extensions.idempotencyKeys).toEqual([{ path: ['addTestRailGroup'], key, replayed: true }]);
    expect(again.data).toEqual(first.data);
    expect(writes()).toHaveLength(1);
  });

  it('neither of a dry run nor of a key that is none, and there is no list where there would be nothing in it', async () => {
    const none = await rollcall.ask(`mutation {
      planned: ${create('name: "One" dryRun: true idempotencyKey: "mine"')}
      bad: ${create('name: "One" idempotencyKey: "my key"')}
    }`);
    const query = await rollcall.ask('{ groups { totalCount } }');

    expect(none.errors).toBeUndefined();
    expect([none, query].map(({ extensions }) => Object.keys(extensions))).toEqual([['cost'], ['cost']]);
    expect(writes()).toEqual([]);
  });

  it('of a mutation that was refused before any call, too', async () => {
    const { data, extensions } = await rollcall.ask(`mutation { ${create('name: "" idempotencyKey: "mine"')} }`);

    expect(data.addTestRailGroup.userErrors).toEqual([{ code: 'BAD_USER_INPUT' }]);
    expect(extensions.idempotencyKeys).toEqual([{ path: ['addTestRailGroup'], key: 'mine', replayed: false }]);
  });
});

it('each caller has keys of his own: the same key of another is another', async () => {
  const house = await openHouse();
  const document = `mutation { ${create('name: "Ours" idempotencyKey: "mine"')} }`;

  const requests = ['ann', 'ben', 'ann'].map((caller) => house.newRequest(caller));
  for (const request of requests) await house.ask(document, {}, request);

  expect(requests.flatMap(({ keys }) => keys.map(({ replayed }) => replayed))).toEqual([false, false, true]);
  expect(house.writes('testrail')).toHaveLength(2);
  await house.close();
});
