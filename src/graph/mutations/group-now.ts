import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../../http/errors.js';
import type { Ref } from '../../vendors/vendor.js';
import type { NodeValue } from '../graph.js';
import type { Request } from '../request.js';
import type { Source } from '../sources.js';
import { valueOf } from '../values.js';

/** A group as it is now, under the id by which it was named; null when nobody knows it or it cannot be read. */
export async function groupNow(
  request: Request,
  info: GraphQLResolveInfo,
  source: Source,
  { type, path }: Ref,
): Promise<NodeValue | null> {
  try {
    const known = await request.reads(source).get('groups', path, type);
    return known && valueOf(source, known, path);
  } catch (error) {
    // What was written is told, also where the ledger that should show it has failed since.
    if (!(error instanceof VendorError)) throw error;
    if (error.code === 'LEDGER_UNAVAILABLE') return null;
    request.troubles.add(info, error);
    return null;
  }
}
