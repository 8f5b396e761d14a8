/** The embedded ledger: one SQLite file, WAL, synced at every commit; or `:memory:` for the sandbox. */
import type Database from 'libsql';
import { Kysely, SqliteDialect, sql, type CompiledQuery } from 'kysely';
import { refKey, type Fact } from '../vendors/vendor.js';
import { openFile } from './file.js';
import { refOfKey, type Ledger, type RememberedMember } from './ledger.js';
import { refusing } from './refusals.js';
import { toColumn, toGroupRow, toMember, toMemberText, toTesterRow, toText } from './rows.js';
import { inOneTransaction, type Tables } from './schema.js';

/** Opens the ledger, making the file (for its owner alone) when there is none. What cannot be opened is a `LedgerError`. */
export function openLedger(file: string): Promise<Ledger> {
  return refusing(file, async () => ledgerOver(await openFile(file), file));
}

function ledgerOver(database: Database.Database, file: string): Ledger {
  const tables = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });

  return {
    groups: (source) =>
      refusing(file, async () => {
        const rows = await rowsOf(tables, 'groups', source).execute();
        return rows.map(({ row, written_at }) => ({ row: toGroupRow(row), writtenAt: new Date(written_at) }));
      }),

    group: (source, ref) =>
      refusing(file, async () => {
        const [found] = await rowsOf(tables, 'groups', source).where('key', '=', refKey(ref)).execute();
        return found ? { row: toGroupRow(found.row), writtenAt: new Date(found.written_at) } : null;
      }),

    testers: (source) =>
      refusing(file, async () => {
        const rows = await rowsOf(tables, 'testers', source).execute();
        return rows.map(({ row, written_at }) => ({ row: toTesterRow(row), writtenAt: new Date(written_at) }));
      }),

    members: (source, groups) =>
      refusing(file, async () => {
        const members = new Map<string, RememberedMember[]>(groups.map((group) => [refKey(group), []]));
        const rows = await tables
          .selectFrom('memberships')
          .select(['group_key', 'member', 'written_at'])
          .where('source', '=', toColumn(source))
          .where('group_key', 'in', oneOf([...members.keys()]))
          .execute();
        for (const { group_key, member, written_at } of rows) {
          members.get(group_key)?.push({ member: toMember(member), writtenAt: new Date(written_at) });
        }
        return members;
      }),

    groupsOf: (source, member) =>
      refusing(file, async () => {
        const rows = await tables
          .selectFrom('memberships')
          .select('group_key')
          .where('source', '=', toColumn(source))
          .where('member_key', '=', refKey(member))
          .execute();
        return rows.map((row) => refOfKey(row.group_key));
      }),

    remember: (source, caller, facts, at) =>
      refusing(file, () => {
        const written = { source: toColumn(source), caller: toColumn(caller), written_at: at.toISOString() };
        const queries = [...facts.map((fact) => writeOf(tables, fact, written)), touchOf(tables, facts, written)];
        inOneTransaction(database, () => {
          for (const query of queries) database.prepare(query.sql).run(query.parameters);
        });
      }),

    close: async () => {
      await tables.destroy();
      putIntoOneFile(database);
      // Kysely closes only what it has read from.
      database.close();
    },
  };
}

/** What is in the -wal goes into the file itself, so that a copy of that alone is whole; busy or full, it may stay there. */
function putIntoOneFile(database: Database.Database): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Nothing is lost: the next one to open the file reads the -wal.
  }
}

function rowsOf(tables: Kysely<Tables>, table: 'groups' | 'testers', source: string) {
  return tables.selectFrom(table).select(['row', 'written_at']).where('source', '=', toColumn(source));
}

type Written = Pick<Tables['groups'], 'source' | 'caller' | 'written_at'>;

function writeOf(tables: Kysely<Tables>, fact: Fact, written: Written): CompiledQuery {
  if (fact.kind === 'membership') {
    const [group_key, member_key] = [refKey(fact.group), refKey(fact.member)];
    return tables
      .insertInto('memberships')
      .values({ ...written, group_key, member_key, member: toMemberText(fact.member) })
      .onConflict((conflict) => conflict.doNothing())
      .compile();
  }
  const replaced = { ...written, row: toText(fact.row) };
  return tables
    .insertInto(fact.kind === 'group' ? 'groups' : 'testers')
    .values({ ...replaced, key: refKey(fact.row) })
    .onConflict((conflict) => conflict.columns(['source', 'key']).doUpdateSet(replaced))
    .compile();
}

/** A membership written is a write of its group too. */
function touchOf(tables: Kysely<Tables>, facts: readonly Fact[], { source, written_at }: Written): CompiledQuery {
  const groups = new Set(facts.flatMap((fact) => (fact.kind === 'membership' ? [refKey(fact.group)] : [])));
  return tables
    .updateTable('groups')
    .set({ written_at })
    .where('source', '=', source)
    .where('key', 'in', oneOf([...groups]))
    .compile();
}

/** Any number of texts in one parameter. */
function oneOf(texts: readonly string[]) {
  return sql<string>`(select value from json_each(${JSON.stringify(texts)}))`;
}
