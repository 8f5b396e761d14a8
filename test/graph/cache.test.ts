/** Reads that serve later requests, through the front door: fewer calls, and never what was there before one's own write. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { KeptAnswers } from '../../src/server/again/kept-answers.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ cacheSeconds: 30 });
});
afterEach(() => clearFaults(rollcall.sandbox));
afterAll(() => rollcall.close());

const everything = `{ groups(first: 1000) { complete sources { source state code fetchedAt } nodes { id name
  ... on TestRailGroup { members { nodes { id email } } } ... on TiledeskGroup { members { nodes { id email } } }
  ... on AsaGroup { members { nodes { id email } } } } } }`;
const trace = { 'x-rollcall-trace': '1' };

interface Cost {
  readonly source: string;
  readonly calls: number;
  readonly cacheHits: number;
  readonly shared: number;
}

async function costOf(query: string, headers: Record<string, string> = {}): Promise<Cost[]> {
  const { extensions, errors = [] } = await rollcall.ask(query, {}, { ...trace, ...headers });
  // The sandbox has one group that nothing documented addresses.
  expect(errors.filter(({ extensions: { code } }) => code !== 'UNSUPPORTED_BY_VENDOR')).toEqual([]);
  return extensions.upstream;
}

const sum = (costs: readonly Cost[], of: 'calls' | 'cacheHits' | 'shared') =>
  costs.reduce((all, cost) => all + cost[of], 0);

async function idOf(source: string, nth = 0): Promise<string> {
  const { data } = await rollcall.ask(
    `{ groups(first: 99, filter: { sources: ["${source}"] }) { nodes { id memberCount operations } } }`,
  );
  const editable = data.groups.nodes.filter(
    (group: any) => group.memberCount > 0 && group.operations.includes('REMOVE_MEMBERS'),
  );
  return editable[nth].id;
}

describe('a second request', () => {
  it('costs no call, and says what it took from where', async () => {
    const first = await rollcall.ask(everything, {}, { 'cache-control': 'no-cache' });
    const again = await rollcall.ask(everything);
    const costs = await costOf(everything);

    expect(again.data).toEqual(first.data);
    expect(sum(costs, 'calls')).toBe(0);
    expect(sum(costs, 'cacheHits')).toBeGreaterThan(5);
  });

  it('of somebody who wants no cache asks the vendors again', async () => {
    const warm = sum(await costOf(everything), 'calls');
    expect([warm, sum(await costOf(everything, { 'cache-control': 'no-cache' }), 'calls') > 5]).toEqual([0, true]);
    expect(sum(await costOf(everything, { 'cache-control': 'max-age=25' }), 'calls')).toBe(0);
  });

  it.each([
    ['shares every call', {}, 1],
    ['shares none where it wants what is read for it alone', { 'cache-control': 'max-age=0' }, 10],
  ])('at the same time %s', async (_what, headers, calls) => {
    const fresh = await openRollcall({ cacheSeconds: 30, only: ['testrail'] });
    const server = fresh.sandbox.server('testrail');
    server.setLatency(300);
    const query = '{ groups(first: 1000) { nodes { id } } }';

    const told = await Promise.all(Array.from({ length: 10 }, () => fresh.ask(query, {}, { ...trace, ...headers })));
    await fresh.close();

    const costs = told.flatMap(({ extensions }) => extensions.upstream as Cost[]);
    expect([server.journal.length, sum(costs, 'calls'), sum(costs, 'shared')]).toEqual([calls, calls, 10 - calls]);
  });
});

describe('after a write', () => {
  it.each(['testrail', 'tiledesk', 'asa'])(
    'everybody sees it at once, and the other groups cost nothing, at %s',
    async (source) => {
      const [edited, other] = [await idOf(source, 0), await idOf(source, 1)];
      const one = (id: string) => `{ group(id: "${id}") { id members { nodes { id } } } }`;
      await rollcall.ask(one(edited));
      await rollcall.ask(one(other));
      const { data } = await rollcall.ask(one(edited));
      const [gone] = data.group.members.nodes;

      const done = await rollcall.ask(
        `mutation { removeGroupMembers(input: { group: "${edited}", members: ["${gone.id}"] }) { removed { id } userErrors { code } } }`,
      );
      const after = await rollcall.ask(one(edited));

      expect(done.data.removeGroupMembers).toEqual({ removed: [{ id: gone.id }], userErrors: [] });
      expect(after.data.group.members.nodes).not.toContainEqual({ id: gone.id });
      expect(sum(await costOf(one(other)), 'calls')).toBe(0);
      expect(sum(await costOf(one(edited)), 'calls')).toBe(0);
    },
  );

  it('a group that is new is in the lists, and one that is deleted is not', async () => {
    const names = async () => {
      const { data } = await rollcall.ask(
        '{ groups(first: 1000, filter: { sources: ["testrail"] }) { nodes { id name } } }',
      );
      return data.groups.nodes as { id: string; name: string }[];
    };
    const before = await names();
    const { data } = await rollcall.ask(
      'mutation { addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Brand new" }) { group { id } userErrors { message } } }',
    );
    const { id } = data.addTestRailGroup.group;
    expect((await names()).length).toBe(before.length + 1);

    await rollcall.ask(`mutation { deleteGroup(input: { group: "${id}" }) { deletedId } }`);

    expect(await names()).toEqual(before);
    expect((await rollcall.ask(`{ group(id: "${id}") { id } }`)).data.group).toBeNull();
  });
});

describe('an answer that was given before', () => {
  const query =
    'query Again { groups(first: 1000, filter: { sources: ["testrail"] }) { nodes { id name members { nodes { id email } } } } }';
  const lines = () =>
    rollcall.log.map((line) => JSON.parse(line)).filter(({ operationName }) => operationName === 'Again');

  it('is given again to the letter, and the log tells of it as of any other', async () => {
    const raw = async () => {
      const response = await fetch(`${rollcall.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return {
        text: await response.text(),
        type: response.headers.get('content-type'),
        id: response.headers.get('x-request-id'),
      };
    };
    // What nobody asks again is not kept.
    const once = await raw();
    const find = vi.spyOn(KeptAnswers.prototype, 'find');
    const [first, second, third] = [await raw(), await raw(), await raw()];
    const found = find.mock.results.map(({ value }) => value !== null);
    find.mockRestore();
    expect(found).toEqual([false, true, true]);

    expect([second.text, third.text]).toEqual([first.text, first.text]);
    expect(first.text).toBe(once.text);
    expect([second.type, third.type]).toEqual([first.type, first.type]);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    const told = lines().slice(-3);
    expect(told.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(new Set(told.map(({ cost }) => cost)).size).toBe(1);
  });

  it('is not given after a write to what it was made from, but after one elsewhere it is', async () => {
    const read = async () => (await rollcall.ask(query)).data.groups.nodes as { id: string; name: string }[];
    const [{ id, name }] = (await read()) as [{ id: string; name: string }];
    await read();
    const find = vi.spyOn(KeptAnswers.prototype, 'find');
    const rename = (to: string) =>
      rollcall.ask(`mutation { updateGroup(input: { group: "${id}", name: "${to}" }) { userErrors { code } } }`);

    await rename('Other name');
    const renamed = await read();
    await rename(name);

    expect(renamed.find((group) => group.id === id)?.name).toBe('Other name');
    expect((await read()).find((group) => group.id === id)?.name).toBe(name);
    const elsewhere = await idOf('tiledesk');
    await rollcall.ask(
      `mutation { updateGroup(input: { group: "${elsewhere}", name: "Elsewhere" }) { userErrors { code } } }`,
    );
    await read();
    const found = find.mock.results.map(({ value }) => value !== null);
    find.mockRestore();
    // Before and after each rename of a group of its own; after one elsewhere it is found.
    expect([found.at(0), found.at(-1)]).toEqual([false, true]);
    expect(found.slice(0, -1)).not.toContain(true);
  });

  it('that tells of the moment is made anew each time', async () => {
    const moment =
      '{ source(name: "testrail") { status { fetchedAt } } groups(first: 1, filter: { sources: ["testrail"] }) { totalCount } }';
    const first = await rollcall.ask(moment, {}, { 'cache-control': 'no-cache' });
    await rollcall.ask(moment);
    await new Promise((pass) => setTimeout(pass, 20));
    await rollcall.ask(
      '{ groups(filter: { sources: ["testrail"] }) { totalCount } }',
      {},
      { 'cache-control': 'no-cache' },
    );

    const later = await rollcall.ask(moment);

    expect(later.data.source.status.fetchedAt).toEqual(expect.any(String));
    expect(later.data.source.status.fetchedAt).not.toBe(first.data.source.status.fetchedAt);
  });
});

describe('in an outage', () => {
  it('lists are told as they were, marked STALE, and complete', async () => {
    const short = await openRollcall({ cacheSeconds: 1, only: ['testrail', 'tiledesk'] });
    const before = await short.ask(everything);
    await new Promise((pass) => setTimeout(pass, 1_100));
    short.sandbox.server('testrail').fault({ mode: 'status', status: 503 });

    const after = await short.ask(everything);
    const strict = await short.ask(everything, {}, { 'cache-control': 'no-cache' });
    await short.close();

    expect(after.data.groups.nodes).toEqual(before.data.groups.nodes);
    expect(after.errors).toBeUndefined();
    expect(after.data.groups.complete).toBe(true);
    const [testrail, tiledesk] = after.data.groups.sources;
    expect([testrail.state, testrail.code, tiledesk.state]).toEqual(['STALE', 'VENDOR_UNAVAILABLE', 'OK']);
    expect(testrail.fetchedAt).toBe(before.data.groups.sources[0].fetchedAt);
    expect(after.extensions.stale).toMatchObject([{ source: 'testrail', code: 'VENDOR_UNAVAILABLE' }]);
    expect(strict.data.groups.sources[0].state).toBe('UNAVAILABLE');
  });
});

describe('x-rollcall-explain', () => {
  const explain = { 'x-rollcall-explain': '1' };
  const heard = () =>
    ['testrail', 'tiledesk', 'asa', 'velt', 'updraft'].map((name) => rollcall.sandbox.server(name).journal.length);

  it('tells the calls of each source, and sends none', async () => {
    await rollcall.ask(everything);
    const before = heard();

    const { data, errors, extensions } = await rollcall.ask(
      everything,
      {},
      { ...explain, 'cache-control': 'no-cache' },
    );

    expect([data, errors, heard()]).toEqual([null, undefined, before]);
    expect(
      JSON.parse(rollcall.log.findLast((line) => line.includes('"operation"') || line.includes('outcome'))!).outcome,
    ).toBe('ok');
    const dataset = await fetch(`${rollcall.url}/datasets/memberships.csv`, { headers: explain });
    expect([dataset.status, (await dataset.text()).split('\n').length > 10]).toEqual([200, true]);
    const testrail = extensions.plan.find(({ source }: { source: string }) => source === 'testrail');
    expect(testrail.calls).toContainEqual({ method: 'GET', url: expect.stringMatching(/get_groups$/), body: null });
  });

  it('is as many calls as are sent then', async () => {
    await rollcall.ask(everything, {}, { 'cache-control': 'no-cache' });
    const planned = await rollcall.ask(everything, {}, { ...explain, 'cache-control': 'max-age=0' });
    const costs = await costOf(everything, { 'cache-control': 'no-cache' });

    const calls = Object.fromEntries(planned.extensions.plan.map((one: any) => [one.source, one.calls.length]));
    const sent = Object.fromEntries(costs.map(({ source, calls: count }) => [source, count]));
    expect(calls).toEqual(sent);
  });

  it('tells nothing of what is kept, since it is not called for', async () => {
    await rollcall.ask(everything);
    const { extensions } = await rollcall.ask(everything, {}, explain);

    expect(extensions.plan.flatMap(({ calls }: { calls: unknown[] }) => calls)).toEqual([]);
  });

  it('refuses a mutation before anything is written', async () => {
    const before = heard();
    const { status, errors } = await rollcall.ask(
      `mutation { deleteGroup(input: { group: "${await idOf('testrail')}" }) { deletedId } }`,
      {},
      explain,
    );

    expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
    expect(heard()).toEqual(before);
  });
});

describe('a group that is about to be edited', () => {
  it('is looked at as it is now, where its id says more than its address, whatever is kept of it', async () => {
    const id = await idOf('asa');
    const { data } = await rollcall.ask(`{ group(id: "${id}") { id name members { nodes { id } } } }`);
    const [member] = data.group.members.nodes;
    await rollcall.ask(`{ group(id: "${id}") { id name federated: __typename } }`);
    const { journal } = rollcall.sandbox.server('asa');
    const before = journal.length;

    const told = await rollcall.ask(
      `mutation { addGroupMembers(input: { group: "${id}", members: ["${member.id}"], dryRun: true }) { userErrors { code } } }`,
    );

    expect(told.data.addGroupMembers.userErrors).toEqual([]);
    const reads = journal.slice(before).map(({ target }) => target);
    expect(reads.some((target) => target.endsWith(`/groups/${encodeURIComponent(data.group.name)}`))).toBe(true);
  });
});
