import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxes } from '../../src/vendors/all.js';
import { keyRing } from '../support/keys.js';
import { markedTestRail } from '../support/marked-testrail.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

/**
 * A source that a caller may not see does not exist for him. Two servers are asked the same: one where he may see two of
 * six sources, and one where only these two are configured. Whatever differs in their answers tells of the others.
 */
const seen = ['velt', 'testrail'];
const all = [...boxes, markedTestRail('testrail-b', 'HIDDEN')];
const six = keyRing({ narrow: { role: 'write', sources: [...seen, 'never-configured'] }, wide: { role: 'write' } });
const two = keyRing({ narrow: { role: 'write' } });

let restricted: Rollcall;
let alone: Rollcall;

beforeAll(async () => {
  const population = { groups: 4, membersPerGroup: 3, projects: 2, awkward: true };
  restricted = await openRollcall({ boxes: all, auth: six.auth, population });
  alone = await openRollcall({ boxes: all, only: seen, auth: two.auth, population });
});
afterAll(async () => {
  await restricted.close();
  await alone.close();
});

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers that differ from one answer to the next, whoever asks. */
const ofItsOwn = /^(date|x-request-id|keep-alive|connection|content-length|etag|transfer-encoding|vary)$/;

async function get(
  { url, sandbox }: Rollcall,
  authorization: string,
  path: string,
  init: RequestInit = {},
): Promise<Told> {
  const headers = { authorization, 'x-rollcall-trace': '1', 'content-type': 'application/json' };
  const response = await fetch(url + path, { ...init, headers: { ...headers, ...(init.headers as object) } });
  const named = [...response.headers].filter(([name]) => !ofItsOwn.test(name));
  return {
    status: response.status,
    headers: Object.fromEntries(named),
    body: timeless(await response.text(), sandbox.server('testrail').origin, sandbox.server('velt').origin),
  };
}

/** A text without times, random keys and ports. */
function timeless(text: string, ...origins: readonly string[]): string {
  const without = origins.reduce((clean, origin, at) => clean.replaceAll(origin, `origin-${at}`), text);
  return without
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/"(durationMs|waitedMs)":\d+/g, '"$1":0');
}

/** What both servers tell of the same; each server's narrow caller bears the same name. */
async function both(path: string, init?: RequestInit): Promise<readonly [Told, Told]> {
  return Promise.all([
    get(restricted, six.headersOf('narrow').authorization, path, init),
    get(alone, two.headersOf('narrow').authorization, path, init),
  ]);
}

function graph(query: string, variables: object = {}) {
  return both('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }) });
}

const examples = readdirSync(join(import.meta.dirname, '../../src/page/examples')).filter((file) =>
  file.endsWith('.graphql'),
);

describe('a caller who may see two of six sources is answered as if there were two:', () => {
  it.each(examples)('the example %s', async (file) => {
    const query = readFileSync(join(import.meta.dirname, '../../src/page/examples', file), 'utf8');

    const [told, expected] = await graph(query);

    expect(told).toEqual(expected);
    expect(told.body).not.toContain('INTERNAL_SERVER_ERROR');
  });

  it.each(['updraft', 'tiledesk', 'asa', 'testrail-b', 'nowhere'])(
    'whatever asks for the source %s',
    async (source) => {
      const types = ['Source', 'Organization', 'Project', 'TestRailGroup', 'AsaGroup', 'User', 'Tester', 'Nothing'];
      const ids = types.map((type) => `gid://${source}/${type}/1`);
      const cursor = Buffer.from(`after gid://${source}/TestRailGroup/1`).toString('base64url');
      const group = `gid://${source}/TestRailGroup/1`;
      const ours = 'gid://testrail/TestRailGroup/1';
      const queries = [
        ...ids.map((id) => `{ node(id: "${id}") { id } }`),
        `{ nodes(ids: ${JSON.stringify(ids)}) { id } }`,
        `{ source(name: "${source}") { name } }`,
        `{ group(id: "${group}") { name } user(id: "${ids[5]}") { name } tester(id: "${ids[6]}") { id } }`,
        `{ organization(id: "${ids[1]}") { name } project(id: "${ids[2]}") { name } }`,
        ...['organizations', 'projects', 'groups', 'users', 'testers', 'memberships'].flatMap((list) => [
          `{ ${list}(filter: { sources: ["${source}"] }) { totalCount complete } }`,
          `{ ${list}(after: "${cursor}") { totalCount complete } }`,
          `{ ${list}(filter: { vendors: [TESTRAIL, UPDRAFT, OKTA_ASA] }) { totalCount complete sources { source } } }`,
        ]),
        `{ groups(filter: { member: "${ids[5]}" }) { totalCount } }`,
        `{ groups(filter: { organization: "${ids[1]}" }) { totalCount } }`,
        `{ groups(filter: { project: "${ids[2]}" }) { totalCount } }`,
        `mutation { addGroupMembers(input: { group: "${group}", members: ["${ids[5]}"] }) { userErrors { code message field source target } calls { url } } }`,
        `mutation { addGroupMembers(input: { group: "${group}", members: ["${ids[5]}"], dryRun: true }) { userErrors { code message } calls { url } } }`,
        `mutation { addGroupMembers(input: { group: "${ours}", members: ["${ids[5]}"] }) { userErrors { code message } } }`,
        `mutation { setGroupMembers(input: { group: "${group}", members: [], expectedCount: 3 }) { userErrors { code message } } }`,
        `mutation { updateGroup(input: { group: "${group}", name: "x" }) { userErrors { code message } } }`,
        `mutation { deleteGroup(input: { group: "${group}" }) { deletedId userErrors { code message } } }`,
        `mutation { addTestRailGroup(input: { organization: "gid://${source}/Organization/${source}", name: "x" }) { userErrors { code message } } }`,
        `mutation { addUpdraftTester(input: { email: "a@example.com", groups: ["gid://${source}/UpdraftDistributionGroup/1"] }) { userErrors { code message } } }`,
      ];

      for (const query of queries) {
        const [told, expected] = await graph(query);

        expect([query, told]).toEqual([query, expected]);
      }
    },
  );

  it.each([
    '/datasets',
    '/datasets/memberships.csv',
    '/datasets/memberships.json',
    '/datasets/memberships.ndjson?partial=true',
    '/datasets/memberships.csv?source=testrail',
    '/datasets/memberships.csv?source=testrail-b',
    '/datasets/memberships.csv?source=nowhere',
    '/datasets/memberships.csv?source=testrail&source=updraft',
    '/datasets/memberships.csv?vendor=UPDRAFT',
    '/datasets/memberships.csv?vendor=TESTRAIL',
    '/datasets/memberships.csv?sauce=1',
    '/readyz',
    '/page/session',
    '/schema.graphql',
  ])('%s', async (path) => {
    const [told, expected] = await both(path);

    // The order in which lines of headers are told says nothing.
    expect(told).toEqual(expected);
    expect((await both(path, { headers: { accept: 'text/html' } }))[0].body).not.toContain('HIDDEN');
  });

  it('a sick source that he may not see', async () => {
    restricted.sandbox.server('asa').fault({ mode: 'status', status: 503 });
    restricted.sandbox.server('updraft').fault({ mode: 'hang' });
    const query =
      '{ groups { totalCount complete sources { source state message } } sources { name status { state } } }';

    const [told, expected] = await graph(query);
    const [readyz, expectedReadyz] = await both('/readyz');
    const [csv, expectedCsv] = await both('/datasets/memberships.csv');
    for (const name of ['asa', 'updraft']) restricted.sandbox.server(name).clearFaults();

    expect(told).toEqual(expected);
    expect(readyz).toEqual(expectedReadyz);
    expect(csv).toEqual(expectedCsv);
  });

  it('and none of the sources that he may not see was asked anything', () => {
    for (const name of ['updraft', 'tiledesk', 'asa', 'testrail-b']) {
      expect([name, restricted.sandbox.server(name).journal.length]).toEqual([name, 0]);
    }
    expect(restricted.sandbox.server('testrail').journal.length).toBe(alone.sandbox.server('testrail').journal.length);
  });
});

describe('the comparison', () => {
  it('sees what a caller of all sources is told besides', async () => {
    const wide = await get(restricted, six.headersOf('wide').authorization, '/graphql', {
      method: 'POST',
      body: JSON.stringify({ query: '{ groups { totalCount sources { source } } }' }),
    });
    const [, expected] = await graph('{ groups { totalCount sources { source } } }');

    expect(wide).not.toEqual(expected);
    expect(wide.body).toContain('testrail-b');
  });
});

describe('a source that was taken from a caller', () => {
  const input = { organization: 'gid://testrail-b/Organization/testrail-b', name: 'Before', idempotencyKey: 'before' };
  const mutation = `mutation ($input: AddTestRailGroupInput!) { addTestRailGroup(input: $input) {
    group { id } userErrors { code message } calls { url } } }`;

  it('takes what he did there with it: his entry is gone, and his key replays nothing of it', async () => {
    const wide = keyRing({ ana: { role: 'write' } });
    const narrow = keyRing({ ana: { role: 'write', sources: seen } });
    const ledger = join(mkdtempSync(join(tmpdir(), 'rollcall-')), 'rollcall.db');
    const population = { groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
    const entry = '{ ledgerEntry(key: "before") { source } }';

    const before = await openRollcall({ boxes: all, auth: wide.auth, ledger, population });
    const written = await before.ask(mutation, { input }, wide.headersOf('ana'));
    const known = await before.ask(entry, {}, wide.headersOf('ana'));
    await before.close();
    const after = await openRollcall({ boxes: all, auth: narrow.auth, ledger, population });
    const gone = await after.ask(entry, {}, narrow.headersOf('ana'));
    const again = await after.ask(mutation, { input }, narrow.headersOf('ana'));
    const { journal } = after.sandbox.server('testrail-b');
    await after.close();

    expect(written.data.addTestRailGroup).toMatchObject({ userErrors: [], group: { id: expect.any(String) } });
    expect(known.data.ledgerEntry).toEqual({ source: 'testrail-b' });
    expect(gone.data).toEqual({ ledgerEntry: null });
    expect(again.data.addTestRailGroup).toEqual({
      group: null,
      calls: [],
      userErrors: [
        {
          code: 'BAD_USER_INPUT',
          message: expect.stringContaining('names no configured source'),
        },
      ],
    });
    expect(again.extensions.idempotencyKeys).toEqual([{ path: ['addTestRailGroup'], key: 'before', replayed: false }]);
    expect(journal).toEqual([]);
  });
});
