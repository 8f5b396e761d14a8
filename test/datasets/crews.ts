import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { entries } from '../support/journal.js';
import { openServed, type Served, type ServedOptions } from './served.js';

/** What ASA's groups are called, in the order of the dataset. */
export function crews(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `Bastion crew ${at + 1}`).sort();
}

/** The requests for the members of one group. */
export function membersOf(name: string): RegExp {
  return new RegExp(`/groups/${encodeURIComponent(name)}/users(\\?|$)`);
}

/** ASA alone, whose groups each cost a read, with so many groups of so many members. */
export async function openCrews(groups: number, members: number, options: ServedOptions = {}): Promise<Served> {
  const served = await openServed({
    only: ['asa'],
    ...options,
    population: {
      people: people(members),
      groups,
      membersPerGroup: members,
      projects: 0,
      awkward: false,
      ...options.population,
    },
  });
  // One call a group, whatever its size.
  served.sandbox.server<AsaState>('asa').box.state.pageSize = 10_000;
  return served;
}

/** Big enough for any file of it to go far beyond what is held back: 35,000 rows, 12 MB as CSV. */
export const bigCrews = 70;
export const openBigCrews = (options: ServedOptions = {}) => openCrews(bigCrews, 500, options);

/** Strikes the requests for the members of the k-th group, counted from 1. */
export function strikeGroup(served: Served, k: number, of: number, fault: FaultRule): void {
  served.sandbox.server('asa').fault({ ...fault, match: membersOf(crews(of)[k - 1]!) });
}

/** How many groups' members have been asked for. */
export function memberLists(served: Served, after = 0): number {
  return entries(served.sandbox.server('asa'), after).filter(({ target }) => /\/users(\?|$)/.test(target)).length;
}
