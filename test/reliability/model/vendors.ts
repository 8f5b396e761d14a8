/** The vendors whose groups can be looked at, as the model sees them: two groups, six people, and somebody who is none of them. */
import { people } from '../../../src/sandbox/people.js';
import type { BoxDefinition } from '../../../src/vendors/boxed.js';
import { oktaAsaBox, type AsaState } from '../../../src/vendors/okta-asa/sandbox.js';
import { testrailBox, type TestRailState } from '../../../src/vendors/testrail/sandbox.js';
import { tiledeskBox, type TiledeskState } from '../../../src/vendors/tiledesk/sandbox.js';
import { veltBox, type VeltState } from '../../../src/vendors/velt/sandbox.js';

/** A person's place in the company. */
export type Member = number;
export type Place = 0 | 1;

export const company = people(6);
/** Whom only Tiledesk takes, which looks at nobody. */
export const nobody: Member = company.length;
export const places: readonly Place[] = [0, 1];

/** A group as it is: who is in it, and which of the vendor's `values` it has; -1 where it has none of them. */
export interface GroupState {
  readonly members: ReadonlySet<Member>;
  readonly value: number;
}

export interface ModelVendor {
  readonly source: string;
  readonly box: BoxDefinition;
  /** How members are edited: by the whole list, or by calls about several or about each. */
  readonly edits: 'the list' | 'in one call' | 'one by one';
  /** What `updateGroup` can make of a group. */
  readonly values: readonly object[];
  groupId(place: Place): string;
  memberId(member: Member): string;
  stateOf(state: any, place: Place): GroupState;
  /** As the vendor's own pages would. */
  put(state: any, place: Place, members: ReadonlySet<Member>): void;
  /** Whether its group is looked at before anything else is done: where its id says more than the vendor can be told. */
  isSeenFirst?(place: Place): boolean;
  /** Whether it takes people whom it does not know. */
  readonly takesAnybody?: boolean;
  /** Whether it refuses to put in whom it has, and to take out whom it has not. */
  readonly isStrict?: boolean;
}

const names = ['Alpha', 'Beta', 'Gamma'].map((name) => ({ name }));
const firstUuid = '0b8e1f7e-0000-4000-8000-000000000001';
const roles = ['access_user', 'access_admin', 'reporting_user'];
const hex = (start: string, number: number) => start + number.toString(16).padStart(6, '0');
const project = hex('5b55e806c93dde0014', 1);
const nameAt = (name: string | undefined) => names.findIndex((value) => value.name === name);

const testrail: ModelVendor = {
  source: 'testrail',
  box: testrailBox,
  edits: 'the list',
  values: names,
  groupId: (place) => `gid://testrail/TestRailGroup/${place + 1}`,
  memberId: (member) => `gid://testrail/User/${member + 1}`,
  stateOf({ groups }: TestRailState, place) {
    const { name, user_ids } = groups[place]!;
    return { members: new Set(user_ids.map((id) => id - 1)), value: nameAt(name) };
  },
  put({ groups }: TestRailState, place, members) {
    groups[place]!.user_ids = [...members].map((member) => member + 1);
  },
};

const tiledesk: ModelVendor = {
  source: 'tiledesk',
  box: tiledeskBox,
  edits: 'the list',
  takesAnybody: true,
  values: names,
  groupId: (place) => `gid://tiledesk/TiledeskGroup/${project}/${hex('5c34b5149f22a70016', place + 1)}`,
  memberId: (member) => `gid://tiledesk/User/${project}/${hex('5ab0f3fa57066e0014', member + 1)}`,
  stateOf({ groups }: TiledeskState, place) {
    const { name, members } = groups[place]!;
    return { members: new Set(members.map((id) => parseInt(id.slice(-6), 16) - 1)), value: nameAt(name) };
  },
  put({ groups }: TiledeskState, place, members) {
    groups[place]!.members = [...members].map((member) => hex('5ab0f3fa57066e0014', member + 1));
  },
};

const velt: ModelVendor = {
  source: 'velt',
  box: veltBox,
  edits: 'in one call',
  values: [],
  groupId: (place) => `gid://velt/VeltUserGroup/org-a/${['qa', 'design'][place]}`,
  memberId: (member) => `gid://velt/User/org-a/u-${member + 1}`,
  stateOf({ organizations: [acme] }: VeltState, place) {
    return { members: new Set(acme!.groups[place]!.members.map((id) => Number(id.slice(2)) - 1)), value: -1 };
  },
  put({ organizations: [acme] }: VeltState, place, members) {
    acme!.groups[place]!.members = [...members].map((member) => `u-${member + 1}`);
  },
};

const asa: ModelVendor = {
  source: 'asa',
  box: oktaAsaBox,
  edits: 'one by one',
  values: roles.map((role) => ({ roles: [role.toUpperCase()] })),
  groupId: (place) => `gid://asa/AsaGroup/acme/Bastion%20crew%20${place + 1}${place === 0 ? `/${firstUuid}` : ''}`,
  isSeenFirst: (place) => place === 0,
  memberId: (member) => `gid://asa/User/acme/${company[member]?.email.split('@')[0] ?? 'nobody.there'}`,
  stateOf({ groups, members, users }: AsaState, place) {
    const { id, roles: given } = groups[place]!;
    const inside = members.get(id)!.map((user) => users.findIndex((one) => one.id === user));
    return { members: new Set(inside), value: given.length === 1 ? roles.indexOf(given[0]!) : -1 };
  },
  put({ groups, members, users }: AsaState, place, inside) {
    members.set(
      groups[place]!.id,
      [...inside].map((member) => users[member]!.id),
    );
  },
};

/** ASA documents neither of its two ways. */
const strictAsa: ModelVendor = {
  ...asa,
  isStrict: true,
  box: {
    ...oktaAsaBox,
    open(population) {
      const box = oktaAsaBox.open(population);
      Object.assign(box.state, { memberTwice: 409, nonMember: 404 });
      return box;
    },
  },
};

export const modelVendors = { testrail, tiledesk, velt, asa, strictAsa };
