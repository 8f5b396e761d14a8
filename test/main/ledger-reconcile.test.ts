import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { calls } from '../support/journal.js';
import {
  addTestRailGroup,
  closeAfterEach,
  command,
  configured,
  createPermissionGroup,
  kill,
  seeGroups,
  serving,
  stop,
  values,
  type House,
} from './house.js';

closeAfterEach();

const adds = ({ sandbox }: House) =>
  calls(sandbox.server('testrail')).filter((call) => call.startsWith('POST') && call.includes('add_group'));

/** A server that was killed while its vendor had a write and gave no answer. */
async function killedInMidWrite(fault: FaultRule, { seesGroups = true } = {}): Promise<House> {
  const house = await configured();
  house.sandbox.server('testrail').fault({ ...fault, match: /add_group/, times: 1 });
  const { server, url } = await serving(house);
  if (seesGroups) await seeGroups(url);
  const asked = addTestRailGroup(url, 'Smoke', 'k-lost').catch(() => 'the connection broke');
  await expect.poll(() => adds(house), { timeout: 10_000 }).toHaveLength(1);
  await kill(server);
  expect(await asked).toBe('the connection broke');
  return house;
}

/** What lies on the disk, byte by byte. */
function bytesOf({ ledger }: House): string[] {
  return [ledger, `${ledger}-wal`].map((file) => (existsSync(file) ? readFileSync(file).toString('base64') : ''));
}

describe('after a kill in mid-write', () => {
  it('the next start has it as UNKNOWN, and reconcile sees what the vendor did', async () => {
    const house = await killedInMidWrite({ mode: 'lost', by: 'hang' });
    const { server } = await serving(house);

    const listed = await values(house, 'ledger', 'list', '--state', 'UNKNOWN');
    const { code, stdout } = await command(house, 'ledger', 'reconcile', 'k-lost');

    expect(listed).toMatchObject([{ key: 'k-lost', state: 'UNKNOWN', mutation: 'addTestRailGroup' }]);
    expect(listed[0].hint).toEqual(expect.any(String));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^addTestRailGroup at testrail of \S+Z, key k-lost, UNKNOWN: seen\.\n {2}At \S+Z there is one/,
    );
    expect(await values(house, 'ledger', 'list')).toEqual(listed);
    expect(adds(house)).toHaveLength(1);
    await stop(server);
    expect(await values(house, 'ledger', 'reconcile', 'k-lost')).toMatchObject([{ verdict: 'SEEN', state: 'UNKNOWN' }]);
  });

  it('reconcile says that it did not see what the vendor has not done, and that this proves nothing', async () => {
    const house = await killedInMidWrite({ mode: 'hang' });
    await serving(house);

    const { code, stdout } = await command(house, 'ledger', 'reconcile', '--all');
    const [finding] = await values(house, 'ledger', 'reconcile', '--all');

    expect(code).toBe(0);
    expect(stdout).toContain('key k-lost, UNKNOWN: not seen.');
    expect(stdout).toContain('What was not there proves nothing: TestRail may still apply it.');
    expect(finding).toMatchObject({ key: 'k-lost', verdict: 'NOT_SEEN', lookedAt: expect.stringMatching(/Z$/) });
    expect(adds(house)).toHaveLength(1);
  });

  it('reconcile names a group that may be it, where nobody had seen the groups before, and claims no more', async () => {
    const house = await killedInMidWrite({ mode: 'lost', by: 'hang' }, { seesGroups: false });

    const { stdout } = await command(house, 'ledger', 'reconcile', 'k-lost');

    expect(stdout).toContain('key k-lost, INTENT: perhaps seen.');
    expect(stdout).toMatch(/may be older, or made by another: gid:\/\/testrail\/TestRailGroup\/\d+\.$/m);
    expect(await values(house, 'ledger', 'reconcile', 'k-lost')).toMatchObject([
      { key: 'k-lost', verdict: 'PERHAPS_SEEN', lookedAt: expect.stringMatching(/Z$/) },
    ]);
  });

  it('it can be looked at before the next start, and neither the vendor nor the disk is written', async () => {
    const house = await killedInMidWrite({ mode: 'lost', by: 'hang' });
    const before = bytesOf(house);
    const asked = calls(house.sandbox.server('testrail')).length;

    const listed = await values(house, 'ledger', 'list');
    const shown = await command(house, 'ledger', 'show', 'k-lost');
    const found = await values(house, 'ledger', 'reconcile', '--all');

    expect(listed).toMatchObject([{ key: 'k-lost', state: 'INTENT', finishedAt: null }]);
    expect(shown.stdout).toMatch(/add_group: not sent, or no answer$/m);
    expect(shown.stdout).toContain('\nHint\n');
    expect(found).toMatchObject([{ key: 'k-lost', state: 'INTENT', verdict: 'SEEN' }]);
    expect(bytesOf(house)).toEqual(before);
    const since = calls(house.sandbox.server('testrail')).slice(asked);
    expect(since).not.toEqual([]);
    expect(since.filter((call) => !call.startsWith('GET'))).toEqual([]);
  });
});

describe('rollcall ledger reconcile', () => {
  it('says of what no vendor tells that it cannot be asked, and where to look', async () => {
    const house = await configured({}, { timeoutMs: 200 });
    house.sandbox.server('updraft').fault({ mode: 'lost', match: /POST/, times: 1 });
    const { url } = await serving(house);
    const { userErrors } = await createPermissionGroup(url, 'Night shift', 'k-1');
    const asked = calls(house.sandbox.server('updraft')).length;

    const { code, stdout } = await command(house, 'ledger', 'reconcile', 'k-1');

    expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect(code).toBe(0);
    expect(stdout).toContain('key k-1, UNKNOWN: cannot be asked.\n  Updraft ');
    expect(stdout).toContain('Updraft documents no way to ask for it: look ');
    expect(calls(house.sandbox.server('updraft'))).toHaveLength(asked);
  });

  it('says what is wrong with a vendor that cannot be read, goes on with the others, and ends with 1', async () => {
    const house = await configured({}, { timeoutMs: 300 });
    const { sandbox } = house;
    sandbox.server('testrail').fault({ mode: 'hang', match: /add_group/ });
    sandbox.server('updraft').fault({ mode: 'hang', match: /POST/ });
    const { url } = await serving(house);
    await Promise.all([addTestRailGroup(url, 'Smoke', 'k-1'), createPermissionGroup(url, 'Night shift', 'k-2')]);
    sandbox.server('testrail').clearFaults();
    sandbox.server('testrail').fault({ mode: 'status', status: 503 });

    const { code, stdout, stderr } = await command(house, 'ledger', 'reconcile', '--all');

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('key k-1, UNKNOWN: could not be looked at.\n  TestRail (source testrail) ');
    expect(stdout).toContain('key k-2, UNKNOWN: cannot be asked.');
  });

  it('says so of an entry whose source is not configured any more', async () => {
    const house = await configured({}, { timeoutMs: 200 });
    house.sandbox.server('testrail').fault({ mode: 'hang', match: /add_group/ });
    const { server, url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');
    await stop(server);
    const { testrail, ...sources } = house.sandbox.sources;
    writeFileSync(house.file, JSON.stringify({ sources: { ...sources, renamed: testrail } }));

    const { code, stdout } = await command(house, 'ledger', 'reconcile', 'k-1');

    expect(code).toBe(0);
    expect(stdout).toContain('cannot be asked.\n  The configuration has no source testrail');
  });

  it('looks at what is done as well, and at what is refused without a word of doubt', async () => {
    const house = await configured();
    const { sandbox } = house;
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-done');
    sandbox.server('testrail').fault({ mode: 'status', status: 400, body: { error: 'no' }, match: /add_group/ });
    await addTestRailGroup(url, 'Fire', 'k-refused');

    const done = await values(house, 'ledger', 'reconcile', 'k-done');
    const refused = await values(house, 'ledger', 'reconcile', 'k-refused');

    expect(done).toMatchObject([{ state: 'DONE', verdict: 'SEEN' }]);
    expect(refused).toMatchObject([{ state: 'REFUSED', verdict: 'NOT_SEEN' }]);
    expect(refused[0].sentence).not.toContain('proves nothing');
  });

  it('of all that is open is content where nothing is', async () => {
    const house = await configured();
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');

    expect(await command(house, 'ledger', 'reconcile', '--all')).toEqual({
      code: 0,
      stdout: 'No entry is open: nothing has to be looked for.\n',
      stderr: '',
    });
    expect(await values(house, 'ledger', 'reconcile', '--all')).toEqual([]);
  });

  it('ends with a sentence and 1 where it is not said what to look for', async () => {
    const house = await configured();
    const { url } = await serving(house);
    await addTestRailGroup(url, 'Smoke', 'k-1');
    const wrong: readonly (readonly [args: readonly string[], sentence: string])[] = [
      [[], 'Name the key of one entry, or --all for all that are open.'],
      [['k-1', '--all'], 'Name the key of one entry, or --all for all that are open.'],
      [['k-2'], 'The ledger has no entry with the key "k-2"'],
      [['k-1', 'k-2'], "unknown argument 'k-2'"],
    ];

    for (const [args, sentence] of wrong) {
      const { code, stdout, stderr } = await command(house, 'ledger', 'reconcile', ...args);

      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
      expect(stderr).toContain(sentence);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});
