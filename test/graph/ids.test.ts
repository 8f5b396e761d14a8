import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 3 } });
});
afterAll(() => rollcall.close());

const lookUps = ['node', 'organization', 'project', 'group', 'user', 'tester'];
const project = '5b55e806c93dde0014000001';
const uuid = '5e41a7d8-4b81-49db-b552-3cb1f3ec936c';

const malformed = [
  'testrail',
  '1',
  'gid://',
  'gid://testrail',
  'gid://testrail/User',
  'gid://testrail/User/',
  'gid://testrail//1',
  'gid:///User/1',
  'gid:/testrail/User/1',
  'GID://testrail/User/1',
  'gid://Testrail/User/1',
  ' gid://testrail/User/1',
  'gid://testrail/User/1 ',
  'gid://testrail/User/1\n',
  'gid://testrail/User//1',
  'gid://testrail/User/1/',
  'gid://testrail/User/%31',
  'gid://velt/User/org-a/sso|guest',
  'gid://velt/User/org-a/sso%7cguest',
  'gid://velt/User/org-a/%75-1',
  'gid://velt/User/org-a/u%2D1',
  'gid://velt/User/org-a/ü',
  'gid://velt/User/org-a/%',
  'gid://velt/User/org-a/%C3',
  'gid://velt/User/org-a/%ED%A0%80',
  'gid://velt/User/org-a/a+b',
  "gid://asa/AsaGroup/acme/nuit%20d'%C3%A9t%C3%A9",
];

const unknown = [
  'gid://nobody/User/1',
  'gid://constructor/User/1',
  'gid://testrail/Tester/1',
  'gid://testrail/TiledeskGroup/1',
  'gid://testrail/Group/1',
  'gid://testrail/Membership/1',
  'gid://testrail/constructor/1',
  'gid://velt/Project/1',
  'gid://updraft/VeltUserGroup/org-a/qa',
  'gid://testrail/user/1',
];

const offPattern = [
  ...['0', '01', '-1', 'a', '1.0', '1e3', '1/2'].map((id) => `gid://testrail/TestRailGroup/${id}`),
  ...['0', '-1', '1/2'].map((id) => `gid://updraft/Tester/${id}`),
  'gid://updraft/Organization/acme',
  'gid://testrail/Organization/Acme',
  `gid://tiledesk/Project/${project.toUpperCase()}`,
  `gid://tiledesk/Project/${project}0`,
  `gid://tiledesk/Project/${project.slice(1)}`,
  `gid://tiledesk/TiledeskGroup/${project}`,
  `gid://tiledesk/User/${project}/1`,
  ...['.', '..', '%2F', 'a%5Cb', '%25', 'a%3F', '%23', '%00', 'a%7F'].map((name) => `gid://asa/AsaGroup/acme/${name}`),
  'gid://asa/User/../ana.lin',
  'gid://asa/AsaGroup/acme',
  `gid://asa/AsaGroup/acme/compsons/${uuid.slice(1)}`,
  `gid://asa/AsaGroup/acme/compsons/${uuid}/more`,
  'gid://velt/Organization/%00',
  'gid://velt/User/org-a',
  `gid://velt/User/org-a/${'u'.repeat(257)}`,
  'gid://testrail/Source/velt',
  'gid://testrail/Source/testrail/testrail',
];

const tooLong = ['u', '%C3%BC'].map((char) => `gid://velt/User/org-a/${char.repeat(1_003 / char.length + 1)}`);

describe.each([
  ['malformed', malformed],
  ['of an unknown source or type', unknown],
  ['broken by a part off the vendor’s pattern', offPattern],
  ['over 1,024 bytes', tooLong],
  ['empty', ['']],
])('an id that is %s', (_what, ids) => {
  it.each(ids)(
    'is null and one BAD_USER_INPUT error on that path, of node and of the typed look-ups: %j',
    async (id) => {
      const heard = listen(rollcall.sandbox);
      const query = `query ($id: ID!) { ${lookUps.map((field) => `${field}(id: $id) { id }`).join(' ')} }`;

      const { status, data, errors } = await rollcall.ask(query, { id });

      expect(status).toBe(200);
      expect(data).toEqual(Object.fromEntries(lookUps.map((field) => [field, null])));
      expect(errors?.map(({ path }) => path?.join())).toEqual(lookUps);
      expect(errors?.every(({ extensions }) => extensions['code'] === 'BAD_USER_INPUT')).toBe(true);
      expect(heard()).toEqual({});
    },
  );
});

it('takes an id of 1,024 bytes, and not one of 1,025', async () => {
  const parts = ['o'.repeat(10), '%F0%9F%90%98'.repeat(82)].join('/');
  const whole = `gid://velt/User/${parts}${'u'.repeat(1_024 - 16 - parts.length)}`;
  const query = 'query ($a: ID!, $b: ID!) { a: node(id: $a) { id } b: node(id: $b) { id } }';

  const { data, errors } = await rollcall.ask(query, { a: whole, b: `${whole}u` });

  expect(Buffer.byteLength(whole)).toBe(1_024);
  expect(data).toEqual({ a: null, b: null });
  expect(errors?.map(({ path, message }) => [path, message.includes('1024 bytes')])).toEqual([[['b'], true]]);
});

const filters = [
  ['groups', 'organization'],
  ['groups', 'project'],
  ['groups', 'member'],
  ['memberships', 'organization'],
  ['memberships', 'project'],
  ['memberships', 'member'],
  ['users', 'organization'],
  ['users', 'project'],
  ['testers', 'organization'],
  ['testers', 'project'],
] as const;

describe.each(filters)('in the filter of %s, %s', (list, field) => {
  const rightKind = { organization: 'Organization', project: 'Project', member: 'User' }[field];
  it.each([
    ['empty', ''],
    ['malformed', 'testrail'],
    ['over 1,024 bytes', `gid://velt/${rightKind}/${'u'.repeat(1_014)}`],
    ['of an unknown source', `gid://nobody/${rightKind}/1`],
    ['off pattern', `gid://testrail/${rightKind}/-`],
    ['of the wrong kind', 'gid://testrail/TestRailGroup/1'],
  ])('an id that is %s is BAD_USER_INPUT, never an absent filter', async (_what, id) => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(
      `query ($id: ID!) { ${list}(filter: { ${field}: $id }) { totalCount } }`,
      { id },
    );

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: [list], extensions: { code: 'BAD_USER_INPUT', source: null } }]);
    expect(heard()).toEqual({});
  });
});
