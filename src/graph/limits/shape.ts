import type { GraphQLCompositeType, OperationDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';
import { isIntrospection, isWrapper, objectIn, saturated, type TypedDocument } from './typed-fields.js';

/** How large a selection is, its fragments spread out. */
export interface Extent {
  /** Levels of fields, the wrappers of connections not counted. */
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
}

/** What of an operation can be counted without its variables. */
export interface Shape {
  readonly data: Extent;
  /** What lies at and below `__schema` and `__type`. */
  readonly introspection: Extent;
  /** The most directives that stand at one place. */
  readonly directives: number;
  /** Fields at the top; those of a mutation are carried out one by one. */
  readonly rootFields: number;
}

type Part = Omit<Shape, 'rootFields'>;

const nothing: Extent = { depth: 0, selections: 0, aliases: 0 };

export function shapeOf(document: TypedDocument, operation: OperationDefinitionNode): Shape {
  const root = document.schema.getRootType(operation.operation)!;
  const part = new Measuring(document).set(operation.selectionSet, root);
  return {
    ...part,
    directives: Math.max(part.directives, operation.directives?.length ?? 0),
    rootFields: fieldsIn(document, operation.selectionSet, new Map()),
  };
}

/** Measures each set of fields once, however often its fragment is spread: a bomb of fragments costs no more than its text. */
class Measuring {
  readonly #measured = new Map<SelectionSetNode, Part>();

  constructor(readonly document: TypedDocument) {}

  set(set: SelectionSetNode, type: GraphQLCompositeType): Part {
    let part = this.#measured.get(set);
    if (!part) {
      part = set.selections.map((selection) => this.#selection(selection, type)).reduce(both, empty);
      this.#measured.set(set, part);
    }
    return part;
  }

  #selection(selection: SelectionNode, type: GraphQLCompositeType): Part {
    const here = selection.directives?.length ?? 0;
    if (selection.kind !== 'Field') {
      const { typeCondition, selectionSet, directives } =
        selection.kind === 'InlineFragment' ? selection : this.document.fragment(selection.name.value);
      const inside = this.set(selectionSet, this.document.conditionOf(typeCondition, type));
      return { ...inside, directives: Math.max(here, directives?.length ?? 0, inside.directives) };
    }
    const below = objectIn(this.document.fieldOf(selection, type));
    const inside = below && selection.selectionSet ? this.set(selection.selectionSet, below) : empty;
    const extent: Extent = {
      depth: inside.data.depth + (isWrapper(selection, type) ? 0 : 1),
      selections: saturated(inside.data.selections + 1),
      aliases: saturated(inside.data.aliases + (selection.alias ? 1 : 0)),
    };
    const directives = Math.max(here, inside.directives);
    return isIntrospection(selection)
      ? { data: nothing, introspection: extent, directives }
      : { data: extent, introspection: inside.introspection, directives };
  }
}

const empty: Part = { data: nothing, introspection: nothing, directives: 0 };

function both(a: Part, b: Part): Part {
  return {
    data: together(a.data, b.data),
    introspection: together(a.introspection, b.introspection),
    directives: Math.max(a.directives, b.directives),
  };
}

function together(a: Extent, b: Extent): Extent {
  return {
    depth: Math.max(a.depth, b.depth),
    selections: saturated(a.selections + b.selections),
    aliases: saturated(a.aliases + b.aliases),
  };
}

function fieldsIn(document: TypedDocument, set: SelectionSetNode, counted: Map<SelectionSetNode, number>): number {
  let fields = counted.get(set);
  if (fields === undefined) {
    fields = 0;
    for (const selection of set.selections) {
      if (selection.kind === 'Field') fields += 1;
      else {
        const { selectionSet } =
          selection.kind === 'InlineFragment' ? selection : document.fragment(selection.name.value);
        fields += fieldsIn(document, selectionSet, counted);
      }
      fields = saturated(fields);
    }
    counted.set(set, fields);
  }
  return fields;
}
