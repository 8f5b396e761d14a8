import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  Kind,
  OperationTypeNode,
  parseType,
  TypeNameMetaFieldDef,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { TypedDocument } from '../../../graph/limits/typed-fields.js';

type Type = Parameters<TypedDocument['fieldOf']>[1];

/** The arguments of one field: where they are written, and the variables that take their place. */
export interface FieldArguments {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** The name of an argument, and of its variable. */
  readonly variables: readonly (readonly [argument: string, variable: string])[];
}

/** A query as it is handed to the compiler. */
export interface SettledQuery {
  /** The operation and the fragments that it reaches. */
  readonly document: DocumentNode;
  readonly arguments: readonly FieldArguments[];
}

/** The query asks for the schema itself, which nobody does often. */
class AsksForSchema extends Error {}

/**
 * A query without directives and without values. What `@skip` and `@include` leave out for these variables is gone, and each argument is a
 * variable of its own, whose value graphql-js finds. The compiler then sees nothing but names: it would write the text of a literal
 * into the code that it makes, where a string of a certain form is run, and of fields that several directives are about it
 * would leave out others than graphql-js. Null: it is not to be compiled.
 */
export function settle(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): SettledQuery | null {
  try {
    return new Settling(schema, document, variables).query(operation);
  } catch (error) {
    if (error instanceof AsksForSchema) return null;
    throw error;
  }
}

class Settling {
  readonly #document: TypedDocument;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #arguments: FieldArguments[] = [];
  readonly #definitions: VariableDefinitionNode[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.#document = new TypedDocument(schema, document);
  }

  query({ kind, name, selectionSet, loc }: OperationDefinitionNode): SettledQuery {
    const operation: OperationDefinitionNode = {
      kind,
      operation: OperationTypeNode.QUERY,
      name,
      selectionSet: this.#set(selectionSet, this.schema.getQueryType()!),
      variableDefinitions: this.#definitions,
      loc,
    };
    return {
      document: { kind: Kind.DOCUMENT, definitions: [operation, ...this.#fragments.values()] },
      arguments: this.#arguments,
    };
  }

  #set({ kind, selections }: SelectionSetNode, type: Type): SelectionSetNode {
    return {
      kind,
      selections: selections.filter((node) => !this.#isLeftOut(node)).map((node) => this.#selection(node, type)),
    };
  }

  #selection(node: SelectionNode, type: Type): SelectionNode {
    if (node.kind === 'Field') return this.#field(node, type);
    if (node.kind === 'FragmentSpread') {
      this.#fragment(node.name.value);
      return { ...node, directives: [] };
    }
    const { typeCondition, selectionSet } = node;
    const condition = this.#document.conditionOf(typeCondition, type);
    return { ...node, directives: [], selectionSet: this.#set(selectionSet, condition) };
  }

  #fragment(name: string): void {
    if (this.#fragments.has(name)) return;
    const { selectionSet, ...fragment } = this.#document.fragment(name);
    const settled = this.#set(selectionSet, this.#document.conditionOf(fragment.typeCondition, null!));
    this.#fragments.set(name, { ...fragment, directives: [], selectionSet: settled });
  }

  #field(node: FieldNode, type: Type): FieldNode {
    const { kind, name, alias, loc } = node;
    const plain = { kind, name, alias, loc, directives: [] };
    if (name.value === TypeNameMetaFieldDef.name) return plain;
    const field = this.#document.fieldOf(node, type);
    if (!field || name.value.startsWith('__')) throw new AsksForSchema();
    const below = getNamedType(field.type);
    return {
      ...plain,
      arguments: this.#argumentsOf(node, field),
      ...(node.selectionSet && isCompositeType(below) && { selectionSet: this.#set(node.selectionSet, below) }),
    };
  }

  #argumentsOf(node: FieldNode, field: GraphQLField<unknown, unknown>): readonly ArgumentNode[] {
    const given = node.arguments ?? [];
    if (given.length === 0) return given;
    const named = given.map((argument): readonly [ArgumentNode, string] => [argument, this.#variable(argument, field)]);
    this.#arguments.push({ field, node, variables: named.map(([argument, name]) => [argument.name.value, name]) });
    return named.map(([argument, name]) => ({ ...argument, value: { ...variable(name), loc: argument.value.loc } }));
  }

  #variable({ name, loc }: ArgumentNode, { args }: GraphQLField<unknown, unknown>): string {
    const { type } = args.find((argument) => argument.name === name.value)!;
    const given = `a${this.#definitions.length}`;
    const kind = Kind.VARIABLE_DEFINITION;
    this.#definitions.push({ kind, variable: variable(given), type: parseType(String(type)), loc });
    return given;
  }

  #isLeftOut(node: SelectionNode): boolean {
    if (!node.directives?.length) return false;
    const skip = getDirectiveValues(GraphQLSkipDirective, node, this.variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, this.variables);
    return skip?.['if'] === true || include?.['if'] === false;
  }
}

function variable(name: string) {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
}
