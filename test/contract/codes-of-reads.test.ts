import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const desk = '5b55e806c93dde0014000001';
const someone: Readonly<Record<string, string>> = {
  updraft: 'gid://updraft/User/1',
  velt: 'gid://velt/User/org-a/u-1',
  testrail: 'gid://testrail/User/1',
  tiledesk: `gid://tiledesk/User/${desk}/5ab0f3fa57066e0014000001`,
  asa: 'gid://asa/User/acme/ana.lin',
};
const sources = Object.keys(someone);
const refuse = (source: string, status: number) =>
  // A team whose token is refused says nothing about what was asked for.
  rollcall.sandbox.server(source).fault({ mode: 'status', status, body: {}, match: /^(?!.*service_token)/ });

const table = [
  [400, 'VENDOR_REJECTED'],
  [401, 'VENDOR_AUTH'],
  [403, 'VENDOR_AUTH'],
  [404, 'NOT_FOUND'],
  [405, 'VENDOR_REJECTED'],
  [409, 'VENDOR_CONFLICT'],
  [413, 'VENDOR_REJECTED'],
  [415, 'VENDOR_REJECTED'],
  [422, 'VENDOR_REJECTED'],
  [429, 'VENDOR_RATE_LIMITED'],
  [500, 'VENDOR_UNAVAILABLE'],
  [503, 'VENDOR_UNAVAILABLE'],
] as const;
const codeAt = (source: string, status: number, code: string) =>
  source === 'testrail' && status === 409 ? 'VENDOR_UNAVAILABLE' : code;

describe.each(sources)('what %s refuses', (source) => {
  it.each(table)('with %i, a list tells with its code: %s', async (status, usual) => {
    refuse(source, status);

    const {
      status: http,
      data,
      errors,
    } = await rollcall.ask(
      'query ($source: String!) { users(filter: { sources: [$source] }) { totalCount complete nodes { id } sources { state code } } }',
      { source },
    );

    const code = codeAt(source, status, usual);
    expect(http).toBe(200);
    expect(data.users).toEqual({
      totalCount: null,
      complete: false,
      nodes: [],
      sources: [{ state: 'UNAVAILABLE', code }],
    });
    expect(errors).toMatchObject([{ path: ['users'], extensions: { code, source, status } }]);
  });

  it.each(table)(
    'with %i, a look-up tells with its code, unless it is that there is no such person',
    async (status, usual) => {
      refuse(source, status);

      const { data, errors = [] } = await rollcall.ask('query ($id: ID!) { user(id: $id) { name } }', {
        id: someone[source],
      });

      // Tiledesk says 400 of a project that it does not know.
      const nobody = status === 404 || (status === 400 && ['testrail', 'tiledesk'].includes(source));
      expect(data).toEqual({ user: null });
      expect(errors.map(({ path, extensions }) => [path, extensions.code, extensions.status])).toEqual(
        nobody ? [] : [[['user'], codeAt(source, status, usual), status]],
      );
    },
  );
});

it.each([
  ['testrail', 400, 'gid://testrail/Project/1', /get_users/],
  ['testrail', 404, 'gid://testrail/Project/1', /get_users/],
  ['tiledesk', 404, `gid://tiledesk/Project/${desk}`, /project_users/],
])('a scope that %s answers %i for is NOT_FOUND, where it is a list that asks', async (source, status, id, match) => {
  rollcall.sandbox.server(source).fault({ mode: 'status', status, body: {}, match });

  const { data, errors } = await rollcall.ask('query ($id: ID!) { project(id: $id) { name users { totalCount } } }', {
    id,
  });

  expect(data.project).toMatchObject({ name: expect.any(String), users: null });
  expect(errors).toMatchObject([{ path: ['project', 'users'], extensions: { code: 'NOT_FOUND', source, status } }]);
});
