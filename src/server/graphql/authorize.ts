import { GraphQLError, Kind, type DocumentNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Access } from '../callers/access.js';
import type { Step } from './steps.js';

/**
 * What a role may not do is refused before any resolver. Validation would not do: a document that was valid once is not
 * looked at again, whoever sends it.
 */
export function authorize({ introspection }: Pick<Access, 'introspection'>): Step {
  return {
    resolved({ document, operation, contextValue: { request } }) {
      const { role } = request.caller;
      if (operation?.operation === 'mutation' && role !== 'write') {
        throw forbidden('A mutation needs the role write.');
      }
      if (operation?.operation === 'mutation' && request.explains) throw planless();
      if (operation && !introspection.includes(role) && asksForSchema(document, operation)) {
        throw forbidden(`The schema is not open to the role ${role}.`);
      }
    },
  };
}

function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
}

function planless(): GraphQLError {
  const message = 'The header x-rollcall-explain is for queries; ask a mutation with dryRun: true what it would send.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

/** Whether an operation asks for more of the schema than the names of the types in its answer. */
function asksForSchema(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const seen = new Set<string>();
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return selection.name.value === '__schema' || selection.name.value === '__type';
        case Kind.INLINE_FRAGMENT:
          return asks(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD: {
          const { value } = selection.name;
          const fragment = seen.has(value) ? undefined : fragments.get(value);
          seen.add(value);
          return fragment !== undefined && asks(fragment.selectionSet);
        }
      }
    });
  return asks(operation.selectionSet);
}
