/** One group at each vendor that lets members be taken out, with the same three in it, and the edits that it allows. */
import type { MutationName } from '../../src/graph/graph.js';
import { people } from '../../src/sandbox/people.js';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { gid } from '../support/gid.js';
import { ids, type House } from './house.js';

/** Members are told by their global ids, whatever the vendor calls them. */
export interface Crew {
  readonly source: string;
  readonly group: string;
  /** Who is in it, in the vendor's order. */
  readonly members: readonly [string, string, string];
  /** Users who are not. */
  readonly others: readonly [string, string, string];
  /** Who is in it now, as the vendor has it. */
  now(house: House): readonly string[];
  /** Makes these its members, behind everybody's back. */
  become(house: House, members: readonly string[]): void;
}

const asaNames = people(12).map(({ email }) => email.slice(0, email.indexOf('@')));
const asaUser = (place: number) => ids.asaUser(asaNames[place]!);
const asaUuid = (place: number) => `0b8e1f7e-0000-4001-8000-${(place + 1).toString(16).padStart(12, '0')}`;
const project = '5b55e806c93dde0014000001';
const ownId = (id: string) => decodeURIComponent(id.slice(id.lastIndexOf('/') + 1));

const testrail: Crew = {
  source: 'testrail',
  group: ids.testrailGroup(1),
  members: [ids.testrailUser(1), ids.testrailUser(4), ids.testrailUser(7)],
  others: [ids.testrailUser(2), ids.testrailUser(3), ids.testrailUser(5)],
  now: (house) => testrailGroup(house).user_ids.map(ids.testrailUser),
  become: (house, members) => void (testrailGroup(house).user_ids = members.map((id) => Number(ownId(id)))),
};

const tiledesk: Crew = {
  source: 'tiledesk',
  group: ids.tiledeskGroup(1),
  members: [ids.tiledeskUser(1), ids.tiledeskUser(3), ids.tiledeskUser(4)],
  others: [ids.tiledeskUser(5), ids.tiledeskUser(7), ids.tiledeskUser(9)],
  now: (house) => tiledeskGroup(house).members.map((id) => gid('tiledesk', 'User', project, id)),
  become: (house, members) => void (tiledeskGroup(house).members = members.map(ownId)),
};

const velt: Crew = {
  source: 'velt',
  group: ids.veltGroup('design'),
  members: [ids.veltUser(6), ids.veltUser(7), ids.veltUser(8)],
  others: [ids.veltUser(1), ids.veltUser(2), ids.veltUser(3)],
  now: (house) => veltGroup(house).members.map((id) => gid('velt', 'User', 'org-a', id)),
  become: (house, members) => void (veltGroup(house).members = members.map(ownId)),
};

const asa: Crew = {
  source: 'asa',
  group: ids.asaGroup('Bastion crew 1'),
  members: [asaUser(0), asaUser(3), asaUser(6)],
  others: [asaUser(1), asaUser(2), asaUser(4)],
  now(house) {
    const { users, members } = house.server<AsaState>('asa').box.state;
    return members.get(asaGroup(house))!.map((id) => ids.asaUser(users.find((user) => user.id === id)!.name));
  },
  become(house, members) {
    const uuids = members.map((id) => asaUuid(asaNames.indexOf(ownId(id))));
    house.server<AsaState>('asa').box.state.members.set(asaGroup(house), uuids);
  },
};

function testrailGroup(house: House) {
  return house.server<TestRailState>('testrail').box.state.groups[0]!;
}

function tiledeskGroup(house: House) {
  return house.server<TiledeskState>('tiledesk').box.state.groups[0]!;
}

function veltGroup(house: House) {
  const [acme] = house.server<VeltState>('velt').box.state.organizations;
  return acme!.groups.find(({ clientGroupId }) => clientGroupId === 'design')!;
}

function asaGroup(house: House) {
  return house.server<AsaState>('asa').box.state.groups[0]!.id;
}

export const crews = { testrail, tiledesk, velt, asa } as const;
export const everyCrew: readonly Crew[] = Object.values(crews);
/** Where the members of a group can only be replaced all at once. */
export const wholeListCrews: readonly Crew[] = [testrail, tiledesk];

/** Edits of the crews, each of which is one written call that changes something. */
export const goodEdits: readonly (readonly [mutation: MutationName, source: string, input: object])[] = [
  ...everyCrew.flatMap(({ source, group, members, others }) => [
    ['addGroupMembers', source, { group, members: [others[0]] }] as const,
    ['removeGroupMembers', source, { group, members: [members[1]] }] as const,
    ['setGroupMembers', source, { group, members: [members[2], members[0]] }] as const,
  ]),
  ['updateGroup', 'testrail', { group: testrail.group, name: 'Renamed' }],
  ['updateGroup', 'tiledesk', { group: tiledesk.group, name: 'Renamed', attributes: { shift: 'late' } }],
  ['updateGroup', 'asa', { group: asa.group, roles: ['REPORTING_USER'] }],
  ...[testrail, tiledesk, asa].map(({ source, group }) => ['deleteGroup', source, { group }] as const),
];

export const idsOf = (members: readonly { readonly id: string }[] = []): string[] => members.map(({ id }) => id);

/** Acts once, right before the vendor handles the first such request. */
export function meanwhile(house: House, source: string, isMeant: (request: BoxRequest) => boolean, act: () => void) {
  let isDue = true;
  house.server(source).fault({
    mode: 'hang',
    match(request) {
      if (isDue && isMeant(request)) {
        isDue = false;
        act();
      }
      return false;
    },
  });
}
