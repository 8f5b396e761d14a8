import { describe, expect, it } from 'vitest';
import { groupsOfMember } from '../../src/graph/gather-groups.js';
import type { Request } from '../../src/graph/request.js';
import type { Source } from '../../src/graph/sources.js';
import { nothing, type Gathered } from '../../src/reads/known.js';
import type { GroupRow, MemberRef } from '../../src/vendors/vendor.js';

const user = (nr: number): MemberRef => ({ type: 'User', path: [String(nr)], vendorId: String(nr) });

/** Groups of a source that tells them with their members, and how often anybody has looked at those. */
function watchedGroups(count: number, people: number) {
  let looks = 0;
  const known = Array.from({ length: count }, (_, nr) => {
    const members = Array.from({ length: people }, (_one, at) => user((nr + at) % people));
    const row = {
      type: 'TestRailGroup',
      path: [String(nr + 1)],
      get members() {
        looks += 1;
        return nr % 2 === 0 ? members : [...members.slice(1), user(1_000)];
      },
    } as unknown as GroupRow;
    return { row, at: new Date(), origin: 'VENDOR' as const };
  });
  const groups: Gathered<GroupRow> = { ...nothing(), known };
  const reads = { all: async () => groups };
  return { request: { reads: () => reads } as unknown as Request, known, looks: () => looks };
}

describe('the groups of people whose groups name them', () => {
  const source = { adapter: { groups: { scopeOf: () => null } } } as unknown as Source;

  it('are those that name them, in order', async () => {
    const { request, known } = watchedGroups(4, 3);
    const named = async (nr: number) => (await groupsOfMember(request, source, user(nr))).known.map(({ row }) => row);

    expect(await named(1_000)).toEqual([known[1]!.row, known[3]!.row]);
    expect(await named(1)).not.toContain(known[1]!.row);
    expect(await named(7)).toEqual([]);
  });

  it('are looked up once, however many people are asked for them and however often', async () => {
    const { request, looks } = watchedGroups(50, 20);
    for (let nr = 0; nr < 400; nr += 1) await groupsOfMember(request, source, user(nr % 20));

    expect(looks()).toBe(50);
  });
});
