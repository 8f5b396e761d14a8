import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { distributionGroup, membership, permissionGroup, tester } from '../support/facts.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

/** Text that differs in its order by code unit from that by letter, by case or by code point. */
const texts = ['10', '2', 'A', 'Z', 'a', 'é', '😀', 'ﬀ'];

beforeAll(async () => {
  const population = { people: people(30), groups: 11, membersPerGroup: 12, projects: 2, awkward: false };
  rollcall = await openRollcall({ only: ['tiledesk', 'asa', 'updraft', 'testrail', 'velt'], population });
  await rollcall.ledger.remember('updraft', 'local', updraftFacts(), new Date());
  const { organizations } = rollcall.sandbox.server<VeltState>('velt').box.state;
  const users = texts.toReversed().map((userId) => ({ userId }));
  organizations.push({ id: 'A', organizationName: 'Text', disabled: false, users, groups: [] });
  for (const name of ['asa', 'testrail', 'tiledesk']) disorder(name);
});
afterAll(() => rollcall.close());

function updraftFacts() {
  const rings = ['9', '100', '31'].map((id) => distributionGroup(id, `Ring ${id}`, '901'));
  const leads = ['8', '30', '200'].map((id) => permissionGroup(id, `Leads ${id}`, '12'));
  const people = ['10', '9', '1000'].map((id) => tester(id, `t${id}@example.com`));
  const inside = people.map(({ row }) => membership(rings[0]!, 'Tester', row.path));
  return [...leads, ...rings, ...people, ...inside];
}

/** The vendors tell their rows in no order that is ours. */
function disorder(name: string): void {
  const { state } = rollcall.sandbox.server<AsaState & TestRailState & TiledeskState>(name).box;
  state.users.reverse();
  state.groups.reverse();
  state.projects.reverse();
  if (name === 'testrail') state.groups.forEach(({ user_ids }: { user_ids: number[] }) => user_ids.reverse());
}

const idsOf = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);
const sourceIn = (id: string) => id.split('/')[2]!;

it.each(['organizations', 'projects', 'groups', 'users'])('sources as configured, in the list of %s', async (list) => {
  const { data } = await rollcall.ask(`{ ${list}(first: 1000) { nodes { id } sources { source } } }`);

  const told = data[list].sources.map(({ source }: any) => source);
  const configured = ['tiledesk', 'asa', 'updraft', 'testrail', 'velt'];
  expect(told).toEqual(list === 'projects' ? configured.slice(0, -1) : configured);
  expect([...new Set(idsOf(data[list].nodes).map(sourceIn))]).toEqual(told);
});

it('within a source by type name, then by the parts of the id, numbers as numbers', async () => {
  const { data } = await rollcall.ask('{ groups(filter: { sources: ["updraft", "testrail"] }) { nodes { id } } }');

  expect(idsOf(data.groups.nodes)).toEqual([
    ...['9', '31', '100'].map((id) => `gid://updraft/UpdraftDistributionGroup/${id}`),
    ...['8', '30', '200'].map((id) => `gid://updraft/UpdraftPermissionGroup/${id}`),
    ...Array.from({ length: 11 }, (_, at) => `gid://testrail/TestRailGroup/${at + 1}`),
  ]);
});

it('numbers as numbers also of users, projects, organizations and testers', async () => {
  const { data } = await rollcall.ask(`{
    users(filter: { sources: ["testrail"] }) { nodes { id } } projects(filter: { sources: ["updraft"] }) { nodes { id } }
    organizations(filter: { sources: ["updraft"] }) { nodes { id } } testers { nodes { id } }
  }`);

  expect(idsOf(data.users.nodes)).toEqual(Array.from({ length: 30 }, (_, at) => `gid://testrail/User/${at + 1}`));
  expect(idsOf(data.projects.nodes)).toEqual(['gid://updraft/Project/901', 'gid://updraft/Project/902']);
  expect(idsOf(data.organizations.nodes)).toEqual(['gid://updraft/Organization/12', 'gid://updraft/Organization/13']);
  expect(idsOf(data.testers.nodes)).toEqual(['9', '10', '1000'].map((id) => `gid://updraft/Tester/${id}`));
  // An order of texts would not do.
  expect(idsOf(data.testers.nodes)).not.toEqual(idsOf(data.testers.nodes).toSorted());
});

it('text by code unit', async () => {
  const { data } = await rollcall.ask(
    '{ users(filter: { organization: "gid://velt/Organization/A" }) { nodes { vendorId } } }',
  );

  const found = data.users.nodes.map(({ vendorId }: any) => vendorId);
  expect(found).toEqual(texts);
  expect(found).toEqual(texts.toSorted());
  // An order by letter, or by code point, would not do.
  expect(found).not.toEqual(texts.toSorted((a, b) => a.localeCompare(b)));
  expect(found).not.toEqual(texts.toSorted((a, b) => a.codePointAt(0)! - b.codePointAt(0)!));
});

it('part by part, the outer one first: not the ids as whole texts', async () => {
  const { organizations } = rollcall.sandbox.server<VeltState>('velt').box.state;
  const odd = ['a', 'a!', 'a b'].map((id) => ({
    id,
    organizationName: id,
    disabled: false,
    users: [{ userId: 'z' }, { userId: 'b' }],
    groups: [],
  }));
  organizations.push(...odd);

  const { data } = await rollcall.ask(
    '{ users(filter: { sources: ["velt"] }, first: 1000) { nodes { organization { vendorId } vendorId } } }',
  );
  organizations.splice(-odd.length);

  const found = data.users.nodes.map((user: any) => [user.organization.vendorId, user.vendorId]);
  expect(found.filter(([organization]: string[]) => organization!.startsWith('a'))).toEqual([
    ['a', 'b'],
    ['a', 'z'],
    ['a b', 'b'],
    ['a b', 'z'],
    ['a!', 'b'],
    ['a!', 'z'],
  ]);
});

it('members by their id, at every vendor', async () => {
  const { data } = await rollcall.ask(
    '{ groups(first: 1000) { nodes { id source { name } members(first: 1000) { nodes { id vendorId } } } } }',
  );

  const sizes = new Map<string, number>();
  for (const { source, members } of data.groups.nodes) {
    const ids = members.nodes.map(({ id, vendorId }: any) =>
      ['testrail', 'updraft'].includes(source.name) ? Number(vendorId) : id,
    );
    const numbers = typeof ids[0] === 'number';
    expect(ids).toEqual(numbers ? ids.toSorted((a: number, b: number) => a - b) : ids.toSorted());
    sizes.set(source.name, Math.max(sizes.get(source.name) ?? 0, ids.length));
  }
  expect(Object.fromEntries(sizes)).toEqual({ tiledesk: 12, asa: 10, updraft: 3, testrail: 10, velt: 12 });
});

it('memberships by group, then by member', async () => {
  const { data } = await rollcall.ask(
    '{ memberships(first: 5000) { nodes { groupId memberId } } groups(first: 1000) { nodes { id members(first: 1000) { nodes { id } } } } }',
  );

  const expected = data.groups.nodes.flatMap(({ id, members }: any) =>
    idsOf(members.nodes).map((memberId) => ({ groupId: id, memberId })),
  );
  expect(data.memberships.nodes).toEqual(expected);
  expect(expected.length).toBeGreaterThan(300);
});
