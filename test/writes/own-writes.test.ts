import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { crews, everyCrew, idsOf, type Crew } from './crews.js';
import { documentOf, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const query = `query ($id: ID!) {
  group(id: $id) { name memberCount members(first: 50) { nodes { id } } }
}`;

/** Reads before, writes and reads after within one request, and reads once more in the next. */
async function readingAround(mutation: MutationName, input: { group: string }) {
  const request = house.newRequest();
  const read = async (by = request) => (await house.ask(query, { id: input.group }, by)).data.group;
  await read();
  const { data, errors } = await house.ask(documentOf(mutation, 'userErrors { code }'), { input }, request);
  expect([data[mutation].userErrors, errors]).toEqual([[], []]);
  return [await read(), await read(house.newRequest())];
}

const memberEdits = ({ members, others }: Crew) =>
  [
    ['addGroupMembers', [others[1], others[0]], [...members, others[0], others[1]]],
    ['removeGroupMembers', [members[0], members[2]], [members[1]]],
    ['setGroupMembers', [others[2], members[1]], [members[1], others[2]]],
  ] as const;
const table = everyCrew.flatMap((crew) =>
  memberEdits(crew).map(([mutation, members, after]) => ({ ...crew, mutation, input: members, after })),
);

describe('the client reads its own writes, in the same request and in the next:', () => {
  it.each(table)('$mutation at $source', async ({ mutation, group, input, after }) => {
    const reads = await readingAround(mutation, { group, members: input } as { group: string });

    for (const { memberCount, members } of reads) {
      expect(memberCount).toBe(after.length);
      expect(new Set(idsOf(members.nodes))).toEqual(new Set(after));
    }
  });

  it.each([crews.testrail, crews.tiledesk])('updateGroup at $source', async ({ group }) => {
    const reads = await readingAround('updateGroup', { group, name: 'Renamed' } as { group: string });

    expect(reads.map(({ name }) => name)).toEqual(['Renamed', 'Renamed']);
  });

  it.each(everyCrew)('a list of memberships at $source that was read before', async (crew) => {
    const { source, group, members, others } = crew;
    const request = house.newRequest();
    const list =
      'query ($s: [String!]) { memberships(first: 500, filter: { sources: $s }) { nodes { memberId groupId } } }';
    const read = async () => {
      const { data } = await house.ask(list, { s: [source] }, request);
      const rows: { memberId: string; groupId: string }[] = data.memberships.nodes;
      return rows.filter(({ groupId }) => groupId.startsWith(group)).map(({ memberId }) => memberId);
    };
    const before = await read();

    const input = { group, members: [members[0], others[0]] };
    await house.ask(documentOf('setGroupMembers', 'userErrors { code }'), { input }, request);

    expect(new Set(before)).toEqual(new Set(members));
    expect(new Set(await read())).toEqual(new Set([members[0], others[0]]));
  });

  it('a group that was created, in the list that was read before', async () => {
    const request = house.newRequest();
    const list = '{ groups(filter: { sources: ["testrail"] }) { nodes { name } } }';
    const before = await house.ask(list, {}, request);

    const input = { organization: 'gid://testrail/Organization/testrail', name: 'Brand new' };
    await house.ask(documentOf('addTestRailGroup', 'userErrors { code }'), { input }, request);

    const after = await house.ask(list, {}, request);
    const names = ({ data }: typeof after) => data.groups.nodes.map(({ name }: { name: string }) => name);
    expect(names(after)).toEqual([...names(before), 'Brand new']);
  });
});

describe('the payload of an edit', () => {
  it.each(everyCrew)('at $source shows the group as it is after it', async ({ group, members, others }) => {
    const { data } = await house.ask(
      documentOf('setGroupMembers', 'userErrors { code } group { id memberCount members(first: 9) { nodes { id } } }'),
      { input: { group, members: [members[1], others[0]] } },
    );

    const it = data.setGroupMembers;
    expect(it).toMatchObject({ userErrors: [], group: { id: group, memberCount: 2 } });
    expect(new Set(idsOf(it.group.members.nodes))).toEqual(new Set([members[1], others[0]]));
  });

  it.each(everyCrew)('at $source shows its members with what is known of them', async ({ group, members, others }) => {
    const { data, errors } = await house.ask(
      documentOf('setGroupMembers', 'added { id name email } removed { id name } unchanged { id vendorId name }'),
      { input: { group, members: [members[1], members[0], others[0]] } },
    );

    const { added, removed, unchanged } = data.setGroupMembers;
    expect(errors).toEqual([]);
    expect([added, removed, unchanged].map(idsOf).map((list) => new Set(list))).toEqual([
      new Set([others[0]]),
      new Set([members[2]]),
      new Set([members[0], members[1]]),
    ]);
    for (const { name } of [...added, ...removed, ...unchanged]) expect(name).toMatch(/\w+ \w+/);
  });
});

it('several edits in one document are made in their order, and each finds what the one before has left', async () => {
  const { group, members, others } = crews.testrail;
  const document = `mutation ($group: ID!, $own: [ID!]!, $all: [ID!]!) {
    add: addGroupMembers(input: { group: $group, members: $own }) { group { memberCount } }
    again: addGroupMembers(input: { group: $group, members: $own }) { unchanged { id } }
    rename: updateGroup(input: { group: $group, name: "Renamed" }) { group { name memberCount } }
    remove: removeGroupMembers(input: { group: $group, members: $all }) { group { name memberCount } }
    gone: deleteGroup(input: { group: $group }) { deletedId }
    late: addGroupMembers(input: { group: $group, members: $own }) { userErrors { code } }
  }`;

  const { data, errors } = await house.ask(document, { group, own: [others[0]], all: [...members, others[0]] });

  expect(errors).toEqual([]);
  expect(data).toEqual({
    add: { group: { memberCount: 4 } },
    again: { unchanged: [{ id: others[0] }] },
    rename: { group: { name: 'Renamed', memberCount: 4 } },
    remove: { group: { name: 'Renamed', memberCount: 0 } },
    gone: { deletedId: group },
    late: { userErrors: [{ code: 'NOT_FOUND' }] },
  });
});
