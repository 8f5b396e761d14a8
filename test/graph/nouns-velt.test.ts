import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { Fact, GroupRow } from '../../src/vendors/vendor.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { gid } from '../support/gid.js';
import { listen } from '../support/heard.js';
import { bodies } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeGroup, wholeUser } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: VeltState;

beforeEach(async () => {
  rollcall = await openRollcall({ only: ['velt'], population: { people: people(12), groups: 4, membersPerGroup: 4 } });
  state = rollcall.sandbox.server<VeltState>('velt').box.state;
});
afterEach(() => rollcall.close());

const id = (type: string, ...path: string[]) => gid('velt', type, ...path);
const organization = { id: id('Organization', 'org-a'), vendorId: 'org-a', name: 'Acme Studio' };
const source = { name: 'velt' };
const asked = () => bodies(rollcall.sandbox.server('velt')).map((body) => (body as { data: object }).data);
const byUnit = (a: string, b: string) => (a < b ? -1 : 1);
const node = 'query ($id: ID!) { node(id: $id) { id } }';

function remembered(groupId: string, name: string, serverId: string | null): Fact & { readonly row: GroupRow } {
  const path = ['org-a', groupId];
  return {
    kind: 'group',
    row: { type: 'VeltUserGroup', path, vendorId: groupId, name, organization: ['org-a'], project: null, serverId },
  };
}

const remember = (at: string, ...facts: Fact[]) => rollcall.ledger.remember('velt', 'local', facts, new Date(at));
const whole = `query ($id: ID!) { group(id: $id) { ...WholeGroup ...on VeltUserGroup { serverId } } } ${wholeGroup}`;

describe('a group', () => {
  it('that the configuration names: its name, the organization of the id, the rows of a member read, from CONFIGURATION since the start', async () => {
    const asking = Date.now();

    const { data, errors } = await rollcall.ask(whole, { id: id('VeltUserGroup', 'org-a', 'qa') });

    const { members } = state.organizations[0]!.groups[0]!;
    expect(errors).toBeUndefined();
    expect(data.group).toEqual({
      __typename: 'VeltUserGroup',
      id: id('VeltUserGroup', 'org-a', 'qa'),
      vendorId: 'qa',
      name: 'QA',
      source,
      organization,
      project: null,
      memberCount: members.length,
      members: {
        totalCount: members.length,
        nodes: members
          .toSorted(byUnit)
          .map((one) => ({ __typename: 'User', id: id('User', 'org-a', one), vendorId: one })),
      },
      operations: ['LIST_MEMBERS', 'ADD_MEMBERS', 'REMOVE_MEMBERS', 'SET_MEMBERS'],
      origin: 'CONFIGURATION',
      fetchedAt: expect.any(String),
      serverId: null,
    });
    expect(Date.parse(data.group.fetchedAt)).toBeLessThanOrEqual(asking);
    expect(asked()).toHaveLength(2);
    expect(asked()).toEqual(
      expect.arrayContaining([
        { organizationId: 'org-a', organizationUserGroupIds: ['qa'] },
        { organizationIds: ['org-a'] },
      ]),
    );
  });

  it('that was written through here is from LEDGER at its last write, that of a membership too, and knows Velt’s own id', async () => {
    const { row } = remembered('circle-3', 'Circle 3', '5f0c');
    const member = { type: 'User', path: ['org-a', 'u-9'], vendorId: 'u-9' } as const;
    await remember('2026-01-02T03:04:05.678Z', remembered('circle-3', 'Circle 3', '5f0c'));
    const before = await rollcall.ask(whole, { id: id('VeltUserGroup', 'org-a', 'circle-3') });
    await remember('2026-02-03T04:05:06.789Z', { kind: 'membership', group: row, member });
    const after = await rollcall.ask(whole, { id: id('VeltUserGroup', 'org-a', 'circle-3') });

    expect(before.data.group).toMatchObject({
      name: 'Circle 3',
      origin: 'LEDGER',
      serverId: '5f0c',
      fetchedAt: '2026-01-02T03:04:05.678Z',
    });
    expect(after.data.group).toEqual({ ...before.data.group, fetchedAt: '2026-02-03T04:05:06.789Z' });
    expect(after.data.group.members.totalCount).toBe(state.organizations[0]!.groups[2]!.members.length);
  });

  it('that the configuration names and that was written through here is as it was written', async () => {
    await remember('2026-01-02T03:04:05.678Z', remembered('qa', 'Quality', '91ab'));

    const { data } = await rollcall.ask('{ groups { nodes { vendorId name origin } } }');

    expect(data.groups.nodes).toEqual([
      { vendorId: 'design', name: 'Design', origin: 'CONFIGURATION' },
      { vendorId: 'qa', name: 'Quality', origin: 'LEDGER' },
    ]);
    expect(asked()).toEqual([]);
  });

  it('of which neither knows is null, without a call', async () => {
    const { data, errors } = await rollcall.ask(node, { id: id('VeltUserGroup', 'org-a', 'circle-3') });

    expect([data, errors, asked()]).toEqual([{ node: null }, undefined, []]);
  });
});

describe('an organization', () => {
  it('has the name that Velt tells, and is listed and read by Velt', async () => {
    delete (state.organizations[1] as { organizationName?: string }).organizationName;
    const fields = 'id vendorId name source { name } projects { totalCount }';

    const { data, errors } = await rollcall.ask(
      `query ($id: ID!) { organizations { nodes { ${fields} } } node(id: $id) { ...on Organization { ${fields} } } }`,
      {
        id: organization.id,
      },
    );

    const [acme, harbour] = [organization, { id: id('Organization', 'org-b'), vendorId: 'org-b', name: null }];
    expect(errors).toBeUndefined();
    expect(data.organizations.nodes).toEqual([acme, harbour].map((one) => ({ ...one, source, projects: null })));
    expect(data.node).toEqual(data.organizations.nodes[0]);
  });
});

describe.each(['left out', 'refused'] as const)('what Velt does not know and %s', (missingIds) => {
  it.each([
    ['organization', id('Organization', 'nowhere')],
    ['user', id('User', 'org-a', 'nobody')],
    ['user of an unknown organization', id('User', 'nowhere', 'u-1')],
  ])('is null without an error: an unknown %s', async (_what, unknown) => {
    state.missingIds = missingIds;

    const { data, errors } = await rollcall.ask(node, { id: unknown });

    expect([data, errors]).toEqual([{ node: null }, undefined]);
    expect(asked()).toHaveLength(1);
  });
});

describe('users', () => {
  it('have name and e-mail as told, status UNKNOWN, and no projects; the same person is one in each organization', async () => {
    Object.assign(state.organizations[1]!.users[0]!, { name: undefined, email: undefined });
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(`{ users { nodes { ...WholeUser } } } ${wholeUser}`);

    const named = (vendorId: string) => ({ 'org-a': 'Acme Studio', 'org-b': 'Harbour Labs' })[vendorId];
    const rows = state.organizations.flatMap((org) =>
      org.users
        .toSorted((a, b) => byUnit(a.userId, b.userId))
        .map(({ userId, name, email }) => ({
          id: id('User', org.id, userId),
          vendorId: userId,
          name: name ?? null,
          email: email ?? null,
          username: null,
          status: 'UNKNOWN',
          kind: 'HUMAN',
          role: null,
          source,
          organization: { id: id('Organization', org.id), vendorId: org.id, name: named(org.id) },
          projects: null,
        })),
    );
    const vendorIds = rows.map(({ vendorId }) => vendorId);
    expect(errors).toBeUndefined();
    expect(data.users.nodes).toEqual(rows);
    expect(vendorIds.length).toBeGreaterThan(new Set(vendorIds).size);
    expect(heard()['velt']!.filter((request) => request === 'POST /v2/users/get')).toHaveLength(2);
  });

  it('of a group are whole as the member read tells them', async () => {
    const query = 'query ($id: ID!) { group(id: $id) { members { nodes { vendorId name email } } } }';

    const { data, errors } = await rollcall.ask(query, { id: id('VeltUserGroup', 'org-a', 'qa') });

    expect(errors).toBeUndefined();
    expect(data.group.members.nodes[0]).toEqual({ vendorId: 'sso|guest/ü 1', name: '=SUM(A1:A9)', email: null });
    expect(asked()).toEqual([{ organizationId: 'org-a', organizationUserGroupIds: ['qa'] }]);
  });
});

it('projects: Velt has none, so it is no source of theirs and is not asked', async () => {
  const { data } = await rollcall.ask('{ projects { totalCount complete sources { source } } }');

  expect(data.projects).toEqual({ totalCount: 0, complete: true, sources: [] });
  expect(asked()).toEqual([]);
});
