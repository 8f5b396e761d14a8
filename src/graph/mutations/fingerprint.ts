import { createHash } from 'node:crypto';
import { getNamedType, isInputObjectType, type GraphQLInputObjectType, type GraphQLResolveInfo } from 'graphql';
import type { WriteInput } from '../../../schema/inputs.js';

/** Equal for equal inputs, whatever the key and the order of their fields; null, left out and the default mean the same. */
export function fingerprintOf({ parentType, fieldName }: GraphQLResolveInfo, input: WriteInput): string {
  const type = getNamedType(parentType.getFields()[fieldName]!.args[0]!.type) as GraphQLInputObjectType;
  const { idempotencyKey: _key, dryRun: _dryRun, ...fields } = type.getFields();
  const meant = Object.values(fields).map(({ name, type: of, defaultValue }) => {
    const value = (input as unknown as Readonly<Record<string, unknown>>)[name] ?? defaultValue ?? null;
    return [name, sorted(value, isInputObjectType(getNamedType(of)))];
  });
  return createHash('sha256')
    .update(JSON.stringify(sorted(Object.fromEntries(meant))))
    .digest('base64url');
}

/** With the fields of every object in one order; without those that are null where that means that they were left out. */
function sorted(value: unknown, isNullLeftOut = false): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, isNullLeftOut));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => !isNullLeftOut || field != null);
  return Object.fromEntries(
    fields
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, sorted(field, isNullLeftOut)]),
  );
}
