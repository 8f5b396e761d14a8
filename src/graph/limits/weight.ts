import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { costOf, type Cost } from './cost.js';
import { shapeOf, type Shape } from './shape.js';
import { Sizes } from './sizes.js';
import { saturated, TypedDocument } from './typed-fields.js';

/** All that limits are held against, of one operation with its variables. */
export interface Weight extends Shape {
  readonly cost: Cost;
  /** Of the document: operations beside this one. */
  readonly operations: number;
}

/** What does not depend on variables, kept as long as the document. `cost` null: it does. */
interface Known {
  readonly shape: Shape;
  readonly cost: Cost | null;
  readonly operations: number;
}

/** Weighs the operations of one schema. A document that is asked again is not walked through again, save for its variables. */
export class Scales {
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(readonly schema: GraphQLSchema) {}

  /** `operation` of a `document` that is valid; `variables` as they were sent. */
  weigh(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>> = {},
  ): Weight {
    const known = this.#known.get(operation);
    if (known?.cost) return { ...known.shape, cost: known.cost, operations: known.operations };
    const typed = new TypedDocument(this.schema, document);
    const shape = known?.shape ?? shapeOf(typed, operation);
    const sizes = new Sizes(operation, variables);
    const cost = costOf(typed, operation, sizes);
    const operations = known?.operations ?? operationsIn(document);
    if (!known) this.#known.set(operation, { shape, cost: sizes.varies ? null : cost, operations });
    return { ...shape, cost, operations };
  }
}

/** What an operation is told that it cost: an `Int`. */
export function totalOf({ data, introspection }: Cost): number {
  return saturated(data + introspection);
}

function operationsIn({ definitions }: DocumentNode): number {
  return definitions.filter(({ kind }) => kind === 'OperationDefinition').length;
}
