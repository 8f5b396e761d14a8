import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { gid } from '../support/gid.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';
import { company } from '../support/verbs.js';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population: company(), sources: { testrail: { timeoutMs: 20_000 } } });
}, 180_000);
afterAll(() => rollcall?.close());

const text = (body: string): FaultRule => ({
  mode: 'status',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body,
});

/** Answers that are JSON, and not what anybody asked for. */
const answers: readonly (readonly [string, FaultRule])[] = [
  ['a key that would be a prototype', text('{"__proto__":{"polluted":true}}')],
  ['a key that would be a constructor', text('{"constructor":{"prototype":{"polluted":true}}}')],
  ['rows with such keys', text('[{"__proto__":{"polluted":true},"id":1,"name":"a","user_ids":[]}]')],
  ['a list within such a key', text('{"__proto__":{"groups":[],"users":[],"projects":[],"list":[]}}')],
  ['numbers beyond all numbers', text('[{"id":1e999,"name":"a","user_ids":[1e999]}]')],
  ['a list of them', text('{"groups":[{"id":1e999}],"users":[{"id":-1e999}],"list":[{"id":1e999}]}')],
  ['arrays 200,000 deep', { mode: 'deep' }],
  ['objects 100,000 deep', text(`${'{"result":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['one text of 10 MB', text(JSON.stringify('x'.repeat(10_000_000)))],
  ['a text of 10 MB for every name', text(`{"groups":[{"id":"${'x'.repeat(10_000_000)}"}]}`)],
  ['a NUL', text('"\\u0000"')],
  ['rows with NULs', text('[{"id":"\\u0000","_id":"\\u0000","name":"\\u0000"}]')],
  ['half a character', text('{"list":[{"id":"\\ud800","name":"\\udfff"}]}')],
  ...['null', 'true', '42', '"text"', '[]', '{}', '[null]', '[[]]', '[[[]]]', '{"list":{}}', '{"result":null}'].map(
    (body) => [body, text(body)] as const,
  ),
];

/** Lists, things by their ids and what is within them, of one source. */
function questions(source: string): string {
  const ids = {
    updraft: [gid('updraft', 'User', '3'), gid('updraft', 'Project', '901')],
    velt: [gid('velt', 'User', 'org-a', 'u-1'), gid('velt', 'VeltUserGroup', 'org-a', 'qa')],
    testrail: [gid('testrail', 'TestRailGroup', '1'), gid('testrail', 'User', '3')],
    tiledesk: [gid('tiledesk', 'Project', '5b55e806c93dde0014000001')],
    asa: [gid('asa', 'AsaGroup', 'acme', 'Bastion crew 1'), gid('asa', 'User', 'acme', 'ana.lin')],
  }[source]!;
  const scope = `(filter: { sources: ["${source}"] })`;
  return `{
    organizations${scope} { complete nodes { id } }
    projects${scope} { complete nodes { id name } }
    users${scope} { complete nodes { id name email } }
    groups${scope} { complete nodes { id name memberCount } }
    memberships${scope} { complete totalCount }
    nodes(ids: ${JSON.stringify(ids)}) { id ... on Group { name memberCount } ... on User { name email } }
  }`;
}

function expectDataOnly({ status, errors = [] }: Answer): void {
  expect(status).toBe(200);
  for (const { extensions, message } of errors) {
    expect(extensions.code).toMatch(/^VENDOR_(BAD_RESPONSE|REJECTED|UNAVAILABLE|TIMEOUT)$/);
    expect(message.length).toBeLessThan(300);
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
}

describe.each(['updraft', 'velt', 'testrail', 'tiledesk', 'asa'])('what %s answers is data:', (source) => {
  it.each(answers)(
    '%s',
    async (_, rule) => {
      const server = rollcall.sandbox.server(source);
      const usual = Object.getOwnPropertyNames(Object.prototype);
      server.fault(source === 'asa' ? { ...rule, match: /^(?!.*service_token)/ } : rule);

      const answer = await rollcall.ask(questions(source));
      server.clearFaults();

      expectDataOnly(answer);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(usual);
    },
    60_000,
  );

  it('and is understood again afterwards', async () => {
    const { errors, data } = await rollcall.ask(questions(source));

    expect(errors).toBeUndefined();
    expect(data.groups.complete).toBe(true);
  }, 60_000);
});

describe('what Velt tells by group', () => {
  const create = async (groupId: string, data: string) => {
    rollcall.sandbox.server('velt').fault({ ...text(`{"result":{"status":"success","data":${data}}}`), times: 1 });
    const input = { organization: gid('velt', 'Organization', 'org-a'), groups: [{ groupId, groupName: 'Odd' }] };
    const answer = await rollcall.ask(
      `mutation ($input: AddVeltUserGroupsInput!) { addVeltUserGroups(input: $input) { confirmedBy userErrors { code } } }`,
      { input },
    );
    rollcall.sandbox.server('velt').clearFaults();
    return answer.data.addVeltUserGroups;
  };

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'of a group called %s is read',
    async (groupId) => {
      const told = `{${JSON.stringify(groupId)}:{"success":true,"id":"5f0c"}}`;

      expect(await create(groupId, told)).toEqual({ confirmedBy: 'VENDOR_RESPONSE', userErrors: [] });
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])(
    'of a group called %s is missed where it is not there',
    async (groupId) => {
      const { userErrors } = await create(`${groupId}`, '{}');

      expect(userErrors).toEqual([{ code: 'OUTCOME_UNKNOWN' }]);
    },
  );
});

describe('would be seen:', () => {
  it('a prototype that was written to', () => {
    const victim: Record<string, any> = {};
    const merge = (to: any, from: any) => {
      for (const key of Object.keys(from)) {
        if (typeof from[key] === 'object') merge((to[key] ??= {}), from[key]);
        else to[key] = from[key];
      }
    };
    try {
      merge(victim, JSON.parse('{"__proto__":{"polluted":true}}'));

      expect(() => expectDataOnly({ status: 200, headers: new Headers(), data: null })).toThrow();
    } finally {
      delete (Object.prototype as { polluted?: boolean }).polluted;
    }
  });

  it.each(['INTERNAL_SERVER_ERROR', undefined])('the code %s', (code) => {
    const errors = [{ message: 'odd', extensions: { code } }];

    expect(() => expectDataOnly({ status: 200, headers: new Headers(), data: null, errors })).toThrow();
  });
});
