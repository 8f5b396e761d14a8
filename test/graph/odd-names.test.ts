import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { gid } from '../support/gid.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(12), groups: 2, membersPerGroup: 3, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const stateOf = <State>(source: string) => rollcall.sandbox.server<State>(source).box.state;
const badResponse = (source: string, path: readonly unknown[]) => ({
  path,
  extensions: { code: 'VENDOR_BAD_RESPONSE', source, status: null },
});
const uuid = '00000000-0000-4000-8000-000000000000';
const asa = (...paths: string[]) => paths.map((path) => `GET /v1/teams/acme/${path}`).sort();
const crew = [1, 2].map((nth) => `groups/Bastion%20crew%20${nth}/users`);

/** An ASA group of that name beside the two usual ones. */
function addAsaGroup(name: string): void {
  const { groups, members } = stateOf<AsaState>('asa');
  groups.push({ ...groups[0]!, id: uuid, name });
  members.set(uuid, [...members.get(groups[0]!.id)!]);
}

describe.each(['..', '.', 'a/b', 'a\\b', '%2e%2e', 'a?b', 'a#b', 'a\u0000b', ''])(
  'a group named %j, told by ASA',
  (name) => {
    const id = gid('asa', 'AsaGroup', 'acme', name, uuid);

    it('is never put into an address: what would need it is VENDOR_BAD_RESPONSE, the other rows stay', async () => {
      addAsaGroup(name);
      const fields = 'id name memberCount members { totalCount } ...on AsaGroup { candidates { totalCount } }';

      const { data, errors } = await rollcall.ask(
        `{ groups(filter: { sources: ["asa"] }) { totalCount complete nodes { ${fields} } } }`,
      );

      const nodes = data.groups.nodes as { id: string }[];
      const usual = { memberCount: 3, members: { totalCount: 3 }, candidates: { totalCount: 9 } };
      expect(data.groups).toMatchObject({ totalCount: 3, complete: true });
      expect(nodes.find((node) => node.id === id)).toEqual({
        id,
        name,
        memberCount: null,
        members: null,
        candidates: null,
      });
      expect(nodes.filter((node) => node.id !== id)).toMatchObject([usual, usual]);
      expect(errors).toMatchObject([badResponse('asa', ['groups'])]);
      expect(heard()).toEqual({ asa: asa('groups', ...crew, ...crew.map((path) => `${path}_not_in_group`)) });
    });

    it('spoils no other membership', async () => {
      addAsaGroup(name);

      const { data, errors } = await rollcall.ask(
        '{ memberships(filter: { sources: ["asa"] }) { complete sources { state code } nodes { groupId } } }',
      );

      expect(data.memberships.nodes).toHaveLength(6);
      expect(data.memberships).toMatchObject({
        complete: false,
        sources: [{ state: 'PARTIAL', code: 'VENDOR_BAD_RESPONSE' }],
      });
      expect(errors).toMatchObject([badResponse('asa', ['memberships'])]);
      expect(heard()).toEqual({ asa: asa('groups', ...crew) });
    });

    it('is off pattern as an id, too', async () => {
      const { data, errors } = await rollcall.ask('query ($id: ID!) { node(id: $id) { id } }', { id });

      expect(data.node).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(heard()).toEqual({});
    });
  },
);

it('a user and a project named .. are listed by ASA, and what hangs on them is VENDOR_BAD_RESPONSE without a call', async () => {
  const state = stateOf<AsaState>('asa');
  state.users[0]!.name = '..';
  state.projects[0]!.name = '..';

  const { data, errors } = await rollcall.ask(
    '{ users(filter: { sources: ["asa"] }, first: 1) { nodes { name groups { totalCount } } } asa: projects(filter: { sources: ["asa"] }) { nodes { name groups { totalCount } } } }',
  );

  expect(data).toEqual({
    users: { nodes: [{ name: 'Ana Lin', groups: null }] },
    asa: { nodes: [{ name: '..', groups: null }] },
  });
  expect(errors).toMatchObject([badResponse('asa', ['users']), badResponse('asa', ['asa'])]);
  expect(heard()).toEqual({ asa: asa('projects', 'users?include_service_users=true') });
});

it('a project’s group named .. that only its address could tell is VENDOR_BAD_RESPONSE, the project stays', async () => {
  const state = stateOf<AsaState>('asa');
  const row = { id: uuid, name: '..', group: '..', group_id: uuid, removed_at: null };
  state.projectGroups.set(state.projects[0]!.id, [row]);

  const { data, errors } = await rollcall.ask(
    '{ project(id: "gid://asa/Project/acme/region-1") { name groups { complete nodes { id } } } }',
  );

  expect(data.project.name).toBe('region-1');
  expect(errors).toMatchObject([badResponse('asa', ['project', 'groups'])]);
  expect(heard()).toEqual({ asa: asa('projects/region-1', 'projects/region-1/groups') });
});
