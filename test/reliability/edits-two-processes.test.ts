/** Two processes over one ledger in PostgreSQL: whoever edits a group edits it alone, at whichever process he asks. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import { BreakableAdds } from '../support/broken-adds.js';
import { Chance } from '../support/chance.js';
import { adds, addsAndRemoves, crowd, type Edit, type Editor } from '../support/crowd.js';
import { makeGroup, manyPeople, wholeListSources, type EditedGroup } from '../support/edited-group.js';
import { editsThrough } from '../support/edits-through.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { codes, mutate, statesOf } from '../support/mutations.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { startRollcall } from '../support/rollcall-process.js';
import { openService, type Life, type Service } from '../support/service.js';
import { slowly } from '../support/sick-vendor.js';
import { until } from '../support/until.js';

const settleSeconds = 1;

let postgres: PostgresServer;
let service: Service;
let lives: readonly [Life, Life];
beforeAll(async () => {
  postgres = await startPostgres();
  const ledger = await postgres.databaseUrl();
  service = await openService({ population: manyPeople, ledger, sources: { settleSeconds } });
  lives = await Promise.all([service.start(), service.start()]);
});
afterAll(async () => {
  await service.close();
  await postgres.close();
});

/** Half of the callers at the one, half at the other. */
async function crowds(scripts: readonly (readonly Edit[])[], [one, other]: readonly [Editor, Editor]) {
  const half = scripts.length / 2;
  return (await Promise.all([crowd(scripts.slice(0, half), one), crowd(scripts.slice(half), other)])).flat();
}

const atBoth = (group: EditedGroup, [one, other]: readonly [{ url: string }, { url: string }] = lives) =>
  [editsThrough(one.url, group), editsThrough(other.url, group)] as const;
const peopleOf = (scripts: readonly (readonly Edit[])[]) => scripts.flat().flatMap(({ members }) => members);
const lateOf = (group: EditedGroup) => group.requests().find(({ fault }) => fault === 'late');

/** Whom a write would put in beside those who are there. */
function addedBy(group: EditedGroup, { body }: BoxRequest): readonly string[] {
  const list = new Set(JSON.parse(body)[group.wire.list]);
  const there = new Set(group.members());
  return group.people.filter((member) => list.has(group.wire.own(member)) && !there.has(member));
}

/** Requests that came before the one before them was answered, unless it never was, and writes not right after a read. */
function outOfTurn(group: EditedGroup): readonly string[] {
  return group.requests().flatMap((request, place, all) => {
    const before = all[place - 1];
    const isEarly = before !== undefined && before.answeredAt !== null && request.at < before.answeredAt;
    const isUnread = group.isWrite(request) && !(before && group.isRead(before));
    return isEarly || isUnread ? [`${request.method}, request ${request.sequence}`] : [];
  });
}

describe.each(wholeListSources)('at %s', { timeout: 60_000 }, (source) => {
  it.each([1, 2])('none of 200 adds is lost, and they take turns (seed %i)', async (seed) => {
    const chance = new Chance(seed);
    const group = makeGroup(service.sandbox, source, chance.whole(0, 60));
    const before = group.members();
    const scripts = adds(chance, group.people.slice(before.length), 50, 4);
    slowly(group, chance, 30);

    const happened = await crowds(scripts, atBoth(group));

    expect(happened.flatMap((edit) => edit.codes)).toEqual([]);
    expect(findingsIn(happened, before, group.members())).toEqual(nothingFound);
    expect(group.members()).toHaveLength(before.length + peopleOf(scripts).length);
    expect(outOfTurn(group)).toEqual([]);
  });

  it('everybody ends as an order of 200 adds and removes would have it', async () => {
    const chance = new Chance(3);
    const group = makeGroup(service.sandbox, source, 10);
    const before = group.members();
    slowly(group, chance, 30);

    const happened = await crowds(addsAndRemoves(chance, group.people.slice(0, 30), 50, 4), atBoth(group));

    expect(happened.flatMap((edit) => edit.codes)).toEqual([]);
    expect(findingsIn(happened, before, group.members())).toEqual(nothingFound);
    expect(outOfTurn(group)).toEqual([]);
  });

  it('35 callers with one key at both lead to one write and one answer', async () => {
    const group = makeGroup(service.sandbox, source);
    const input = { group: group.id, members: [group.people[20]!], idempotencyKey: randomUUID() };

    const told = await Promise.all(
      Array.from({ length: 35 }, (_, nth) => mutate(lives[nth % 2]!.url, 'addGroupMembers', input)),
    );

    expect(new Set(told.map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
    expect(told.flatMap(codes)).toEqual([]);
    expect(told.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(group.requests().filter(group.isWrite)).toHaveLength(1);
  });

  it('one is killed: what was acknowledged holds, what was in flight is unknown, and the other goes on', async () => {
    const chance = new Chance(4);
    const [victim, survivor] = [await service.start(), lives[1]];
    const group = makeGroup(service.sandbox, source, 10);
    const before = group.members();
    const scripts = adds(chance, group.people.slice(10), 50, 4);
    const atVictim = new BreakableAdds(victim.url, group);
    const victims = new Set(peopleOf(scripts.slice(0, 25)));
    const isOfVictim = (request: BoxRequest) =>
      atVictim.answered >= 10 && group.isWrite(request) && addedBy(group, request).some((one) => victims.has(one));
    // It takes effect after the end of who sent it, and before the group opens again.
    group.server.fault({ mode: 'late', ms: 500, match: isOfVictim, times: 1 });
    slowly(group, chance, 30);

    const crowded = crowds(scripts, [atVictim.editor, editsThrough(survivor.url, group)]);
    await until(() => lateOf(group) !== undefined, 20_000);
    const inFlight = addedBy(group, lateOf(group)!);
    await victim.end('SIGKILL');
    const happened = await crowded;
    const states = await statesOf(survivor.url, [...atVictim.broken.keys()]);
    const again = await atVictim.again(survivor.url);

    const wasInFlight = [...atVictim.broken.values()].map(({ members }) => inFlight.includes(members[0]!));
    const late = group.requests().indexOf(lateOf(group)!);
    const bodies = group
      .requests()
      .filter(group.isWrite)
      .map(({ body }) => body);
    expect(new Set(wasInFlight)).toEqual(new Set([true, false]));
    expect(states).toEqual(wasInFlight.map((was) => (was ? 'UNKNOWN' : null)));
    expect(again.map((edit) => edit.codes)).toEqual(wasInFlight.map((was) => (was ? ['OUTCOME_UNKNOWN'] : [])));
    expect(happened.flatMap((edit) => edit.codes)).toEqual([]);
    expect(findingsIn([...happened, ...again], before, group.members())).toEqual(nothingFound);
    expect(new Set(group.members())).toEqual(new Set([...before, ...peopleOf(scripts)]));
    expect(group.requests()[late + 1]!.at - group.requests()[late]!.at).toBeGreaterThanOrEqual(1000 * settleSeconds);
    expect(outOfTurn(group)).toEqual([]);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('control: each with a ledger of its own, they lose adds that were acknowledged', async () => {
    const strangers = await Promise.all([startRollcall(service.sandbox), startRollcall(service.sandbox)]);
    onTestFinished(async () => void (await Promise.all(strangers.map((stranger) => stranger.close()))));
    const lost: string[] = [];
    const untidy: string[] = [];

    for (let seed = 1; seed <= 3 && lost.length === 0; seed++) {
      const chance = new Chance(seed);
      const group = makeGroup(service.sandbox, source, 10);
      const before = group.members();
      slowly(group, chance, 30);
      const happened = await crowds(adds(chance, group.people.slice(10), 50, 4), atBoth(group, strangers));
      lost.push(...findingsIn(happened, before, group.members()).lost);
      untidy.push(...outOfTurn(group));
    }

    expect(lost.length).toBeGreaterThan(0);
    expect(untidy.length).toBeGreaterThan(0);
  });
});
