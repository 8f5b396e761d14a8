import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString, isEnumType, type GraphQLLeafType } from 'graphql';
import { inBytes } from './bytes.js';

/** Writes a value that is not null, as `inBytes` has it. */
export type WriteLeaf = (value: unknown) => string;

/** How values of a scalar or an enum are written: as graphql-js serializes them, the usual ones by a shorter way. */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  const written = (value: unknown): string => {
    const serialized: unknown = type.serialize(value);
    if (serialized === null || serialized === undefined)
      throw new Error(`A value of the type ${type.name} cannot be told: it would be null.`);
    return inBytes(JSON.stringify(serialized));
  };
  if (isText(type)) return (value) => (typeof value === 'string' ? writeText(value) : written(value));
  if (type === GraphQLBoolean) return (value) => (typeof value === 'boolean' ? String(value) : written(value));
  if (type === GraphQLInt) return (value) => (isInt(value) ? String(value) : written(value));
  if (!isEnumType(type)) return written;
  const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, JSON.stringify(name)]));
  return (value) => names.get(value) ?? written(value);
}

/** Whether every text is a value of the type, and told as it is. */
export function isText(type: unknown): boolean {
  return type === GraphQLString || type === GraphQLID;
}

export function writeText(text: string): string {
  return inBytes(JSON.stringify(text));
}

/** Whether a value is a whole number of 32 bits, other than a negative zero. */
function isInt(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value && !Object.is(value, -0);
}
