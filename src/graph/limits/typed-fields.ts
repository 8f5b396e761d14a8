import {
  getNamedType,
  isCompositeType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type NamedTypeNode,
} from 'graphql';

/** A document that has been validated, with what a walk through it needs to know of its types. */
export class TypedDocument {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    for (const definition of definitions)
      if (definition.kind === 'FragmentDefinition') this.#fragments.set(definition.name.value, definition);
  }

  fragment(name: string): FragmentDefinitionNode {
    return this.#fragments.get(name)!;
  }

  /** The type that a fragment is about; where it names none, that of the place where it stands. */
  conditionOf(condition: NamedTypeNode | undefined, place: GraphQLCompositeType): GraphQLCompositeType {
    return condition ? (this.schema.getType(condition.name.value) as GraphQLCompositeType) : place;
  }

  /** Undefined for `__typename`. */
  fieldOf({ name }: FieldNode, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    if (name.value === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name.value === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return 'getFields' in parent ? parent.getFields()[name.value] : undefined;
  }
}

/** The type whose fields may be selected of a field; null where it is a scalar. */
export function objectIn(field: GraphQLField<unknown, unknown> | undefined): GraphQLCompositeType | null {
  const named = field && getNamedType(field.type);
  return named && isCompositeType(named) ? named : null;
}

/** Whether a field asks for the schema itself, and so has limits of its own. */
export function isIntrospection({ name }: FieldNode): boolean {
  return name.value === SchemaMetaFieldDef.name || name.value === TypeMetaFieldDef.name;
}

/** Whether a field only wraps the rows of a connection: `edges` and `nodes`, and the `node` of an edge. */
export function isWrapper({ name }: FieldNode, parent: GraphQLCompositeType): boolean {
  if (parent.name.endsWith('Connection')) return name.value === 'edges' || name.value === 'nodes';
  return parent.name.endsWith('Edge') && name.value === 'node';
}

/** The largest number that an `Int` holds; every sum here ends there, and none overflows. */
const most = 2_147_483_647;

export function saturated(number: number): number {
  return number < most ? number : most;
}
