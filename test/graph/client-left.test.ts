import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];

beforeEach(async () => {
  const population = { people: people(30), groups: 40, membersPerGroup: 4, projects: 3, awkward: false };
  rollcall = await openRollcall({ population });
  await rollcall.ask('{ groups { totalCount } }');
});
afterEach(() => rollcall.close());

const query = `{
  groups(first: 1000) { nodes { members(first: 100) { nodes { email } } } } users { totalCount } projects { totalCount }
}`;

/** A client that asks, and can go away before it is answered. */
function client(more: Record<string, string> = {}, asked = query): { leave(): void; readonly ended: Promise<unknown> } {
  const headers = { 'content-type': 'application/json', ...more };
  const call = httpRequest(`${rollcall.url}/graphql`, { method: 'POST', headers });
  const ended = new Promise((resolve) => {
    call.once('response', (response) => response.resume().once('close', () => resolve(response.statusCode)));
    call.once('error', resolve);
  });
  call.end(JSON.stringify({ query: asked }));
  return { leave: () => void call.destroy(), ended };
}

const live = () => sources.reduce((sum, name) => sum + rollcall.sandbox.server(name).live.requests, 0);
const callsSoFar = () => sources.reduce((sum, name) => sum + rollcall.sandbox.server(name).journal.length, 0);

// A busy machine may be late; what is promised is promised of ours, not of its scheduler.
it(
  'a client that leaves ends all upstream reads within 250 ms, and nothing planned is sent any more',
  { retry: 3 },
  async () => {
    sources.forEach((name) => rollcall.sandbox.server(name).fault({ mode: 'hang' }));
    const { leave, ended } = client();
    await until(() => live() >= 5);

    leave();
    await ended;
    await until(() => live() === 0, 250);

    const calls = callsSoFar();
    await pause(150);
    expect([live(), callsSoFar()]).toEqual([0, calls]);
  },
);

it('so do 50 clients with more than 150 calls under way, waiting ones included', { retry: 3 }, async () => {
  for (const name of sources) rollcall.sandbox.server(name).setLatency(2_000);
  // Each wants an answer of its own, and shares no read with the others.
  const clients = Array.from({ length: 50 }, () => client({ 'cache-control': 'no-cache' }));
  await until(() => live() >= 150);

  clients.forEach(({ leave }) => leave());
  await Promise.all(clients.map(({ ended }) => ended));
  await until(() => live() === 0, 250);

  const calls = callsSoFar();
  await pause(150);
  expect([live(), callsSoFar()]).toEqual([0, calls]);
});

it('the leaving of one ends nobody else’s reads', async () => {
  rollcall.sandbox.server('testrail').setLatency(300);
  const stays = rollcall.ask('{ groups(filter: { sources: ["testrail"] }) { totalCount complete } }');
  const { leave } = client();
  await until(() => rollcall.sandbox.server('testrail').live.requests >= 3);

  leave();
  const { data, errors } = await stays;

  expect([data.groups, errors]).toEqual([{ totalCount: 40, complete: true }, undefined]);
});

it('is no trouble of the source: its state stays, and the log tells of none', async () => {
  sources.forEach((name) => rollcall.sandbox.server(name).fault({ mode: 'hang' }));
  const begun = rollcall.log.length;
  const { leave, ended } = client();
  await until(() => live() >= 5);

  leave();
  await ended;
  await until(() => live() === 0, 250);

  const { data } = await rollcall.ask('{ sources { name status { state } } }');
  expect(data.sources.every(({ status }: any) => status.state === 'OK')).toBe(true);
  const lines = rollcall.log.slice(begun).map((line) => JSON.parse(line));
  expect(lines.filter(({ source }) => source !== undefined)).toEqual([]);
});

it('what a query has begun that was refused meanwhile ends with its answer', async () => {
  rollcall.sandbox.server('velt').fault({ mode: 'hang' });

  const { errors } = await rollcall.ask(
    '{ users(filter: { sources: ["velt"] }) { totalCount } groups(first: 0) { totalCount } }',
  );

  expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'BAD_USER_INPUT' } }]);
  await pause(250);
  expect(live()).toBe(0);
});
