import { allGroups } from '../../graph/gather-groups.js';
import { askForPeople, letGo, withMembers, type Columns, type GroupWithMembers } from '../../graph/group-members.js';
import { ReadAhead } from '../../graph/read-ahead.js';
import { failuresOf, groupColumns, membershipOf } from '../../graph/memberships.js';
import type { FromSource } from '../../graph/connections.js';
import { compareRefs } from '../../graph/order.js';
import type { Request } from '../../graph/request.js';
import type { Source } from '../../graph/sources.js';
import type { VendorError } from '../../http/errors.js';
import type { Known } from '../../reads/known.js';
import type { GroupRow } from '../../vendors/vendor.js';
import type { RowValues } from './columns.js';

/** How many groups' members are read before their rows are wanted, at each source. */
const groupsAhead = 16;
/** A group may have any number of members; its rows are handed on a part at a time. */
const rowsAtOnce = 500;

const everything: Columns = { details: true, organization: true, organizationName: true, projectName: true };

/** The rows would not be whole, and nobody asked for less. */
export class NotWhole extends Error {
  constructor() {
    super('the dataset would not be whole');
  }
}

interface Part {
  readonly source: Source;
  readonly groups: ReadAhead<Known<GroupRow>, GroupWithMembers>;
  /** Some or all of the source's groups could not be listed. */
  readonly isShort: boolean;
}

/** The memberships of some sources, read for one dataset: in the order of the graph, as fast as they are taken. */
export class Reading {
  /** Sources whose rows are only what was written through here. */
  readonly ledgerSources: readonly string[];
  readonly #failures = new Map<Source, VendorError>();
  readonly #parts: readonly Part[];
  #groupsRead = 0;

  /** Reads all group lists. */
  static async begin(request: Request, sources: readonly Source[], partial: boolean): Promise<Reading> {
    const answers = await Promise.all(
      sources.map(async (source) => ({ source, gathered: await allGroups(request, source) })),
    );
    return new Reading(request, answers, partial);
  }

  private constructor(
    private readonly request: Request,
    private readonly answers: readonly FromSource<GroupRow>[],
    private readonly partial: boolean,
  ) {
    this.ledgerSources = answers
      .filter(({ gathered }) => gathered.origin === 'LEDGER')
      .map(({ source }) => source.name);
    for (const { source, gathered } of answers) {
      if (gathered.failures[0]) this.#failures.set(source, gathered.failures[0]);
    }
    // A list that was remembered says nothing of its vendor: whether that fails too, only members tell.
    const worthReading = this.#isRefused ? answers.filter(({ gathered }) => gathered.origin === 'LEDGER') : answers;
    this.#parts = worthReading.map((answer) => this.#begin(answer));
  }

  /** Why it is not whole: the first failure of each source, sources as configured. */
  get failures(): readonly VendorError[] {
    return this.answers.map(({ source }) => this.#failures.get(source)).filter((failure) => failure !== undefined);
  }

  /** How many groups' rows have been handed on. */
  get groupsRead(): number {
    return this.#groupsRead;
  }

  get groupsInAll(): number {
    return this.#parts.reduce((sum, { groups }) => sum + groups.count, 0);
  }

  /** All rows, a part at a time. Throws `NotWhole` as soon as anything is known to be missing that may not be. */
  async *rows(): AsyncGenerator<readonly RowValues[]> {
    for (const { source, groups, isShort } of this.#parts) {
      for await (const group of groups) {
        for (const rows of rowsOf(group)) {
          this.#check();
          yield rows;
        }
        this.#groupsRead += 1;
      }
      if (isShort) yield [{ values: { source: source.name, vendor: source.vendor }, complete: false }];
    }
    this.#check();
  }

  /** Begins no further read; resolves when those under way have ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#parts.map(({ groups }) => groups.stop()));
  }

  get #isRefused(): boolean {
    return !this.partial && this.#failures.size > 0;
  }

  #check(): void {
    if (this.#isRefused) throw new NotWhole();
  }

  #begin({ source, gathered }: FromSource<GroupRow>): Part {
    const ordered = [...gathered.known].sort((a, b) => compareRefs(source, a.row, b.row));
    askForPeople(this.request, source, ordered);
    // What a group's own row names is at hand.
    const ahead = source.adapter.members === 'carried' ? 1 : groupsAhead;
    const groups = new ReadAhead(ordered, ahead, (group) => this.#readGroup(source, group));
    return { source, groups, isShort: gathered.failures.length > 0 };
  }

  async #readGroup(source: Source, group: Known<GroupRow>): Promise<GroupWithMembers> {
    const read = await withMembers(this.request, source, group, everything);
    letGo(this.request, source, group);
    for (const failure of failuresOf(read)) if (!this.#failures.has(source)) this.#failures.set(source, failure);
    if (this.#isRefused) void this.stop();
    return read;
  }
}

function* rowsOf(group: GroupWithMembers): Generator<readonly RowValues[]> {
  const { source, members, failure, placeFailure } = group;
  const shared = groupColumns(group);
  if (failure) {
    yield [{ values: { source: source.name, vendor: source.vendor, ...shared }, complete: false }];
    return;
  }
  for (let at = 0; at < members.length; at += rowsAtOnce) {
    yield members.slice(at, at + rowsAtOnce).map((member) => ({
      values: membershipOf(group, member, shared),
      complete: placeFailure === null && member.failure === null,
    }));
  }
}
