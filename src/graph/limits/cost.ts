import {
  isAbstractType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Sizes } from './sizes.js';
import { isIntrospection, objectIn, saturated, type TypedDocument } from './typed-fields.js';

/**
 * What an operation may cost at most by its text and variables: an object 1, a scalar nothing, a list its size times one of its
 * elements. What is written twice counts twice; of fragments that cannot all be met, the dearest.
 */
export interface Cost {
  readonly data: number;
  /** Of what is at and below `__schema` and `__type`. */
  readonly introspection: number;
}

export function costOf(document: TypedDocument, operation: OperationDefinitionNode, sizes: Sizes): Cost {
  const root = document.schema.getRootType(operation.operation)!;
  const { fixed, introspection } = new Estimating(document, sizes).set(operation.selectionSet, root);
  return { data: fixed, introspection };
}

/** Of one object, without itself. Whoever asks for a connection knows how many rows it has. */
interface Estimate {
  fixed: number;
  /** What each row of the connection adds. */
  perRow: number;
  introspection: number;
}

/** Estimates each set of fields once, however often its fragment is spread. */
class Estimating {
  readonly #estimated = new Map<SelectionSetNode, Estimate>();

  constructor(
    readonly document: TypedDocument,
    readonly sizes: Sizes,
  ) {}

  set(set: SelectionSetNode, type: GraphQLCompositeType): Estimate {
    let estimate = this.#estimated.get(set);
    if (!estimate) {
      estimate = this.#sum(set, type);
      this.#estimated.set(set, estimate);
    }
    return estimate;
  }

  #sum(set: SelectionSetNode, type: GraphQLCompositeType): Estimate {
    const sum: Estimate = { fixed: 0, perRow: 0, introspection: 0 };
    const others: { condition: GraphQLCompositeType; estimate: Estimate }[] = [];
    for (const selection of set.selections) {
      if (selection.kind === 'Field') {
        this.#addField(sum, selection, type);
        continue;
      }
      const { typeCondition, selectionSet } =
        selection.kind === 'InlineFragment' ? selection : this.document.fragment(selection.name.value);
      const condition = this.document.conditionOf(typeCondition, type);
      const estimate = this.set(selectionSet, condition);
      if (condition === type || !isAbstractType(type)) add(sum, estimate);
      else others.push({ condition, estimate });
    }
    if (others.length > 0 && isAbstractType(type)) {
      const kinds = this.document.schema.getPossibleTypes(type).map((kind) => {
        const met = others.filter(({ condition }) => this.#isMet(condition, kind));
        return met.reduce((total, { estimate }) => total + estimate.fixed, 0);
      });
      sum.fixed = saturated(sum.fixed + Math.max(0, ...kinds));
    }
    return sum;
  }

  #isMet(condition: GraphQLCompositeType, kind: GraphQLObjectType): boolean {
    return condition === kind || (isAbstractType(condition) && this.document.schema.isSubType(condition, kind));
  }

  #addField(sum: Estimate, node: FieldNode, type: GraphQLCompositeType): void {
    const field = this.document.fieldOf(node, type);
    const below = objectIn(field);
    if (!field || !below || !node.selectionSet) return;
    const inside = this.set(node.selectionSet, below);
    const rows = inside.perRow === 0 ? 0 : inside.perRow * this.sizes.rows(node, field);
    const one = (isChain(field) ? 0 : 1) + inside.fixed + rows;
    if (isIntrospection(node)) sum.introspection = saturated(sum.introspection + one);
    else if (!isList(field.type)) sum.fixed = saturated(sum.fixed + one);
    else if (type.name.endsWith('Connection') && holdsRows(field)) sum.perRow = saturated(sum.perRow + one);
    else sum.fixed = saturated(sum.fixed + one * this.sizes.elements(node, field));
  }
}

function add(sum: Estimate, { fixed, perRow, introspection }: Estimate): void {
  sum.fixed = saturated(sum.fixed + fixed);
  sum.perRow = saturated(sum.perRow + perRow);
  sum.introspection = saturated(sum.introspection + introspection);
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function holdsRows({ name }: GraphQLField<unknown, unknown>): boolean {
  return name === 'edges' || name === 'nodes';
}

/** `ofType` unwraps a list or a non-null: asked as deep as one likes, it ends after a few. */
function isChain({ name, type }: GraphQLField<unknown, unknown>): boolean {
  return name === 'ofType' && 'name' in type && isIntrospectionType(type);
}
