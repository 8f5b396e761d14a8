/** Intents whose process has ended: they have no outcome, and will have none by themselves. */
import type { OnDamaged, Query, Store } from './store.js';
import type { EntryTable } from './tables.js';

/** Whose entry it is, and whether it stands open. */
type Standing = Pick<EntryTable, 'state' | 'writer'>;

/** Makes all such intents UNKNOWN as of now. */
export async function settleAll(store: Store): Promise<void> {
  const standing = store.rows('entries', ['state', 'writer']).distinct().where('state', '=', 'INTENT');
  await settle(store, await store.read(standing, (row) => row));
}

/** What a query finds, once those intents among it are settled that only seem to be under way. */
export async function settled<R extends Standing, Value>(
  store: Store,
  query: Query<R>,
  toValue: (row: R) => Value,
  onDamaged?: OnDamaged,
): Promise<Value[]> {
  const standing = (row: R) => ({ state: row.state, writer: row.writer, value: toValue(row) });
  const seen = await store.read(query, standing, onDamaged);
  const found = (await settle(store, seen)) ? await store.read(query, standing, onDamaged && (() => {})) : seen;
  return found.map(({ value }) => value);
}

/** Whether any of these was settled, by us or by another who saw the same. */
async function settle(store: Store, rows: readonly Standing[]): Promise<boolean> {
  const foreign = rows.filter(({ state, writer }) => state === 'INTENT' && writer !== store.writer);
  if (foreign.length === 0) return false;
  const ended = await store.ended([...new Set(foreign.map(({ writer }) => writer))]);
  if (ended.length === 0) return false;
  const now = Date.now();
  await store.write([
    store.tables
      .updateTable('entries')
      .set(store.sealed('entries', { state: 'UNKNOWN' as const, finished_at: now, unsettled_since: now }))
      .where('state', '=', 'INTENT')
      .where(store.isAmong('writer', ended)),
  ]);
  return true;
}
