import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSandbox } from '../../src/main/fill-sandbox.js';
import { vendors } from '../../src/vendors/all.js';
import { rollcall as command } from '../support/command-line.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { among, blocksFrom, tableUnder, textOf } from './documents.js';
import { callsIn, callsOf, nameless } from './vendor-calls.js';

const page = 'docs/writes.md';
const [plan, joining, whatBecame] = blocksFrom(page, 'graphql') as [string, string, string];
const [planned, joined, refused, lost, candidate, entry] = blocksFrom(page, 'json').map((text) => JSON.parse(text));

const folder = mkdtempSync(join(tmpdir(), 'rollcall-docs-'));
let rollcall: Rollcall;

beforeAll(async () => {
  const testrail = { timeoutMs: 500, settleSeconds: 30 };
  rollcall = await openRollcall({ ledger: join(folder, 'rollcall.db'), sources: { testrail } });
  await fillSandbox(rollcall.app);
});
afterAll(async () => {
  await rollcall?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever a clock said. */
const timeless = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
const timelessly = (value: unknown) => JSON.parse(timeless(JSON.stringify(value)));

describe('what the page on writes shows is what is answered', () => {
  it('to a plan, and to an edit under a key', async () => {
    expect(await rollcall.ask(plan)).toEqual(among(planned));
    expect(await rollcall.ask(joining)).toEqual(among(joined));
  });

  it('to a set that would leave less than half', async () => {
    const { data } = await rollcall.ask(`mutation {
      setGroupMembers(input: {
        group: "gid://testrail/TestRailGroup/3", members: ["gid://testrail/User/8", "gid://testrail/User/30"]
      }) { userErrors { code message field target } }
    }`);

    expect(data.setGroupMembers.userErrors).toEqual([refused]);
  });

  it('to a write that is lost, to the next one, and to those who ask what became of it', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang', match: /update_group/, times: 1 });
    const edit = async (verb: string, user: number, key: string) => {
      const input = `{ group: "gid://testrail/TestRailGroup/2", members: ["gid://testrail/User/${user}"], idempotencyKey: "${key}" }`;
      const { data } = await rollcall.ask(
        `mutation { ${verb}(input: ${input}) { confirmedBy userErrors { code message field target retryAfterSeconds } } }`,
      );
      return data[verb];
    };
    const { confirmedBy, userErrors } = await edit('removeGroupMembers', 41, 'offboarding-4712');
    const next = await edit('addGroupMembers', 31, 'onboarding-4713');
    const { data } = await rollcall.ask(whatBecame);

    expect(confirmedBy).toBe('UNKNOWN');
    expect(timelessly(userErrors)).toEqual([among(timelessly(lost))]);
    expect(next.userErrors).toMatchObject([{ code: 'GROUP_BUSY', retryAfterSeconds: 30 }]);
    expect(timelessly(data.ledgerEntry)).toEqual(timelessly(entry));
    await expectReconciled();
  });

  it('to a create that is lost, where nobody had looked at the groups before', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'lost', match: /add_group/, times: 1 });

    const { data } = await rollcall.ask(`mutation {
      addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Smoke", users: [] }) {
        userErrors { code message field target }
      }
    }`);

    expect(timelessly(data.addTestRailGroup.userErrors)).toEqual([timelessly(candidate)]);
  });
});

/** The command line sees beside the running server what the page shows. */
async function expectReconciled(): Promise<void> {
  const config = join(folder, 'rollcall.yaml');
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify({ sources: rollcall.sandbox.sources }));
  const [shown] = blocksFrom(page, 'console') as [string];
  const [line, ...said] = shown.split('\n');
  const { stdout, stderr } = await command([...line!.split(' ').slice(2), '--config', config]).ended;

  expect(stderr).toBe('');
  expect(timeless(stdout)).toBe(timeless(said.join('\n')));
}

describe('the table of verbs', () => {
  const [heads, ...rows] = tableUnder(page, '## Who can do what');
  const columns = vendors.map(({ kind, title }, at) => ({ kind, title, column: at + 1 }));

  it.each(columns)('names calls that $kind documents', async ({ kind, title, column }) => {
    const prefixes = tableUnder('README.md', '## What is asked of whom')[1]!;
    const named = rows.flatMap((row) => callsIn(row[column]!, prefixes[column]!.replaceAll('`', '')));

    expect(heads![column]).toBe(title);
    expect((await callsOf(kind)).map(nameless)).toEqual(expect.arrayContaining(named.map(nameless)));
  });

  it.each(columns)('has a dash where $kind has no way, and nowhere else', async ({ kind, column }) => {
    const group = await editableGroup(kind.replace('okta-', ''));
    const members = `members: ["${group.members.nodes[0].id}"]`;
    const verbs: readonly (readonly [verb: string, mutation: string, change: string])[] = [
      ['add', 'addGroupMembers', members],
      ['remove', 'removeGroupMembers', members],
      ['set', 'setGroupMembers', members],
      ['rename', 'updateGroup', 'name: "Another"'],
      ['roles', 'updateGroup', 'roles: [ACCESS_USER]'],
      ['attributes', 'updateGroup', 'attributes: { floor: 3 }'],
      ['delete', 'deleteGroup', ''],
    ];

    const possible = await Promise.all(
      verbs.map(async ([verb, mutation, change]) => {
        const { data } = await rollcall.ask(
          `mutation { ${mutation}(input: { group: "${group.id}", dryRun: true, ${change} }) { userErrors { code } } }`,
        );
        return [verb, !data[mutation].userErrors.some(({ code }: any) => code === 'UNSUPPORTED_BY_VENDOR')];
      }),
    );

    expect(possible).toEqual(rows.map((row) => [row[0], row[column] !== '–']));
  });
});

/** A group of users at a source, with somebody in it. */
async function editableGroup(source: string): Promise<any> {
  const { data } = await rollcall.ask(`{
    groups(filter: { sources: ["${source}"] }) { nodes { __typename id members(first: 1) { nodes { __typename id } } } }
  }`);
  return data.groups.nodes.find(({ members }: any) => members.nodes[0]?.__typename === 'User');
}

it('the page on writes names every code and state that only a write has', () => {
  const codes = ['GROUP_BUSY', 'CONCURRENT_CHANGE', 'OUTCOME_UNKNOWN', 'IDEMPOTENCY_KEY_REUSED', 'LEDGER_UNAVAILABLE'];
  const words = [...codes, 'DONE', 'REFUSED', 'UNKNOWN', 'UNSENT', 'VENDOR_RESPONSE', 'READ_BACK'];

  expect(words.filter((word) => !textOf(page).includes(`\`${word}\``))).toEqual([]);
});
