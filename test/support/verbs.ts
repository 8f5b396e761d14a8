import type { MutationName } from '../../src/graph/graph.js';
import { people } from '../../src/sandbox/people.js';
import { gid } from './gid.js';

/** What every verb has something to do in: of each vendor's groups the first is for adds, each further one for another verb. */
export function company(size = 40) {
  return { people: people(size), groups: 6, membersPerGroup: 3, projects: 1, awkward: false };
}

/** One mutation at one source. */
export interface Verb {
  readonly mutation: MutationName;
  readonly source: string;
  /** Without a key. `nth` makes it another thing to do, where the verb can do another in the same company. */
  input(nth?: number): object;
  /** Whether each `nth` is sent with a body of its own. */
  readonly isEachOwn: boolean;
  /** Whether the vendor documents a read that shows what it did. */
  readonly canBeSeen: boolean;
}

const desk = '5b55e806c93dde0014000001';
const hex = (start: string, number: number) => start + number.toString(16).padStart(6, '0');
const deskUser = (number: number) => gid('tiledesk', 'User', desk, hex('5ab0f3fa57066e0014', number));
const deskGroup = (number: number) => gid('tiledesk', 'TiledeskGroup', desk, hex('5c34b5149f22a70016', number));
const railUser = (number: number) => gid('testrail', 'User', String(number));
const railGroup = (number: number) => gid('testrail', 'TestRailGroup', String(number));
const veltUser = (number: number) => gid('velt', 'User', 'org-a', `u-${number}`);
const veltGroups = ['qa', 'design', 'circle-3'];
const veltGroup = (number: number) => gid('velt', 'VeltUserGroup', 'org-a', veltGroups[number - 1]!);
let known = people(100);
function asaUser(number: number): string {
  // The first people are always the same ones.
  if (number > known.length) known = people(2 * number);
  const { email } = known[number - 1]!;
  return gid('asa', 'User', 'acme', email.slice(0, email.indexOf('@')));
}
const asaGroup = (number: number) => gid('asa', 'AsaGroup', 'acme', `Bastion crew ${number}`);
const permissionGroup = gid('updraft', 'UpdraftPermissionGroup', '31');
const distributionGroup = gid('updraft', 'UpdraftDistributionGroup', '56');
const updraftUser = (number: number) => gid('updraft', 'User', String(number));

/** In no group's first three places at any vendor, as long as there are no more than 6 groups of 3. */
const outsider = (nth: number) => 35 + nth;

type Row = readonly [mutation: MutationName, source: string, input: (nth: number) => object, isEachOwn: boolean];

const creates: readonly Row[] = [
  [
    'createUpdraftDistributionGroup',
    'updraft',
    (nth) => ({ project: gid('updraft', 'Project', '901'), title: `Ring ${nth}` }),
    true,
  ],
  [
    'createUpdraftPermissionGroup',
    'updraft',
    (nth) => ({ organization: gid('updraft', 'Organization', '12'), title: `Leads ${nth}` }),
    true,
  ],
  [
    'addVeltUserGroups',
    'velt',
    (nth) => ({
      organization: gid('velt', 'Organization', 'org-a'),
      groups: [{ groupId: `ops-${nth}`, groupName: `Ops ${nth}` }],
    }),
    true,
  ],
  [
    'addTestRailGroup',
    'testrail',
    (nth) => ({
      organization: gid('testrail', 'Organization', 'testrail'),
      name: `Smoke ${nth}`,
      users: [railUser(1), railUser(2)],
    }),
    true,
  ],
  [
    'createTiledeskGroup',
    'tiledesk',
    (nth) => ({ project: gid('tiledesk', 'Project', desk), name: `Night ${nth}`, members: [deskUser(1)] }),
    true,
  ],
  [
    'createAsaGroup',
    'asa',
    (nth) => ({ organization: gid('asa', 'Organization', 'acme'), name: `crew ${nth}`, roles: ['ACCESS_USER'] }),
    true,
  ],
];

const adds: readonly Row[] = [
  ['addUpdraftTester', 'updraft', (nth) => ({ email: `tess-${nth}@example.com`, groups: [distributionGroup] }), true],
  ['addUpdraftUserToPermissionGroups', 'updraft', () => ({ user: updraftUser(33), groups: [permissionGroup] }), false],
  ['addGroupMembers', 'updraft', (nth) => ({ group: permissionGroup, members: [updraftUser(outsider(nth))] }), true],
  ['addGroupMembers', 'velt', (nth) => ({ group: veltGroup(1), members: [veltUser(outsider(nth))] }), true],
  ['addGroupMembers', 'testrail', (nth) => ({ group: railGroup(1), members: [railUser(outsider(nth))] }), true],
  ['addGroupMembers', 'tiledesk', (nth) => ({ group: deskGroup(1), members: [deskUser(outsider(nth))] }), true],
  ['addGroupMembers', 'asa', (nth) => ({ group: asaGroup(1), members: [asaUser(outsider(nth))] }), true],
];

const changes: readonly Row[] = [
  ['removeGroupMembers', 'velt', () => ({ group: veltGroup(2), members: [veltUser(6)] }), false],
  ['removeGroupMembers', 'testrail', () => ({ group: railGroup(2), members: [railUser(8)] }), false],
  ['removeGroupMembers', 'tiledesk', () => ({ group: deskGroup(2), members: [deskUser(6)] }), false],
  ['removeGroupMembers', 'asa', () => ({ group: asaGroup(2), members: [asaUser(6)] }), false],
  ['setGroupMembers', 'velt', () => ({ group: veltGroup(3), members: [11, 12, 13, 30].map(veltUser) }), false],
  ['setGroupMembers', 'testrail', () => ({ group: railGroup(3), members: [15, 18, 30].map(railUser) }), false],
  ['setGroupMembers', 'tiledesk', () => ({ group: deskGroup(3), members: [11, 12, 30].map(deskUser) }), false],
  ['setGroupMembers', 'asa', () => ({ group: asaGroup(3), members: [11, 14, 17, 30].map(asaUser) }), false],
  ['updateGroup', 'testrail', (nth) => ({ group: railGroup(4), name: `Renamed ${nth}` }), true],
  ['updateGroup', 'tiledesk', (nth) => ({ group: deskGroup(4), name: `Renamed ${nth}` }), true],
  ['updateGroup', 'asa', () => ({ group: asaGroup(4), roles: ['REPORTING_USER', 'ACCESS_ADMIN'] }), false],
  ['deleteGroup', 'testrail', () => ({ group: railGroup(5) }), false],
  ['deleteGroup', 'tiledesk', () => ({ group: deskGroup(5) }), false],
  ['deleteGroup', 'asa', () => ({ group: asaGroup(5) }), false],
];

/** Every mutation at every source that carries it out, each sent as one write in such a `company`. */
export const verbs: readonly Verb[] = [...creates, ...adds, ...changes].map(
  ([mutation, source, inputOf, isEachOwn]) => ({
    mutation,
    source,
    input: (nth = 1) => inputOf(nth),
    isEachOwn,
    canBeSeen: source !== 'updraft' && mutation !== 'addVeltUserGroups',
  }),
);

/** A verb for a table of tests. */
export const named = (those: readonly Verb[]) =>
  those.map((verb) => [`${verb.mutation} at ${verb.source}`, verb] as const);

/** The verb of that name. */
export function verb(mutation: MutationName, source: string): Verb {
  return verbs.find((one) => one.mutation === mutation && one.source === source)!;
}

/** The groups that the edits of a source name, for tests of several. */
export const groupsOf = { testrail: railGroup, tiledesk: deskGroup, velt: veltGroup, asa: asaGroup };
/** Their users, by number. */
export const usersOf = { testrail: railUser, tiledesk: deskUser, velt: veltUser, asa: asaUser, updraft: updraftUser };
