import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { distributionGroup, membership, permissionGroup, tester, veltGroup } from '../support/facts.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
const desk = '5b55e806c93dde0014000001';

beforeAll(async () => {
  const population = { people: people(40), groups: 4, membersPerGroup: 4, projects: 2, awkward: false };
  rollcall = await openRollcall({ population });
  const { ledger } = rollcall;
  const rings = [distributionGroup('55', 'Ring of 12', '901'), distributionGroup('56', 'Ring of 13', '902')];
  const leads = [permissionGroup('31', 'Leads of 12', '12'), permissionGroup('32', 'Leads of 13', '13')];
  const testers = ['700', '701'].map((id) => tester(id, `t${id}@example.com`));
  const inside = testers.map(({ row }, at) => membership(rings[at]!, 'Tester', row.path));
  await ledger.remember('updraft', 'local', [...rings, ...leads, ...testers, ...inside], new Date());
  await ledger.remember('velt', 'local', [veltGroup('org-b', 'ops', 'Ops')], new Date());
});
afterAll(() => rollcall.close());

const asked = async (list: string, filter: object, type: string) => {
  const heard = listen(rollcall.sandbox);
  const cells =
    list === 'memberships' ? 'id: groupId name: groupName' : list === 'testers' ? 'id name: email' : 'id name';
  const query = `query ($filter: ${type}) { ${list}(filter: $filter, first: 1000) { totalCount complete nodes { ${cells} } sources { source state } } }`;
  const { data, errors } = await rollcall.ask(query, { filter });
  return { found: data?.[list], errors, heard: heard() };
};
const groups = (filter: object) => asked('groups', filter, 'GroupFilter');
const users = (filter: object) => asked('users', filter, 'MemberFilter');
const testers = (filter: object) => asked('testers', filter, 'MemberFilter');
const named = ({ found }: { found: any }) => found.nodes.map(({ name }: any) => name);
const organization = (source: string, id = source) => `gid://${source}/Organization/${id}`;
const project = (source: string, id: string) => `gid://${source}/Project/${id}`;

describe('groups of an organization', () => {
  it.each([
    ['updraft', '12', ['Ring of 12', 'Leads of 12'], ['GET /api/applications/?org=12']],
    ['updraft', '13', ['Ring of 13', 'Leads of 13'], ['GET /api/applications/?org=13']],
    ['velt', 'org-a', ['Design', 'QA'], []],
    ['velt', 'org-b', ['Ops'], []],
  ])('are those remembered for it: %s %s', async (source, id, names, calls) => {
    const answer = await groups({ organization: organization(source, id) });

    expect(answer.errors).toBeUndefined();
    expect(named(answer)).toEqual(names);
    expect(answer.found).toMatchObject({
      totalCount: names.length,
      complete: true,
      sources: [{ source, state: 'OK' }],
    });
    expect(Object.values(answer.heard).flat()).toEqual(calls);
  });

  it.each([
    ['testrail', 'testrail', 4],
    ['tiledesk', 'tiledesk', 8],
    ['asa', 'acme', 4],
  ])('are all of an installation or team: %s', async (source, id, count) => {
    const { found, heard } = await groups({ organization: organization(source, id) });

    expect(found).toMatchObject({ totalCount: count, sources: [{ source }] });
    expect(Object.keys(heard)).toEqual([source]);
  });
});

describe('groups of a project', () => {
  it.each([
    ['updraft', '901', ['Ring of 12'], 0],
    ['testrail', '2', ['QA circle 1', 'QA circle 3'], 2],
    ['tiledesk', desk, ['Tier 1', 'Tier 2', 'Tier 3', 'Tier 4'], 1],
    ['asa', 'acme/region-1', ['Bastion crew 1', 'Bastion crew 3'], 2],
  ])('are those of Project.groups: %s %s', async (source, id, names, calls) => {
    const answer = await groups({ project: project(source, id) });
    const nested = await rollcall.ask(`{ project(id: "${project(source, id)}") { groups { nodes { name } } } }`);

    expect(answer.errors).toBeUndefined();
    expect(named(answer)).toEqual(names);
    expect(nested.data.project.groups.nodes.map(({ name }: any) => name)).toEqual(names);
    expect(Object.values(answer.heard).flat()).toHaveLength(calls);
  });
});

describe('users of an organization or project', () => {
  it.each([
    ['updraft', 'organization', '12', 1],
    ['velt', 'organization', 'org-b', 1],
    ['testrail', 'organization', 'testrail', 1],
    ['tiledesk', 'organization', 'tiledesk', 3],
    ['asa', 'organization', 'acme', 1],
    ['updraft', 'project', '901', 2],
    ['testrail', 'project', '1', 1],
    ['tiledesk', 'project', desk, 1],
  ])('are those of its users field: %s %s %s', async (source, field, id, calls) => {
    const gid = field === 'project' ? project(source, id) : organization(source, id);
    const { found, errors, heard } = await users({ [field]: gid });
    const nested = await rollcall.ask(`{ ${field}(id: "${gid}") { users(first: 1000) { nodes { id name } } } }`);

    expect(errors).toBeUndefined();
    expect(found.nodes.length).toBeGreaterThan(5);
    expect(nested.data[field].users.nodes).toEqual(found.nodes);
    expect(found.sources).toEqual([{ source, state: 'OK' }]);
    expect(Object.values(heard).flat()).toHaveLength(calls);
  });
});

it('testers of an organization or project are those in its groups', async () => {
  const [ofOne, ofOther, ofProject] = [
    await testers({ organization: organization('updraft', '12') }),
    await testers({ organization: organization('updraft', '13') }),
    await testers({ project: project('updraft', '901') }),
  ];

  expect([ofOne, ofOther, ofProject].map(named)).toEqual([
    ['t700@example.com'],
    ['t701@example.com'],
    ['t700@example.com'],
  ]);
});

describe('organization and project are joined by AND', () => {
  it.each([
    ['12', '901'],
    ['12', '902'],
    ['13', '902'],
  ])('Updraft’s organization %s and project %s', async (org, app) => {
    const [inOrganization, inProject] = [
      { organization: organization('updraft', org) },
      { project: project('updraft', app) },
    ];

    for (const list of [groups, users, testers]) {
      const [both, one, other] = [
        await list({ ...inOrganization, ...inProject }),
        await list(inOrganization),
        await list(inProject),
      ];

      const ids = ({ found }: { found: any }) => found.nodes.map(({ id }: any) => id);
      expect(ids(both)).toEqual(ids(one).filter((id: string) => ids(other).includes(id)));
      expect(both.found).toMatchObject({ totalCount: ids(both).length, complete: true });
    }
  });

  it.each([groups, users])('and cost no more than the project where the source is one organization', async (list) => {
    const both = await list({ organization: organization('tiledesk'), project: project('tiledesk', desk) });
    const one = await list({ project: project('tiledesk', desk) });

    expect(both.found).toEqual(one.found);
    expect(both.heard).toEqual(one.heard);
    expect(Object.values(one.heard).flat()).toHaveLength(1);
  });
});

describe('an organization or project that does not exist, or whose source is filtered out', () => {
  it.each([
    ['organization', organization('velt', 'nowhere'), 'velt'],
    ['project', project('updraft', '999'), 'updraft'],
    ['project', project('testrail', '999'), 'testrail'],
    ['project', project('tiledesk', '5b55e806c93dde00140fffff'), 'tiledesk'],
    ['project', project('asa', 'acme/nowhere'), 'asa'],
  ])('is empty and complete: %s %s', async (field, id, source) => {
    const answers = [await groups({ [field]: id }), await asked('memberships', { [field]: id }, 'GroupFilter')];
    if (source !== 'asa') answers.push(await users({ [field]: id }));

    for (const { found, errors } of answers) {
      expect(errors).toBeUndefined();
      expect(found).toEqual({ totalCount: 0, complete: true, nodes: [], sources: [{ source, state: 'OK' }] });
    }
  });

  it.each([
    ['organization', organization('testrail'), { sources: ['asa', 'updraft'] }],
    ['project', project('testrail', '1'), { vendors: ['VELT'] }],
    ['organization', organization('velt', 'org-a'), { sources: [] }],
  ])('is empty and complete, and nobody is called: %s %s with %j', async (field, id, others) => {
    const filter = { [field]: id, ...others };

    const answers = [await groups(filter), await users(filter), await asked('memberships', filter, 'GroupFilter')];

    for (const { found, errors, heard } of answers) {
      expect([errors, heard]).toEqual([undefined, {}]);
      expect(found).toEqual({ totalCount: 0, complete: true, nodes: [], sources: [] });
    }
  });
});
