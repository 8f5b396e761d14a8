import { getNamedType, isEnumType, isNonNullType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { MembershipValue } from '../../graph/graph.js';

/** One column of a dataset, as its files and its description have it. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'timestamp' | 'boolean';
  /** All that it can hold, where that is told. */
  readonly values: readonly string[] | null;
  readonly nullable: boolean;
  readonly description: string;
  /** The field of the graph that it shows; null where it is the file's own. */
  readonly field: keyof MembershipValue | null;
}

export type Cell = string | boolean | null;

/** One row of a file: a cell for each column, in their order. */
export type Row = readonly Cell[];

/** What is known for a row, and whether that is all there is to tell. */
export interface RowValues {
  readonly values: Partial<MembershipValue>;
  readonly complete: boolean;
}

const complete: Column = {
  name: 'complete',
  type: 'boolean',
  values: null,
  nullable: false,
  description:
    'Whether the row tells all that there is. False only with `partial=true`, where something could not be read: then ' +
    'what is missing is empty, in any column but `source` and `vendor`.',
  field: null,
};

/** The columns of `memberships`: the fields of the graph's own type in its order, in its own words, and `complete`. */
export function membershipColumns(schema: GraphQLSchema): readonly Column[] {
  return [...fieldsOf(schema, 'Membership').map(toColumn), complete];
}

/** What the graph says of a type as a whole. */
export function descriptionOf(schema: GraphQLSchema, typeName: string): string {
  return schema.getType(typeName)?.description ?? '';
}

/** The values of an enum of the graph. */
export function valuesOf(schema: GraphQLSchema, enumName: string): readonly string[] {
  const type = schema.getType(enumName);
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
}

function fieldsOf(schema: GraphQLSchema, typeName: string): readonly GraphQLField<unknown, unknown>[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`the schema has no object type ${typeName}`);
  return Object.values(type.getFields());
}

function toColumn({ name, type, description }: GraphQLField<unknown, unknown>): Column {
  const named = getNamedType(type);
  return {
    name: name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
    type: named.name === 'DateTime' ? 'timestamp' : named.name === 'Boolean' ? 'boolean' : 'text',
    values: isEnumType(named) ? named.getValues().map((value) => value.name) : null,
    nullable: !isNonNullType(type),
    description: description ?? '',
    field: name as keyof MembershipValue,
  };
}

export function rowOf(columns: readonly Column[], row: RowValues): Row {
  return columns.map(({ field }) => (field === null ? row.complete : cellOf(row.values[field])));
}

function cellOf(value: MembershipValue[keyof MembershipValue] | undefined): Cell {
  return value instanceof Date ? value.toISOString() : (value ?? null);
}
