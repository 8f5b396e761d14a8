import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType } from 'graphql';
import type {
  DirectiveNode,
  FieldNode,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  NamedTypeNode,
  SelectionSetNode,
} from 'graphql';
import { Slot } from '../memory/slot.js';

type Names = ReadonlySet<string>;

/** What was found for the fields of one operation with its variables: hundreds of groups ask the same of their members. */
const found = new Slot<object, Map<readonly FieldNode[], Map<string, Names>>>();

/** The names of the fields that the operation asks of this field's value, should it be of that type; of any, if none is named. */
export function fieldsAsked(info: GraphQLResolveInfo, type?: string): Names {
  return once(info, `of ${type}`, () => {
    const names = new Set<string>();
    for (const set of selectionSetsOf(info)) collect(set, info, (field) => names.add(field.name.value), type);
    return names;
  });
}

/** The same for the value of a field further down, such as the `node` of an edge: `fieldsBelow(info, ['edges', 'node'])`. */
export function fieldsBelow(info: GraphQLResolveInfo, steps: readonly string[], type?: string): Names {
  return once(info, `${steps.join('.')} of ${type}`, () => {
    let sets = selectionSetsOf(info);
    for (const step of steps) {
      const next: SelectionSetNode[] = [];
      for (const set of sets) {
        collect(set, info, (field) => {
          if (field.name.value === step && field.selectionSet) next.push(field.selectionSet);
        });
      }
      sets = next;
    }
    const names = new Set<string>();
    for (const set of sets) collect(set, info, (field) => names.add(field.name.value), type);
    return names;
  });
}

function selectionSetsOf({ fieldNodes }: GraphQLResolveInfo): SelectionSetNode[] {
  return fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

function once({ variableValues, fieldNodes }: GraphQLResolveInfo, what: string, find: () => Names): Names {
  let ofOperation = found.get(variableValues);
  if (!ofOperation) found.set(variableValues, (ofOperation = new Map()));
  let ofField = ofOperation.get(fieldNodes);
  if (!ofField) ofOperation.set(fieldNodes, (ofField = new Map()));
  let names = ofField.get(what);
  if (!names) ofField.set(what, (names = find()));
  return names;
}

function collect(
  set: SelectionSetNode,
  info: GraphQLResolveInfo,
  found: (field: FieldNode) => void,
  type?: string,
): void {
  for (const selection of set.selections) {
    if (isLeftOut(selection, info.variableValues)) continue;
    if (selection.kind === 'Field') {
      found(selection);
      continue;
    }
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value]!;
    if (isMet(info.schema, fragment.typeCondition, type)) collect(fragment.selectionSet, info, found, type);
  }
}

/** Whether a fragment is about values of a type; of any, if none is named. */
export function isMet(schema: GraphQLSchema, condition: NamedTypeNode | undefined, type: string | undefined): boolean {
  if (!condition || !type || condition.name.value === type) return true;
  const named = schema.getType(condition.name.value);
  return isAbstractType(named) && schema.isSubType(named, schema.getType(type) as GraphQLObjectType);
}

/** Whether `@skip` or `@include` leaves a selection out for these variables. */
export function isLeftOut(
  node: { readonly directives?: readonly DirectiveNode[] },
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (!node.directives?.length) return false;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.['if'] === true || include?.['if'] === false;
}
