import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSandbox } from '../../src/main/fill-sandbox.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { calls } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let groups: any[];

// As `npm start` opens it, with nothing said otherwise.
beforeAll(async () => {
  rollcall = await openRollcall();
  await fillSandbox(rollcall.app);
  const { data } = await rollcall.ask(
    '{ groups(first: 1000) { complete nodes { __typename id name origin source { name } memberCount members(first: 1000) { nodes { id name email ...on User { status } } } } } }',
  );
  groups = data.groups.nodes;
});
afterAll(() => rollcall.close());

describe('the sandbox', () => {
  it('at its start, makes a few Updraft and Velt groups, testers and memberships through the real write path', async () => {
    const updraft = calls(rollcall.sandbox.server('updraft'));
    const velt = calls(rollcall.sandbox.server('velt'));
    const { data } = await rollcall.ask('{ testers { totalCount } }');

    for (const path of ['group-testers', 'testers', 'groupsinorgs']) expect(updraft).toContain(`POST /api/${path}/`);
    for (const path of ['add', 'users/add']) expect(velt).toContain(`POST /v2/organizations/usergroups/${path}`);
    expect(data.testers.totalCount).toBeGreaterThan(2);
    const made = groups.filter(({ origin, memberCount }) => origin === 'LEDGER' && memberCount > 0);
    expect([...new Set(made.map(({ __typename }) => __typename))]).toEqual([
      'UpdraftDistributionGroup',
      'UpdraftPermissionGroup',
      'VeltUserGroup',
    ]);
  });

  it('holds the same person in several vendors by e-mail, and hundreds of people', async () => {
    const { data } = await rollcall.ask(
      '{ users(first: 1000) { totalCount } ana: users(filter: { email: "ana.lin@example.com" }) { nodes { source { name } } } }',
    );

    expect(data.users.totalCount).toBeGreaterThan(300);
    const sources: string[] = data.ana.nodes.map(({ source }: any) => source.name);
    expect(new Set(sources).size).toBeGreaterThanOrEqual(4);
  });

  it('holds the seeds’ namesakes: a group and a federated one of one name', () => {
    const { state } = rollcall.sandbox.server<AsaState>('asa').box;
    const namesakes = state.groups.filter(
      ({ name }, _at, all) => all.filter((other) => other.name === name).length > 1,
    );

    expect(new Set(namesakes.map(({ name }) => name))).toContain('compsons');
    const told = groups.filter(({ name, source }) => source.name === 'asa' && name === 'compsons');
    expect(told.map(({ memberCount }) => memberCount === null).sort()).toEqual([false, true]);
  });

  it('holds a trashed group, which is not shown', () => {
    const { state } = rollcall.sandbox.server<TiledeskState>('tiledesk').box;
    const trashed = state.groups.filter((group) => group.trashed);

    expect(trashed.length).toBeGreaterThan(0);
    for (const { _id } of trashed) expect(groups.filter(({ id }) => id.endsWith(_id))).toEqual([]);
  });

  it('holds a member without account', () => {
    const members = groups.flatMap((group) => group.members?.nodes ?? []);

    expect(members).toContainEqual({ id: expect.any(String), name: null, email: null, status: 'UNKNOWN' });
  });

  it('holds a name that begins with =', () => {
    expect(groups.filter(({ name }) => name.startsWith('=')).length).toBeGreaterThan(0);
  });
});

describe('the documents that people really run', () => {
  const folder = join(import.meta.dirname, '../operations');
  const free = readdirSync(folder)
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ text }) => !text.includes('$'));

  it('at least three of them need no variables', () => {
    expect(free.length).toBeGreaterThanOrEqual(3);
  });

  it.each(free)('$file runs over the sandbox as it stands', async ({ text }) => {
    const { data, errors = [] } = await rollcall.ask(text);

    expect(errors.filter(({ extensions }) => extensions.code !== 'UNSUPPORTED_BY_VENDOR')).toEqual([]);
    expect(Object.values(data).every((field) => field !== null)).toBe(true);
  });
});
