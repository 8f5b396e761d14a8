import { mapped, type RestCall } from '../http/rest-call.js';
import { Slot } from '../memory/slot.js';
import type { Adapter, Collection, GroupRow, Page, Path } from '../vendors/vendor.js';
import { isSameName } from '../writes/as-meant.js';
import type { GroupsBefore } from '../writes/expectation.js';

/** For so long what was seen says what there was; after that, somebody else may well have made a group. */
const FRESH_MS = 60_000;
/** Callers may name scopes, so that the oldest go when there are more. */
const MOST_SCOPES = 1_000;

interface Seen {
  readonly groups: readonly Pick<GroupRow, 'name' | 'path'>[];
  /** The highest number that a group ever had here; 0 where they are not numbered. */
  readonly highest: number;
  /** When what was seen was asked for, in milliseconds of `Date.now()`. */
  readonly at: number;
}

/**
 * The groups of one source as its lists showed them last, whoever read them: remembered from one request to the next, so that
 * a group that was made just now can be told from an older one, and no read before it is needed for that.
 */
export class RecentGroups {
  readonly adapter: Adapter;
  readonly #seen = new Map<string, Seen>();
  readonly #isNumbered: boolean;
  /** Whether groups are made here by a call, and seen in lists. */
  readonly #isWatched: boolean;
  /** By rows that may come again. */
  readonly #told = new Slot<readonly GroupRow[], Pick<Seen, 'groups' | 'highest'>>();

  /** `adapter` becomes one whose whole lists of groups are remembered as they are read. */
  constructor(adapter: Adapter) {
    const { groups, commands } = adapter;
    const watched = 'within' in groups && groups.pages && commands.createGroup ? groups : null;
    this.#isWatched = watched !== null;
    this.#isNumbered = watched?.isNumbered === true;
    this.adapter = watched ? { ...adapter, groups: this.#watched(watched) } : adapter;
  }

  /** A whole list was read, which was asked for then. Reads tell it: their calls are sent again, and may be answered by what was parsed before. */
  seen(scope: Path, { rows, readAt }: { readonly rows: readonly GroupRow[]; readonly readAt: Date | null }): void {
    const at = readAt!.getTime();
    const before = this.#seen.get(keyOf(scope));
    if (!this.#isWatched || at < (before?.at ?? 0)) return;
    let told = this.#told.get(rows);
    if (!told) {
      const highest = rows.reduce((most, { path }) => Math.max(most, this.#numberOf(path)), 0);
      this.#told.set(rows, (told = { groups: rows.map(({ name, path }) => ({ name, path })), highest }));
    }
    this.#note(scope, { groups: told.groups, highest: Math.max(told.highest, before?.highest ?? 0), at });
  }

  /** A create was sent after `since`, and was answered with this group. */
  made(scope: Path, { name, path }: GroupRow, since: number): void {
    const seen = this.#seen.get(keyOf(scope));
    const number = this.#numberOf(path);
    // Where they are numbered, whatever has a higher number is taken to have been made later than this.
    if (this.#isNumbered && number > (seen?.highest ?? 0))
      this.#note(scope, { groups: seen?.groups ?? [], highest: number, at: Math.max(seen?.at ?? 0, since) });
    else if (seen && !this.#isNumbered) this.#note(scope, { ...seen, groups: [...seen.groups, { name, path }] });
  }

  /** What is known to somebody who is about to make a group of that name; null where nobody has looked within a minute. */
  before(scope: Path, name: string): GroupsBefore | null {
    const seen = this.#seen.get(keyOf(scope));
    if (!seen || seen.at < Date.now() - FRESH_MS) return null;
    const namesakes = seen.groups.filter((group) => isSameName(group.name, name)).map(({ path }) => path);
    return { namesakes, highest: this.#isNumbered ? seen.highest : null };
  }

  #watched(groups: Collection<GroupRow>): Collection<GroupRow> {
    return { ...groups, pages: (scope) => this.#noting(groups.pages!(scope), scope, [], new Date()) };
  }

  /** The same list, noted once its last page has come: where a write looks at it. */
  #noting(
    call: RestCall<Page<GroupRow>>,
    scope: Path,
    before: readonly GroupRow[],
    at: Date,
  ): RestCall<Page<GroupRow>> {
    return mapped(call, (page) => {
      const rows = [...before, ...page.rows];
      if (page.next) return { ...page, next: this.#noting(page.next, scope, rows, at) };
      this.seen(scope, { rows, readAt: at });
      return page;
    });
  }

  #note(scope: Path, seen: Seen): void {
    const key = keyOf(scope);
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_SCOPES && oldest !== undefined) this.#seen.delete(oldest);
  }

  #numberOf(path: Path): number {
    return this.#isNumbered ? Number(path.at(-1)) : 0;
  }
}

function keyOf(scope: Path): string {
  return JSON.stringify(scope);
}
