import type { FieldNode, GraphQLObjectType, SelectionSetNode } from 'graphql';
import { isLeftOut, isMet } from '../../../graph/selection.js';
import type { Carried } from './run.js';

/** What one operation chooses, for one way in which its directives fall. */
export interface Plan {
  readonly carried: Carried;
  /** The variables of its directives, at least. */
  readonly switches: Readonly<Record<string, unknown>>;
}

type Chosen = ReadonlyMap<string, readonly FieldNode[]>;

/** The fields that sets of selections choose of an object of this type, by their keys, in the order of the answer. */
export function chosen(plan: Plan, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Chosen {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const set of sets) collect(plan, type, set, fields, spread);
  return fields;
}

function collect(
  plan: Plan,
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  into: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of selections) {
    if (isLeftOut(selection, plan.switches)) continue;
    if (selection.kind === 'Field') {
      const key = (selection.alias ?? selection.name).value;
      const nodes = into.get(key);
      if (nodes) nodes.push(selection);
      else into.set(key, [selection]);
      continue;
    }
    if (selection.kind === 'FragmentSpread') {
      if (spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
    }
    const part = selection.kind === 'FragmentSpread' ? plan.carried.fragments[selection.name.value]! : selection;
    if (isMet(plan.carried.schema, part.typeCondition, type.name)) collect(plan, type, part.selectionSet, into, spread);
  }
}
