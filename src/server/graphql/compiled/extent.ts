import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';

/** As much as may be compiled of one query. */
export interface ExtentLimits {
  /** Fields in code: each once for every kind of object that it may belong to, so that interfaces in interfaces multiply. */
  readonly fields: number;
  /** Selections when all fragments are spread out; the compiler walks through them again and again. */
  readonly selections: number;
}

/** How many fields a settled query has in code; null where it is not to be compiled. */
export function extentOf(schema: GraphQLSchema, document: DocumentNode, most: ExtentLimits): number | null {
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const fragments = new Map(
    others.map((one) => [(one as FragmentDefinitionNode).name.value, one as FragmentDefinitionNode]),
  );
  if (spreadOut(operation.selectionSet, fragments, most.selections) > most.selections) return null;
  const walk = new Walk(schema, fragments, most.fields);
  return walk.enter(schema.getQueryType()!, [operation.selectionSet], '', 0) ? walk.fields : null;
}

/** Selections in a set with its fragments spread out; it is enough to know that there are more than so many. */
function spreadOut(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  most: number,
): number {
  let count = 0;
  for (const selection of selections) {
    if (count > most) break;
    const set = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value)! : selection;
    count += 1 + (set.selectionSet ? spreadOut(set.selectionSet, fragments, most - count) : 0);
  }
  return count;
}

/** Walks through a query as the compiler does. */
class Walk {
  fields = 0;
  readonly #places = new Set<string>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    readonly most: number,
  ) {}

  /** Whether all below an object can be compiled. `lists`: how many are around it. */
  enter(type: GraphQLObjectType, sets: readonly SelectionSetNode[], place: string, lists: number): boolean {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(set, type, fields, spread);
    if (place === '' && mayEndEarly(type, fields)) return false;
    for (const [key, nodes] of fields) {
      if (key === '__typename') continue;
      this.fields += 1;
      const below = isFree(key) ? this.#take(`${key}_${place}`) : null;
      const field = type.getFields()[nodes[0]!.name.value];
      if (below === null || this.fields > this.most) return false;
      if (field && !this.#below(field.type, nodes, below, lists)) return false;
    }
    return true;
  }

  #below(type: GraphQLOutputType, nodes: readonly FieldNode[], place: string, lists: number): boolean {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return true;
    let at: string | null = place;
    let depth = lists;
    for (let inner = type; 'ofType' in inner; inner = inner.ofType) {
      if (isListType(inner)) at = at && this.#take(`idx${depth++}_${at}`);
      else if (!isNonNullType(inner)) break;
    }
    if (at === null) return false;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (!isAbstractType(named)) return this.enter(named, sets, at, depth);
    return this.schema
      .getPossibleTypes(named)
      .every((possible) => this.enter(possible, sets, `${possible.name}_${at}`, depth));
  }

  /**
   * The compiler keeps what it tells resolvers of a field under the names on the way to it, joined by `_`. Two fields whose ways are
   * so written alike would be told the same: null.
   */
  #take(place: string): string | null {
    if (this.#places.has(place)) return null;
    this.#places.add(place);
    return place;
  }

  #collect(
    { selections }: SelectionSetNode,
    type: GraphQLObjectType,
    into: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
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
      const part = selection.kind === 'FragmentSpread' ? this.fragments.get(selection.name.value)! : selection;
      if (this.#isMet(part.typeCondition, type)) this.#collect(part.selectionSet, type, into, spread);
    }
  }

  #isMet(condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
    if (!condition || condition.name.value === type.name) return true;
    const named = this.schema.getType(condition.name.value);
    return isAbstractType(named) && this.schema.isSubType(named, type);
  }
}

/**
 * Whether graphql-js would answer before all fields are done: one that cannot be null is refused at once, and what has begun beside
 * it ends with the answer. Compiled code waits for all.
 */
function mayEndEarly(query: GraphQLObjectType, fields: ReadonlyMap<string, readonly FieldNode[]>): boolean {
  const types = [...fields.values()].flatMap(([node]) => query.getFields()[node!.name.value]?.type ?? []);
  return types.length > 1 && types.some(isNonNullType);
}

/** A key of the answer that means nothing else in JavaScript, as `__proto__` does. */
function isFree(key: string): boolean {
  return !key.startsWith('__');
}
