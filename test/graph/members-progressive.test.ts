import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { pageInfo, walk } from '../support/walk.js';

let rollcall: Rollcall;
let asa: AsaState;
let velt: VeltState;

beforeEach(async () => {
  rollcall = await openRollcall({
    only: ['velt', 'asa'],
    population: { groups: 2, membersPerGroup: 250, awkward: false },
  });
  asa = rollcall.sandbox.server<AsaState>('asa').box.state;
  velt = rollcall.sandbox.server<VeltState>('velt').box.state;
  velt.pageSize = 100;
  inOrder();
});
afterEach(() => rollcall.close());

/** The vendors tell people in the order of their ids, as far as nothing else is said. */
function inOrder(): void {
  asa.users.sort((a, b) => (a.name < b.name ? -1 : 1));
  velt.organizations[0]!.users.sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

const groups = {
  velt: 'gid://velt/VeltUserGroup/org-a/qa',
  asa: 'gid://asa/AsaGroup/acme/Bastion%20crew%201',
} as const;
const memberCalls = (heard: Heard) =>
  Object.values(heard)
    .flat()
    .filter((call) => /\/groups\/[^/]+\/users|users\/get/.test(call)).length;

describe.each(Object.entries(groups))('members at %s', (_source, id) => {
  it.each([
    [1, 1],
    [50, 1],
    [100, 1],
    [101, 2],
    [1_000, 3],
  ])('are read only as far as asked: first %i of 250 in pages of 100 takes %i calls', async (first, expected) => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(
      `{ group(id: "${id}") { members(first: ${first}) { nodes { id name email } pageInfo { hasNextPage } } } }`,
    );

    expect(errors).toBeUndefined();
    expect(data.group.members.nodes).toHaveLength(Math.min(first, 250));
    expect(data.group.members.nodes.every(({ email }: any) => email.includes('@'))).toBe(true);
    expect(data.group.members.pageInfo.hasNextPage).toBe(first < 250);
    expect(memberCalls(heard())).toBe(expected);
  });

  it.each([
    'members(first: 1) { nodes { id } totalCount }',
    'memberCount members(first: 1) { nodes { id } }',
    'members(first: 1) { n: totalCount }',
  ])('are read whole where a count is asked: { %s }', async (fields) => {
    const heard = listen(rollcall.sandbox);

    const { data } = await rollcall.ask(`{ group(id: "${id}") { ${fields} } }`);

    const { memberCount, members } = data.group;
    expect(memberCount ?? members.totalCount ?? members.n).toBe(250);
    expect(memberCalls(heard())).toBe(3);
  });

  it('are read no further than to the page that a cursor leads to', async () => {
    const query = `query ($first: Int, $after: String) { group(id: "${id}") { members(first: $first, after: $after) { edges { cursor node { id } } ${pageInfo} } } }`;
    const heard = listen(rollcall.sandbox);

    const { pages } = await walk(
      rollcall,
      query,
      () => 90,
      (data) => data.group.members,
    );

    const ids = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(250);
    expect(memberCalls(heard())).toBe(1 + 2 + 3);
  });

  it('are read whole where the vendor keeps another order, and told by their id all the same', async () => {
    asa.users.reverse();
    velt.organizations[0]!.users.reverse();
    const heard = listen(rollcall.sandbox);

    const { data } = await rollcall.ask(
      `{ group(id: "${id}") { members(first: 5) { nodes { id } } whole: members(first: 1000) { nodes { id } } } }`,
    );

    const ids = data.group.whole.nodes.map((node: any) => node.id);
    expect(ids).toEqual(ids.toSorted());
    expect(data.group.members.nodes).toEqual(data.group.whole.nodes.slice(0, 5));
    expect(memberCalls(heard())).toBe(3);
  });

  it('who turn up out of order behind pages already given come last, and nobody is left out or told twice', async () => {
    asa.users.splice(249, 0, ...asa.users.splice(2, 1));
    velt.organizations[0]!.users.push(...velt.organizations[0]!.users.splice(2, 1));
    const query = `query ($first: Int, $after: String) { group(id: "${id}") { members(first: $first, after: $after) { edges { cursor node { id } } ${pageInfo} } } }`;

    const { pages } = await walk(
      rollcall,
      query,
      () => 60,
      (data) => data.group.members,
    );
    const { data } = await rollcall.ask(`{ group(id: "${id}") { members(first: 1000) { nodes { id } } } }`);

    const told = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
    const whole = data.group.members.nodes.map((node: any) => node.id);
    expect(whole).toEqual(whole.toSorted());
    expect(told.toSorted()).toEqual(whole);
    expect(told).not.toEqual(whole);
  });
});
