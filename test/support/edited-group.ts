/** Groups of the two vendors that only know to replace a whole list of members, each made for one test. */
import type { JournalEntry } from '../../src/sandbox/journal.js';
import { people } from '../../src/sandbox/people.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxServer } from '../../src/sandbox/server.js';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { gid } from './gid.js';

export const wholeListSources = ['testrail', 'tiledesk'] as const;
export type WholeListSource = (typeof wholeListSources)[number];

/** A company in which a crowd finds members enough. */
export const manyPeople = { people: people(480), groups: 2, projects: 1, awkward: false };

/** Members are told by their global ids, whatever the vendor calls them. */
export interface EditedGroup {
  readonly source: WholeListSource;
  /** Its global id. */
  readonly id: string;
  readonly server: SandboxServer;
  /** Who may be a member, always in the same order; the first of them are its first members. */
  readonly people: readonly string[];
  /** As the vendor has them now, in its order. */
  members(): readonly string[];
  /** Makes this the list behind everybody's back. */
  become(members: readonly string[]): void;
  readonly isRead: (request: BoxRequest) => boolean;
  readonly isWrite: (request: BoxRequest) => boolean;
  /** What the vendor was asked of this group, in order. */
  requests(): readonly JournalEntry[];
  /** As it travels: where to, and what it is called in a body. */
  readonly wire: Wire;
}

export interface Wire {
  readonly read: string;
  readonly write: string;
  readonly list: 'user_ids' | 'members';
  /** A member's own id. */
  own(member: string): number | string;
}

/** A new group with so many members. */
export function makeGroup(sandbox: Sandbox, source: WholeListSource, size = 12): EditedGroup {
  const { server, wire, row, people } = source === 'testrail' ? atTestRail(sandbox) : atTiledesk(sandbox);
  const isOf = (line: string) => (request: BoxRequest) => `${request.method} ${request.target}` === line;
  const [isRead, isWrite] = [isOf(wire.read), isOf(wire.write)];
  const byOwn = new Map(people.map((member) => [wire.own(member), member]));
  const group: EditedGroup = {
    source,
    id: row.id,
    server,
    people,
    members: () => row.list().map((own) => byOwn.get(own)!),
    become: (members) => row.become(members.map(wire.own)),
    isRead,
    isWrite,
    requests: () => server.journal.filter((entry) => isRead(entry) || isWrite(entry)),
    wire,
  };
  group.become(people.slice(0, size));
  return group;
}

interface Made {
  readonly server: SandboxServer;
  readonly wire: Wire;
  readonly people: readonly string[];
  /** The vendor's own record of it. */
  readonly row: {
    readonly id: string;
    list(): readonly (number | string)[];
    become(list: readonly (number | string)[]): void;
  };
}

function atTestRail(sandbox: Sandbox): Made {
  const server = sandbox.server<TestRailState>('testrail');
  const { groups, users } = server.box.state;
  const id = Math.max(...groups.map((group) => group.id)) + 1;
  const group = { id, name: `Crowded ${id}`, user_ids: [] as number[] };
  groups.push(group);
  return {
    server,
    wire: {
      read: `GET /index.php?/api/v2/get_group/${id}`,
      write: `POST /index.php?/api/v2/update_group/${id}`,
      list: 'user_ids',
      own: (member) => Number(lastPart(member)),
    },
    people: users.map((user) => gid('testrail', 'User', String(user.id))),
    row: {
      id: gid('testrail', 'TestRailGroup', String(id)),
      list: () => group.user_ids,
      become: (list) => (group.user_ids = list as number[]),
    },
  };
}

function atTiledesk(sandbox: Sandbox): Made {
  const server = sandbox.server<TiledeskState>('tiledesk');
  const { state } = server.box;
  const project = state.projects[0]!._id;
  const id = (0xc0_0000 + ++state.groupsMade).toString(16).padStart(24, '5');
  const group = {
    _id: id,
    name: `Crowded ${id}`,
    members: [] as string[],
    trashed: false,
    id_project: project,
    __v: 0,
  };
  state.groups.push(group);
  const team = state.projectUsers.filter(({ id_project, trashed }) => id_project === project && !trashed);
  return {
    server,
    wire: {
      read: `GET /v3/${project}/groups/${id}`,
      write: `PUT /v3/${project}/groups/${id}`,
      list: 'members',
      own: lastPart,
    },
    people: team.map(({ id_user }) => gid('tiledesk', 'User', project, id_user)),
    row: {
      id: gid('tiledesk', 'TiledeskGroup', project, id),
      list: () => group.members,
      become: (list) => (group.members = list as string[]),
    },
  };
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
