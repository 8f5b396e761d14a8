import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { UpdraftState } from '../../src/vendors/updraft/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { later, rememberUpdraft, written } from '../support/remembered-updraft.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeGroup } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let heard: () => Heard;

beforeEach(async () => {
  rollcall = await openRollcall({ only: ['updraft'], population: { people: people(20), groups: 0, projects: 3 } });
  heard = listen(rollcall.sandbox);
  await rememberUpdraft(rollcall.ledger);
});
afterEach(() => rollcall.close());

const apps: Heard = { updraft: [12, 13].map((id) => `GET /api/applications/?org=${id}`) };
const id = (type: string, one: string) => `gid://updraft/${type}/${one}`;
const organization = (one: string) => ({ id: id('Organization', one), vendorId: one, name: null });
const nodesOf = (type: string, ...ids: string[]) =>
  ids.map((one) => ({ __typename: type, id: id(type, one), vendorId: one }));
const whole = `query ($id: ID!) { group(id: $id) { ...WholeGroup } } ${wholeGroup}`;

describe('a distribution group', () => {
  it('is told by the ledger: title, the organization of its project, its app, the testers remembered, at the last write', async () => {
    const { data, errors } = await rollcall.ask(whole, { id: id('UpdraftDistributionGroup', '55') });

    expect(errors).toBeUndefined();
    expect(data.group).toEqual({
      __typename: 'UpdraftDistributionGroup',
      id: id('UpdraftDistributionGroup', '55'),
      vendorId: '55',
      name: 'Beta ring',
      source: { name: 'updraft' },
      organization: organization('12'),
      project: { id: id('Project', '901'), vendorId: '901' },
      memberCount: 2,
      members: { totalCount: 2, nodes: nodesOf('Tester', '700', '1001') },
      operations: ['ADD_TESTER'],
      origin: 'LEDGER',
      fetchedAt: later.toISOString(),
    });
    expect(heard()).toEqual(apps);
  });

  it('has organization null if its project is unknown, without an error', async () => {
    const { data, errors } = await rollcall.ask(whole, { id: id('UpdraftDistributionGroup', '56') });

    expect(errors).toBeUndefined();
    expect(data.group).toMatchObject({
      organization: null,
      project: { vendorId: '999' },
      memberCount: 0,
      fetchedAt: written.toISOString(),
    });
  });

  it('has organization null and an error where its project could not be read', async () => {
    rollcall.sandbox.server('updraft').fault({ mode: 'status', status: 500 });

    const { data, errors } = await rollcall.ask('query ($id: ID!) { group(id: $id) { name organization { id } } }', {
      id: id('UpdraftDistributionGroup', '55'),
    });

    expect(data.group).toEqual({ name: 'Beta ring', organization: null });
    expect(errors).toMatchObject([
      { path: ['group', 'organization'], extensions: { code: 'VENDOR_UNAVAILABLE', status: 500 } },
    ]);
  });
});

describe('a permission group', () => {
  it('is told by the ledger: title, its organization, no project, the users remembered, at the last write', async () => {
    const { data, errors } = await rollcall.ask(whole, { id: id('UpdraftPermissionGroup', '55') });

    expect(errors).toBeUndefined();
    expect(data.group).toEqual({
      __typename: 'UpdraftPermissionGroup',
      id: id('UpdraftPermissionGroup', '55'),
      vendorId: '55',
      name: 'Leads',
      source: { name: 'updraft' },
      organization: organization('13'),
      project: null,
      memberCount: 2,
      members: { totalCount: 2, nodes: nodesOf('User', '1', '999') },
      operations: ['ADD_MEMBERS'],
      origin: 'LEDGER',
      fetchedAt: later.toISOString(),
    });
    expect(heard()).toEqual({});
  });

  it('has the projects that the create answered', async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ...on UpdraftPermissionGroup { projects { totalCount nodes { vendorId name } } } } }';

    const { data } = await rollcall.ask(query, { id: id('UpdraftPermissionGroup', '55') });

    const [first, second] = ['901', '902'].map((vendorId, at) => ({ vendorId, name: `Storefront ${at + 1}` }));
    expect(data.node.projects).toEqual({ totalCount: 2, nodes: [first, second] });
    expect(heard()).toEqual(apps);
  });

  it('names members who are nodes: one whom no app names has no name, no e-mail and status UNKNOWN, without an error; node of him is null', async () => {
    const query =
      'query ($id: ID!, $gone: ID!) { node(id: $gone) { id } group(id: $id) { members { nodes { vendorId name email ...on User { status } } } } }';

    const { data, errors } = await rollcall.ask(query, {
      id: id('UpdraftPermissionGroup', '55'),
      gone: id('User', '999'),
    });

    const { state } = rollcall.sandbox.server<UpdraftState>('updraft').box;
    const { first_name, last_name, username } = state.apps
      .flatMap((app) => app.user_detail)
      .find(({ user_id }) => user_id === 1)!;
    expect(errors).toBeUndefined();
    expect(data.node).toBeNull();
    expect(data.group.members.nodes).toEqual([
      { vendorId: '1', name: `${first_name} ${last_name}`, email: username, status: 'UNKNOWN' },
      { vendorId: '999', name: null, email: null, status: 'UNKNOWN' },
    ]);
    expect(heard()).toEqual(apps);
  });

  it('names members whose details could not be read: the same, and one entry in errors', async () => {
    rollcall.sandbox.server('updraft').fault({ mode: 'status', status: 500 });

    const { data, errors } = await rollcall.ask(
      'query ($id: ID!) { group(id: $id) { members { nodes { name email } } } }',
      {
        id: id('UpdraftPermissionGroup', '55'),
      },
    );

    expect(data.group.members.nodes).toEqual(Array(2).fill({ name: null, email: null }));
    expect(errors).toMatchObject([
      { path: ['group', 'members'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'updraft' } },
    ]);
  });
});

describe('a tester', () => {
  it('has an e-mail address and no name, in its node as among the members of a group, without a call', async () => {
    const query =
      'query ($id: ID!, $group: ID!) { tester(id: $id) { id vendorId name email } group(id: $group) { members { nodes { id vendorId name email } } } }';

    const { data, errors } = await rollcall.ask(query, {
      id: id('Tester', '700'),
      group: id('UpdraftDistributionGroup', '55'),
    });

    expect(errors).toBeUndefined();
    expect(data.tester).toEqual({
      id: id('Tester', '700'),
      vendorId: '700',
      name: null,
      email: 'tester-700@example.com',
    });
    expect(data.group.members.nodes[0]).toEqual(data.tester);
    expect(heard()).toEqual({});
  });
});

it('what the ledger does not know is null, without a call: nobody documents a read of it', async () => {
  const ids = ['UpdraftDistributionGroup', 'UpdraftPermissionGroup', 'Tester'].map((type) => id(type, '57'));

  const { data, errors } = await rollcall.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });

  expect([data, errors]).toEqual([{ nodes: [null, null, null] }, undefined]);
  expect(heard()).toEqual({});
});

it('groups of a project are those remembered', async () => {
  const { data } = await rollcall.ask(
    'query ($id: ID!) { project(id: $id) { groups { nodes { id name } sources { origin } } } }',
    { id: id('Project', '901') },
  );

  expect(data.project.groups).toEqual({
    nodes: [{ id: id('UpdraftDistributionGroup', '55'), name: 'Beta ring' }],
    sources: [{ origin: 'LEDGER' }],
  });
});
