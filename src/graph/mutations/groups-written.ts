import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../../http/errors.js';
import { LedgerError } from '../../ledger/ledger.js';
import type { Known } from '../../reads/known.js';
import { refKey, type GroupRow, type Ref } from '../../vendors/vendor.js';
import type { NodeValue } from '../graph.js';
import type { Request } from '../request.js';
import type { Source } from '../sources.js';
import { valueOf } from '../values.js';

/** Whether the groups of a source are known from the ledger, so that looking at them calls nobody. */
export function isRemembering({ adapter }: Source): boolean {
  return 'ledger' in adapter.groups;
}

/** Those of the groups that the ledger or the configuration knows. */
export async function rememberedGroups(request: Request, source: Source, refs: readonly Ref[]): Promise<NodeValue[]> {
  try {
    const { known } = await request.reads(source).all('groups');
    const rows = new Map(known.map((one): [string, Known<GroupRow>] => [refKey(one.row), one]));
    return refs.flatMap((ref) => {
      const found = rows.get(refKey(ref));
      return found ? valueOf(source, found) : [];
    });
  } catch (error) {
    // What was written is told, also where the ledger that should show it has failed since.
    if (error instanceof LedgerError) return [];
    throw error;
  }
}

/** A group as it is now, under the id by which it was named; null when nobody knows it or it cannot be read. */
export async function groupNow(
  request: Request,
  info: GraphQLResolveInfo,
  source: Source,
  ref: Ref,
): Promise<NodeValue | null> {
  if (isRemembering(source)) return (await rememberedGroups(request, source, [ref]))[0] ?? null;
  try {
    const known = await request.reads(source).get('groups', ref.path);
    return known && valueOf(source, known, ref.path);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    request.troubles.add(info, error);
    return null;
  }
}
