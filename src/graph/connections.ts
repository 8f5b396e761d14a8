import type { GraphQLResolveInfo } from 'graphql';
import type { Gathered, Known } from '../reads/known.js';
import type { Row } from '../vendors/vendor.js';
import type { ConnectionValue, NodeValue } from './graph.js';
import { compareRefs, sorted } from './order.js';
import { pageOf, type PageWanted } from './paging.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';
import { statusOf } from './status.js';
import { valueOf } from './values.js';

/** What one source gave. */
export interface FromSource<R> {
  readonly source: Source;
  readonly gathered: Gathered<R>;
}

interface Entry<R> {
  readonly source: Source;
  readonly known: Known<R>;
}

/** One page over what the sources gave, with what each of them contributed. `answers` are in configured order. */
export function connectionOf<R extends Row>(
  answers: readonly FromSource<R>[],
  page: PageWanted,
): ConnectionValue<NodeValue> {
  const rows = answers.flatMap(({ source, gathered }): Entry<R>[] =>
    sorted(gathered.known, (a, b) => compareRefs(source, a.row, b.row)).map((known) => ({ source, known })),
  );
  const places = ({ source, known }: Entry<R>) => [{ source, ref: known.row }];
  const completeness = completenessOf(answers, rows.length);
  return pageOf(rows, page, places, ({ source, known }) => valueOf(source, known), completeness);
}

/** What a connection says of the whole list, whatever page was asked for. */
export function completenessOf(
  answers: readonly FromSource<unknown>[],
  rows: number,
): Pick<ConnectionValue<unknown>, 'totalCount' | 'complete' | 'sources'> {
  const sources = answers.map(({ source, gathered }) => statusOf(source, gathered));
  const complete = sources.every(({ state }) => state !== 'PARTIAL' && state !== 'UNAVAILABLE');
  return { totalCount: complete ? rows : null, complete, sources };
}

/** Tells the answer's errors what failed, once for each source. */
export function tellFailures(
  request: Request,
  info: GraphQLResolveInfo,
  answers: readonly FromSource<unknown>[],
): void {
  for (const { gathered } of answers) for (const failure of gathered.failures) request.troubles.add(info, failure);
}

/** A connection below a node: null, with an error, where the one list or all of several gave nothing. */
export function nestedConnection<R extends Row>(
  request: Request,
  info: GraphQLResolveInfo,
  answer: FromSource<R>,
  page: PageWanted,
): ConnectionValue<NodeValue> | null {
  tellFailures(request, info, [answer]);
  return answer.gathered.gaveNothing ? null : connectionOf([answer], page);
}
