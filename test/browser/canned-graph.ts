import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  buildSchema,
  getNamedType,
  getNullableType,
  graphql,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

const root = join(import.meta.dirname, '../..');
const names = ['Release crew', 'QA', 'Support, second line'];
const scalars: Record<string, unknown> = {
  Boolean: true,
  DateTime: '2025-11-21T09:30:00.000Z',
  ID: 'gid://testrail/Source/testrail',
  Int: 3,
  JSONObject: {},
};

/** The contract as a schema, from wherever it is written down. */
export function readContract(): GraphQLSchema {
  const files = ['test/graph/contract.graphql', 'schema/schema.graphql'].map((file) => join(root, file));
  const file = files.find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`No contract at ${files.join(' or ')}`);
  return buildSchema(readFileSync(file, 'utf8'));
}

/** Answers any document from nothing but its schema: three of each list, every source in good health. */
export function answerCanned(
  schema: GraphQLSchema,
  source: string,
  variableValues?: Record<string, unknown>,
): Promise<ExecutionResult> {
  const typeResolver = (_value: unknown, _context: unknown, _info: unknown, type: GraphQLOutputType) =>
    isAbstractType(type) ? schema.getPossibleTypes(type)[0]?.name : undefined;
  return graphql({ schema, source, variableValues, fieldResolver: canned, typeResolver });
}

const canned: GraphQLFieldResolver<{ index?: number } | undefined, unknown> = (parent, _arguments, _context, info) => {
  const one = (index: number) => {
    const type = getNamedType(info.returnType);
    if (isEnumType(type)) return type.getValues()[0]?.value;
    if (!isLeafType(type)) return { index };
    if (info.fieldName === 'name') return names[index];
    if (info.fieldName === 'email') return `member-${index + 1}@example.com`;
    return scalars[type.name] ?? info.fieldName;
  };
  if (info.fieldName === 'userErrors') return [];
  return isListType(getNullableType(info.returnType)) ? [0, 1, 2].map(one) : one(parent?.index ?? 0);
};
