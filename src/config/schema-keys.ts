import type { z } from 'zod';

interface Shape {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
}

/** The keys that a schema takes at a place, through whatever is wrapped around the object. */
export function keysOf(schema: z.core.$ZodType, place: readonly PropertyKey[] = []): string[] {
  const [key, ...rest] = place;
  const { shape, element, valueType, ...wrapping } = schema._zod.def as Shape;
  if (shape !== undefined && key === undefined) return Object.keys(shape);
  const inside = key === undefined ? undefined : (shape?.[String(key)] ?? element ?? valueType);
  if (inside !== undefined) return keysOf(inside, rest);
  const { in: first, out, innerType, options = [], left, right } = wrapping;
  const wrapped = [first, out, innerType, ...options, left, right].filter((inner) => inner !== undefined);
  return [...new Set(wrapped.flatMap((inner) => keysOf(inner, place)))];
}
