import type { Answer, Rollcall } from './rollcall.js';

/** A connection as a client sees it. */
export interface Listed {
  readonly edges: readonly { readonly cursor: string; readonly node: any }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/**
 * Goes through a list by its cursors, page after page. The query takes `$first: Int, $after: String` and asks for edges
 * and the whole `pageInfo`; `pick` finds the connection in the data.
 */
export async function walk(
  rollcall: Rollcall,
  query: string,
  sizes: (page: number) => number,
  pick: (data: any) => Listed,
): Promise<{ readonly pages: readonly Listed[]; readonly answers: readonly Answer[] }> {
  const pages: Listed[] = [];
  const answers: Answer[] = [];
  let after: string | null = null;
  do {
    const answer: Answer = await rollcall.ask(query, { first: sizes(pages.length), after });
    const page = pick(answer.data);
    answers.push(answer);
    pages.push(page);
    if (pages.length > 2_000) throw new Error('The list has no end.');
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return { pages, answers };
}
