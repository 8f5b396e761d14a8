/** The negative controls: what everybody would write first must not keep the promises that our own is tested by. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import { Chance } from '../support/chance.js';
import { adds, addsAndRemoves, crowd } from '../support/crowd.js';
import { makeGroup, manyPeople, wholeListSources } from '../support/edited-group.js';
import { findingsIn } from '../support/member-history.js';
import { naiveEdits } from '../support/naive.js';
import { slowly } from '../support/sick-vendor.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox(boxes, { population: manyPeople });
});
afterAll(() => sandbox.close());

describe.each(wholeListSources)('who reads, changes and replaces at %s', (source) => {
  it('loses most of 200 adds by 50 callers, all of them acknowledged', async () => {
    const chance = new Chance(1);
    const group = makeGroup(sandbox, source, 10);
    const before = group.members();
    slowly(group, chance, 30);

    const happened = await crowd(adds(chance, group.people.slice(10), 50, 4), naiveEdits(sandbox, group));

    expect(happened.every(({ fates }) => [...fates.values()].every((fate) => fate === 'changed'))).toBe(true);
    expect(findingsIn(happened, before, group.members()).lost.length).toBeGreaterThan(100);
  });

  it('lets members come back whom he has removed', async () => {
    const chance = new Chance(2);
    const group = makeGroup(sandbox, source, 30);
    const before = group.members();
    const removes = addsAndRemoves(chance, before, 25, 2).map((script) =>
      script.map((edit) => ({ ...edit, does: 'remove' as const })),
    );
    slowly(group, chance, 30);

    const happened = await crowd(removes, naiveEdits(sandbox, group));

    expect(findingsIn(happened, before, group.members()).resurrected.length).toBeGreaterThan(5);
  });

  it('empties a group of which he was told no list', async () => {
    const group = makeGroup(sandbox, source, 10);
    const id = group.id.slice(group.id.lastIndexOf('/') + 1);
    group.server.fault({ mode: 'status', status: 200, body: { id, name: 'Crowded' }, match: group.isRead, times: 1 });

    await naiveEdits(sandbox, group)({ does: 'add', members: [group.people[20]!], thinkMs: 0 });

    expect(group.members()).toEqual([group.people[20]]);
  });
});
