/** The entries of the journal: how they are written into their table, and found there. */
import { setImmediate as turn } from 'node:timers/promises';
import { sql, type Insertable } from 'kysely';
import { refKey, type Ref } from '../vendors/vendor.js';
import { builtOnce } from './built-once.js';
import { writesOf } from './facts.js';
import type { Entry, EntryFilter, Intent, Outcome } from './journal.js';
import { refOfKey } from './ledger.js';
import { fromColumn, toColumn } from './rows.js';
import { settled } from './settle.js';
import { inPieces, ofExcluded, type OnDamaged, type Query, type Store } from './store.js';
import { intentColumns, stateColumns, type EntryTable } from './tables.js';

/** So few that a step of forgetting takes a few milliseconds, and one transaction of it never stands long in the way. */
const PRUNED_AT_ONCE = 100;

const columns = [...intentColumns, ...stateColumns, 'answer'] as const;

type EntryRow = Omit<EntryTable, 'seq'>;

/** What an outcome changes of an entry, as long as there is none. */
const noOutcome = { state: 'INTENT' as const, finished_at: null, unsettled_since: null, answer: null };

export async function begin(store: Store, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return;
  const rows = intents.map((intent) => ({
    ...rowOf(store, intent),
    ...store.sealed('entries', {
      ...noOutcome,
      unsettled_since: moment(intent.underWayUntil ?? intent.createdAt),
    }),
  }));
  await store.write(inPieces(rows).map((piece) => begun(store, piece)));
}

const begun = builtOnce(({ tables }, rows: readonly Insertable<EntryTable>[]) =>
  tables.insertInto('entries').values(rows),
);

export async function finish(store: Store, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const facts = outcomes.flatMap(({ intent: { source, caller }, finishedAt, facts: those }) =>
    writesOf(store, those, { source, caller, at: finishedAt }),
  );
  await store.write([...finished(store, outcomes), ...facts]);
}

function finished(store: Store, outcomes: readonly Outcome[]): Query[] {
  const told = outcomes.map(({ intent, state, finishedAt, unsettledSince, answer }) => ({
    intent,
    known: store.sealed('entries', {
      state,
      finished_at: moment(finishedAt),
      unsettled_since: unsettledSince && moment(unsettledSince),
      answer,
    }),
  }));
  // One statement may change a row once.
  const last = new Map(told.map(({ intent, known }) => [intent.id, { ...rowOf(store, intent), ...known }]));
  return inPieces([...last.values()]).map((piece) => ended(store, piece));
}

const ended = builtOnce(({ tables, sealed }, rows: readonly Insertable<EntryTable>[]) =>
  tables
    .insertInto('entries')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(ofExcluded(Object.keys(sealed('entries', noOutcome))))),
);

export async function holder(store: Store, caller: string, mutation: string, key: string): Promise<Entry | null> {
  const order = { caller: toColumn(caller), mutation: toColumn(mutation), key: toColumn(key) };
  const [found] = await settled(store, held(store, [order]), toEntry);
  return found ?? null;
}

const held = builtOnce((store, [order]: readonly Pick<EntryTable, 'caller' | 'mutation' | 'key'>[]) =>
  all(store)
    .where('caller', '=', order!.caller)
    .where('mutation', '=', order!.mutation)
    .where('key', '=', order!.key)
    // As the index says it, so that it is found through that.
    .where('state', '<>', sql.lit('UNSENT')),
);

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

export async function entries(
  store: Store,
  { states, source, limit }: EntryFilter,
  onDamaged?: OnDamaged,
): Promise<Entry[]> {
  let query = all(store);
  if (states) query = query.where(store.isAmong('state', states));
  if (source !== undefined) query = query.where('source', '=', toColumn(source));
  return settled(store, query.orderBy('seq', 'desc').limit(limit), toEntry, onDamaged);
}

export async function unsettledSince(store: Store, source: string, group: Ref): Promise<Date | null> {
  const query = unsettled(store, [{ source: toColumn(source), group_key: refKey(group) }]);
  const moments = await settled(store, query, ({ unsettled_since }) => Number(unsettled_since));
  return moments.length > 0 ? new Date(Math.max(...moments)) : null;
}

const unsettled = builtOnce(({ rows }, [edited]: readonly { readonly source: string; readonly group_key: string }[]) =>
  // Its plan and its answer may be damaged, and the group open all the same.
  rows('entries', ['writer', ...stateColumns])
    .where('source', '=', edited!.source)
    .where('group_key', '=', edited!.group_key)
    .where('unsettled_since', 'is not', null),
);

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

function all({ rows }: Store) {
  return rows('entries', columns);
}

function rowOf(
  { writer, sealed }: Store,
  { id, caller, mutation, key, fingerprint, source, group, createdAt, plan }: Intent,
) {
  return sealed('entries', {
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
  });
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
