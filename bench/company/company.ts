import type { BoxDefinition, Population } from '../../src/vendors/boxed.js';
import { people } from '../../src/sandbox/people.js';
import { populationOf } from '../../src/sandbox/population.js';
import { oktaAsaBox, type AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { testrailBox, type TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { tiledeskBox, type TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';

/** A group as every right answer tells it, its members in any order. */
export interface TrueGroup {
  readonly id: string;
  /** The same group by its name alone, where a vendor has such an address; else `id`. */
  readonly shortId: string;
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly name: string; readonly email: string }[];
}

/** One vendor of the company: its box, and what is true of its groups. */
export interface Department {
  readonly definition: BoxDefinition;
  readonly population: Population;
  groupsOf(state: unknown): readonly TrueGroup[];
}

const asaTeams = 5;

/** 250 TestRail groups of 20 of 500 users; 10 Tiledesk projects of 20 groups of 10; 5 ASA teams of 20 groups of 20. */
export function company(): readonly Department[] {
  const plain = { projects: 10, awkward: false };
  return [
    {
      definition: testrailBox,
      population: { ...plain, people: people(500), groups: 250, membersPerGroup: 20 },
      groupsOf: (state) => testrailGroups(state as TestRailState),
    },
    {
      definition: withProjects,
      population: { ...plain, people: people(500), groups: 20, membersPerGroup: 10 },
      groupsOf: (state) => tiledeskGroups(state as TiledeskState),
    },
    ...Array.from({ length: asaTeams }, (_, at) => asaTeam(at + 1)),
  ];
}

/** The sandbox's vendors that list their groups, with so many memberships; nobody asks what is true of them. */
export function crowd(memberships: number): readonly Department[] {
  const population = { ...populationOf(memberships), awkward: false };
  return [testrailBox, tiledeskBox, unlimitedAsa('asa', 'acme')].map((definition) => ({
    definition: definition as BoxDefinition,
    population,
    groupsOf: () => [],
  }));
}

/** The configuration names the projects, so that nobody has to ask for them. */
const withProjects: BoxDefinition<TiledeskState> = {
  ...tiledeskBox,
  settings: (origin, state) => ({
    ...tiledeskBox.settings(origin, state),
    projects: state.projects.map(({ _id }) => _id),
  }),
};

/** A team that may be asked as often as one likes. */
function unlimitedAsa(sourceName: string, team: string): BoxDefinition<AsaState> {
  return {
    ...oktaAsaBox,
    sourceName,
    open(population) {
      const box = oktaAsaBox.open(population);
      Object.assign(box.state, { team, rateLimit: 1_000_000_000 });
      return box;
    },
  };
}

function asaTeam(number: number): Department {
  const sourceName = `asa-${number}`;
  return {
    definition: unlimitedAsa(sourceName, `team-${number}`),
    population: { people: people(100), groups: 20, membersPerGroup: 20, projects: 1, awkward: false },
    groupsOf: (state) => asaGroups(sourceName, state as AsaState),
  };
}

function testrailGroups({ groups, users }: TestRailState): TrueGroup[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  return groups.map(({ id, name, user_ids }) => {
    const members = user_ids.map((user) => ({ ...byId.get(user)!, id: `gid://testrail/User/${user}` }));
    return group(`gid://testrail/TestRailGroup/${id}`, name, members);
  });
}

function tiledeskGroups({ groups, users }: TiledeskState): TrueGroup[] {
  const byId = new Map(users.map((user) => [user._id, user]));
  return groups.map(({ _id, id_project: project, name = '', members: ids }) => {
    const members = ids.map((id) => {
      const { firstname, lastname, email } = byId.get(id)!;
      return { id: `gid://tiledesk/User/${project}/${id}`, name: `${firstname} ${lastname}`, email };
    });
    return group(`gid://tiledesk/TiledeskGroup/${project}/${_id}`, name, members);
  });
}

function asaGroups(source: string, { team, groups, users, members: membersOf }: AsaState): TrueGroup[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  return groups.map(({ id, name }) => {
    const members = membersOf.get(id)!.map((user) => {
      const { name: userName, details } = byId.get(user)!;
      return { id: `gid://${source}/User/${team}/${userName}`, name: details!.full_name, email: details!.email };
    });
    const shortId = `gid://${source}/AsaGroup/${team}/${encodeURIComponent(name)}`;
    return { ...group(`${shortId}/${id}`, name, members), shortId };
  });
}

function group(id: string, name: string, members: TrueGroup['members']): TrueGroup {
  const told = members.map((member) => ({ id: member.id, name: member.name, email: member.email }));
  return { id, shortId: id, name, members: told };
}
