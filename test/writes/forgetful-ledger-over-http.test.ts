import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { crews } from './crews.js';
import { makeForgetful, type Left } from './forgetful.js';
import { documentOf, isWrite, schema } from './house.js';
import { everyWrite } from './lost-answers.js';

let rollcall: Rollcall;
let left: Left;

beforeEach(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
  left = {};
  makeForgetful(rollcall.ledger, left);
});
afterEach(() => rollcall.close());

const writes = () =>
  Object.keys(rollcall.sandbox.sources).flatMap((source) => rollcall.sandbox.server(source).journal.filter(isWrite));

it('a full disk refuses every mutation before any vendor is asked to write, with HTTP 200 and its payload', async () => {
  left.begin = 0;

  for (const [mutation, , input] of everyWrite) {
    const { status, data, errors } = await rollcall.ask(documentOf(mutation, 'userErrors { code } confirmedBy'), {
      input,
    });

    expect([status, errors]).toEqual([200, undefined]);
    expect(data[mutation]).toEqual({ userErrors: [{ code: 'LEDGER_UNAVAILABLE' }], confirmedBy: null });
  }

  expect(writes()).toEqual([]);
  expect(new Set(everyWrite.map(([mutation]) => mutation))).toEqual(new Set(Object.keys(mutationFields())));
});

it('a full disk lets reads go on', async () => {
  left.begin = 0;
  await rollcall.ask(documentOf('deleteGroup', 'confirmedBy'), { input: { group: crews.testrail.group } });

  const { data, errors } = await rollcall.ask('{ groups(first: 100) { complete totalCount } }');

  expect(errors).toBeUndefined();
  expect(data.groups.complete).toBe(true);
  expect(data.groups.totalCount).toBeGreaterThan(10);
});

it('a full disk is in the log with its reason, and in no answer', async () => {
  left.begin = 0;

  const answer = await rollcall.ask(documentOf('deleteGroup'), { input: { group: crews.testrail.group } });

  expect(rollcall.log.filter((line) => line.includes('the disk is full'))).toHaveLength(1);
  expect(JSON.stringify(answer.data)).not.toMatch(/disk|rollcall\.db/);
});

it('an outcome that could not be kept is told with what the vendor has answered', async () => {
  left.finish = 0;
  const input = { organization: 'gid://testrail/Organization/testrail', name: 'Smoke' };

  const { status, data } = await rollcall.ask(documentOf('addTestRailGroup'), { input });

  expect(status).toBe(200);
  expect(data.addTestRailGroup).toMatchObject({
    group: { name: 'Smoke' },
    userErrors: [{ code: 'OUTCOME_UNKNOWN', source: 'testrail' }],
    confirmedBy: 'VENDOR_RESPONSE',
  });
  expect(rollcall.log.some((line) => line.includes('the disk is full'))).toBe(true);
});

function mutationFields() {
  return schema.getMutationType()!.getFields();
}
