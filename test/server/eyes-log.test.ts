import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { lineOf, operationLines } from '../support/operation-lines.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const id = (name: string) => ({ 'x-request-id': name });

describe('the log has one JSON line an operation', () => {
  it('a query: who asked, how it was answered, what it cost, and the calls of the sources touched', async () => {
    const query = 'query Testers { users(filter: { sources: ["testrail"] }) { totalCount } }';
    const { extensions } = await rollcall.ask(query, {}, { ...id('one-query'), 'x-rollcall-trace': '1' });

    const line = await lineOf(rollcall, 'one-query');
    const [{ calls }] = extensions.upstream;
    expect(line).toMatchObject({
      level: 30,
      operationName: 'Testers',
      kind: 'query',
      caller: 'local',
      outcome: 'ok',
      status: 200,
      cost: extensions.cost,
    });
    expect(Object.keys(line['sources'])).toEqual(['testrail']);
    expect(line['sources'].testrail).toMatchObject({ calls, waitedMs: 0, quotaLeft: null });
    expect(operationLines(rollcall).filter(({ requestId }) => requestId === 'one-query')).toHaveLength(1);
  });

  it('with requestId and operationName, each cut at 128 characters', async () => {
    const name = 'N'.repeat(300);
    await rollcall.ask(`query ${name} { sources { name } }`, {}, id('i'.repeat(128)));

    const line = await lineOf(rollcall, 'i'.repeat(128));
    expect(line.operationName).toBe('N'.repeat(128));
  });

  it.each([
    [
      'is over a limit',
      'query Refused { a: groups(first: 1000) { nodes { members(first: 1000) { nodes { groups(first: 1000) { nodes { id } } } } } } }',
      {},
    ],
    ['has a deadline that is none', 'query Refused { sources { name } }', { 'x-rollcall-timeout-ms': 'soon' }],
  ])('one that %s: what it is, what it is called and what it would have cost', async (what, query, headers) => {
    await rollcall.ask(query, {}, { ...id(`refused-${what.length}`), ...headers });

    const line = await lineOf(rollcall, `refused-${what.length}`);
    expect(line).toMatchObject({
      kind: 'query',
      operationName: 'Refused',
      outcome: 'refused',
      cost: expect.any(Number),
    });
    expect(line['cost']).toBeGreaterThan(0);
  });

  it('a mutation, with the codes of its userErrors', async () => {
    const mutation = 'mutation { deleteGroup(input: { group: "gid://testrail/TestRailGroup/999" }) { deletedId } }';
    await rollcall.ask(mutation, {}, id('a-mutation'));

    expect(await lineOf(rollcall, 'a-mutation')).toMatchObject({
      kind: 'mutation',
      outcome: 'partial',
      status: 200,
      codes: ['NOT_FOUND'],
    });
  });

  it('one that a sick vendor made partial', async () => {
    rollcall.sandbox.server('asa').fault({ mode: 'status', status: 500 });
    await rollcall.ask('{ groups { totalCount } }', {}, id('a-part'));

    expect(await lineOf(rollcall, 'a-part')).toMatchObject({ outcome: 'partial', codes: ['VENDOR_UNAVAILABLE'] });
  });

  it.each([
    ['what is no document', 'no-document', '{"query":"{ nothing }"}', 'GRAPHQL_VALIDATION_FAILED'],
    ['what is no JSON', 'no-json', '{', 'BAD_REQUEST'],
  ])('one that was refused: %s', async (_what, requestId, body, code) => {
    const headers = { 'content-type': 'application/json', ...id(requestId) };
    await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body });

    expect(await lineOf(rollcall, requestId)).toMatchObject({ outcome: 'refused', status: 400, codes: [code] });
  });

  it('one whose client has left: when its last call has ended, with the calls that it made', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });
    const headers = { 'content-type': 'application/json', ...id('has-left') };
    const call = httpRequest(`${rollcall.url}/graphql`, { method: 'POST', headers });
    call.on('error', () => {});
    call.end(JSON.stringify({ query: '{ users(filter: { sources: ["testrail"] }) { totalCount } }' }));
    await until(() => rollcall.sandbox.server('testrail').live.requests > 0);
    expect(operationLines(rollcall).some(({ requestId }) => requestId === 'has-left')).toBe(false);

    call.destroy();

    const line = await lineOf(rollcall, 'has-left');
    expect(line).toMatchObject({ outcome: 'cancelled', status: null, sources: { testrail: { calls: 1 } } });
  });

  it('a dataset, with its rows', async () => {
    const { rows } = await dataset('a-dataset', 'memberships.csv?source=testrail');
    const refused = await dataset('no-dataset', 'memberships.csv?surce=testrail');

    expect(await lineOf(rollcall, 'a-dataset')).toMatchObject({ kind: 'dataset', outcome: 'ok', status: 200, rows });
    expect(rows).toBeGreaterThan(0);
    expect(refused.status).toBe(400);
    const line = await lineOf(rollcall, 'no-dataset');
    expect(line).toMatchObject({ outcome: 'refused', status: 400, codes: ['BAD_USER_INPUT'] });
  });

  it('a dataset that would not be whole has failed, by its vendor', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 503 });
    await dataset('not-whole', 'memberships.csv?source=testrail');

    expect(await lineOf(rollcall, 'not-whole')).toMatchObject({
      outcome: 'failed',
      status: 503,
      codes: ['VENDOR_UNAVAILABLE'],
    });
  });
});

async function dataset(requestId: string, path: string) {
  const response = await fetch(`${rollcall.url}/datasets/${path}`, { headers: id(requestId) });
  const text = await response.text();
  return { status: response.status, rows: text.trimEnd().split('\r\n').length - 1 };
}

it('never has variables or documents', async () => {
  const variables = { id: 'gid://testrail/TestRailGroup/CANARY-VARIABLE' };
  await rollcall.ask('query Q($id: ID!) { canaryAlias: node(id: $id) { id } }', variables, id('no-variables'));
  await rollcall.ask('query Q($id: Int!) { first: node(id: $id) { id } }', variables, id('no-coercion'));

  await lineOf(rollcall, 'no-variables');
  await lineOf(rollcall, 'no-coercion');
  expect(rollcall.log.join('')).not.toMatch(/CANARY-VARIABLE|canaryAlias|\$id/);
});

it('has no line for what watches the process', async () => {
  const lines = rollcall.log.length;
  for (const path of ['/healthz', '/readyz', '/metrics', '/schema.graphql', '/'])
    await (await fetch(`${rollcall.url}${path}`)).text();
  const headers = { accept: 'text/html' };
  await fetch(`${rollcall.url}/graphql`, { headers, redirect: 'manual' });
  await rollcall.ask('{ sources { name } }', {}, id('afterwards'));

  await lineOf(rollcall, 'afterwards');
  expect(rollcall.log.slice(lines)).toHaveLength(1);
});
