import { afterEach, expect, it } from 'vitest';
import type { ExecutionResult } from 'graphql';
import { people } from '../../src/sandbox/people.js';
import { localCaller, type Caller } from '../../src/graph/caller.js';
import type { Request } from '../../src/graph/request.js';
import type { OperationContext } from '../../src/server/graphql/operation-context.js';
import { samenessOf, SameOperations } from '../../src/server/graphql/same-operations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

/** Executions that end when the test says so. */
function openExecutions() {
  const ends: ((result: ExecutionResult) => void)[] = [];
  return { ends, carryOut: () => new Promise<ExecutionResult>((resolve) => ends.push(resolve)) };
}
const requestOf = (hasLeft = false) => ({
  hasLeft,
  adopted: [] as unknown[],
  adopt(other: unknown) {
    this.adopted.push(other);
  },
});
const whole = requestOf() as unknown as Request;
const tick = () => new Promise((resolve) => setImmediate(resolve));

it('carries out once what is asked again meanwhile', async () => {
  const same = new SameOperations();
  const { ends, carryOut } = openExecutions();
  const data = { written: 1 };

  const asked = Array.from({ length: 5 }, () => same.ask('a', carryOut, whole));
  void same.ask('b', carryOut, whole);
  expect(ends.length).toBe(2);
  ends[0]!({ data });
  const answers = await Promise.all(asked);

  expect(answers).toEqual(Array(5).fill({ data }));

  void same.ask('a', carryOut, whole);
  expect(ends.length).toBe(3);
});

it('gives everybody what went wrong, with what failed at sources: whoever has waited does not wait again', async () => {
  for (const bad of [{ data: null, errors: [{}] }, { data: { a: 1 }, errors: [{}] }, { data: { a: 1 } }]) {
    const same = new SameOperations();
    const { ends, carryOut } = openExecutions();
    const requests = [requestOf(), requestOf(), requestOf()];
    const asked = requests.map((request) => same.ask('a', carryOut, request as unknown as Request));
    ends[0]!(bad as never);

    expect(await Promise.all(asked)).toEqual([bad, bad, bad]);
    expect(ends.length).toBe(1);
    expect(requests.map(({ adopted }) => adopted)).toEqual([[], [requests[0]], [requests[0]]]);
  }
});

it('gives nobody what came of it for one whose client has left: each then asks for himself, at once', async () => {
  const same = new SameOperations();
  const { ends, carryOut } = openExecutions();
  const requests = [requestOf(true), requestOf(), requestOf()];
  const asked = requests.map((request) => same.ask('a', carryOut, request as unknown as Request));
  ends[0]!({ data: { a: 1 } });
  await tick();
  expect(ends.length).toBe(3);
  for (const end of ends.slice(1)) end({ data: { b: 2 } });

  expect(await Promise.all(asked)).toEqual([{ data: { a: 1 } }, { data: { b: 2 } }, { data: { b: 2 } }]);
});

it('gives nobody what was thrown', async () => {
  const same = new SameOperations();
  let times = 0;
  const carryOut = async () => {
    times += 1;
    await tick();
    if (times === 1) throw new Error('broken');
    return { data: { times } };
  };
  const [first, second] = await Promise.allSettled([same.ask('a', carryOut, whole), same.ask('a', carryOut, whole)]);

  expect(first.status).toBe('rejected');
  expect(second).toEqual({ status: 'fulfilled', value: { data: { times: 2 } } });
});

it('lets nobody who asks after a mutation began, or after it ended, wait for what began before', async () => {
  const same = new SameOperations();
  const { ends, carryOut } = openExecutions();
  let end!: () => void;

  void same.ask('a', carryOut, whole);
  const changed = same.change(() => new Promise<void>((resolve) => (end = resolve)));
  void same.ask('a', carryOut, whole);
  expect(ends.length).toBe(2);
  void same.ask('a', carryOut, whole);
  expect(ends.length).toBe(2);
  end();
  await changed;
  const last = same.ask('a', carryOut, whole);
  expect(ends.length).toBe(3);

  ends[0]!({ data: { old: true } });
  ends[1]!({ data: { old: true } });
  await tick();
  void same.ask('a', carryOut, whole);
  expect(ends.length).toBe(3);
  ends[2]!({ data: { old: false } });
  expect(await last).toEqual({ data: { old: false } });
});

it('takes for the same only what the same caller asks in the same way', () => {
  const keyOf = (
    {
      caller = localCaller,
      traced = false,
      explains = false,
    }: { caller?: Caller; traced?: boolean; explains?: boolean },
    headers: Record<string, string> = {},
    asked: object = {},
  ) => {
    const sources = { eras: '0,0' };
    const context = { request: { caller, explains, sources }, traced } as OperationContext;
    return samenessOf(
      context,
      { text: 'hash', operationName: undefined, variables: { a: 1 }, ...asked },
      new Headers(headers),
    );
  };
  const keys = [
    keyOf({}),
    keyOf({ caller: { ...localCaller, name: 'other' } }),
    keyOf({ caller: { ...localCaller, role: 'read' } }),
    keyOf({ caller: { ...localCaller, sources: new Set(['asa']) } }),
    keyOf({ caller: { ...localCaller, sources: new Set() } }),
    keyOf({}, { 'x-rollcall-timeout-ms': '10' }),
    keyOf({}, {}, { text: 'other' }),
    keyOf({}, {}, { operationName: 'A' }),
    keyOf({}, {}, { variables: { a: 2 } }),
    keyOf({}, {}, { variables: undefined }),
  ];

  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain(null);
  expect(keyOf({})).toBe(keys[0]);
  expect(keyOf({ traced: true })).toBeNull();
  expect(keyOf({ explains: true })).toBeNull();
  expect(keyOf({}, { 'cache-control': 'no-cache' })).toBeNull();
});

let rollcall: Rollcall | undefined;
afterEach(() => rollcall?.close());

const population = { people: people(12), groups: 2, membersPerGroup: 3, projects: 1, awkward: false };
const everyMember = '{ groups { totalCount complete nodes { id name members { nodes { id name email } } } } }';

it('answers who waited when the one he waited for has left, and each is told of by itself', async () => {
  rollcall = await openRollcall({ population, only: ['testrail', 'tiledesk', 'asa'], latencyMs: 60 });
  const expected = await rollcall.ask(everyMember);
  const leaving = new AbortController();
  const body = JSON.stringify({ query: everyMember, variables: {} });
  const headers = { 'content-type': 'application/json' };
  const gone = fetch(`${rollcall.url}/graphql`, { method: 'POST', body, headers, signal: leaving.signal }).catch(
    () => 'gone',
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  const others = Array.from({ length: 4 }, () => rollcall!.ask(everyMember));
  await new Promise((resolve) => setTimeout(resolve, 30));
  leaving.abort();

  expect(await gone).toBe('gone');
  for (const answer of await Promise.all(others)) {
    expect(answer.errors).toBeUndefined();
    expect(answer.data.groups).toEqual(expected.data.groups);
    expect(answer.extensions).toEqual(expected.extensions);
  }
  const outcomes = rollcall.log.map((line) => JSON.parse(line).outcome).filter((outcome) => outcome !== undefined);
  expect(outcomes.sort()).toEqual(['cancelled', 'ok', 'ok', 'ok', 'ok', 'ok']);
});

it('shows a writer his own write, though the same was being asked when he wrote', async () => {
  rollcall = await openRollcall({ population, only: ['testrail'], latencyMs: 40 });
  const { data } = await rollcall.ask('{ groups { nodes { id } } }');
  const groupId = data.groups.nodes[0].id;
  const names = 'query ($id: ID!) { group(id: $id) { name } }';
  const read = () => rollcall!.ask(names, { id: groupId }).then((answer) => answer.data.group.name);
  let over = false;
  const readers = Array.from({ length: 4 }, async () => {
    while (!over) await read();
  });

  for (const name of ['One', 'Two', 'Three']) {
    const input = { group: groupId, name };
    const { data: changed } = await rollcall.ask(
      'mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { userErrors { message } } }',
      { input },
    );
    expect(changed.updateGroup.userErrors).toEqual([]);
    expect(await read()).toBe(name);
  }
  over = true;
  await Promise.all(readers);
});
