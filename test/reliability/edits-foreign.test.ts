/** Somebody edits the group on the vendor's own pages while we do: it is noticed where it can be, and never undone silently. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chance } from '../support/chance.js';
import { addsAndRemoves, crowd, type Edit } from '../support/crowd.js';
import { makeGroup, manyPeople, wholeListSources, type EditedGroup } from '../support/edited-group.js';
import { editsThrough } from '../support/edits-through.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { afterEachWrite, afterNextRead } from '../support/stranger.js';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population: manyPeople });
});
afterAll(() => rollcall.close());

const add = (...members: string[]): Edit => ({ does: 'add', members, thinkMs: 0 });
const remove = (...members: string[]): Edit => ({ does: 'remove', members, thinkMs: 0 });
const writesOf = (group: EditedGroup) => group.requests().filter(group.isWrite).length;

describe.each(wholeListSources)('at %s', (source) => {
  function opened(size = 3) {
    const group = makeGroup(rollcall.sandbox, source, size);
    const [first, second, third, ours, theirs, ...others] = group.people as string[];
    const edit = editsThrough(rollcall.url, group);
    return { group, edit, first: first!, second: second!, third: third!, ours: ours!, theirs: theirs!, others };
  }

  it('an add that an older list has overwritten is made again, and the strange change stays', async () => {
    const { group, edit, ours, theirs } = opened();
    const old = group.members();
    afterEachWrite(group, (nth) => nth === 1 && group.become([...old, theirs]));

    const told = await edit(add(ours));

    expect([...told.fates.values()]).toEqual(['changed']);
    expect(group.members()).toEqual([...old, theirs, ours]);
    expect(writesOf(group)).toBe(2);
  });

  it('a remove that an older list has overwritten is made again, and the strange change stays', async () => {
    const { group, edit, first, second, third, theirs } = opened();
    afterEachWrite(group, (nth) => nth === 1 && group.become([first, second, third, theirs]));

    const told = await edit(remove(second));

    expect([...told.fates.values()]).toEqual(['changed']);
    expect(group.members()).toEqual([first, third, theirs]);
  });

  it('who takes out exactly him who was added is not fought, and the caller hears of it', async () => {
    const { group, edit, ours } = opened();
    const old = group.members();
    afterEachWrite(group, () => group.become(old));

    const told = await edit(add(ours));

    expect(told.codes).toEqual(['CONCURRENT_CHANGE']);
    expect(group.members()).toEqual(old);
    expect(writesOf(group)).toBe(1);
  });

  it('after three rounds it is given up, and the caller hears of it', async () => {
    const { group, edit, ours, others } = opened();
    const old = group.members();
    afterEachWrite(group, (nth) => group.become([...old, ...others.slice(0, nth)]));

    const told = await edit(add(ours));

    expect(told.codes).toEqual(['CONCURRENT_CHANGE']);
    expect(group.members()).not.toContain(ours);
    expect(writesOf(group)).toBe(3);
  });

  it('of many who shared a write only those are told whose change was undone', async () => {
    const { group, edit, others } = opened();
    const added = others.slice(0, 20);
    const undone = added[10]!;
    afterEachWrite(group, () => group.become(group.members().filter((member) => member !== undone)));

    const told = await Promise.all(added.map((member) => edit(add(member))));

    expect(told.map(({ codes }) => codes.join())).toEqual(
      added.map((member) => (member === undone ? 'CONCURRENT_CHANGE' : '')),
    );
    expect(group.members()).toEqual(expect.arrayContaining(added.filter((member) => member !== undone)));
  });

  it('what a stranger changes between two turns of a crowd is never undone', async () => {
    const { group, edit } = opened(10);
    const [our, their] = [group.people.slice(0, 30), group.people.slice(30)];
    const before = group.members();
    afterEachWrite(group, (nth) => group.become([...group.members(), their[nth]!]));

    const happened = await crowd(addsAndRemoves(new Chance(7), our, 30, 3), edit);

    const ofTheirs = group.members().filter((member) => their.includes(member));
    const ofOurs = group.members().filter((member) => our.includes(member));
    expect(ofTheirs).toEqual(their.slice(1, writesOf(group) + 1));
    expect(findingsIn(happened, before, ofOurs)).toEqual(nothingFound);
  });

  it('a crowd is told no lie while a stranger keeps replacing the list by an older one', async () => {
    const { group, edit } = opened(10);
    const our = group.people.slice(0, 30);
    const before = group.members();
    let old = before;
    // He takes back what came since he looked last, and nobody can tell what of it he meant.
    afterEachWrite(group, (nth) => {
      const seen = group.members();
      if (nth % 3 === 1) group.become(old);
      old = seen;
    });

    const happened = await crowd(addsAndRemoves(new Chance(8), our, 30, 3), edit);

    const { lost, resurrected } = findingsIn(happened, before, group.members());
    expect({ lost, resurrected }).toEqual({ lost: [], resurrected: [] });
    expect(new Set(happened.flatMap(({ codes }) => codes))).toEqual(new Set(['CONCURRENT_CHANGE']));
  });

  it('what he changes between our read and our write nobody can see: it is overwritten, and ours stands', async () => {
    const { group, edit, ours, theirs } = opened();
    const old = group.members();
    afterNextRead(group, () => group.become([...old, theirs]));

    const told = await edit(add(ours));

    expect([...told.fates.values()]).toEqual(['changed']);
    expect(group.members()).toEqual([...old, ours]);
  });
});
