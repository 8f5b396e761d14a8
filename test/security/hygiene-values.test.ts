import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  validate,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGraphSchema } from '../../resolvers/index.js';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const schema = buildGraphSchema();
const canary = 'HUNTER2';
const number = 1_987_654_321;

let rollcall: Rollcall;
beforeAll(async () => {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());

/** Every argument of every field at the top. */
const places = [schema.getQueryType()!, schema.getMutationType()!].flatMap((root) =>
  Object.values(root.getFields()).flatMap((field) =>
    field.args.map(({ name, type }) => ({
      operation: root === schema.getMutationType() ? 'mutation' : 'query',
      field: field.name,
      others: field.args.filter((other) => other.name !== name && isNonNullType(other.type)),
      name,
      type,
      selection: isCompositeType(getNamedType(field.type))
        ? `{ ${root === schema.getMutationType() ? 'userErrors { code message field }' : '__typename'} }`
        : '',
    })),
  ),
);

const texts = fc.constantFrom(
  canary,
  `gid://testrail/User/${canary}`,
  `gid://testrail/Organization/${canary}`,
  `gid://${canary}/User/1`,
  `" at "input.${canary}"; Expected type`,
  `${canary}@example.com`,
  '',
);
/** Something that no type takes, or not every one. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  texts,
  fc.constantFrom(number, -number, number + 0.5, true, null),
  fc.constant([canary, [number]]),
  fc.constant({ [canary]: canary, value: [canary] }),
);

/** Values for a type: most of them as it wants them, others not, all marked. */
function valuesOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return mixed(fc.array(valuesOf(nullable.ofType as GraphQLInputType), { maxLength: 3 }));
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(({ name }) => name !== 'idempotencyKey');
    const requiredKeys = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name);
    const record = Object.fromEntries(fields.map((field) => [field.name, valuesOf(field.type)]));
    return mixed(fc.record(record, { requiredKeys }));
  }
  if (isEnumType(nullable)) return mixed(fc.constantFrom(...nullable.getValues().map(({ name }) => name), canary));
  switch (nullable.name) {
    case 'Int':
      return mixed(fc.constantFrom(number, -number, 1));
    case 'Boolean':
      return mixed(fc.boolean());
    case 'JSONObject':
      return mixed(fc.constant({ [canary]: [canary, number] }));
    default:
      return mixed(texts);
  }
}

function mixed(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: values }, { weight: 1, arbitrary: anything });
}

/** A value as it is written in a document: a name is an enum's, where one is expected. Names of fields are no values. */
function written(value: unknown, type: GraphQLInputType | null): string {
  const nullable = type && getNullableType(type);
  if (Array.isArray(value)) {
    const of = isListType(nullable) ? (nullable.ofType as GraphQLInputType) : null;
    return `[${value.map((entry) => written(entry, of)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(nullable) ? nullable.getFields() : {};
    const entries = Object.entries(value).map(
      ([key, entry]) => `${key === canary ? 'key' : key}: ${written(entry, fields[key]?.type ?? null)}`,
    );
    return `{ ${entries.join(', ')} }`;
  }
  if (isEnumType(nullable) && typeof value === 'string' && /^\w+$/.test(value)) return value;
  return JSON.stringify(value);
}

const requests = fc.constantFrom(...places).chain((place) =>
  fc.record({ value: valuesOf(place.type), literally: fc.boolean() }).map(({ value, literally }) => {
    const others = place.others.map((other) => `, ${other.name}: "${canary}"`).join('');
    const call = (given: string) => `${place.field}(${place.name}: ${given}${others}) ${place.selection}`;
    return literally
      ? { query: `${place.operation} { ${call(written(value, place.type))} }`, variables: {} }
      : { query: `${place.operation} ($v: ${place.type}) { ${call('$v')} }`, variables: { v: value } };
  }),
);

const shows = (text: string) => text.includes(canary) || text.includes(String(number));

describe('of what a caller sends, in variables or in the document,', () => {
  it('no value is in an error or in the log, whatever is wrong with it', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(requests, async ({ query, variables }) => {
        const before = rollcall.log.length;
        const { status, errors = [], data } = await rollcall.ask(query, variables);

        expect(status).toBeLessThan(500);
        for (const { message, extensions } of errors) {
          seen.add(extensions['code']);
          expect(message).not.toSatisfy(shows);
        }
        expect(shows(JSON.stringify(errors))).toBe(false);
        const told = Object.values(data ?? {}).flatMap((field: any) => field?.userErrors ?? []);
        expect(shows(JSON.stringify(told))).toBe(false);
        expect(rollcall.log.slice(before).filter(shows)).toEqual([]);
      }),
      { numRuns: 250 },
    );

    expect([...seen].toSorted()).toEqual(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']);
  }, 120_000);

  it('every argument of the schema is among what is tried', () => {
    expect(places.length).toBeGreaterThan(30);
  });

  it('graphql itself would show them: what it says of the same requests does', () => {
    const said = fc.sample(requests, { numRuns: 400, seed: 7 }).flatMap(({ query, variables }) => {
      const document = parse(query);
      const wrong = validate(schema, document);
      const [{ variableDefinitions = [] }] = document.definitions as [OperationDefinitionNode];
      const { errors = [] } = wrong.length > 0 ? {} : getVariableValues(schema, variableDefinitions, variables);
      return [...wrong, ...errors].map(({ message }) => message);
    });

    expect(said.filter(shows).length).toBeGreaterThan(50);
  });
});
