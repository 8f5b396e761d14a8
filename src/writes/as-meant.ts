import { isDeepStrictEqual } from 'node:util';
import type { GroupChanges, GroupRow, Path } from '../vendors/vendor.js';
import { itemKey } from './plan.js';

/** Whether a group is as a write meant it to be; vendors may trim a name or change its case. */
export function isAsMeant(
  group: GroupRow,
  { name, roles, attributes }: GroupChanges,
  members?: readonly Path[],
): boolean {
  if (name !== undefined && !isSameName(group.name, name)) return false;
  if (roles !== undefined && group.roles !== undefined && !areSame(group.roles, roles)) return false;
  if (attributes !== undefined && !isDeepStrictEqual(plain(group.attributes), plain(attributes))) return false;
  return members === undefined || group.members === undefined || areSameMembers(pathsOf(group), members);
}

export function isSameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

/** Whether two lists name the same members, in whatever order. */
export function areSameMembers(one: readonly Path[], other: readonly Path[]): boolean {
  return areSame(one.map(itemKey), other.map(itemKey));
}

export function pathsOf({ members = [] }: GroupRow): readonly Path[] {
  return members.map(({ path }) => path);
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  const [all, others] = [new Set(one), new Set(other)];
  return all.size === others.size && [...all].every((text) => others.has(text));
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

/** Without prototypes, which make equal JSON differ. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
