import type { Adapter, NodeType, Ref } from '../vendors/vendor.js';
import type { Source } from './sources.js';

/** A row of a list: where it stands is told by its source and its id. */
export interface Placed {
  readonly source: Source;
  readonly ref: Ref;
}

/** The one order of all lists: sources as configured, then type names, then the parts of the ids. */
export function compare(a: Placed, b: Placed): number {
  return a.source.place - b.source.place || compareRefs(a.source, a.ref, b.ref);
}

/** The order within one source: numbers as numbers where the vendor's ids are numbers, text by code unit. */
export function compareRefs(source: Source, a: Ref, b: Ref): number {
  if (a.type !== b.type) return a.type < b.type ? -1 : 1;
  const numbers = numbersOf(source, a.type);
  for (let at = 0; at < a.path.length || at < b.path.length; at += 1) {
    const difference = compareParts(a.path[at] ?? '', b.path[at] ?? '', numbers[at] ?? false);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareParts(a: string, b: string, numbers: boolean): number {
  if (numbers && a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Which parts of the ids of a type are numbers. */
function numbersOf({ adapter }: Source, type: NodeType): readonly boolean[] {
  let types = numbersOfTypes.get(adapter);
  if (!types) numbersOfTypes.set(adapter, (types = new Map()));
  let parts = types.get(type);
  if (!parts) types.set(type, (parts = (adapter.paths[type]?.parts ?? []).map(isNumber)));
  return parts;
}

const numbersOfTypes = new WeakMap<Adapter, Map<NodeType, readonly boolean[]>>();

/** In order; the list itself where it is so already, as most vendors' lists are. */
export function sorted<Row>(rows: readonly Row[], compareTo: (a: Row, b: Row) => number): readonly Row[] {
  const isSo = rows.every((row, at) => at === 0 || compareTo(rows[at - 1]!, row) <= 0);
  return isSo ? rows : rows.toSorted(compareTo);
}

function isNumber(part: RegExp): boolean {
  return part.test('1') && !part.test('a');
}
