import type { OperationTypeNode } from 'graphql';
import { grouped } from './grouped.js';
import type { Weight } from './weight.js';

/** Limits of one operation, as the configuration names them. */
export interface OperationLimits {
  readonly cost: number;
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
  readonly mutations: number;
  readonly operations: number;
}

/** For what asks for the schema itself: whatever `getIntrospectionQuery` of graphql can write passes, and no more than twice that. */
const introspectionLimits = { depth: 120, selections: 5_000, cost: 60_000 } as const;

/** The first limit that an operation breaks, in a sentence with its value, what the operation has, and what to do; or null. */
export function brokenLimit(weight: Weight, kind: OperationTypeNode, limits: OperationLimits): string | null {
  const { data, introspection, cost } = weight;
  const aliases = data.aliases + introspection.aliases;
  const mutations = kind === 'mutation' ? weight.rootFields : 0;
  const measured: readonly Measured[] = [
    ['number of operations in the document', weight.operations, limits.operations, 'operations', 'send them apart'],
    ['number of directives at one place', weight.directives, limits.directives, 'directives', 'leave some out'],
    ['depth', data.depth, limits.depth, 'depth', 'ask for what lies deeper by its id'],
    ['number of fields', data.selections, limits.selections, 'selections', 'ask for them in several operations'],
    ['number of aliases', aliases, limits.aliases, 'aliases', 'ask by nodes(ids:), or in several operations'],
    ['number of mutations', mutations, limits.mutations, 'mutations', 'send them in several operations'],
    ['estimated cost', cost.data, limits.cost, 'cost', 'ask for smaller pages (first), or for fewer lists in lists'],
    ['depth of introspection', introspection.depth, introspectionLimits.depth, null, readSchema],
    ['number of fields of introspection', introspection.selections, introspectionLimits.selections, null, readSchema],
    ['estimated cost of introspection', cost.introspection, introspectionLimits.cost, null, readSchema],
  ];
  const broken = measured.find(([, has, limit]) => has > limit);
  return broken ? sentence(broken) : null;
}

/** What is too much, how much of it there is, how much there may be, its key in the configuration, and what to do. */
type Measured = readonly [what: string, has: number, limit: number, key: keyof OperationLimits | null, remedy: string];

const readSchema = 'read the whole schema at /schema.graphql';

function sentence([what, has, limit, key, remedy]: Measured): string {
  const named = key === null ? '' : ` (limits.${key})`;
  return `The ${what} of this operation is ${grouped(has)}; the limit is ${grouped(limit)}${named}. To mend it, ${remedy}.`;
}
