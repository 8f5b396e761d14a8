/** Inputs that no vendor may come to see, as a table of cases. */
import { expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { ids, type House } from './house.js';

/** A mutation, its input, and where in it something is wrong; null where no single value is. */
export type BadWrite = readonly [mutation: MutationName, input: object, ...fields: (readonly string[] | null)[]];
export type Case = readonly [what: string, ...BadWrite];

export function refusedBeforeAnyCall(house: () => House, code: string, cases: readonly Case[]): void {
  it.each(cases.map(([what, ...write]) => ({ what, write })))(
    '$what',
    async ({ write: [mutation, input, ...fields] }) => {
      const answer = await house().write(mutation, input);

      expect(answer.userErrors.map((error) => ({ code: error.code, field: error.field }))).toEqual(
        fields.map((field) => ({ code, field })),
      );
      expect(answer).toMatchObject({ calls: [], confirmedBy: null });
      expect([answer.group, answer.tester, answer.deletedId].filter(Boolean)).toEqual([]);
      const { groups = [], added = [], removed = [], unchanged = [] } = answer;
      expect([...groups, ...added, ...removed, ...unchanged]).toEqual([]);
      expect(nobodyWasAsked(house())).toBe(true);
    },
  );
}

function nobodyWasAsked({ sandbox, server }: House): boolean {
  return Object.keys(sandbox.sources).every((name) => server(name).journal.length === 0);
}

export function named(name: string, ...fields: (readonly string[])[]): BadWrite {
  return ['addTestRailGroup', { organization: ids.testrail, name }, ...fields];
}

export function namedAtAsa(name: string): BadWrite {
  return ['createAsaGroup', { organization: ids.asa, name }, ['name']];
}

export function tester(email: string): BadWrite {
  return ['addUpdraftTester', { email, groups: [ids.distributionGroup] }, ['email']];
}

export function veltGroups(groups: object[], ...fields: (readonly string[])[]): BadWrite {
  return ['addVeltUserGroups', { organization: ids.veltOrganization, groups }, ...fields];
}

export function membersOf(group: string, members: string[], ...fields: (readonly string[])[]): BadWrite {
  return ['addGroupMembers', { group, members }, ...fields];
}

export function manyMembers(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `gid://velt/User/org-a/u-${at + 1}`);
}
