import type { Population } from '../vendors/boxed.js';
import { people } from './people.js';

const projects = 3;
/** Of a group that the vendors list: at TestRail, in each of Tiledesk's projects, and at ASA. */
const kept = 2 + projects;
const fewestPeople = 320;
const mostPeople = 5_000;

/**
 * A company with at least so many memberships at the vendors that list their groups, and few more: the same number of groups, all of
 * one size, at TestRail, in each of Tiledesk's projects and at ASA. 1,000, 10,000, 100,000 and 1,000,000 are met exactly where
 * nothing awkward is added.
 */
export function populationOf(
  memberships: number,
): Pick<Population, 'people' | 'groups' | 'membersPerGroup' | 'projects'> {
  const membersPerGroup = memberships <= 1_000 ? 10 : memberships <= 10_000 ? 50 : 100;
  const count = Math.min(mostPeople, Math.max(fewestPeople, Math.ceil(memberships / 200)));
  return {
    people: people(count),
    groups: Math.ceil(memberships / (kept * membersPerGroup)),
    membersPerGroup,
    projects,
  };
}
