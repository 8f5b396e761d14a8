/** A ledger over a store: what each of its promises comes to in facts and entries. */
import * as journal from './entries.js';
import * as facts from './facts.js';
import type { Journal, JournalReader } from './journal.js';
import type { Ledger } from './ledger.js';
import type { Store } from './store.js';

/** All of a ledger but how it is shared and closed. */
export function ledgerOver(store: Store): Omit<Ledger, 'lock' | 'isShared' | 'close'> {
  return {
    ...journalOver(store),
    groups: (source) => facts.groups(store, source),
    group: (source, ref) => facts.group(store, source, ref),
    testers: (source) => facts.testers(store, source),
    members: (source, groups) => facts.members(store, source, groups),
    groupsOf: (source, member) => facts.groupsOf(store, source, member),
    remember: async (source, caller, those, at) => {
      const queries = facts.writesOf(store, those, { source, caller, at });
      if (queries.length > 0) await store.write(queries);
    },
  };
}

function journalOver(store: Store): Omit<Journal, 'close'> {
  return {
    ...readerOver(store),
    holder: (caller, mutation, key) => journal.holder(store, caller, mutation, key),
    begin: (intents) => journal.begin(store, intents),
    finish: (outcomes) => journal.finish(store, outcomes),
    unsettledSince: (source, group) => journal.unsettledSince(store, source, group),
    prune: (before) => journal.prune(store, before),
  };
}

export function readerOver(store: Store): Omit<JournalReader, 'close'> {
  return {
    newest: (key, of) => journal.newest(store, key, of),
    entries: (filter, onDamaged) => journal.entries(store, filter, onDamaged),
  };
}
