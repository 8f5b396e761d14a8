/** Documents that choose much the same as another, each in its own way. */
import {
  getOperationAST,
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';

type Vary = (document: DocumentNode) => DocumentNode;

const withOperation =
  (vary: (operation: OperationDefinitionNode) => OperationDefinitionNode): Vary =>
  (document) =>
    visit(document, { OperationDefinition: vary });

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

const aliased = (field: FieldNode): FieldNode => ({
  ...field,
  alias: name(`other_${(field.alias ?? field.name).value}`),
});

const ways: readonly Vary[] = [
  (document) => document,
  withOperation((operation) => ({ ...operation, name: name('Other') })),
  // All of it in a fragment.
  (document) => {
    const { selectionSet } = getOperationAST(document)!;
    const spread = { kind: Kind.FRAGMENT_SPREAD, name: name('Whole') } as const;
    const fragment = {
      kind: Kind.FRAGMENT_DEFINITION,
      name: name('Whole'),
      typeCondition: { kind: Kind.NAMED_TYPE, name: name('Query') },
      selectionSet,
    } as const;
    const { definitions, ...rest } = withOperation((operation) => ({
      ...operation,
      selectionSet: { ...selectionSet, selections: [spread] },
    }))(document);
    return { ...rest, definitions: [...definitions, fragment] };
  },
  // Under other keys, at its root or at its leaves.
  withOperation((operation) => {
    const selections = operation.selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? aliased(one) : one));
    return { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  }),
  (document) => visit(document, { Field: { leave: (field) => (field.selectionSet ? undefined : aliased(field)) } }),
  // The other way round.
  (document) => visit(document, { SelectionSet: (set) => ({ ...set, selections: set.selections.toReversed() }) }),
  // Without the last of each set.
  (document) =>
    visit(document, {
      SelectionSet: (set) => ({ ...set, selections: set.selections.slice(0, Math.max(1, set.selections.length - 1)) }),
    }),
];

/** The document itself, and others that choose the same or almost: not all of them need be valid. */
export function variantsOf(text: string): readonly string[] {
  const document = parse(text);
  return ways.map((vary) => print(vary(document)));
}
