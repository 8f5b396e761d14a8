import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rollcall } from '../support/command-line.js';
import { calls } from '../support/journal.js';
import { addTestRailGroup, closeAfterEach, command, configured, serving, stop, values } from './house.js';

closeAfterEach();

it('check-config calls each source once and says what works', async () => {
  const house = await configured();
  const { sandbox } = house;

  const { code, stdout } = await command(house, 'check-config');

  expect(code).toBe(0);
  for (const name of Object.keys(sandbox.sources)) {
    expect(stdout).toMatch(new RegExp(`${name} \\(.*\\): works`));
    expect(calls(sandbox.server(name)).filter((call) => !call.includes('service_token'))).toHaveLength(1);
  }
});

it('check-config says what does not work, without the secret, and exits with 1', async () => {
  const house = await configured();
  const { sources } = house.sandbox;
  const testrail = { ...sources['testrail'], apiKey: 'canary-of-the-test' };
  writeFileSync(house.file, JSON.stringify({ sources: { ...sources, testrail } }));

  const { code, stdout, stderr } = await command(house, 'check-config');

  expect(code).toBe(1);
  expect(stdout).toContain('testrail (TestRail): does not work');
  expect(stdout).toContain('Check the credentials');
  expect(stdout + stderr).not.toContain('canary-of-the-test');
});

describe('of the ledger check-config says', () => {
  it('that it will be made, and leaves that to the start', async () => {
    const house = await configured();

    const { code, stdout } = await command(house, 'check-config');

    expect(code).toBe(0);
    expect(stdout).toContain(`  ledger: is not there yet, and will be made at the start; ${house.ledger}.\n`);
    expect(existsSync(house.ledger)).toBe(false);
  });

  it('that it is in use while a server runs, which is no error, and that it works afterwards', async () => {
    const house = await configured();
    const { server, url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');

    const beside = await command(house, 'check-config');
    const listed = await values(house, 'ledger', 'list');
    await stop(server);
    const after = await command(house, 'check-config');

    expect(beside.code).toBe(0);
    expect(beside.stdout).toContain(`  ledger: is in use by a server that runs; ${house.ledger}.\n`);
    expect(after.code).toBe(0);
    expect(after.stdout).toContain(`  ledger: works; ${house.ledger}.\n`);
    expect(await values(house, 'ledger', 'list')).toEqual(listed);
  });

  it('what is wrong with it, and ends with 1', async () => {
    const house = await configured();
    writeFileSync(house.ledger, 'no ledger at all, but long enough to be taken for one'.repeat(20), { mode: 0o600 });
    const damaged = await command(house, 'check-config');
    const elsewhere = await configured({ ledger: './gone/rollcall.db' });
    const homeless = await command(elsewhere, 'check-config');

    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toContain(`  ledger: does not work; The ledger ${house.ledger} is not a SQLite file`);
    expect(homeless.code).toBe(1);
    expect(homeless.stdout).toContain(
      `  ledger: does not work; ${join(dirname(elsewhere.file), 'gone')} is no folder that this user may write in`,
    );
  });

  it('of a database that cannot be reached where it is, and not its password', async () => {
    const house = await configured({ ledger: 'postgres://ada:canary-of-the-test@127.0.0.1:9/rollcall' });

    const { code, stdout, stderr } = await command(house, 'check-config');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}ledger: does not work; The ledger postgres:\/\/127\.0\.0\.1:9\/rollcall /m);
    expect(stdout + stderr).not.toContain('canary-of-the-test');
  });

  it('nothing where it is in memory', async () => {
    const { code, stdout } = await rollcall(['check-config'], {}, tmpdir()).ended;

    expect(code).toBe(0);
    expect(stdout).toContain('The built-in sandbox: the configuration is right.');
    expect(stdout).not.toContain('ledger');
  });
});
