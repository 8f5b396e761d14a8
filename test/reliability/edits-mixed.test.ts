/** Adds and removes of the same few members by fifty callers at once, while others give the group new names. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Chance } from '../support/chance.js';
import { addsAndRemoves, crowd } from '../support/crowd.js';
import { crowdedHouse } from '../support/crowded-house.js';
import { wholeListSources } from '../support/edited-group.js';
import { sendEdit } from '../support/edits-through.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { slowly } from '../support/sick-vendor.js';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
const house = crowdedHouse();

describe.each(wholeListSources)('at %s', (source) => {
  it.each(seeds)('everybody ends as an order of the 200 edits would have it (seed %i)', async (seed) => {
    const chance = new Chance(seed);
    const group = house.group(source, chance.whole(5, 15));
    const before = group.members();
    slowly(group, chance, 30);

    const edits = crowd(addsAndRemoves(chance, group.people.slice(0, 30), 50, 4), house.editor(group));
    const renames = [1, 2, 3].map(async (nth) => {
      await pause(chance.whole(0, 200));
      return sendEdit(house.url, 'updateGroup', { group: group.id, name: `Crowded, named anew ${nth}` });
    });
    const [happened, ...renamed] = await Promise.all([edits, ...renames]);

    expect(happened.flatMap(({ codes }) => codes)).toEqual([]);
    expect(renamed.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(findingsIn(happened, before, group.members())).toEqual(nothingFound);
    expect(new Set(group.members()).size).toBe(group.members().length);
  });
});
