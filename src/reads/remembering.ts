import DataLoader from 'dataloader';
import type { Ledger } from '../ledger/ledger.js';
import { refKey, type GroupRow, type MemberRef, type Ref, type Remembered, type TesterRow } from '../vendors/vendor.js';
import { nothing, oldest, type Gathered, type Known } from './known.js';

/** One request's reads of what no vendor tells: rows that the ledger remembers, and rows that the configuration names. */
export class Remembering {
  readonly #rows = new Map<string, Promise<Gathered<GroupRow | TesterRow>>>();
  readonly #members: DataLoader<Ref, readonly Known<MemberRef>[], string>;

  constructor(
    private readonly ledger: Ledger,
    private readonly source: string,
    /** Since when the configuration's rows are known. */
    private readonly started: Date,
  ) {
    this.#members = new DataLoader((groups) => this.#readMembers(groups), { cacheKeyFn: refKey });
  }

  all(
    noun: 'groups' | 'testers',
    remembered: Remembered<GroupRow | TesterRow>,
  ): Promise<Gathered<GroupRow | TesterRow>> {
    let rows = this.#rows.get(noun);
    if (!rows) this.#rows.set(noun, (rows = this.#readRows(noun, remembered)));
    return rows;
  }

  /** Who was put into a group through here. */
  members({ type, path }: Ref): Promise<readonly Known<MemberRef>[]> {
    return this.#members.load({ type, path });
  }

  /** The groups that somebody was put into through here, known or not. */
  groupsOf(member: Ref): Promise<readonly Ref[]> {
    return this.ledger.groupsOf(this.source, member);
  }

  /** What was written through here is newer than what the configuration says of the same. */
  async #readRows(
    noun: 'groups' | 'testers',
    remembered: Remembered<GroupRow | TesterRow>,
  ): Promise<Gathered<GroupRow | TesterRow>> {
    const written = noun === 'testers' ? await this.ledger.testers(this.source) : await this.ledger.groups(this.source);
    const known = written.map(({ row, writtenAt }): Known<GroupRow | TesterRow> => ({
      row,
      at: writtenAt,
      origin: 'LEDGER',
    }));
    const keys = new Set(known.map(({ row }) => refKey(row)));
    for (const row of remembered.configured ?? []) {
      if (!keys.has(refKey(row))) known.push({ row, at: this.started, origin: 'CONFIGURATION' });
    }
    return { ...nothing('LEDGER'), known, note: remembered.note, readAt: oldest(known.map(({ at }) => at)) };
  }

  async #readMembers(groups: readonly Ref[]): Promise<(readonly Known<MemberRef>[])[]> {
    const members = await this.ledger.members(this.source, groups);
    return groups.map((group) =>
      (members.get(refKey(group)) ?? []).map(({ member, writtenAt }) => ({
        row: member,
        at: writtenAt,
        origin: 'LEDGER',
      })),
    );
  }
}
