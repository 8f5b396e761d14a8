import { allGroups } from '../../graph/gather-groups.js';
import { withMembers, type Columns, type GroupWithMembers } from '../../graph/group-members.js';
import { failuresOf, groupColumns, membershipOf } from '../../graph/memberships.js';
import type { FromSource } from '../../graph/connections.js';
import { compareRefs } from '../../graph/order.js';
import type { Request } from '../../graph/request.js';
import type { Source } from '../../graph/sources.js';
import type { VendorError } from '../../http/errors.js';
import type { Known } from '../../reads/known.js';
import { refKey, type GroupRow, type MemberRef } from '../../vendors/vendor.js';
import type { RowValues } from './columns.js';
import { LookAhead } from './look-ahead.js';

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
  readonly groups: LookAhead<Known<GroupRow>, GroupWithMembers>;
  /** Some or all of the source's groups could not be listed. */
  readonly isShort: boolean;
}

/** The memberships of some sources, read for one dataset: in the order of the graph, as fast as they are taken. */
export class Reading {
  /** Sources whose rows are only what was written through here. */
  readonly ledgerSources: readonly string[];
  readonly #failures = new Map<Source, VendorError>();
  readonly #parts: readonly Part[];

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

  /** All rows, a part at a time. Throws `NotWhole` as soon as anything is known to be missing that may not be. */
  async *rows(): AsyncGenerator<readonly RowValues[]> {
    for (const { source, groups, isShort } of this.#parts) {
      for await (const group of groups) {
        for (const rows of rowsOf(group)) {
          this.#check();
          yield rows;
        }
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
    const groups = new LookAhead(ordered, groupsAhead, (group) => this.#readGroup(source, group));
    return { source, groups, isShort: gathered.failures.length > 0 };
  }

  async #readGroup(source: Source, group: Known<GroupRow>): Promise<GroupWithMembers> {
    const read = await withMembers(this.request, source, group, everything);
    this.request.reads(source).letGo('members', group.row);
    for (const failure of failuresOf(read)) if (!this.#failures.has(source)) this.#failures.set(source, failure);
    if (this.#isRefused) void this.stop();
    return read;
  }
}

/** Where groups name their members, all people are known by now: asked for at once, they cost the fewest calls. */
function askForPeople(request: Request, source: Source, groups: readonly Known<GroupRow>[]): void {
  if (source.adapter.members !== 'carried') return;
  const people = new Map<string, MemberRef>();
  for (const { row } of groups) for (const member of row.members ?? []) people.set(refKey(member), member);
  const reads = request.reads(source);
  const users = [...people.values()].filter(({ type }) => type === 'User');
  // What fails fails again for the groups that name them, where it is noted.
  void Promise.allSettled(users.map(({ path }) => reads.get('users', path)));
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
