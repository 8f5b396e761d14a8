/** Edits by fifty callers at once at a vendor that fails, resets, cuts, hangs, loses its answers and applies late. */
import { expect, it } from 'vitest';
import { Chance } from '../support/chance.js';
import { addsAndRemoves, crowd } from '../support/crowd.js';
import { crowdedHouse } from '../support/crowded-house.js';
import { wholeListSources, type EditedGroup } from '../support/edited-group.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { readAilments, sicken, writeAilments } from '../support/sick-vendor.js';
import { until } from '../support/until.js';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
const timeoutMs = 300;
const writes = writeAilments(3 * timeoutMs, 1000);
/** The crowds of all seeds come at once. */
const house = crowdedHouse({ timeoutMs, settleSeconds: 1, concurrency: 128 }, { inFlight: 4_096 });

/** One seed's crowd at a group of its own: what each was told, and what the list at the end says to it. */
async function edited(group: EditedGroup, seed: number) {
  const chance = new Chance(seed);
  const before = group.members();
  sicken(group, chance, writes[seed % writes.length]!, { reads: readAilments, writes });
  const scripts = addsAndRemoves(chance, group.people.slice(0, 30), 50, 2);
  const happened = await crowd(scripts, house.editor(group), { restMs: 500, tries: 60 });
  await until(() => group.requests().every(({ fault, applied }) => fault !== 'late' || applied));
  return { seed, happened, findings: findingsIn(happened, before, group.members()) };
}

it.each(wholeListSources)(
  'nobody is lost and nobody comes back at %s, whatever befalls it',
  { timeout: 90_000 },
  async (source) => {
    const groups = seeds.map(() => house.group(source));

    const ended = await Promise.all(seeds.map((seed, at) => edited(groups[at]!, seed)));

    expect(ended.map(({ seed, findings }) => ({ seed, ...findings }))).toEqual(
      seeds.map((seed) => ({ seed, ...nothingFound })),
    );
    const happened = ended.flatMap((one) => one.happened);
    const isTold = ({ fates }: (typeof happened)[number]) => [...fates.values()].some((fate) => fate !== 'refused');
    expect(happened.filter(isTold)).toHaveLength(seeds.length * 100);
    expect(happened.filter(({ codes }) => codes.length === 0).length).toBeGreaterThan(seeds.length * 25);
    expect(happened.flatMap(({ codes }) => codes)).toEqual(
      expect.arrayContaining(['OUTCOME_UNKNOWN', 'GROUP_BUSY', 'VENDOR_UNAVAILABLE', 'VENDOR_RATE_LIMITED']),
    );
    const struck = groups.flatMap((group) =>
      group
        .requests()
        .filter(group.isWrite)
        .flatMap(({ fault }) => fault ?? []),
    );
    expect(new Set(struck)).toEqual(new Set(['slow', ...writes.map(({ mode }) => mode)]));
  },
);
