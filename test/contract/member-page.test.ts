import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(12), groups: 2, membersPerGroup: 4, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());

/** Sends the document of a page as it stands. */
function send(document: string, variables: object): Promise<Answer> {
  return rollcall.ask(readFileSync(new URL(`../operations/${document}.graphql`, import.meta.url), 'utf8'), variables);
}

/** What a mutation of a page answered, which must have gone well. */
async function done(document: string, variables: object): Promise<any> {
  const { data, errors } = await send(document, variables);
  const [payload] = Object.values<any>(data);
  expect([errors, payload.userErrors]).toEqual([undefined, []]);
  return payload;
}

/** The first group of a source that has enough members, and users of its scope who are not in it. */
async function startAt(source: string) {
  const { data } = await rollcall.ask(
    `query ($only: [String!]) {
      groups(filter: { sources: $only }, first: 1000) { nodes { id operations members(first: 100) { nodes { id } } } }
      users(filter: { sources: $only }, first: 1000) { nodes { id } }
    }`,
    { only: [source] },
  );
  const idsOf = (nodes: { id: string }[]) => nodes.map(({ id }) => id);
  const group = data.groups.nodes.find((one: any) => one.members?.nodes.length > 2);
  const members = idsOf(group.members.nodes);
  const scope = members[0]!.slice(0, members[0]!.lastIndexOf('/') + 1);
  const others = idsOf(data.users.nodes).filter((id) => id.startsWith(scope) && !members.includes(id));
  return { group: group.id as string, operations: group.operations as string[], members, others };
}

const idsIn = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id).toSorted();

describe.each(['velt', 'testrail', 'tiledesk', 'asa'])('a page that manages the members of a group at %s', (source) => {
  it('adds, removes and sets members, previews a set, and shows the group as it is then', async () => {
    const { group, members, others } = await startAt(source);
    const [newcomer, late] = others as [string, string];

    const joined = await done('add-group-members', { input: { group, members: [newcomer, members[0]] } });
    const left = await done('remove-group-members', { group, members: [newcomer, late], key: `${source}-out` });
    const wanted = { group, members: [...members.slice(1), late], expected: members.length };
    const preview = await done('set-group-members', { ...wanted, key: `${source}-set`, preview: true });
    const set = await done('set-group-members', { ...wanted, key: `${source}-set` });

    expect(joined.group.memberCount).toBe(members.length + 1);
    expect(idsIn([...joined.added, ...joined.unchanged])).toEqual([newcomer, members[0]].toSorted());
    expect(left.group.memberCount).toBe(members.length);
    expect(idsIn([...left.removed, ...left.unchanged])).toEqual([newcomer, late].toSorted());
    for (const { added, removed, unchanged } of [preview, set]) {
      expect([idsIn(added), idsIn(removed)]).toEqual([[late], [members[0]]]);
      expect(idsIn(unchanged)).toEqual(members.slice(1).toSorted());
    }
    expect([preview.confirmedBy, set.confirmedBy]).toEqual([null, source === 'asa' ? 'READ_BACK' : 'VENDOR_RESPONSE']);
    expect(idsIn(set.group.members.edges.map(({ node }: any) => node))).toEqual(wanted.members.toSorted());
  });

  it('sends nothing at a second click, and learns by its key what became of the first', async () => {
    const { group, members } = await startAt(source);
    const click = { group, members: members.slice(0, 1), key: `${source}-click` };
    const first = await send('remove-group-members', click);
    const heard = listen(rollcall.sandbox);

    const second = await send('remove-group-members', click);
    const { data } = await send('ledger-entry', { key: click.key, mutation: 'removeGroupMembers' });

    expect(first.extensions.idempotencyKeys).toEqual([
      { path: ['removeGroupMembers'], key: click.key, replayed: false },
    ]);
    expect(second.extensions.idempotencyKeys[0].replayed).toBe(true);
    expect(idsIn(second.data.removeGroupMembers.removed)).toEqual(click.members);
    expect(Object.values(heard()).flat().filter(isWrite)).toEqual([]);
    expect(data.ledgerEntry).toMatchObject({ source, state: 'DONE', userErrors: [], hint: null });
    expect(data.ledgerEntry.calls.map((call: any) => call.status)).not.toContain(null);
  });

  it('is told how many members there are when the list that it shows is old, and nothing is written', async () => {
    const { group, members } = await startAt(source);
    const heard = listen(rollcall.sandbox);

    const { data } = await send('set-group-members', { group, members: [], expected: 99, key: `${source}-old` });

    expect(data.setGroupMembers.userErrors).toEqual([
      expect.objectContaining({
        code: 'CONCURRENT_CHANGE',
        message: expect.stringContaining(`${members.length} members now`),
      }),
    ]);
    expect(Object.values(heard()).flat().filter(isWrite)).toEqual([]);
  });
});

describe('the page of one group', () => {
  it.each(['testrail', 'tiledesk'])('renames and deletes it at %s', async (source) => {
    const { group, members } = await startAt(source);

    const renamed = await done('rename-group', { group, name: 'Another name' });
    const { data: page } = await send('group-page', { id: group });
    const deleted = await done('delete-group', { group, key: `${source}-away` });
    const { data: gone } = await send('group-page', { id: group });

    expect(renamed.group).toMatchObject({ id: group, name: 'Another name' });
    expect([page.group.name, page.group.memberCount]).toEqual(['Another name', members.length]);
    expect(deleted.deletedId).toBe(group);
    expect(gone.group).toBeNull();
  });

  it('changes the roles at ASA and deletes the group, but cannot rename it', async () => {
    const { group } = await startAt('asa');

    const { data } = await send('rename-group', { group, name: 'another-name' });
    const updated = await done('update-group', { input: { group, roles: ['REPORTING_USER', 'ACCESS_ADMIN'] } });
    const deleted = await done('delete-group', { group, key: 'asa-away' });
    const { data: gone } = await send('group-page', { id: group });

    expect(data.updateGroup.userErrors).toEqual([
      expect.objectContaining({ code: 'UNSUPPORTED_BY_VENDOR', field: ['name'] }),
    ]);
    expect(updated.group.roles.toSorted()).toEqual(['ACCESS_ADMIN', 'REPORTING_USER']);
    expect(updated.confirmedBy).toBe('READ_BACK');
    expect([deleted.deletedId, gone.group]).toEqual([group, null]);
  });

  it('changes the attributes at Tiledesk, in place of all that were there', async () => {
    const { group } = await startAt('tiledesk');
    await done('update-group', { input: { group, attributes: { old: 1 } } });

    const updated = await done('update-group', { input: { group, attributes: { tier: [2] } } });

    expect(updated.group.attributes).toEqual({ tier: [2] });
  });
});

/** At Velt every read is a POST too. */
const isWrite = (call: string) => !call.startsWith('GET ') && !/\/(get|service_token)$/.test(call);
