import type { Cell, Measured, Setting } from './cells.js';
import type { Sharing } from './contestants.js';

type Name = Cell['question'];
type Figure = 'perSecond' | 'p50' | 'cpu' | 'calls';

/** What is wanted of Rollcall beside somebody else in the same run: its figure as a multiple of theirs. */
interface Goal {
  readonly what: string;
  readonly ours: number | undefined;
  readonly theirs: number | undefined;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const alone = { callers: 1, latencyMs: 0 };
const far = { callers: 1, latencyMs: 20 };
const crowd = { callers: 32, latencyMs: 0, differing: true };

/** How the run stands beside what is wanted, a line for each goal. */
export function goalsOf(measured: readonly Measured[]): readonly string[] {
  const cells = measured.flatMap((one) => one.cells);
  const find = (who: string, sharing: Sharing, question: Name, at: Partial<Setting>, figure: Figure) =>
    cells.find(
      (cell) =>
        cell.contestant === who &&
        cell.sharing === sharing &&
        cell.question === question &&
        Object.entries(at).every(([key, value]) => cell[key as keyof Setting] === value),
    )?.[figure];
  const ours = (question: Name, at: Partial<Setting>, figure: Figure, sharing: Sharing = 'nothing') =>
    find('Rollcall', sharing, question, at, figure);
  const goals: Goal[] = [];
  for (const [question, calls] of [
    ['Q1', 128],
    ['Q2', 3],
    ['Q3', 53],
  ] as const) {
    goals.push({ what: `${question} calls, c=1`, ours: ours(question, alone, 'calls'), theirs: calls, atMost: 1 });
    goals.push({
      what: `${question} calls, c=1, cached`,
      ours: ours(question, alone, 'calls', 'a cache'),
      theirs: calls,
      atMost: 0,
    });
    goals.push(cpuGoal(question, 'nothing'), cpuGoal(question, 'a cache'));
  }
  for (const [question, most] of [
    ['Q1', 10],
    ['Q2', 1.2],
    ['Q3', 5],
  ] as const)
    goals.push({
      what: `${question} calls, c=32 differing`,
      ours: ours(question, crowd, 'calls'),
      theirs: most,
      atMost: 1,
    });
  goals.push(
    {
      what: 'Q1 p50 at 20 ms, of the floor',
      ours: ours('Q1', far, 'p50'),
      theirs: find('floor', 'nothing', 'Q1', far, 'p50'),
      atMost: 1.1,
    },
    { what: 'Q2 p50 at 20 ms, of 30 ms', ours: ours('Q2', far, 'p50'), theirs: 30, atMost: 1 },
    {
      what: 'Q3 p50 at 20 ms, of yoga',
      ours: ours('Q3', far, 'p50'),
      theirs: find('yoga', 'nothing', 'Q3', far, 'p50'),
      atMost: 0.7,
    },
  );
  for (const [question, least] of [
    ['Q1', 2.5],
    ['Q3', 4],
  ] as const) {
    const theirs = find('yoga', 'reads in flight', question, crowd, 'perSecond');
    goals.push({
      what: `${question} ops/s, c=32 differing, of yoga with shared reads`,
      ours: ours(question, crowd, 'perSecond'),
      theirs,
      atLeast: least,
    });
  }
  for (const question of ['Q1', 'Q3'] as const) {
    const theirs = find('floor', 'a cache', question, crowd, 'perSecond');
    goals.push({
      what: `${question} ops/s, c=32 differing, of the floor, both cached`,
      ours: ours(question, crowd, 'perSecond', 'a cache'),
      theirs,
      atLeast: 1.1,
    });
  }
  return goals.filter(({ ours: own, theirs }) => own !== undefined && theirs !== undefined).map(told);

  function cpuGoal(question: Name, sharing: Sharing): Goal {
    const cached = sharing === 'a cache' ? ', both cached' : '';
    return {
      what: `${question} CPU, c=1, of the floor${cached}`,
      ours: ours(question, alone, 'cpu', sharing),
      theirs: find('floor', sharing, question, alone, 'cpu'),
      atMost: 1.3,
    };
  }
}

function told({ what, ours, theirs, atMost, atLeast }: Goal): string {
  const times = ours! / theirs!;
  const kept = (atMost === undefined || times <= atMost) && (atLeast === undefined || times >= atLeast);
  const bound = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  return `${kept ? 'kept    ' : 'NOT KEPT'}  ${what}: ${times.toFixed(2)} times, ${bound} (${ours!.toFixed(2)} beside ${theirs!.toFixed(2)})`;
}
