import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { Fact, GroupRow } from '../../src/vendors/vendor.js';
import { calls, mark } from '../support/journal.js';
import { hear, rowsOf } from './client.js';
import { openServed, type Served } from './served.js';

let served: Served;
let dataset: string;

beforeAll(async () => {
  served = await openServed({ population: { groups: 5, membersPerGroup: 4 } });
  dataset = `${served.url}/datasets/memberships`;
  await served.ledger.remember('updraft', 'test', updraftFacts(), new Date('2026-01-02T03:04:05.678Z'));
});
afterAll(() => served.close());

/** Updraft tells nobody of its groups: what was written through here is all that is known. */
function updraftFacts(): Fact[] {
  const ring: GroupRow = {
    type: 'UpdraftDistributionGroup',
    path: ['55'],
    vendorId: '55',
    name: 'Beta ring',
    project: ['902'],
  };
  const leads: GroupRow = {
    type: 'UpdraftPermissionGroup',
    path: ['31'],
    vendorId: '31',
    name: 'Leads',
    organization: ['12'],
    project: null,
  };
  const tester = { type: 'Tester', path: ['700'], vendorId: '700', email: 'tess@example.com' } as const;
  return [
    { kind: 'group', row: ring },
    { kind: 'group', row: leads },
    { kind: 'tester', row: tester },
    { kind: 'membership', group: ring, member: { type: 'Tester', path: ['700'], vendorId: '700' } },
    { kind: 'membership', group: leads, member: { type: 'User', path: ['1'], vendorId: '1' } },
    { kind: 'membership', group: leads, member: { type: 'User', path: ['10'], vendorId: '10' } },
    { kind: 'membership', group: leads, member: { type: 'User', path: ['9'], vendorId: '9' } },
  ];
}

const columns =
  'source vendor organizationId organizationName projectId projectName groupId groupVendorId groupName groupType ' +
  'memberId memberVendorId memberType memberName memberEmail memberStatus origin';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('values as in the graph, rows in the order of memberships', () => {
  it('row by row the dataset is what the query memberships tells', async () => {
    const { data, errors } = await served.ask(
      `{ memberships(first: 5000) { totalCount complete nodes { ${columns} } } }`,
    );
    const rows = await rowsOf(`${dataset}.json`);

    expect(errors).toBeUndefined();
    expect(data.memberships).toMatchObject({ totalCount: rows.length, complete: true });
    const told = data.memberships.nodes.map((node: object) =>
      Object.fromEntries(Object.entries(node).map(([name, value]) => [snake(name), value])),
    );
    const plain = rows.map(({ fetched_at: _at, complete: _complete, ...row }) => row);
    expect(plain).toEqual(told);
    expect(new Set(rows.map(({ vendor }) => vendor))).toEqual(
      new Set(['UPDRAFT', 'VELT', 'TESTRAIL', 'TILEDESK', 'OKTA_ASA']),
    );
  });

  it('numbers are ordered as numbers', async () => {
    const leads = (await rowsOf(`${dataset}.json?source=updraft`)).filter(({ group_name }) => group_name === 'Leads');

    expect(leads.map(({ member_vendor_id }) => member_vendor_id)).toEqual(['1', '9', '10']);
  });

  it('a tester has an e-mail, no name and no status', async () => {
    const [tester] = await rowsOf(`${dataset}.json?source=updraft`);

    expect(tester).toMatchObject({
      member_type: 'Tester',
      member_email: 'tess@example.com',
      member_name: null,
      member_status: null,
    });
    expect(tester).toMatchObject({ origin: 'LEDGER', fetched_at: '2026-01-02T03:04:05.678Z', complete: true });
  });

  it('names of organization and project are filled in', async () => {
    const rows = await rowsOf(`${dataset}.json`);
    const first = (source: string) => rows.find((row) => row['source'] === source);

    expect(first('updraft')).toMatchObject({
      organization_id: 'gid://updraft/Organization/13',
      project_name: 'Storefront 2',
    });
    expect(first('velt')).toMatchObject({ organization_name: 'Acme Studio', project_id: null });
    expect(first('tiledesk')).toMatchObject({ project_name: 'Help desk 1' });
    expect(first('asa')).toMatchObject({ organization_name: 'acme' });
  });

  it('a group without members has no row', async () => {
    const { data } = await served.ask('{ groups(filter: { nameContains: "Empty chair" }) { totalCount } }');
    const rows = await rowsOf(`${dataset}.json`);

    expect(data.groups.totalCount).toBe(2);
    expect(rows.filter(({ group_name }) => group_name === 'Empty chair')).toEqual([]);
  });

  it('a federated namesake, which nothing addresses, has no row, and all the rest is complete', async () => {
    const { state } = served.sandbox.server<AsaState>('asa').box;
    const { text, trailers } = await hear(`${dataset}.json?source=asa`);
    const compsons = JSON.parse(text).filter(({ group_name }: any) => group_name === 'compsons');

    expect(state.groups.filter(({ name }) => name === 'compsons')).toHaveLength(2);
    expect(new Set(compsons.map((row: any) => row.group_vendor_id))).toEqual(
      new Set(['5e41a7d8-4b81-49db-b552-3cb1f3ec936c']),
    );
    expect(trailers['x-complete']).toBe('true');
  });

  it('no row comes twice, also where a vendor names a member twice', async () => {
    const rows = await rowsOf(`${dataset}.json`);
    const keys = rows.map(({ group_id, member_id }) => `${group_id} ${member_id}`);

    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.some((key) => key.includes('TestRailGroup/7 '))).toBe(true);
  });

  it('costs no more calls than the query does', async () => {
    const count = async (read: () => Promise<unknown>) => {
      const before = Object.keys(served.sandbox.sources).map((name) => mark(served.sandbox.server(name)));
      await read();
      return Object.keys(served.sandbox.sources).map((name, at) => [
        name,
        calls(served.sandbox.server(name), before[at]).length,
      ]);
    };

    const byGraph = await count(() => served.ask(`{ memberships { nodes { ${columns} } } }`));

    expect(await count(() => hear(`${dataset}.csv`))).toEqual(byGraph);
  });
});

describe('JSON: one array of objects. NDJSON: an object a line', () => {
  it('JSON is told as application/json', async () => {
    const { headers, text } = await hear(`${dataset}.json?source=testrail`);

    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['content-disposition']).toBe('inline; filename="memberships.json"');
    expect(Object.keys(JSON.parse(text)[0])).toEqual([...columns.split(' ').map(snake), 'fetched_at', 'complete']);
  });

  it('NDJSON is application/x-ndjson, and holds the same objects', async () => {
    const { headers, text } = await hear(`${dataset}.ndjson?source=updraft`);

    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(text.endsWith('}\n')).toBe(true);
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(await rowsOf(`${dataset}.json?source=updraft`));
  });

  it.each([
    ['json', '[\n]\n'],
    ['ndjson', ''],
  ])('%s without rows is still well-formed', async (format, text) => {
    expect((await hear(`${dataset}.${format}?source=asa&vendor=VELT`)).text).toBe(text);
  });
});
