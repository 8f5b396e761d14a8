import { afterAll, beforeAll, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall();
  const away = () => Promise.reject(new LedgerError('rollcall.db', 'cannot be reached'));
  Object.assign(rollcall.ledger, { groups: away, testers: away, members: away, groupsOf: away, newest: away });
});
afterAll(() => rollcall.close());

it('a ledger that cannot be read is the failure of the sources that only it knows: the others answer, and the configuration’s groups are there', async () => {
  const { data, errors } = await rollcall.ask(
    '{ groups(filter: { sources: ["testrail", "velt"] }) { nodes { id } complete sources { source state code } } }',
  );

  expect(data.groups.nodes.length).toBeGreaterThan(0);
  expect(data.groups).toMatchObject({
    complete: false,
    sources: [
      { source: 'velt', state: 'PARTIAL', code: 'LEDGER_UNAVAILABLE' },
      { source: 'testrail', state: 'OK', code: null },
    ],
  });
  expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'LEDGER_UNAVAILABLE', source: 'velt' } }]);
  expect(JSON.stringify(errors)).not.toContain('rollcall.db');
});

it('a dataset is refused as a whole, and names them', async () => {
  const answer = await fetch(`${rollcall.url}/datasets/memberships.json`);

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ sources: ['updraft', 'velt'] });
});

it('an entry that cannot be read says so, and why is in the log alone', async () => {
  const { data, errors } = await rollcall.ask('{ ledgerEntry(key: "k") { state } }');

  expect(data.ledgerEntry).toBeNull();
  expect(errors).toMatchObject([{ message: 'The ledger cannot be read.', extensions: { code: 'LEDGER_UNAVAILABLE' } }]);
  expect(rollcall.log.some((line) => line.includes('cannot be reached'))).toBe(true);
});
