import { readFileSync } from 'node:fs';
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';

const schema = buildGraphSchema();

/** Every name that a document can use, what it stands for, and what the manual says about it. */
function* namesOf(of: GraphQLSchema): Generator<{ name: string; means: string; description?: string | null }> {
  for (const type of Object.values(of.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield { name: type.name, means: type.constructor.name, description: type.description };
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield { ...value, name: `${type.name}.${value.name}`, means: 'value' };
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) yield input(type.name, field);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const name = `${type.name}.${field.name}`;
        yield { name, means: String(field.type), description: field.description };
        for (const arg of field.args) yield input(name, arg);
      }
    }
  }
}

function input(owner: string, { name, type, defaultValue, description }: GraphQLArgument | GraphQLInputField) {
  return { name: `${owner}.${name}`, means: `${String(type)} = ${JSON.stringify(defaultValue)}`, description };
}

describe('the schema', () => {
  it('is the one that is published', async () => {
    await expect(printedSchema(schema)).toMatchFileSnapshot('../../schema/schema.graphql');
  });

  it('can be built more than once', () => {
    expect(printedSchema(buildGraphSchema())).toBe(printedSchema(schema));
  });

  it('keeps every name, argument, default and nullability of the contract', () => {
    const contract = buildSchema(readFileSync(new URL('contract.graphql', import.meta.url), 'utf8'));
    const meaningsOf = (of: GraphQLSchema) => Object.fromEntries([...namesOf(of)].map((it) => [it.name, it.means]));

    const dangerous = findDangerousChanges(contract, schema);

    expect(findBreakingChanges(contract, schema)).toEqual([]);
    expect(dangerous.filter(({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)).toEqual([]);
    expect(meaningsOf(schema)).toMatchObject(meaningsOf(contract));
  });

  it('describes every type, field, argument, input field and enum value', () => {
    const silent = [...namesOf(schema)].filter(({ description }) => (description ?? '').trim().length < 10);

    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
