import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodWrites, ids, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe.each(goodWrites)('a dry run of %s at %s', (mutation, source, input) => {
  it('sends nothing: calls are the writes that would be sent', async () => {
    const dry = await house.write(mutation, { ...input, dryRun: true });
    const journal = house.server(source).journal.length;
    const wet = await house.write(mutation, input);

    expect(journal).toBe(0);
    expect(dry.calls).toEqual(wet.calls.map((call) => ({ ...call, status: null, durationMs: null })));
    expect(wet.calls.map(({ body }) => body)).toEqual(house.writes(source).map(({ json }) => json));
    const { origin } = house.server(source);
    expect(wet.calls.map(({ url }) => url)).toEqual(house.writes(source).map(({ target }) => origin + target));
  });

  it('confirms nothing, creates nothing, and enters nothing into the ledger', async () => {
    const answer = await house.write(mutation, { ...input, dryRun: true });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: null });
    expect([answer.group, answer.tester].filter(Boolean)).toEqual([]);
    expect(answer.groups ?? []).toEqual([]);
    expect(await house.ledger.groups(source)).toEqual([]);
    expect(await house.ledger.testers(source)).toEqual([]);
    expect(await house.ledger.groupsOf(source, { type: 'User', path: ['1'] })).toEqual([]);
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

  it('refuses what the write would refuse', async () => {
    const group = ids.asaGroup('compsons', '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d');

    const answer = await house.write('addGroupMembers', { group, members: [ids.asaUser('ana.lin')], dryRun: true });

    expect(answer).toMatchObject({ userErrors: [{ code: 'UNSUPPORTED_BY_VENDOR' }], calls: [], added: [] });
  });
});

it('dryRun: null writes, as false does', async () => {
  await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke', dryRun: null });

  expect(house.writes('testrail')).toHaveLength(1);
});
