import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calls } from '../support/journal.js';
import { password, startPostgres, type PostgresServer } from '../support/postgres.js';
import { addTestRailGroup, closeAfterEach, command, configured, kill, seeGroups, serving, values } from './house.js';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.close());
closeAfterEach();

const secrets = [password, encodeURIComponent(password)];

it('two servers share a ledger in PostgreSQL, and the commands look at it beside both of them and without any', async () => {
  const house = await configured({ ledger: await postgres.databaseUrl() });
  const [one, other] = [await serving(house), await serving(house)];

  const first = await addTestRailGroup(one.url, 'Smoke', 'k-1');
  const again = await addTestRailGroup(other.url, 'Smoke', 'k-1');
  const beside = await values(house, 'ledger', 'list');
  const checked = await command(house, 'check-config');
  await kill(one.server);
  await kill(other.server);
  const after = await values(house, 'ledger', 'list');
  const shown = await command(house, 'ledger', 'show', 'k-1');
  const found = await values(house, 'ledger', 'reconcile', 'k-1');

  expect(first.userErrors).toEqual([]);
  expect(again).toEqual(first);
  expect(calls(house.sandbox.server('testrail')).filter((call) => call.includes('add_group'))).toHaveLength(1);
  expect(beside).toMatchObject([{ key: 'k-1', state: 'DONE', calls: first.calls }]);
  expect(after).toEqual(beside);
  expect(shown.stdout).toMatch(/^state +DONE/m);
  expect(found).toMatchObject([{ verdict: 'SEEN' }]);
  expect(checked).toMatchObject({ code: 0, stderr: '' });
  expect(checked.stdout).toMatch(/^ {2}ledger: works; postgres:\/\/127\.0\.0\.1:\d+\/db\d+\.$/m);
  for (const secret of secrets) expect(checked.stdout + shown.stdout).not.toContain(secret);
  expect(existsSync(house.ledger)).toBe(false);
});

it('what a killed server had under way, another one tells as UNKNOWN', async () => {
  const house = await configured({ ledger: await postgres.databaseUrl() });
  house.sandbox.server('testrail').fault({ mode: 'lost', by: 'hang', match: /add_group/, times: 1 });
  const one = await serving(house);
  await seeGroups(one.url);
  const asked = addTestRailGroup(one.url, 'Smoke', 'k-lost').catch(() => 'the connection broke');
  const adds = () => calls(house.sandbox.server('testrail')).filter((call) => call.includes('add_group'));
  await expect.poll(adds, { timeout: 10_000 }).toHaveLength(1);
  await kill(one.server);
  expect(await asked).toBe('the connection broke');

  await serving(house);

  expect(await values(house, 'ledger', 'list')).toMatchObject([{ key: 'k-lost', state: 'UNKNOWN' }]);
  expect(await values(house, 'ledger', 'reconcile', '--all')).toMatchObject([{ key: 'k-lost', verdict: 'SEEN' }]);
});

it('a database that does not exist or does not let us in is one sentence without its password', async () => {
  const url = await postgres.databaseUrl();
  const absent = await configured({ ledger: url.replace(/db\d+$/, 'nowhere') });
  const shut = await configured({ ledger: url.replace(encodeURIComponent(password), 'canary-of-the-test') });

  for (const [house, what] of [
    [absent, 'nowhere does not exist: '],
    [shut, String.raw`db\d+ does not let this process in: `],
  ] as const) {
    for (const args of [['ledger', 'list'], ['serve']]) {
      const { code, stdout, stderr } = await command(house, ...args);

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^The ledger postgres://127\\.0\\.0\\.1:\\d+/${what}.+\\.\\n$`));
      for (const secret of [...secrets, 'canary-of-the-test']) expect(stderr).not.toContain(secret);
    }
  }
});
