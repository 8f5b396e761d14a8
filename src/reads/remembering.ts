import DataLoader from 'dataloader';
import { VendorError, type Whom } from '../http/errors.js';
import { LedgerError, type Ledger, type RememberedGroup, type RememberedTester } from '../ledger/ledger.js';
import { refKey, type GroupRow, type MemberRef, type Ref, type Remembered, type TesterRow } from '../vendors/vendor.js';
import { nothing, oldest, type Gathered, type Known } from './known.js';

/** One request's reads of what no vendor tells: rows that the ledger remembers, and rows that the configuration names. */
export class Remembering {
  readonly #rows = new Map<string, Promise<Gathered<GroupRow | TesterRow>>>();
  readonly #members: DataLoader<Ref, readonly Known<MemberRef>[], string>;

  constructor(
    private readonly ledger: Ledger,
    private readonly whom: Whom,
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
    return this.#told((ledger, source) => ledger.groupsOf(source, member));
  }

  /** What was written through here is newer than what the configuration says of the same. */
  async #readRows(
    noun: 'groups' | 'testers',
    remembered: Remembered<GroupRow | TesterRow>,
  ): Promise<Gathered<GroupRow | TesterRow>> {
    const [written, failures] = await this.#written(noun);
    const known = written.map(({ row, writtenAt }): Known<GroupRow | TesterRow> => ({
      row,
      at: writtenAt,
      origin: 'LEDGER',
    }));
    const keys = new Set(known.map(({ row }) => refKey(row)));
    for (const row of remembered.configured ?? []) {
      if (!keys.has(refKey(row))) known.push({ row, at: this.started, origin: 'CONFIGURATION' });
    }
    const gaveNothing = failures.length > 0 && known.length === 0;
    const readAt = oldest(known.map(({ at }) => at));
    return { ...nothing('LEDGER'), known, failures, gaveNothing, note: remembered.note, readAt };
  }

  /** What was written through here, or why it cannot be told: the configuration's rows are there all the same. */
  async #written(
    noun: 'groups' | 'testers',
  ): Promise<readonly [readonly (RememberedGroup | RememberedTester)[], readonly VendorError[]]> {
    try {
      return [
        await this.#told<readonly (RememberedGroup | RememberedTester)[]>((ledger, source) => ledger[noun](source)),
        [],
      ];
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      return [[], [error]];
    }
  }

  async #readMembers(groups: readonly Ref[]): Promise<(readonly Known<MemberRef>[])[]> {
    const members = await this.#told((ledger, source) => ledger.members(source, groups));
    return groups.map((group) =>
      (members.get(refKey(group)) ?? []).map(({ member, writtenAt }) => ({
        row: member,
        at: writtenAt,
        origin: 'LEDGER',
      })),
    );
  }

  /** Where the ledger cannot be read, that is a failure of this source: the others have their own rows. */
  async #told<T>(ask: (ledger: Ledger, source: string) => Promise<T>): Promise<T> {
    try {
      return await ask(this.ledger, this.whom.source);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      throw new VendorError('LEDGER_UNAVAILABLE', this.whom, null, null, error);
    }
  }
}
