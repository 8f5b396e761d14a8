import { expect } from 'vitest';
import type { LedgerState } from '../../../schema/enums.js';
import type { JournalEntry } from '../../../src/sandbox/journal.js';
import type { Edit, Telling } from './edit.js';
import type { Order, Payload } from './orders.js';
import { places, type GroupState, type Member, type Place } from './vendors.js';
import type { World } from './world.js';

/** What must be so of a group. */
export interface GroupBook {
  state: GroupState;
  /** Of whom it was said, and undone by nobody since, that he is in the group or out of it. */
  readonly acknowledged: Map<Member, boolean>;
  /** The value that it was said to have been given, as far as nothing has made that uncertain since. */
  acknowledgedValue: number | null;
  /** In milliseconds of `Date.now()`. */
  shutUntil: number;
}

/** What a key that is held has led to. */
export interface KeyBook {
  readonly order: Order;
  readonly edit: Edit;
  state: Exclude<LedgerState, 'UNSENT'>;
  /** What its callers were answered, and always will be; null where nobody was. */
  payload: Payload | null;
  /** What the first who hears of it must be told; null where that cannot be known. */
  readonly telling: Telling | null;
  /** What can be looked for at the vendor; null where that cannot be known. */
  readonly expected: ReadonlyMap<Member, boolean> | 'its value' | null;
}

/** What is told of what was begun, and of which nobody knows how it ended. */
export const unknown: Telling = { failure: 'OUTCOME_UNKNOWN', fates: new Map(), confirmedBy: 'UNKNOWN' };

/** The model: the groups as they must be, what has been said of them, and the keys that are held. */
export class Books {
  readonly groups: Readonly<Record<Place, GroupBook>>;
  /** Writes that were left unanswered, and that the vendor has still to do. */
  late: readonly JournalEntry[] = [];
  readonly #keys = new Map<string, KeyBook>();
  #fresh = 0;

  constructor(private readonly world: World) {
    const bookOf = (place: Place): GroupBook => ({
      state: world.group(place),
      acknowledged: new Map(),
      acknowledgedValue: null,
      shutUntil: 0,
    });
    this.groups = { 0: bookOf(0), 1: bookOf(1) };
  }

  /** A key that nobody has used. */
  freshKey(): string {
    this.#fresh += 1;
    return `fresh-${this.#fresh}`;
  }

  /** What holds the key of an order, if anything does. */
  heldBy({ caller, mutation, input }: Order): KeyBook | undefined {
    return this.#keys.get(scopeOf(caller, mutation, input.idempotencyKey ?? ''));
  }

  /** All that is held, in the order in which it came. */
  get held(): readonly KeyBook[] {
    return [...this.#keys.values()];
  }

  hold(book: KeyBook): void {
    const { caller, mutation, input } = book.order;
    this.#keys.set(scopeOf(caller, mutation, input.idempotencyKey!), book);
  }

  isShut(place: Place): boolean {
    return this.groups[place].shutUntil > Date.now();
  }

  shut(place: Place): void {
    this.groups[place].shutUntil = Date.now() + this.world.settleMs;
  }

  /** It may be shut for longer than must be. */
  async shutAtLeast(place: Place): Promise<void> {
    if (!(await this.world.isShut(place))) return;
    const group = this.groups[place];
    group.shutUntil = Math.max(group.shutUntil, Date.now() + (await this.world.shutMs(place)));
  }

  /** What a process left under way is open from now on. */
  restarted(): void {
    for (const book of this.#keys.values()) {
      if (book.state !== 'INTENT') continue;
      book.state = 'UNKNOWN';
      this.shut(book.edit.place);
    }
  }

  /** Remembers what the vendor has let lie. It must find its group shut, so that nothing newer is there for it to undo. */
  letLie(requests: readonly JournalEntry[]): void {
    this.late = [...this.late, ...requests];
  }

  /** The vendor does what it has let lie. */
  doLate(): void {
    for (const request of this.late) this.world.server.box.handle(request);
    this.late = [];
    for (const place of places) this.adopt(place);
  }

  /** Takes a group as it is at the vendor, where that could not be told in advance. */
  adopt(place: Place): GroupState {
    return (this.groups[place].state = this.world.group(place));
  }

  /** Entries of the ledger whose keys are held by nobody in the books. */
  async unbooked(): Promise<readonly string[]> {
    const entries = await this.#held();
    return entries.filter(({ scope }) => !this.#keys.has(scope)).map(({ key }) => key);
  }

  /** Holds the vendor and the ledger against what must be so. */
  async expectAgreement(): Promise<void> {
    const { world } = this;
    for (const place of places) {
      const { state, acknowledged, acknowledgedValue } = this.groups[place];
      const now = world.group(place);
      const broken = [...acknowledged].filter(([member, isIn]) => now.members.has(member) !== isIn);
      expect(broken, `what was acknowledged of group ${place} and is not so`).toEqual([]);
      expect([now.value, null], `the value that was acknowledged of group ${place}`).toContain(acknowledgedValue);
      expect(sorted(now), `group ${place} at the vendor`).toEqual(sorted(state));
      expect(await world.isShut(place), `whether group ${place} is shut`).toBe(this.isShut(place));
    }
    const entries = (await this.#held()).map(({ scope, state }) => [scope, state]);
    const booked = [...this.#keys].map(([scope, { state }]) => [scope, state]);
    expect(entries.toSorted(), 'the entries that hold their keys').toEqual(booked.toSorted());
    expect(world.server.failures).toEqual([]);
  }

  async #held() {
    const entries = (await this.world.entries()).filter(({ state }) => state !== 'UNSENT');
    return entries.map(({ caller, mutation, key, state }) => ({ scope: scopeOf(caller, mutation, key), key, state }));
  }
}

function scopeOf(caller: string, mutation: string, key: string): string {
  return JSON.stringify([caller, mutation, key]);
}

function sorted({ members, value }: GroupState) {
  return { members: [...members].toSorted(), value };
}
