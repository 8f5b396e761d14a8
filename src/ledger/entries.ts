/** The entries of the journal: how they are written into their table, and found there. */
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { refKey, type Ref } from '../vendors/vendor.js';
import { writesOf } from './facts.js';
import type { Entry, EntryFilter, Intent, Outcome } from './journal.js';
import { refOfKey } from './ledger.js';
import { fromColumn, toColumn } from './rows.js';
import { settled } from './settle.js';
import { inPieces, type Query, type Store } from './store.js';
import type { EntryTable } from './tables.js';

/** So few that a step of forgetting takes a few milliseconds, and one transaction of it never stands long in the way. */
const PRUNED_AT_ONCE = 100;

type EntryRow = Omit<EntryTable, 'seq'>;

export async function begin(store: Store, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return;
  const rows = intents.map((intent) => ({
    ...rowOf(store, intent),
    unsettled_since: moment(intent.underWayUntil ?? intent.createdAt),
  }));
  await store.write(inPieces(rows).map((piece) => store.tables.insertInto('entries').values(piece)));
}

export async function finish(store: Store, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const facts = outcomes.flatMap(({ intent: { source, caller }, finishedAt, facts: those }) =>
    writesOf(store, those, { source, caller, at: finishedAt }),
  );
  await store.write([...finished(store, outcomes), ...facts]);
}

function finished(store: Store, outcomes: readonly Outcome[]): Query[] {
  const rows = outcomes.map(({ intent, state, finishedAt, unsettledSince, answer }) => ({
    ...rowOf(store, intent),
    state,
    finished_at: moment(finishedAt),
    unsettled_since: unsettledSince && moment(unsettledSince),
    answer,
  }));
  // One statement may change a row once.
  const last = new Map(rows.map((row) => [row.id, row]));
  return inPieces([...last.values()]).map((piece) =>
    store.tables
      .insertInto('entries')
      .values(piece)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          state: ref('excluded.state'),
          finished_at: ref('excluded.finished_at'),
          unsettled_since: ref('excluded.unsettled_since'),
          answer: ref('excluded.answer'),
        })),
      ),
  );
}

export async function holder(store: Store, caller: string, mutation: string, key: string): Promise<Entry | null> {
  const query = all(store)
    .where('caller', '=', toColumn(caller))
    .where('mutation', '=', toColumn(mutation))
    .where('key', '=', toColumn(key))
    // As the index says it, so that it is found through that.
    .where('state', '<>', sql.lit('UNSENT'));
  const [found] = await settled(store, query, toEntry);
  return found ?? null;
}

export async function newest(
  store: Store,
  key: string,
  { caller, mutation }: { readonly caller?: string; readonly mutation?: string } = {},
): Promise<Entry | null> {
  let query = all(store).where('key', '=', toColumn(key));
  if (caller !== undefined) query = query.where('caller', '=', toColumn(caller));
  if (mutation !== undefined) query = query.where('mutation', '=', toColumn(mutation));
  const [found] = await settled(store, query.orderBy('created_at', 'desc').orderBy('seq', 'desc').limit(1), toEntry);
  return found ?? null;
}

export async function entries(store: Store, { states, source, limit }: EntryFilter): Promise<Entry[]> {
  let query = all(store);
  if (states) query = query.where(store.isAmong('state', states));
  if (source !== undefined) query = query.where('source', '=', toColumn(source));
  return settled(store, query.orderBy('seq', 'desc').limit(limit), toEntry);
}

export async function unsettledSince(store: Store, source: string, group: Ref): Promise<Date | null> {
  const query = store.tables
    .selectFrom('entries')
    .select(['state', 'writer', 'unsettled_since'])
    .where('source', '=', toColumn(source))
    .where('group_key', '=', refKey(group))
    .where('unsettled_since', 'is not', null);
  const moments = await settled(store, query, ({ unsettled_since }) => Number(unsettled_since));
  return moments.length > 0 ? new Date(Math.max(...moments)) : null;
}

export async function prune(store: Store, before: Date): Promise<number> {
  const old = store.tables
    .selectFrom('entries')
    .select('seq')
    .where('finished_at', '<', moment(before))
    .orderBy('finished_at')
    .limit(PRUNED_AT_ONCE);
  const step = store.tables.deleteFrom('entries').where('seq', 'in', old);
  let forgotten = 0;
  for (let more = true; more; await turn()) {
    const [deleted = 0] = await store.write([step]);
    forgotten += deleted;
    more = deleted > 0;
  }
  await store.shrink?.();
  return forgotten;
}

function all({ tables }: Store) {
  return tables.selectFrom('entries').selectAll();
}

function rowOf({ writer }: Store, { id, caller, mutation, key, fingerprint, source, group, createdAt, plan }: Intent) {
  return {
    id: toColumn(id),
    caller: toColumn(caller),
    mutation: toColumn(mutation),
    key: toColumn(key),
    fingerprint: toColumn(fingerprint),
    source: toColumn(source),
    group_key: group && refKey(group),
    writer,
    created_at: moment(createdAt),
    plan,
    state: 'INTENT' as const,
  };
}

function toEntry(row: EntryRow): Entry {
  return {
    id: fromColumn(row.id),
    caller: fromColumn(row.caller),
    mutation: fromColumn(row.mutation),
    key: fromColumn(row.key),
    fingerprint: fromColumn(row.fingerprint),
    source: fromColumn(row.source),
    group: row.group_key === null ? null : refOfKey(row.group_key),
    createdAt: new Date(row.created_at),
    plan: row.plan,
    state: row.state,
    finishedAt: dateOf(row.finished_at),
    unsettledSince: row.state === 'INTENT' ? null : dateOf(row.unsettled_since),
    answer: row.answer,
  };
}

/** Milliseconds since 1970; a moment that is none is refused rather than kept as an unknown one. */
function moment(date: Date): number {
  return Date.parse(date.toISOString());
}

function dateOf(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
