import {
  getNamedType,
  isIntrospectionType,
  type ArgumentNode,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { membershipsPage, usualPage } from '../paging.js';

/** What a list is taken to hold that no argument bounds. */
const usualSize = 10;
const typesOfSchema = 100;

/** How many elements the lists of an operation may have, by its arguments and variables. */
export class Sizes {
  /** Whether a variable has been looked at, so that other values may give other sizes. */
  varies = false;

  constructor(
    readonly operation: OperationDefinitionNode,
    readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  /** Rows of a page: `first`, or what holds where it is left out. More than a page may have is refused by its resolver. */
  rows(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const argument = field.args.find(({ name }) => name === 'first');
    if (!argument) return usualSize;
    const usual = Number(argument.defaultValue);
    const { most } = usual === membershipsPage.usual ? membershipsPage : usualPage;
    const first = this.#value(argumentOf(node, 'first'));
    return typeof first === 'number' && first > 0 ? Math.min(first, most) : usual;
  }

  /** Elements of a plain list: as many as it is given `ids`, or a few. */
  elements(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const ids = argumentOf(node, 'ids');
    if (ids?.value.kind === 'ListValue') return ids.value.values.length;
    if (ids) {
      const given = this.#value(ids);
      return Array.isArray(given) ? given.length : 1;
    }
    if (!isIntrospectionType(getNamedType(field.type))) return usualSize;
    return field.name === 'types' ? typesOfSchema : usualSize;
  }

  #value(argument: ArgumentNode | undefined): unknown {
    const value = argument?.value;
    if (value?.kind !== 'Variable') return literal(value);
    this.varies = true;
    const name = value.name.value;
    if (Object.hasOwn(this.variables, name)) return this.variables[name];
    const definition = this.operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
    return literal(definition?.defaultValue);
  }
}

function argumentOf({ arguments: given }: FieldNode, name: string): ArgumentNode | undefined {
  return given?.find((argument) => argument.name.value === name);
}

/** The number in a literal, or as many places as a list has. */
function literal(value: ValueNode | undefined): unknown {
  if (value?.kind === 'IntValue') return Number(value.value);
  return value?.kind === 'ListValue' ? value.values : undefined;
}
