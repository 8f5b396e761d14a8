import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rollcall } from '../support/command-line.js';
import {
  addTestRailGroup,
  closeAfterEach,
  command,
  configured,
  createPermissionGroup,
  serving,
  stop,
  values,
} from './house.js';

closeAfterEach();

describe('rollcall ledger list', () => {
  it('shows the newest entry first, in columns, beside the server that runs and after it has ended', async () => {
    const house = await configured();
    const { server, url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-first');
    await createPermissionGroup(url, 'Night shift', 'k-second');

    const beside = await command(house, 'ledger', 'list');
    await stop(server);
    const files = readdirSync(dirname(house.ledger));
    const after = await command(house, 'ledger', 'list');

    const [head, ...rows] = beside.stdout.trimEnd().split('\n');
    expect(beside).toMatchObject({ code: 0, stderr: '' });
    expect(head!.split(/ {2,}/)).toEqual(['TIME', 'STATE', 'MUTATION', 'SOURCE', 'KEY', 'CALLER']);
    expect(rows.map((row) => row.split(/ {2,}/).slice(1))).toEqual([
      ['DONE', 'createUpdraftPermissionGroup', 'updraft', 'k-second', 'local'],
      ['DONE', 'addTestRailGroup', 'testrail', 'k-first', 'local'],
    ]);
    expect(rows.map((row) => row.indexOf('DONE'))).toEqual([head!.indexOf('STATE'), head!.indexOf('STATE')]);
    expect(rows[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /);
    expect(after).toEqual(beside);
    expect(readdirSync(dirname(house.ledger))).toEqual(files);
  });

  it('takes states, in small letters too, and a source, and says when there are more', async () => {
    const house = await configured();
    const { sandbox } = house;
    const { url } = await serving(house);
    await addTestRailGroup(url, 'One', 'k-1');
    sandbox.server('testrail').fault({ mode: 'status', status: 400, body: { error: 'no' }, match: /add_group/ });
    await addTestRailGroup(url, 'Two', 'k-2');
    await createPermissionGroup(url, 'Three', 'k-3');
    const keys = async (...args: string[]) =>
      (await values(house, 'ledger', 'list', ...args)).map(({ key }) => key as string);

    expect(await keys()).toEqual(['k-3', 'k-2', 'k-1']);
    expect(await keys('--state', 'refused')).toEqual(['k-2']);
    expect(await keys('--state', 'REFUSED', 'DONE', '--source', 'testrail')).toEqual(['k-2', 'k-1']);
    expect(await keys('--source', 'updraft')).toEqual(['k-3']);
    expect(await keys('--state', 'UNKNOWN')).toEqual([]);
    expect(await keys('--limit', '2')).toEqual(['k-3', 'k-2']);
    expect((await command(house, 'ledger', 'list', '--limit', '2')).stderr).toContain('more than these 2');
    expect((await command(house, 'ledger', 'list', '--limit', '3')).stderr).toBe('');
    expect(await command(house, 'ledger', 'list', '--state', 'UNKNOWN')).toMatchObject({
      code: 0,
      stdout: 'The ledger has no such entry.\n',
    });
  });

  it.each([
    [['--state', 'LOST'], "'LOST' is invalid. Write INTENT, DONE, REFUSED, UNSENT, UNKNOWN."],
    [['--limit', '0'], "'0' is invalid. Write a whole number from 1 to 100000."],
    [['--limit', 'all'], "'all' is invalid."],
    [['extra'], "unknown argument 'extra'"],
    [['--frobnicate'], '--frobnicate'],
  ])('ends with a sentence and 1 at %j', async (args, sentence) => {
    const { code, stdout, stderr } = await rollcall(['ledger', 'list', ...args]).ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('with --json tells everything, and no credential', async () => {
    const house = await configured();
    const { url } = await serving(house);
    const answered = await addTestRailGroup(url, 'Smoke', 'k-1');

    const [entry] = await values(house, 'ledger', 'list');
    const { stdout } = await command(house, 'ledger', 'show', 'k-1');

    expect(entry).toMatchObject({
      key: 'k-1',
      caller: 'local',
      mutation: 'addTestRailGroup',
      source: 'testrail',
      group: null,
      state: 'DONE',
      createdAt: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
      unsettledSince: null,
      calls: answered.calls,
      userErrors: [],
      hint: null,
    });
    const { user, apiKey } = house.sandbox.sources['testrail'] as unknown as { user: string; apiKey: string };
    for (const secret of [apiKey, Buffer.from(`${user}:${apiKey}`).toString('base64')])
      expect(JSON.stringify(entry) + stdout).not.toContain(secret);
  });
});

describe('rollcall ledger show', () => {
  it('shows when, what was sent, what came back, what went wrong and what it means', async () => {
    const house = await configured();
    const { url } = await serving(house);
    house.sandbox
      .server('testrail')
      .fault({ mode: 'status', status: 400, body: { error: 'no' }, match: /add_group/, times: 1 });
    const { userErrors } = await addTestRailGroup(url, 'Smoke', 'k-1');

    const { code, stdout } = await command(house, 'ledger', 'show', 'k-1');

    expect(code).toBe(0);
    for (const line of [
      /^key +k-1$/m,
      /^mutation +addTestRailGroup$/m,
      /^source +testrail$/m,
      /^caller +local$/m,
      /^state +REFUSED: the vendor did nothing of it/m,
      /^begun +\d{4}-.*Z$/m,
      /^finished +\d{4}-.*Z$/m,
      /^ {2}POST http:\/\/127\.0\.0\.1:\d+\/index\.php\?\/api\/v2\/add_group: 400 in \d+ ms$/m,
      /^ {4}\{"name":"Smoke"/m,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).toContain(`VENDOR_REJECTED: ${userErrors[0].message}`);
  });

  it('takes the newest entry of a key, or that of one mutation', async () => {
    const house = await configured();
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');
    await createPermissionGroup(url, 'Night shift', 'k-1');

    const newest = await values(house, 'ledger', 'show', 'k-1');
    const named = await values(house, 'ledger', 'show', 'k-1', '--mutation', 'addTestRailGroup');

    expect(newest).toMatchObject([{ mutation: 'createUpdraftPermissionGroup', source: 'updraft' }]);
    expect(named).toMatchObject([{ mutation: 'addTestRailGroup', source: 'testrail' }]);
  });

  it('says in a sentence that there is none, and ends with 1', async () => {
    const house = await configured();
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');

    const none = await command(house, 'ledger', 'show', 'k-2');
    const ofAnother = await command(house, 'ledger', 'show', 'k-1', '--mutation', 'createAsaGroup');

    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/^The ledger has no entry with the key "k-2": .+\.\n$/);
    expect(ofAnother).toMatchObject({ code: 1, stdout: '' });
    expect(ofAnother.stderr).toContain('of the mutation createAsaGroup');
  });

  it('moves nothing on the terminal, whatever a group is called', async () => {
    const house = await configured();
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke \u202Eekoms\u2028', 'k-1');

    const { stdout } = await command(house, 'ledger', 'show', 'k-1');

    expect(stdout).toContain(String.raw`Smoke \u{202e}ekoms\u{2028}`);
    expect(stdout).not.toMatch(/[\u202E\u2028]/);
  });
});

describe('where there is nothing to look at', () => {
  it.each(['list', 'show k-1', 'reconcile --all'])('ledger %s says so of the sandbox', async (args) => {
    const { code, stdout, stderr } = await rollcall(['ledger', ...args.split(' ')], {}, tmpdir()).ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Without a configuration there is no ledger to look at, .* --config\.\n$/);
  });

  it('a ledger that nobody has made yet is not made by looking', async () => {
    const house = await configured();

    const { code, stdout, stderr } = await command(house, 'ledger', 'list');

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(house.ledger);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(house.ledger)).toBe(false);
  });
});
