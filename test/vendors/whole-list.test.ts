import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testrail } from '../../src/vendors/testrail/index.js';
import { testrailBox } from '../../src/vendors/testrail/sandbox.js';
import { tiledesk } from '../../src/vendors/tiledesk/index.js';
import { tiledeskBox } from '../../src/vendors/tiledesk/sandbox.js';
import type { GroupRow, Path } from '../../src/vendors/vendor.js';
import { openBoxed } from '../support/adapters.js';

const pathsOf = ({ members }: GroupRow) => members!.map(({ path }) => path);

describe('TestRail', () => {
  let box: Awaited<ReturnType<typeof openTestRail>>;
  beforeAll(async () => {
    box = await openTestRail();
  });
  afterAll(() => box.close());

  let group: { id: number; name: string; user_ids: number[] };
  beforeEach(() => {
    group = { id: 900, name: 'Edited', user_ids: [5, 2, 9] };
    box.state.groups.splice(0, Infinity, group, { ...group, id: 901 });
  });

  it('lets a whole list be written as it was read, whoever is in it and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), async (userIds) => {
        group.user_ids = [...userIds, ...userIds.slice(0, 2)];

        const row = await box.before('900');
        const written = await box.ask(box.adapter.commands.replaceMembers!(row!, pathsOf(row!)).call);

        expect(group).toEqual({ id: 900, name: 'Edited', user_ids: userIds });
        expect(written.group).toEqual(row);
      }),
      { numRuns: 40 },
    );
  });

  it('renames with everybody in their place', async () => {
    const row = await box.before('900');

    const { group: renamed } = await box.ask(box.adapter.commands.updateGroup!.step(row!, { name: 'Anew' }).call);

    expect(group).toEqual({ id: 900, name: 'Anew', user_ids: [5, 2, 9] });
    expect(renamed).toEqual({ ...row, name: 'Anew' });
  });

  it('plans no rename of a group whose list nobody has read', () => {
    const { step } = box.adapter.commands.updateGroup!;

    expect(() => step({ type: 'TestRailGroup', path: ['900'] }, { name: 'Anew' })).toThrow('nobody has read');
  });

  it('refuses a whole list for one user whom it does not know, and changes nothing', async () => {
    const row = await box.before('900');

    const refused = box.ask(box.adapter.commands.replaceMembers!(row!, [['5'], ['4000']]).call);

    await expect(refused).rejects.toMatchObject({ code: 'VENDOR_REJECTED', status: 400 });
    expect(group.user_ids).toEqual([5, 2, 9]);
  });

  it('deletes one group, from its projects too, and gives its id to no other', async () => {
    const { commands } = box.adapter;
    box.state.projects[0]!.groups = [900, 901].map((id) => ({ id, role: 'Lead', role_id: 1 }));

    await box.ask(commands.deleteGroup!({ type: 'TestRailGroup', path: ['901'] }).call);
    const next = await box.ask(commands.createGroup!(['testrail'], { name: 'Next', members: [], roles: [] }).call);

    expect(box.state.projects[0]!.groups.map(({ id }) => id)).toEqual([900]);
    expect(next.group!.vendorId).toBe('902');
    await expect(box.before('901')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(box.ask(commands.deleteGroup!({ type: 'TestRailGroup', path: ['901'] }).call)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('Tiledesk', () => {
  let box: Awaited<ReturnType<typeof openTiledesk>>;
  beforeAll(async () => {
    box = await openTiledesk();
  });
  afterAll(() => box.close());

  const unknown = 'f'.repeat(24);
  let path: Path;
  beforeEach(async () => {
    const made = box.adapter.commands.createGroup!([box.project], { name: 'Edited', members: [], roles: [] });
    path = (await box.ask(made.call)).group!.path;
  });
  const kept = (groupId: string | undefined) => box.state.groups.find(({ _id }) => _id === groupId);

  it('lets a whole list be written as it was read, whatever its ids are', async () => {
    const memberId = fc.string({ unit: 'binary', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(memberId), async (members) => {
        kept(path[1])!.members = [...members, ...members.slice(0, 2)];

        const row = await box.before(path);
        const written = await box.ask(box.adapter.commands.replaceMembers!(row!, pathsOf(row!)).call);

        expect(kept(path[1])).toMatchObject({ name: 'Edited', members, id_project: box.project });
        expect(written.group).toEqual({ ...row, updatedAt: expect.any(Date) });
      }),
      { numRuns: 40 },
    );
  });

  it('changes name or attributes, and leaves the list and each other alone', async () => {
    const { step } = box.adapter.commands.updateGroup!;
    const row = (await box.before(path))!;
    kept(path[1])!.members = ['a', 'a'];

    await box.ask(step(row, { attributes: { shift: 'day', since: 1 } }).call);
    await box.ask(step(row, { attributes: { shift: 'night' } }).call);
    await box.ask(step(row, { name: 'Anew' }).call);

    expect(kept(path[1])).toMatchObject({ name: 'Anew', members: ['a', 'a'] });
    expect(kept(path[1])!.attributes).toEqual({ shift: 'night' });
  });

  it('knows no group in the trash, of another project or none to be written to', async () => {
    const elsewhere = box.state.groups.find(({ id_project }) => id_project && id_project !== box.project)!;
    const trashed = box.state.groups.find((group) => group.trashed && group.id_project === box.project)!;
    const shell = box.state.groups.find(({ id_project }) => !id_project)!;

    const found = await Promise.all([elsewhere, trashed, shell].map(({ _id }) => box.before([box.project, _id])));

    expect(found).toEqual([null, null, null]);
    await expect(box.before([box.project, unknown])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not believed when it makes a group of an id that nobody has', async () => {
    const row = { ...(await box.before(path))!, path: [box.project, unknown] };

    const refused = box.ask(box.adapter.commands.replaceMembers!(row, [[box.project, 'a']]).call);

    await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND', status: 200 });
    expect(kept(unknown)).toMatchObject({ members: ['a'] });
    expect(await box.before([box.project, unknown])).toBeNull();
  });

  it('puts what is deleted into the trash, and deletes what it does not know just as well', async () => {
    const { deleteGroup } = box.adapter.commands;

    const answers = await Promise.all(
      [path, [box.project, 'e'.repeat(24)]].map((one) =>
        box.ask(deleteGroup!({ type: 'TiledeskGroup', path: one }).call),
      ),
    );

    expect(answers).toEqual([{ facts: [] }, { facts: [] }]);
    expect(kept(path[1])).toMatchObject({ trashed: true, enabled: false });
    expect(await box.before(path)).toBeNull();
  });

  it('keeps a group that a department uses', async () => {
    box.state.usedGroups.push(path[1]!);

    const refused = box.ask(box.adapter.commands.deleteGroup!({ type: 'TiledeskGroup', path }).call);

    await expect(refused).rejects.toMatchObject({ code: 'VENDOR_REJECTED', status: 403 });
    expect(kept(path[1])).toMatchObject({ trashed: false });
  });
});

async function openTestRail() {
  const box = await openBoxed(testrail, testrailBox);
  return { ...box, before: (id: string) => box.ask(box.adapter.groupBefore!.read([id])) };
}

async function openTiledesk() {
  const box = await openBoxed(tiledesk, tiledeskBox);
  const project = box.state.projects[0]!._id;
  return { ...box, project, before: (path: Path) => box.ask(box.adapter.groupBefore!.read(path)) };
}
