import { expect, it } from 'vitest';
import { addressOf, rollcall } from '../support/command-line.js';
import { calls } from '../support/journal.js';
import { ask } from '../support/rollcall.js';
import { closeAfterEach, configured, kill, serving, start } from './house.js';

closeAfterEach();

it('without a configuration the sandbox is served, says so, and the first query shows all five', async () => {
  const url = await addressOf(start([]));

  const { data, errors } = await ask(
    url,
    '{ groups(first: 1000) { complete sources { source } nodes { source { name } } } }',
  );

  expect(errors).toBeUndefined();
  expect(data.groups.complete).toBe(true);
  expect([...new Set(data.groups.nodes.map((group: any) => group.source.name))]).toEqual([
    'updraft',
    'velt',
    'testrail',
    'tiledesk',
    'asa',
  ]);
});

it('with a configuration the process listens on one port and nothing of the sandbox runs', async () => {
  const { sandbox, file } = await configured();
  const started = start(['--config', file]);
  const said = await started.says('/datasets');

  expect(said).toContain(`Serving ${file}.`);
  expect(said).not.toContain('sandbox');
  expect(calls(sandbox.server('updraft'))).toEqual([]);
});

it('what was created at Updraft is answered again after a restart', async () => {
  const { file } = await configured();
  const first = start(['--config', file]);
  const created = await ask(
    await addressOf(first),
    `mutation { createUpdraftPermissionGroup(input: { organization: "gid://updraft/Organization/12", title: "Night shift" }) {
      userErrors { message } group { id name origin } } }`,
  );
  await kill(first);

  const { data } = await ask(
    await addressOf(start(['--config', file])),
    'query ($id: ID!) { group(id: $id) { id name origin } }',
    {
      id: created.data.createUpdraftPermissionGroup.group.id,
    },
  );

  expect(created.data.createUpdraftPermissionGroup.userErrors).toEqual([]);
  expect(data.group).toEqual(created.data.createUpdraftPermissionGroup.group);
  expect(data.group.origin).toBe('LEDGER');
});

it('a second one on the same ledger is refused in one sentence, and the first goes on', async () => {
  const house = await configured();
  const { url } = await serving(house);

  const { code, stdout, stderr } = await rollcall(['--config', house.file], { PORT: '0' }).ended;

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^The ledger .* is in use by another Rollcall, .+\.\n$/);
  expect(stderr).toContain(house.ledger);
  expect((await ask(url, '{ sources { name } }')).data.sources).toHaveLength(5);
});

it('is told to stop, lets the answer under way go out, and exits with 0', async () => {
  const { sandbox, file } = await configured();
  const started = start(['--config', file]);
  const url = await addressOf(started);
  sandbox.server('testrail').setLatency(600);

  const answer = ask(url, '{ groups(filter: { sources: ["testrail"] }) { totalCount } }');
  await new Promise((resolve) => setTimeout(resolve, 200));
  started.process.kill('SIGTERM');

  expect((await answer).data.groups.totalCount).toBeGreaterThan(0);
  expect((await started.ended).code).toBe(0);
});

it('is told to stop while a write is under way whose client has left, and remembers what the vendor did', async () => {
  const { sandbox, file } = await configured();
  const first = start(['--config', file]);
  const url = await addressOf(first);
  sandbox.server('updraft').setLatency(800);
  const leaving = new AbortController();
  const query = `mutation { createUpdraftPermissionGroup(input: { organization: "gid://updraft/Organization/12", title: "Night shift" }) { group { id } } }`;
  const headers = { 'content-type': 'application/json' };
  const asked = fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  await expect.poll(() => calls(sandbox.server('updraft'))).toHaveLength(1);

  leaving.abort();
  await expect(asked).rejects.toThrow();
  first.process.kill('SIGTERM');

  expect((await first.ended).code).toBe(0);
  const groups = '{ groups(filter: { sources: ["updraft"] }) { nodes { name } } }';
  const { data } = await ask(await addressOf(start(['--config', file])), groups);
  expect(data.groups.nodes).toEqual([{ name: 'Night shift' }]);
});

it.each([
  ['an unknown key', { surces: {} }, 'surces'],
  ['a wrong type', { server: { port: 'http' } }, 'server.port'],
  ['a cache that is none', { cache: 'disk' }, 'cache'],
  [
    'plain http to a host that is not loopback',
    { sources: { t: { vendor: 'testrail', url: 'http://acme.example', user: 'a', apiKey: 'b' } } },
    'sources.t.url',
  ],
  ['a host that is not loopback', { server: { host: '0.0.0.0' } }, 'auth.mode'],
  ['a ledger that cannot be created', { ledger: '/proc/no/rollcall.db' }, '/proc/no/rollcall.db'],
])('%s stops the start with one sentence that names it', async (_what, change, named) => {
  const { file } = await configured(change);

  const { code, stdout, stderr } = await rollcall(['--config', file], { PORT: '0' }).ended;

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(named);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
