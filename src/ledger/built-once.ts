import type { CompiledQuery } from 'kysely';
import { Recent } from '../memory/recent.js';
import type { Query, Store } from './store.js';

/** The parameter that stands for a column of one of the given rows. */
class Given {
  constructor(
    readonly row: number,
    readonly column: string,
  ) {}
}

/** As many numbers of rows: those who share a turn are as many as the last time, or one. */
const MOST_KEPT = 8;

/**
 * A statement that is built and compiled once for each number of rows that it is given, and filled in from then on: to build
 * it takes longer than to carry it out. It may hang on the columns of the rows, which are always the same, and not on what is
 * in them.
 */
export function builtOnce<Values extends object, R>(
  build: (store: Store, rows: readonly Values[]) => Query<R>,
): (store: Store, rows: readonly Values[]) => Query<R> {
  const ofStores = new WeakMap<Store, Recent<number, CompiledQuery<R>>>();
  return (store, rows) => {
    const known = ofStores.get(store) ?? new Recent(MOST_KEPT);
    ofStores.set(store, known);
    const built = known.get(rows.length, () => build(store, rows.map(standIns)).compile());
    const parameters = built.parameters.map((one) =>
      one instanceof Given ? Reflect.get(rows[one.row]!, one.column) : one,
    );
    return { compile: () => ({ ...built, parameters }) };
  };
}

function standIns<Values extends object>(values: Values, row: number): Values {
  return Object.fromEntries(Object.keys(values).map((column) => [column, new Given(row, column)])) as unknown as Values;
}
