import { locatedError, visit, type DocumentNode, type FieldNode, type GraphQLError } from 'graphql';

/** An error as the compiled code makes it: it passes for graphql's own, and is no `Error`. */
type Raw = Pick<GraphQLError, 'message' | 'locations' | 'path' | 'originalError'>;

/**
 * The errors of a compiled query as graphql-js would have told them: with the fields that they are about, and with what was thrown.
 * Of several for which one and the same place of the answer is null, only the first is told.
 */
export function located(document: DocumentNode, data: unknown, errors: readonly Raw[]): readonly GraphQLError[] {
  const nodes = fieldsByPlace(document);
  const told = new Set<string>();
  return errors.flatMap((error) => {
    const path = error.path ?? [];
    const nulled = nullAbove(data, path);
    if (nulled !== null && told.has(nulled)) return [];
    if (nulled !== null) told.add(nulled);
    const about = (error.locations ?? []).flatMap(({ line, column }) => nodes.get(`${line}:${column}`) ?? []);
    return locatedError(error.originalError ?? new Error(error.message), about, path);
  });
}

/** The place above a field that is null because the field could not be; null where there is none. */
function nullAbove(data: unknown, path: readonly (string | number)[]): string | null {
  let at = data;
  for (const [index, key] of path.entries()) {
    if (at === null || at === undefined) return JSON.stringify(path.slice(0, index));
    at = (at as Record<string | number, unknown>)[key];
  }
  return null;
}

/** Fields by the line and column where they begin. */
function fieldsByPlace(document: DocumentNode): ReadonlyMap<string, FieldNode> {
  const nodes = new Map<string, FieldNode>();
  visit(document, {
    Field(node) {
      const start = node.loc?.startToken;
      if (start) nodes.set(`${start.line}:${start.column}`, node);
    },
  });
  return nodes;
}
