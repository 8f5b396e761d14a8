import { runInNewContext } from 'node:vm';
import { isInterfaceType, isObjectType, type GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { openRollcall } from '../support/rollcall.js';
import { blocksFrom, schema } from './documents.js';
import { sorted } from './vendor-calls.js';

describe('the samples for clients', () => {
  const [writing, apollo, urql] = blocksFrom('docs/clients.md', 'js') as [string, string, string];
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

  it('embed exactly the types that have no id', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const idless = types.filter((type) => isObjectType(type) && !('id' in type.getFields()) && !roots.includes(type));

    expect(sorted(valueIn(urql, 'embedded'))).toEqual(sorted(idless.map(({ name }) => name)));
  });

  it('name what every interface may be', () => {
    const { possibleTypes } = valueIn(apollo, 'client').cache;
    const interfaces = types.filter(isInterfaceType);

    expect(sorted(Object.keys(possibleTypes))).toEqual(sorted(interfaces.map(({ name }) => name)));
    for (const type of interfaces)
      expect(sorted(possibleTypes[type.name])).toEqual(sorted(schema.getPossibleTypes(type).map(({ name }) => name)));
  });

  it('give every field that has pages the policy for them', () => {
    const { typePolicies } = valueIn(apollo, 'client').cache;
    const policyOf = (type: GraphQLObjectType, field: string) =>
      [type.name, ...type.getInterfaces().map(({ name }) => name)]
        .map((name) => typePolicies[name]?.fields[field])
        .find((policy) => policy?.merge);
    const paged = types.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === 'after'))
        .map((field) => ({ type, field })),
    );

    expect(paged.length).toBeGreaterThan(20);
    for (const { type, field } of paged) {
      const keyArgs = field.args.some(({ name }) => name === 'filter') ? ['filter'] : false;
      expect([type.name, field.name, policyOf(type, field.name)?.keyArgs]).toEqual([type.name, field.name, keyArgs]);
    }
  });

  it('keep a list null that could not be read, and the earlier pages of one that failed later', () => {
    const { merge } = valueIn(apollo, 'pages')();
    const page = { edges: [] };

    expect(merge(undefined, null, { args: { first: 20 } })).toBe(null);
    expect(merge(page, null, { args: {} })).toBe(null);
    expect(merge(page, null, { args: { after: 'a' } })).toBe(page);
    expect(merge(null, page, { args: {} })).toEqual({ merged: [undefined, page] });
  });

  it('carry out a write under its key as soon as the group is open again', async () => {
    const rollcall = await openRollcall({ sources: { testrail: { timeoutMs: 300, settleSeconds: 2 } } });
    try {
      rollcall.sandbox.server('testrail').fault({ mode: 'hang', match: /update_group/, times: 1 });
      const answers: any[] = [];
      const ask = async (variables: object) => {
        const { data, extensions } = await rollcall.ask(joining, variables);
        answers.push({ key: extensions.idempotencyKeys[0].key, codes: codesOf(data.addGroupMembers) });
        return data.addGroupMembers;
      };
      const input = (user: number) => ({
        group: 'gid://testrail/TestRailGroup/2',
        members: [`gid://testrail/User/${user}`],
      });
      await ask({ input: { ...input(30), idempotencyKey: 'lost' } });

      const payload = await valueIn(writing, 'write')(ask, input(31), 'kept');

      expect(payload).toEqual({ added: [{ id: 'gid://testrail/User/31' }], userErrors: [] });
      expect(answers).toEqual([
        { key: 'lost', codes: ['OUTCOME_UNKNOWN'] },
        { key: 'kept', codes: ['GROUP_BUSY'] },
        { key: 'kept', codes: [] },
      ]);
    } finally {
      await rollcall.close();
    }
  });
});

const joining = `
  mutation ($input: GroupMembersInput!) {
    addGroupMembers(input: $input) { added { id } userErrors { code retryAfterSeconds } }
  }`;

function codesOf({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }): string[] {
  return userErrors.map(({ code }) => code);
}

/** Runs a sample up to its end, with its libraries' constructors handing back what they are given. */
function valueIn(sample: string, name: string): any {
  const given = (options: unknown) => options;
  const Given = class {
    constructor(options: object) {
      Object.assign(this, options);
    }
  };
  const libraries = {
    ApolloClient: Given,
    HttpLink: Given,
    InMemoryCache: Given,
    Client: Given,
    cacheExchange: given,
    relayStylePagination: (keyArgs: unknown) => ({
      keyArgs,
      merge: (existing: unknown, incoming: unknown) => ({ merged: [existing, incoming] }),
    }),
    fetchExchange: null,
    setTimeout,
  };
  const script = sample.replaceAll(/^import .*$/gm, '').replaceAll(/^export /gm, '');
  return runInNewContext(`${script}\n;${name}`, libraries);
}
