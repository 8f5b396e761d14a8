import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const served = '5b55e806c93dde0014000001';
const other = '5b55e806c93dde0014000002';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 250 }, sources: { tiledesk: { projects: [served] } } });
});
afterAll(() => rollcall.close());

const group = (id: number | string) => `gid://testrail/TestRailGroup/${id}`;
const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Group { name } } }';

describe('nodes', () => {
  it('is as long as ids and in their order, repetitions repeated, up to 250 of them', async () => {
    const ids = Array.from({ length: 250 }, (_, at) => group(250 - (at % 240)));
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(nodes, { ids });

    expect(errors).toBeUndefined();
    expect(data.nodes.map((node: { id: string }) => node.id)).toEqual(ids);
    expect(data.nodes[245]).toEqual({ __typename: 'TestRailGroup', id: group(245), name: 'QA circle 245' });
    expect(heard()).toEqual({
      testrail: ['GET /index.php?/api/v2/get_groups', 'GET /index.php?/api/v2/get_groups&limit=250&offset=250'],
    });
  });

  it('over 250 ids is BAD_USER_INPUT, however often one is repeated', async () => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(nodes, { ids: Array(251).fill(group(1)) });

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).toContain('251');
    expect(heard()).toEqual({});
  });

  it('of no ids is an empty list', async () => {
    const { data, errors } = await rollcall.ask(nodes, { ids: [] });

    expect([data, errors]).toEqual([{ nodes: [] }, undefined]);
  });

  it('lets a bad id spoil its own place only', async () => {
    const ids = [
      '',
      group(1),
      'gid://nobody/User/1',
      group(1),
      group('x'),
      'gid://asa/AsaGroup/acme/..',
      group(9_999),
      'gid://velt/Source/velt',
    ];
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(nodes, { ids });

    const one = { __typename: 'TestRailGroup', id: group(1), name: 'QA circle 1' };
    expect(data.nodes).toEqual([
      null,
      one,
      null,
      one,
      null,
      null,
      null,
      { __typename: 'Source', id: 'gid://velt/Source/velt' },
    ]);
    expect(errors?.map(({ path }) => path)).toEqual([0, 2, 4, 5].map((place) => ['nodes', place]));
    expect(errors?.every(({ extensions }) => extensions['code'] === 'BAD_USER_INPUT')).toBe(true);
    expect(Object.keys(heard())).toEqual(['testrail']);
  });

  it('of 250 bad ids calls nobody', async () => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(nodes, {
      ids: Array.from({ length: 250 }, (_, at) => group(`-${at}`)),
    });

    expect(data.nodes).toEqual(Array(250).fill(null));
    expect(errors).toHaveLength(250);
    expect(heard()).toEqual({});
  });
});

it('a Source is a Node, and node of it calls nobody', async () => {
  const heard = listen(rollcall.sandbox);

  const listed = await rollcall.ask('{ sources { id name vendor status { source state fetchedAt } } }');
  const found = await Promise.all(
    listed.data.sources.map(({ id }: { id: string }) =>
      rollcall.ask(
        'query ($id: ID!) { node(id: $id) { id ... on Source { name vendor status { source state fetchedAt } } } }',
        { id },
      ),
    ),
  );

  expect(listed.data.sources.map(({ id, vendor }: { id: string; vendor: string }) => [id, vendor])).toEqual([
    ['gid://updraft/Source/updraft', 'UPDRAFT'],
    ['gid://velt/Source/velt', 'VELT'],
    ['gid://testrail/Source/testrail', 'TESTRAIL'],
    ['gid://tiledesk/Source/tiledesk', 'TILEDESK'],
    ['gid://asa/Source/asa', 'OKTA_ASA'],
  ]);
  expect(found.map(({ data }) => data.node)).toEqual(listed.data.sources);
  expect(heard()).toEqual({});
});

const kinds = {
  organization: 'gid://testrail/Organization/testrail',
  project: 'gid://testrail/Project/1',
  group: group(1),
  user: 'gid://testrail/User/1',
  tester: 'gid://updraft/Tester/1',
  'source(name:)': 'gid://testrail/Source/testrail',
};

describe.each(Object.entries(kinds))('the id that belongs to %s', (right, id) => {
  const lookUps = Object.keys(kinds).filter((field) => field !== right && field !== 'source(name:)');
  it.each(lookUps)('is BAD_USER_INPUT at %s(id:), which names the right field', async (field) => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });

    expect(data).toEqual({ [field]: null });
    expect(errors).toMatchObject([{ path: [field], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).toMatch(new RegExp(`use the field ${right.replace(/[()]/g, '\\$&')}( or node)?\\.$`));
    expect(heard()).toEqual({});
  });
});

describe('a scope that its source does not serve', () => {
  const notServed = [
    'gid://asa/Organization/another-team',
    'gid://asa/Project/another-team/region-1',
    'gid://asa/User/another-team/ana.lin',
    'gid://asa/AsaGroup/another-team/compsons',
    'gid://asa/AsaGroup/another-team/compsons/5e41a7d8-4b81-49db-b552-3cb1f3ec936c',
    'gid://updraft/Organization/99',
    `gid://tiledesk/Project/${other}`,
    `gid://tiledesk/TiledeskGroup/${other}/5c34b5149f22a7001600000d`,
    `gid://tiledesk/User/${other}/5ab0f3fa57066e0014000001`,
    'gid://tiledesk/Organization/testrail',
    'gid://testrail/Organization/tiledesk',
  ];

  it('is null without an error, and without a call', async () => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(nodes, { ids: notServed });

    expect(data.nodes).toEqual(notServed.map(() => null));
    expect(errors).toBeUndefined();
    expect(heard()).toEqual({});
  });

  it.each(Object.entries({ organization: 'Organization', project: 'Project', member: 'User' }))(
    'is met by nothing as the filter %s, and costs no call',
    async (field, type) => {
      const ids = notServed.filter((id) => id.includes(`/${type}/`));
      const heard = listen(rollcall.sandbox);

      const answers = await Promise.all(
        ids.map((id) =>
          rollcall.ask(`query ($id: ID!) { groups(filter: { ${field}: $id }) { totalCount complete } }`, { id }),
        ),
      );

      for (const { data, errors } of answers) {
        expect([data, errors]).toEqual([{ groups: { totalCount: 0, complete: true } }, undefined]);
      }
      expect(heard()).toEqual({});
    },
  );
});
