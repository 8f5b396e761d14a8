import {
  getArgumentValues,
  locatedError,
  responsePathAsArray,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { TooExpensive } from '../../../graph/limits/too-expensive.js';
import type { ById } from './by-id.js';

export type Values = Readonly<Record<string, unknown>>;

/** JSON, as `inBytes` has it; later, where something has to be waited for. */
export type Text = string | Promise<string>;

/** Where in the answer something is, in the form in which resolvers are told it. */
export type Place = GraphQLResolveInfo['path'];

/** What is the same each time that an operation is carried out. */
export interface Carried {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** An answer is held whole until it goes out. */
const mostCharacters = 32 * 2 ** 20;

/** An operation while it is carried out: what its fields are asked with, and what went wrong. */
export class Run {
  readonly errors: GraphQLError[] = [];
  /**
   * Grows with whatever may turn out otherwise for another request: resolvers that were asked, and errors. What was written meanwhile is
   * written anew the next time.
   */
  asked = 0;
  /** Why all of it ends at once. */
  #end: TooExpensive | null = null;
  #characters = 0;
  readonly #nulled = new Set<Place | undefined>();
  readonly #arguments = new Map<FieldNode, Values>();

  constructor(
    readonly carried: Carried,
    readonly context: unknown,
    readonly variables: Values,
    private readonly isOver: () => boolean,
    readonly byId: ById | null = null,
  ) {}

  /** Ends the operation where its time has ended, or nobody waits for it. */
  goOn(): void {
    if (this.isOver()) this.#giveUp('The operation has taken all of its time');
  }

  /** So many characters more are written; ends the operation where they are too many to be held. */
  grow(characters: number): void {
    this.#characters += characters;
    if (this.#characters > mostCharacters) this.#giveUp(`The answer is longer than ${mostCharacters >> 20} MiB`);
  }

  #giveUp(why: string): never {
    this.#end ??= new TooExpensive(`${why}: ask for less, or for smaller pages (first), or for a dataset.`);
    throw this.#end;
  }

  /** The arguments of a field: found once, however many objects are asked for it. */
  argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Values {
    let values = this.#arguments.get(node);
    if (!values) this.#arguments.set(node, (values = getArgumentValues(field, node, this.variables)));
    return values;
  }

  /** What became of a field that failed: null with an error, or, where it cannot be null, the error of what is around it. */
  failed(raw: unknown, nodes: readonly FieldNode[], mayBeNull: boolean, place: Place): string {
    if (raw === this.#end) throw raw;
    const error = locatedError(raw, nodes, responsePathAsArray(place));
    if (!mayBeNull) throw error;
    this.note(error, place);
    return 'null';
  }

  /** Notes an error, unless its place is null because of another already. `place` undefined: the whole answer is. */
  note(error: GraphQLError, place: Place | undefined): void {
    this.asked += 1;
    for (let at = place; at; at = at.prev) if (this.#nulled.has(at)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(place);
    this.errors.push(error);
  }
}

/** JSON of several parts, once all of them are there: most of them are at once. */
export async function joined(parts: readonly Text[], open: string, close: string): Promise<string> {
  const come = await Promise.all(parts.filter((part) => typeof part !== 'string'));
  let next = 0;
  const texts = parts.map((part) => (typeof part === 'string' ? part : come[next++]!));
  return open + texts.join(',') + close;
}

/** Others that were begun beside what failed are nobody's any more. */
export function leave(parts: readonly Text[]): void {
  for (const part of parts) if (typeof part !== 'string') part.catch(() => {});
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
