/** Groups, testers and memberships: how they are written into the tables, and found there. */
import { refKey, type Fact, type MemberRef, type Ref } from '../vendors/vendor.js';
import { refOfKey, type RememberedGroup, type RememberedMember, type RememberedTester } from './ledger.js';
import { toColumn, toGroupRow, toMember, toMemberText, toTesterRow, toText } from './rows.js';
import { inPieces, ofExcluded, type Query, type Store } from './store.js';

/** Who wrote facts, of which source, and when. */
export interface Writing {
  readonly source: string;
  readonly caller: string;
  readonly at: Date;
}

export function groups(store: Store, source: string): Promise<RememberedGroup[]> {
  return store.read(rowsOf(store, 'groups', source), toGroup);
}

export async function group(store: Store, source: string, ref: Ref): Promise<RememberedGroup | null> {
  const [found] = await store.read(rowsOf(store, 'groups', source).where('key', '=', refKey(ref)), toGroup);
  return found ?? null;
}

export function testers(store: Store, source: string): Promise<RememberedTester[]> {
  return store.read(rowsOf(store, 'testers', source), ({ row, written_at }) => ({
    row: toTesterRow(row),
    writtenAt: new Date(written_at),
  }));
}

export async function members(store: Store, source: string, of: readonly Ref[]) {
  const found = new Map<string, RememberedMember[]>(of.map((ref) => [refKey(ref), []]));
  const query = membershipsOf(store, source).where(store.isAmong('group_key', [...found.keys()]));
  await store.read(query, ({ group_key, member, written_at }) =>
    found.get(group_key)?.push({ member: toMember(member), writtenAt: new Date(written_at) }),
  );
  return found;
}

export function groupsOf(store: Store, source: string, member: Ref): Promise<Ref[]> {
  const query = membershipsOf(store, source).where('member_key', '=', refKey(member));
  return store.read(query, ({ group_key }) => refOfKey(group_key));
}

/** What writes them all; several facts about the same thing come to what they come to in their order. */
export function writesOf(store: Store, facts: readonly Fact[], { source, caller, at }: Writing): Query[] {
  if (facts.length === 0) return [];
  const written = { source: toColumn(source), caller: toColumn(caller), written_at: at.toISOString() };
  return [
    // Two that wrote the same rows in different orders would wait for each other.
    ...(store.alone ? [store.alone(`facts of ${source}`)] : []),
    ...rowWrites(store, 'groups', facts, written),
    ...rowWrites(store, 'testers', facts, written),
    ...departures(store, facts, written),
    ...memberships(store, facts, written),
    ...touches(store, facts, written),
  ];
}

type Written = { readonly source: string; readonly caller: string; readonly written_at: string };

function rowWrites(
  { tables, sealed }: Store,
  table: 'groups' | 'testers',
  facts: readonly Fact[],
  written: Written,
): Query[] {
  const kind = table === 'groups' ? 'group' : 'tester';
  const rows = facts.flatMap((fact) => (fact.kind === kind ? [[refKey(fact.row), toText(fact.row)] as const] : []));
  const values = [...new Map(rows)].map(([key, row]) => sealed(table, { ...written, key, row }));
  return inPieces(values).map((piece) =>
    tables
      .insertInto(table)
      .values(piece)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'key'])
          .doUpdateSet(ofExcluded(Object.keys(piece[0]!).filter((column) => column !== 'source' && column !== 'key'))),
      ),
  );
}

type Moved = Extract<Fact, { readonly member: MemberRef }>;

function movesOf(facts: readonly Fact[]): Moved[] {
  return facts.filter((fact) => fact.kind === 'membership' || fact.kind === 'departure');
}

/** Before the memberships: who went and came again is in since he came again. */
function departures({ tables, isAmong }: Store, facts: readonly Fact[], { source }: Written): Query[] {
  const gone = new Map<string, string[]>();
  for (const { kind, group: left, member } of movesOf(facts)) {
    if (kind !== 'departure') continue;
    const key = refKey(left);
    gone.set(key, [...(gone.get(key) ?? []), refKey(member)]);
  }
  return [...gone].map(([key, those]) =>
    tables
      .deleteFrom('memberships')
      .where('source', '=', source)
      .where('group_key', '=', key)
      .where(isAmong('member_key', those)),
  );
}

function memberships({ tables, sealed }: Store, facts: readonly Fact[], written: Written): Query[] {
  const last = new Map(movesOf(facts).map((fact) => [JSON.stringify([refKey(fact.group), refKey(fact.member)]), fact]));
  const there = [...last.values()].filter(({ kind }) => kind === 'membership');
  return inPieces(there).map((piece) =>
    tables
      .insertInto('memberships')
      .values(
        piece.map(({ group: of, member }) =>
          sealed('memberships', {
            ...written,
            group_key: refKey(of),
            member_key: refKey(member),
            member: toMemberText(member),
          }),
        ),
      )
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** A membership written or ended is a write of its group too. */
function touches({ tables, isAmong, sealed }: Store, facts: readonly Fact[], { source, written_at }: Written): Query[] {
  const touched = new Set(movesOf(facts).map((fact) => refKey(fact.group)));
  if (touched.size === 0) return [];
  const touch = tables.updateTable('groups').set(sealed('groups', { written_at }));
  return [touch.where('source', '=', source).where(isAmong('key', [...touched]))];
}

function rowsOf({ rows }: Store, table: 'groups' | 'testers', source: string) {
  return rows(table, ['source', 'key', 'row', 'caller', 'written_at']).where('source', '=', toColumn(source));
}

function membershipsOf({ rows }: Store, source: string) {
  return rows('memberships', ['source', 'group_key', 'member_key', 'member', 'caller', 'written_at']).where(
    'source',
    '=',
    toColumn(source),
  );
}

function toGroup({ row, written_at }: { readonly row: string; readonly written_at: string }): RememberedGroup {
  return { row: toGroupRow(row), writtenAt: new Date(written_at) };
}
