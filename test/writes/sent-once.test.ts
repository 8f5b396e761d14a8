import { afterEach, describe, expect, it } from 'vitest';
import { openHouse, type Answered, type House } from './house.js';
import {
  answersSomething,
  canBeSeen,
  everyWrite,
  notDone,
  notDoneUnreadable,
  openLosing,
  type Loss,
} from './lost-answers.js';

let house: House;
afterEach(() => house.close());

describe.each(everyWrite)('%s at %s', (...write) => {
  const [mutation, source, input] = write;
  const losses = [...notDone, ...(answersSomething(write) ? notDoneUnreadable : [])];

  it.each(losses)('is sent exactly once and its outcome is unknown when the vendor $what', async (loss) => {
    house = await openLosing(source, loss);

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expectUnknown(answer, loss);
    const [error] = answer.userErrors;
    expect(error?.message).toMatch(canBeSeen(write) ? /Look for it in/ : /documents no way to ask for it/);
    // That it is not there proves nothing, so it is told when somebody looked.
    expect(/At 20\S+Z it was not \(yet\) to be seen there/.test(error!.message)).toBe(canBeSeen(write));
  });

  it('is sent exactly once, and remembers nothing, when it may have failed', async () => {
    house = await openLosing(source, { fault: { mode: 'status', status: 502 } });

    await house.write(mutation, input);

    expect(await house.ledger.groups(source)).toEqual([]);
    expect(await house.ledger.testers(source)).toEqual([]);
  });

  it('is sent exactly once when all is well', async () => {
    house = await openHouse();

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer.userErrors).toEqual([]);
    expect(answer.confirmedBy).toMatch(/VENDOR_RESPONSE|READ_BACK/);
  });
});

describe('an unknown outcome', () => {
  const inList = (source: string) => `Look for it in groups(filter: { sources: ["${source}"] })`;
  const inGroup = 'Look for it in the members of the group';
  const nowhere = (title: string) => `${title} documents no way to ask for it`;

  it.each([
    ['addTestRailGroup', 'testrail', inList('testrail')],
    ['createTiledeskGroup', 'tiledesk', inList('tiledesk')],
    ['createAsaGroup', 'asa', inList('asa')],
    ['addVeltUserGroups', 'velt', nowhere('Velt')],
    ['createUpdraftDistributionGroup', 'updraft', nowhere('Updraft')],
    ['addUpdraftTester', 'updraft', nowhere('Updraft')],
    ['addGroupMembers', 'updraft', nowhere('Updraft')],
    ['addGroupMembers', 'velt', inGroup],
    ['removeGroupMembers', 'asa', inGroup],
    ['setGroupMembers', 'testrail', inGroup],
    ['removeGroupMembers', 'tiledesk', inGroup],
    ['updateGroup', 'testrail', inList('testrail')],
    ['deleteGroup', 'asa', inList('asa')],
  ])('of %s at %s says how to check', async (name, at, hint) => {
    const [mutation, source, input] = everyWrite.find(([one, other]) => one === name && other === at)!;
    house = await openLosing(source, { fault: { mode: 'reset' } });

    const { userErrors } = await house.write(mutation, input);

    expect(userErrors[0]?.message).toContain(hint);
  });
});

describe('an outcome that cannot be looked for either', () => {
  const everySeen = everyWrite.filter(canBeSeen);

  it.each(everySeen)('of %s at %s is unknown: the look is no second sending', async (mutation, source, input) => {
    house = await openLosing(source, { fault: { mode: 'lost' } });
    let isWritten = false;
    house.server(source).fault({
      mode: 'status',
      status: 503,
      match: ({ target }) => !target.endsWith('/service_token') && (isWritten ||= house.writes(source).length > 0),
    });

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({ userErrors: [{ code: 'OUTCOME_UNKNOWN' }], confirmedBy: 'UNKNOWN' });
    expect(answer.userErrors[0]?.message).not.toContain('to be seen');
  });
});

function expectUnknown(answer: Answered, { status }: Loss): void {
  expect(answer.userErrors.map(({ code }) => code)).toEqual(['OUTCOME_UNKNOWN']);
  expect(answer.userErrors[0]?.message).toMatch(/it is not sent again/);
  expect(answer.confirmedBy).toBe('UNKNOWN');
  const written = answer.calls.at(-1)!;
  expect(written).toMatchObject({ status, durationMs: status === null ? null : expect.any(Number) });
  expect([answer.group, answer.tester, answer.deletedId].filter(Boolean)).toEqual([]);
  expect([...(answer.groups ?? []), ...(answer.added ?? []), ...(answer.removed ?? [])]).toEqual([]);
}
