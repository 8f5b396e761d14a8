import { mapped, type RestCall } from '../http/rest-call.js';
import type { Page } from './vendor.js';

/** The same list, page by page, each row turned into one of the graph; null leaves a row out. */
export function mappedPage<Wire, Row>(
  call: RestCall<Page<Wire>>,
  map: (wire: Wire) => Row | null,
): RestCall<Page<Row>> {
  return mapped(call, ({ rows, next, unknown }) => ({
    rows: rows.map(map).filter((row) => row !== null) as Row[],
    next: next && mappedPage(next, map),
    unknown,
  }));
}
