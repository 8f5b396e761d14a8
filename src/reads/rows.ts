import { VendorError } from '../http/errors.js';
import { refKey, type Path, type Ref, type Row } from '../vendors/vendor.js';
import { keyReader } from './by-key.js';
import { isCollection, listKey, typeOf, type AnyCollection, type NounName } from './collections.js';
import { placeOf, type Gathered, type Known } from './known.js';
import type { Lists } from './lists.js';
import { fitsPattern } from './pattern.js';
import { planFor, waysOf } from './plan.js';
import { isOutage } from './shared/outage.js';
import type { SourceReads } from './source-reads.js';

/** Rows of a noun by their paths, in their order: from what is kept, and what is not kept by the cheapest reads. */
export async function readRows(
  reads: SourceReads,
  lists: Lists,
  noun: NounName,
  refs: readonly Ref[],
): Promise<(Known<Row> | null | Error)[]> {
  const { adapter } = reads;
  const collection = adapter[noun] as unknown as AnyCollection<Row> | undefined;
  if (!collection) return refs.map(() => null);
  if (!isCollection(collection)) {
    const { known } = await reads.all(noun);
    const rows = new Map(known.map((one) => [refKey(one.row), one]));
    return refs.map((ref) => rows.get(refKey(ref)) ?? null);
  }
  const { shared, freshness, onStale, sizes, calls, session, own } = reads.of;
  const { era } = shared;
  const refOf = (path: Path): Ref => ({ type: typeOf(noun, adapter), path });
  const read = keyReader<Row>({
    collection,
    one: (path) => calls.call(`one ${noun} ${placeOf(path)}`, () => collection.one!(path)),
    read: (call) => lists.read(call),
    list: (scope) => reads.inScope(noun, scope) as Promise<Gathered<Row>>,
    everything: () => reads.all(noun) as Promise<Gathered<Row>>,
    newList: (call) => lists.nameless(call),
    listAtHand: (scope) => lists.isAtHand(listKey(noun, scope)),
    plan: (scope, keys) => planFor(keys, waysOf(noun, scope, collection, sizes)),
    took: (ms) => sizes.times.note(noun, 'one', ms),
    planned: (plan) => void sizes.habits.set(noun, plan),
    mayAsk: (path) => fitsPattern(adapter, refOf(path)),
    badAddress: () => new VendorError('VENDOR_BAD_RESPONSE', session.whom),
    kept: (path) => {
      const known = shared.row(noun, refOf(path), freshness);
      // That there is none is believed for a moment only, and no whole answer is made of it.
      if (known !== undefined) session.found(shared.told, known?.at.getTime() ?? 0);
      return known;
    },
    keep(path, known, at) {
      if (known === null) session.isFrom(0);
      own(() => shared.keepRow(noun, refOf(path), known, at.getTime(), era));
    },
    stale: (path, error) => {
      const known = isOutage(error) ? shared.staleRow(noun, refOf(path), lists.staleness) : undefined;
      if (known) onStale(error as VendorError, known.at);
      return known;
    },
  });
  return read(refs.map(({ path }) => path));
}
