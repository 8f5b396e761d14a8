import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyCrew, wholeListCrews } from './crews.js';
import { documentOf, ids, isWrite, openHouse, selectionOf, type Answered, type House } from './house.js';
import { everyWrite } from './lost-answers.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const isWholeList = (source: string) => wholeListCrews.some((crew) => crew.source === source);
const shown = ({ added, removed, unchanged }: Answered) => ({ added, removed, unchanged });

describe.each(everyWrite)('a dry run of %s at %s', (mutation, source, input) => {
  it('sends no write: calls are the writes that would be sent, and no others', async () => {
    const dry = await house.write(mutation, { ...input, dryRun: true });
    const sent = house.writes(source).length;
    const wet = await house.write(mutation, input);

    expect(sent).toBe(0);
    const written = wet.calls.filter(({ method, url }) => isWrite({ method, target: url }));
    expect(dry.calls).toEqual(written.map((call) => ({ ...call, status: null, durationMs: null })));
    expect(written.map(({ body }) => body)).toEqual(house.writes(source).map(({ json = null }) => json));
    const { origin } = house.server(source);
    expect(written.map(({ url }) => url)).toEqual(house.writes(source).map(({ target }) => origin + target));
  });

  it('confirms nothing, creates and deletes nothing, and enters nothing into the ledger', async () => {
    const answer = await house.write(mutation, { ...input, dryRun: true });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: null });
    expect([answer.group, answer.tester, answer.deletedId].filter(Boolean)).toEqual([]);
    expect(answer.groups ?? []).toEqual([]);
    expect(await house.ledger.groups(source)).toEqual([]);
    expect(await house.ledger.testers(source)).toEqual([]);
    expect(await house.ledger.groupsOf(source, { type: 'User', path: ['1'] })).toEqual([]);
    expect(await house.ledger.entries({ limit: 10 })).toEqual([]);
  });

  it('uses no key up: the same key is free for whatever is done then', async () => {
    const request = house.newRequest();
    const dry = await house.ask(
      documentOf(mutation),
      { input: { ...input, idempotencyKey: 'k', dryRun: true } },
      request,
    );
    const wet = await house.write(mutation, { ...input, idempotencyKey: 'k' });

    expect(dry.errors).toEqual([]);
    expect(request.keys).toEqual([]);
    expect(wet.userErrors).toEqual([]);
    expect(house.writes(source)).toHaveLength(1);
  });

  it('shows no secret in its calls, nor does the write itself', async () => {
    const secrets = house.sources.get(source)!.adapter.connection.secrets;

    const text = JSON.stringify([
      await house.write(mutation, { ...input, dryRun: true }),
      await house.write(mutation, input),
    ]);

    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/authorization|bearer|basic|token/i);
  });
});

const ofMembers = everyWrite.filter(([mutation]) => mutation.endsWith('GroupMembers'));

describe.each(ofMembers)('a dry run of %s at %s', (mutation, source, input) => {
  it('tells whose memberships would change, and changes none', async () => {
    const dry = await house.write(mutation, { ...input, dryRun: true });
    const again = await house.write(mutation, { ...input, dryRun: true });
    const wet = await house.write(mutation, input);

    expect(shown(dry)).toEqual(shown(wet));
    expect(shown(again)).toEqual(shown(dry));
  });

  it('reads what the plan needs, as the edit itself does before it writes', async () => {
    await house.write(mutation, { ...input, dryRun: true });
    const reads = house.asked(source);
    await house.write(mutation, input);

    expect(reads).toEqual(house.asked(source).slice(reads.length, 2 * reads.length));
    expect(reads).toHaveLength(mutation === 'setGroupMembers' || isWholeList(source) ? 1 : 0);
  });
});

describe('a dry run of new members', () => {
  it('tells who would be added and who would stay as they are', async () => {
    const [one, two] = [ids.veltUser(8), ids.veltUser(9)];
    await house.write('addGroupMembers', { group: ids.veltGroup(), members: [one] });

    const input = { group: ids.veltGroup(), members: [one, two], dryRun: true };
    const answer = await house.write('addGroupMembers', input, `${selectionOf('addGroupMembers')} group { id }`);

    expect(answer).toMatchObject({ added: [{ id: two }], removed: [], unchanged: [{ id: one }] });
    expect(answer.group).toEqual({ id: ids.veltGroup() });
    expect(house.writes('velt')).toHaveLength(1);
  });

  it('reads what the plan needs: the ASA group whose uuid is named, and nothing more', async () => {
    const group = ids.asaGroup('compsons', '5e41a7d8-4b81-49db-b552-3cb1f3ec936c');
    const input = { group, members: [ids.asaUser('ana.lin')], dryRun: true };

    const answer = await house.write('addGroupMembers', input);

    expect(house.asked('asa')).toEqual(['GET /v1/teams/acme/groups/compsons']);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: null, added: [{ id: ids.asaUser('ana.lin') }] });
  });

  it('refuses what the write would refuse: an edit of a mirrored group', async () => {
    const group = ids.asaGroup('compsons', '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d');

    const answer = await house.write('addGroupMembers', { group, members: [ids.asaUser('ana.lin')], dryRun: true });

    expect(answer).toMatchObject({ userErrors: [{ code: 'UNSUPPORTED_BY_VENDOR' }], calls: [], added: [] });
  });
});

describe.each(everyCrew)('a dry run at $source', ({ source, group, members }) => {
  it.each([
    ['an emptied group without expectedCount', { members: [] }, 'BAD_USER_INPUT'],
    ['another number of members', { members, expectedCount: 4 }, 'CONCURRENT_CHANGE'],
  ])('refuses what the write would refuse: %s', async (_what, input, code) => {
    const answer = await house.write('setGroupMembers', { group, ...input, dryRun: true });

    expect(answer).toMatchObject({ userErrors: [{ code, field: ['expectedCount'] }], calls: [], unchanged: [] });
    expect(house.writes(source)).toEqual([]);
  });
});

it('a dry run under a key that has led to an answer is a plan, and not that answer', async () => {
  const first = { organization: ids.testrail, name: 'First', idempotencyKey: 'k' };
  await house.write('addTestRailGroup', first);

  const answer = await house.write('addTestRailGroup', { ...first, name: 'Second', dryRun: true });

  expect(answer).toMatchObject({ userErrors: [], group: null, calls: [{ body: { name: 'Second' }, status: null }] });
});

it('dryRun: null writes, as false does', async () => {
  await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke', dryRun: null });

  expect(house.writes('testrail')).toHaveLength(1);
});
