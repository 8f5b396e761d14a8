import type { Entry, EntryFilter, Intent, Outcome } from '../../src/ledger/journal.js';
import {
  refKey,
  type Fact,
  type GroupRow,
  type MemberRef,
  type Ref,
  type TesterRow,
} from '../../src/vendors/vendor.js';
import { entryOf, standing } from '../support/ledger-writer.js';

/** When a ledger noticed that a process had ended: at no moment that a test names. */
export const noticed = new Date('2999-01-01T00:00:00.000Z');

/** What is remembered of one source, in a few lines: what was written last, and who was put in first. */
export class FactsModel {
  readonly groups = new Map<string, { row: GroupRow; writtenAt: Date }>();
  readonly testers = new Map<string, { row: TesterRow; writtenAt: Date }>();
  readonly memberships = new Map<string, { group: Ref; member: MemberRef; writtenAt: Date }>();

  remember(facts: readonly Fact[], writtenAt: Date): void {
    for (const fact of facts) {
      if (fact.kind === 'group') this.groups.set(refKey(fact.row), { row: fact.row, writtenAt });
      else if (fact.kind === 'tester') this.testers.set(refKey(fact.row), { row: fact.row, writtenAt });
      else this.#move(fact, writtenAt);
    }
  }

  #move(fact: Extract<Fact, { member: MemberRef }>, writtenAt: Date): void {
    const { kind, group, member } = fact;
    const key = refKey(group) + refKey(member);
    if (kind === 'departure') this.memberships.delete(key);
    else if (!this.memberships.has(key)) this.memberships.set(key, { group, member, writtenAt });
    const known = this.groups.get(refKey(group));
    if (known) this.groups.set(refKey(group), { ...known, writtenAt });
  }
}

/** The journal in a few lines. `begin` and `finish` answer whether all keys were free; else they do nothing. */
export class JournalModel {
  /** In the order in which they were entered. */
  #entries: Entry[] = [];

  begin(intents: readonly Intent[]): boolean {
    return this.#enter(intents.map(standing));
  }

  finish(outcomes: readonly Outcome[]): boolean {
    return this.#enter(outcomes.map(entryOf));
  }

  #enter(added: readonly Entry[]): boolean {
    const after = [...this.#entries];
    for (const entry of added) {
      const place = after.findIndex(({ id }) => id === entry.id);
      if (place < 0) after.push(entry);
      else after[place] = entry;
      const held = after.filter((other) => other.state !== 'UNSENT' && other.key === entry.key);
      if (held.length > 1) return false;
    }
    this.#entries = after;
    return true;
  }

  restart(): void {
    const ended = { state: 'UNKNOWN', finishedAt: noticed, unsettledSince: noticed } as const;
    this.#entries = this.#entries.map((entry) => (entry.state === 'INTENT' ? { ...entry, ...ended } : entry));
  }

  prune(before: Date): number {
    const kept = this.#entries.filter(({ finishedAt }) => finishedAt === null || finishedAt >= before);
    const forgotten = this.#entries.length - kept.length;
    this.#entries = kept;
    return forgotten;
  }

  holder(key: string): Entry | null {
    return this.#entries.find((entry) => entry.key === key && entry.state !== 'UNSENT') ?? null;
  }

  newest(key: string): Entry | null {
    const sorted = this.#entries.filter((entry) => entry.key === key).toReversed();
    return sorted.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0] ?? null;
  }

  entries({ states, source, limit }: EntryFilter): Entry[] {
    const found = this.#entries.filter(
      (entry) => (states?.includes(entry.state) ?? true) && (source === undefined || entry.source === source),
    );
    return found.toReversed().slice(0, limit);
  }

  unsettledSince(source: string, group: Ref): Date | null {
    const moments = this.#entries.flatMap((entry) => {
      const isHis = entry.source === source && entry.group !== null && refKey(entry.group) === refKey(group);
      const since = entry.state === 'INTENT' ? entry.createdAt : entry.unsettledSince;
      return isHis && since ? [since.getTime()] : [];
    });
    return moments.length > 0 ? new Date(Math.max(...moments)) : null;
  }

  has(id: string): boolean {
    return this.#entries.some((entry) => entry.id === id);
  }
}
