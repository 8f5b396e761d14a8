import { afterEach, describe, expect, it } from 'vitest';
import type { UpdraftState } from '../../src/vendors/updraft/sandbox.js';
import { people } from '../../src/sandbox/people.js';
import { bodies, entries, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

async function open(source: string, settings: object) {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 2, awkward: false };
  rollcall = await openRollcall({ population, only: [source], sources: { [source]: settings } });
  return rollcall.sandbox.server<UpdraftState>(source);
}

const create =
  'mutation ($project: ID!) { createUpdraftDistributionGroup(input: { project: $project, title: "Ring" }) { confirmedBy } }';

describe('appIs', () => {
  it.each(['project', 'app'] as const)('%s: the number of a Project is the same that is sent as app', async (appIs) => {
    const server = await open('updraft', { appIs });
    const { data } = await rollcall.ask('{ projects(first: 1000) { nodes { id vendorId } } }');
    const before = mark(server);

    for (const { id } of data.projects.nodes) await rollcall.ask(create, { project: id });

    const sent = bodies(server, before).flatMap((body: any) => body?.app ?? []);
    expect(sent.map(String)).toEqual(data.projects.nodes.map(({ vendorId }: any) => vendorId));
    const apps = server.box.state.apps.map((app: any) => app.id);
    expect(sent.every((number) => apps.includes(number))).toBe(appIs === 'app');
  });
});

describe.each([
  ['updraft', { token: 'abc' }, 'Token abc'],
  ['updraft', { token: 'abc', tokenPrefix: 'Bearer' }, 'Bearer abc'],
  ['updraft', { token: 'abc', tokenPrefix: '' }, 'abc'],
  [
    'tiledesk',
    { email: 'a@example.com', password: 'b c' },
    `Basic ${Buffer.from('a@example.com:b c').toString('base64')}`,
  ],
])('%s signs in', (source, settings, authorization) => {
  it(`with ${JSON.stringify(settings)} as ${authorization}`, async () => {
    const server = await open(source, settings);

    await rollcall.ask('{ projects { totalCount } }');

    const sent = entries(server).map(({ headers }) => headers['authorization']);
    expect(new Set(sent)).toEqual(new Set([authorization]));
  });
});
