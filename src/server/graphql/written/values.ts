import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { leafWriter } from './leaves.js';
import { isPromise, joined, leave, type Place, type Run, type Text } from './run.js';
import type { Field } from './fields.js';
import { isLate, nextTurn } from './turns.js';

/** Writes what a field's resolver gave, or an item of it: at its type, as graphql-js completes it. */
export type Complete = (run: Run, value: unknown, place: Place) => Text;

export function completeOf(type: GraphQLOutputType, field: Field): Complete {
  if (isNonNullType(type)) return neverNull(completeOf(type.ofType, field), field);
  const complete = completeNonNull(type, field);
  return (run, value, place) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? 'null' : complete(run, value, place);
  };
}

function neverNull(complete: Complete, { title }: Field): Complete {
  return (run, value, place) => {
    const text = complete(run, value, place);
    if (text === 'null') throw new Error(`Cannot return null for non-nullable field ${title}.`);
    return text;
  };
}

function completeNonNull(type: Exclude<GraphQLOutputType, { ofType: never }>, field: Field): Complete {
  if (isListType(type)) return completeList(type, field);
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (_run, value) => write(value);
  }
  const complete = isAbstractType(type) ? completeAbstract(type, field) : completeObject(type, field);
  return field.byId?.completing(complete) ?? complete;
}

function completeObject(type: GraphQLObjectType, field: Field): Complete {
  return (run, value, place) => field.selectedOf(type).write(run, value, place);
}

function completeList({ ofType }: GraphQLList<GraphQLOutputType>, field: Field): Complete {
  const complete = completeOf(ofType, field);
  const mayBeNull = !isNonNullType(ofType);
  return (run, list, place) => {
    if (!isIterable(list)) throw new Error(`Expected Iterable, but did not find one for field "${field.title}".`);
    const items: readonly unknown[] = Array.isArray(list) ? list : [...list];
    if (items.length === 0) return '[]';
    const text = writeFrom(run, items, 0, place);
    return typeof text === 'string' ? `[${text}]` : text.then((written) => `[${written}]`);
  };

  /**
   * An item and all that follow it, with commas between. Whoever has written for a while lets others have their turn; whom nobody waits for
   * any more does not go on.
   */
  function writeFrom(run: Run, items: readonly unknown[], from: number, place: Place): Text {
    const texts: Text[] = [];
    let isWhole = true;
    try {
      for (let key = from; key < items.length; key += 1) {
        const isRest = key > from && isLate();
        const text = isRest
          ? writeLater(run, items, key, place)
          : completeItem(run, items[key], { prev: place, key, typename: undefined });
        if (typeof text !== 'string') isWhole = false;
        texts.push(text);
        if (isRest) break;
      }
    } catch (error) {
      leave(texts);
      throw error;
    }
    return isWhole ? (texts as readonly string[]).join(',') : joined(texts, '', '');
  }

  async function writeLater(run: Run, items: readonly unknown[], from: number, place: Place): Promise<string> {
    await nextTurn();
    run.goOn();
    return writeFrom(run, items, from, place);
  }

  function completeItem(run: Run, item: unknown, place: Place): Text {
    try {
      const text = isPromise(item) ? item.then((value) => complete(run, value, place)) : complete(run, item, place);
      if (typeof text === 'string') return text;
      return text.catch((error: unknown) => run.failed(error, field.nodes, mayBeNull, place));
    } catch (error) {
      return run.failed(error, field.nodes, mayBeNull, place);
    }
  }
}

function completeAbstract(type: GraphQLAbstractType, field: Field): Complete {
  const { schema } = field.plan.carried;
  return (run, value, place) => {
    const name: unknown = type.resolveType?.(value, run.context, undefined!, type);
    const named = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(named) || !schema.isSubType(type, named))
      throw new Error(`A value of the type ${type.name} does not name a type of that kind.`);
    return field.selectedOf(named).write(run, value, place);
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
