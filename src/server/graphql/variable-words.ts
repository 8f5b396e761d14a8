import {
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  print,
  typeFromAST,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';

/** The variable that an error is about, or null. */
export function variableOf({ nodes }: GraphQLError): VariableDefinitionNode | null {
  const [node] = nodes ?? [];
  return node?.kind === 'VariableDefinition' ? node : null;
}

/** What is said of a variable's value: its name, the place inside it as the schema spells it, and the type expected there. */
export function variableMessage(schema: GraphQLSchema, definition: VariableDefinitionNode, message: string): string {
  const name = definition.variable.name.value;
  const declared = print(definition.type);
  if (!message.startsWith(`Variable "$${name}" got invalid value `)) {
    return `The variable "$${name}" of the type "${declared}" is missing or null.`;
  }
  const type = typeFromAST(schema, definition.type);
  const steps = stepsIn(message, name);
  const there = isInputType(type) ? typeAt(type, steps) : null;
  const where = there && steps.length > 0 ? ` at "${[name, ...steps].join('.')}"` : '';
  return `The variable "$${name}" has a value${where} that is not of the type "${there ?? declared}".`;
}

/** The last place that the message names. A key of the value could pretend to be one, so it is believed only as far as the type goes. */
function stepsIn(message: string, name: string): readonly string[] {
  const places = [...message.matchAll(/ at "(\w+)((?:\.\w+|\[\d+\])*)"; /g)].filter(
    ([, variable]) => variable === name,
  );
  const path = places.at(-1)?.[2] ?? '';
  return path.match(/\w+/g) ?? [];
}

/** The type at a place inside a value; null where there is no such place. */
function typeAt(type: GraphQLInputType, steps: readonly string[]): GraphQLInputType | null {
  let at = type;
  for (const step of steps) {
    const nullable = getNullableType(at);
    if (isListType(nullable)) {
      if (!/^\d{1,6}$/.test(step)) return null;
      at = nullable.ofType as GraphQLInputType;
    } else {
      const field = isInputObjectType(nullable) ? nullable.getFields()[step] : undefined;
      if (!field) return null;
      at = field.type;
    }
  }
  return at;
}
