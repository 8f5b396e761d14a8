/** Who edited whose membership when, what he was told, and whether the list at the end can have come of that. */

/** What a caller was told of one member. `unknown`: nobody can say, and it may still take effect; `refused`: nothing was done. */
export type Fate = 'changed' | 'unchanged' | 'refused' | 'unknown';

/** One edit that has ended. Times are milliseconds of one clock. */
export interface Edited {
  readonly does: 'add' | 'remove';
  readonly from: number;
  readonly to: number;
  readonly fates: ReadonlyMap<string, Fate>;
}

/** Members whose end no order of the edits explains in which each took effect between its sending and its answer. */
export interface Findings {
  /** Not in the list, though they must be. */
  readonly lost: readonly string[];
  /** In the list, though they must not be. */
  readonly resurrected: readonly string[];
  /** As they may be at the end, but on the way somebody was told `changed` where nothing was to be changed, or the reverse. */
  readonly misinformed: readonly string[];
}

export const nothingFound: Findings = { lost: [], resurrected: [], misinformed: [] };

/** Holds a history against the list before and after it. */
export function findingsIn(history: readonly Edited[], before: readonly string[], after: readonly string[]): Findings {
  const [first, last] = [new Set(before), new Set(after)];
  const byMember = ordersByMember(history);
  const findings = { lost: [] as string[], resurrected: [] as string[], misinformed: [] as string[] };
  for (const member of new Set([...before, ...after, ...byMember.keys()])) {
    const orders = byMember.get(member) ?? [];
    const [was, is] = [first.has(member), last.has(member)];
    if (isExplained(orders, was, is, 'as told')) continue;
    const isPossible = isExplained(orders, was, is, 'whatever was told');
    findings[isPossible ? 'misinformed' : is ? 'resurrected' : 'lost'].push(member);
  }
  return findings;
}

/** One wish for one member. */
interface Wish {
  readonly wanted: boolean;
  readonly from: number;
  /** By when it has taken effect, if it ever does. */
  readonly to: number;
  readonly fate: Exclude<Fate, 'refused'>;
}

function ordersByMember(history: readonly Edited[]): ReadonlyMap<string, readonly Wish[]> {
  const byMember = new Map<string, Wish[]>();
  for (const { does, from, to, fates } of history) {
    for (const [member, fate] of fates) {
      if (fate === 'refused') continue;
      const wish = { wanted: does === 'add', from, to: fate === 'unknown' ? Infinity : to, fate };
      byMember.set(member, [...(byMember.get(member) ?? []), wish]);
    }
  }
  return byMember;
}

/** Looks for an order of the wishes, those of unknown fate left out at will, that leads from `was` to `is`. */
function isExplained(
  wishes: readonly Wish[],
  was: boolean,
  is: boolean,
  how: 'as told' | 'whatever was told',
): boolean {
  const seen = new Set<string>();
  const search = (left: readonly Wish[], now: boolean): boolean => {
    const due = left.filter(({ fate }) => fate !== 'unknown');
    if (due.length === 0 && now === is) return true;
    const key = `${now} ${left.map((wish) => wishes.indexOf(wish)).join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    // Whoever began after another had his answer comes after him.
    const latest = Math.min(...due.map(({ to }) => to));
    const next = left.filter(
      (wish) => wish.from <= latest && !isIdle(wish, now) && (how !== 'as told' || fits(wish, now)),
    );
    return next.some((wish) =>
      search(
        left.filter((other) => other !== wish),
        wish.wanted,
      ),
    );
  };
  return search(wishes, was);
}

function fits({ fate, wanted }: Wish, now: boolean): boolean {
  return fate === 'unknown' || (fate === 'changed') === (wanted !== now);
}

/** One of unknown fate that would change nothing may as well be left out. */
function isIdle({ fate, wanted }: Wish, now: boolean): boolean {
  return fate === 'unknown' && wanted === now;
}
