/** Two hundred adds by fifty callers at once, over real HTTP, to a process of its own with its ledger on disk. */
import { describe, expect, it } from 'vitest';
import { Chance } from '../support/chance.js';
import { adds, crowd } from '../support/crowd.js';
import { crowdedHouse } from '../support/crowded-house.js';
import { wholeListSources } from '../support/edited-group.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { slowly } from '../support/sick-vendor.js';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
const house = crowdedHouse();

describe.each(wholeListSources)('at %s', (source) => {
  const calls: number[] = [];

  it.each(seeds)('none of 200 is lost (seed %i)', async (seed) => {
    const chance = new Chance(seed);
    const group = house.group(source, chance.whole(0, 60));
    const before = group.members();
    const scripts = adds(chance, group.people.slice(before.length), 50, 4);
    slowly(group, chance, 30);

    const happened = await crowd(scripts, house.editor(group));

    expect(happened.flatMap(({ codes }) => codes)).toEqual([]);
    expect(findingsIn(happened, before, group.members())).toEqual(nothingFound);
    expect(group.members()).toHaveLength(before.length + scripts.flat().flatMap(({ members }) => members).length);
    calls.push(group.requests().length);
  });

  // Which edits find each other under way is a matter of the machine, too: a busy one may need a call or two more now and then.
  it('they cost at most 20 calls', () => {
    expect(calls.toSorted((a, b) => a - b)[Math.floor(0.8 * seeds.length)]).toBeLessThanOrEqual(20);
    expect(Math.max(...calls)).toBeLessThanOrEqual(30);
  });
});
